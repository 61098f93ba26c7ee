import PlanDocuments
import Schema
import Storage

/// The catalogue: what is shipped, what a province added to it, and what its communes defined for themselves.
extension IndicatorsStore {
  /// What a unit's names mean; of no unit, what is shipped. What a commune defined counts until its province made
  /// something of it.
  static func catalogue(of unit: Unit?, _ transaction: borrowing Transaction) throws -> UnitCatalogue {
    guard let unit else { return .shipped }
    var catalogue = UnitCatalogue()
    // A province's own first.
    for row in try transaction.rows(
      """
      SELECT definition FROM definition WHERE province = ? AND commune IN ('00000', ?) AND adopted_as IS NULL
      ORDER BY commune, code
      """, unit.province, unit.communeColumn)
    {
      catalogue.add(try row.json("definition"))
    }
    for row in try transaction.rows(
      "SELECT name, code FROM definition_alias WHERE province = ? ORDER BY folded", unit.province)
    {
      let code: Slug = try row["code"]
      guard let definition = catalogue[code] ?? IndicatorCatalogue.standard[code] else { continue }
      catalogue.add(try row["name"], of: definition)
    }
    return catalogue
  }

  /// What a unit itself defined under a code.
  static func defined(
    _ code: Slug, by keeper: Unit, _ transaction: borrowing Transaction
  ) throws -> DefinedIndicator? {
    try transaction.row(
      "SELECT * FROM definition WHERE province = ? AND commune = ? AND code = ?", keeper.province,
      keeper.communeColumn, code
    ).map(DefinedIndicator.init)
  }

  static func keep(
    _ definition: Indicator.Definition, of keeper: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO definition (province, commune, code, definition) VALUES (?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET definition = excluded.definition
      """, keeper.province, keeper.communeColumn, definition.code, JSONColumn(definition))
    try restate(beneath: keeper, transaction)
  }

  /// Makes a commune's one of its province: as it is defined now, or as more names of another one.
  static func adopt(
    _ definition: Indicator.Definition, of commune: Unit, into other: Slug?, _ transaction: borrowing Transaction
  ) throws {
    let province = commune.provinceUnit
    try transaction.execute(
      "UPDATE definition SET adopted_as = ? WHERE province = ? AND commune = ? AND code = ?", other ?? definition.code,
      commune.province, commune.communeColumn, definition.code)
    guard let other else { return try keep(definition, of: province, transaction) }
    for name in definition.names {
      try transaction.execute(
        """
        INSERT INTO definition_alias (province, folded, name, code) VALUES (?, ?, ?, ?)
        ON CONFLICT (province, folded) DO NOTHING
        """, province.province, name.folded, name, other)
    }
    try restate(beneath: province, transaction)
  }

  /// Says again what indicators are: a commune's own, or those of all communes of a province.
  private static func restate(beneath keeper: Unit, _ transaction: borrowing Transaction) throws {
    guard keeper.commune == nil else { return try restate(in: keeper, transaction) }
    let units = try transaction.rows(
      "SELECT DISTINCT province, commune FROM indicator WHERE province = ? ORDER BY commune", keeper.province)
    for row in units { try restate(in: Unit(row), transaction) }
  }

  static func list(
    _ request: ListDefinitions, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<DefinedIndicator> {
    let size = 40
    let start = try request.after.map { after throws(Refusal) in try after.position(as: Int.self) } ?? 0
    let catalogue = try catalogue(of: unit, transaction)
    var all = IndicatorCatalogue.standard.entries.map { entry in
      DefinedIndicator(definition: catalogue.definition(called: entry.name.vi) ?? entry, origin: .shipped)
    }
    var condition = Condition()
    condition.add("province = ?", unit.province)
    if let commune = unit.commune { condition.add("commune IN ('00000', ?)", commune) }
    all += try transaction.rows(
      "SELECT * FROM definition WHERE \(condition.sql) ORDER BY commune, code", values: condition.values
    ).map { row in
      var defined = try DefinedIndicator(row)
      if defined.origin == .province {
        defined.definition = catalogue.definition(called: defined.definition.name.vi) ?? defined.definition
      }
      return defined
    }
    if let asked = request.name?.folded, !asked.isEmpty {
      all.removeAll { defined in
        !([defined.definition.code.description] + defined.definition.names).contains { $0.folded.contains(asked) }
      }
    }
    let end = min(all.count, start + size)
    return Page(items: start < end ? Array(all[start..<end]) : [], next: end < all.count ? String(end) : nil)
  }
}

extension DefinedIndicator {
  fileprivate init(_ row: Row) throws {
    let unit = try Unit(row)
    self.init(
      definition: try row.json("definition"), origin: unit.commune == nil ? .province : .commune, unit: unit,
      adoptedAs: try row["adopted_as"])
  }
}
