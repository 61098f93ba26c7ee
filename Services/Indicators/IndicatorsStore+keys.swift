import Schema
import Storage

/// Under what indicators are added up: the catalogue's name for what communes word in many ways, so that they are one.
extension IndicatorsStore {
  /// Under what an indicator is added up: the catalogue's name for it, unless another one of the unit is under that already.
  static func key(
    of name: IndicatorName, in unit: Unit, by catalogue: UnitCatalogue, besides id: Indicator.ID,
    _ transaction: borrowing Transaction
  ) throws -> IndicatorKey {
    let common = catalogue.common(name).key
    let isTaken = try transaction.row(
      """
      SELECT 1 AS one FROM indicator WHERE province = ? AND folded = ? AND folded_measure = ? AND commune = ? AND id <> ?
      """, unit.province, common.folded, common.measure, unit.communeColumn, id)
    return isTaken == nil ? common : name.key
  }

  /// Finds it again for all: a newer program may know more names. True where any is another; sums are not moved.
  static func keyAll(_ transaction: borrowing Transaction) throws -> Bool {
    let rows = try transaction.rows("SELECT * FROM indicator ORDER BY province, commune, sequence")
    var (start, isAny) = (0, false)
    while start < rows.count {
      let unit = try Unit(rows[start])
      let end = try rows[start...].firstIndex { try Unit($0) != unit } ?? rows.count
      let catalogue = try catalogue(of: unit, transaction)
      for (row, _, key) in try keys(of: Array(rows[start..<end]), by: catalogue) where try IndicatorKey(row) != key {
        isAny = true
        try write(key, of: try row["id"], transaction)
      }
      start = end
    }
    return isAny
  }

  /// Says again what a unit's indicators are, and moves the sums: when the catalogue has changed, and when what stood for
  /// several of a unit is gone, so that the next one does.
  static func restate(in unit: Unit, _ transaction: borrowing Transaction) throws {
    let catalogue = try catalogue(of: unit, transaction)
    let rows = try transaction.rows(
      "SELECT * FROM indicator WHERE province = ? AND commune = ? ORDER BY sequence", unit.province,
      unit.communeColumn)
    for (row, name, key) in try keys(of: rows, by: catalogue) {
      let (before, meaning) = (try RolledSubject(row), IndicatorMeaning(of: name, by: catalogue))
      let isSame = try before.key == key && before.overTime == meaning.overTime && Indicator.Kind(row) == meaning.kind
      guard !isSame else { continue }
      try leave(before, transaction)
      try write(key, of: before.id, transaction)
      try match(before.id, name, by: catalogue, transaction)
      let since = RolledSubject(id: before.id, unit: unit, key: key, overTime: meaning.overTime)
      try join(since, called: key == name.key ? name : catalogue.common(name), transaction)
    }
  }

  /// Under what the indicators of a unit should be: the first of several that are one has the common name.
  private static func keys(
    of rows: [Row], by catalogue: UnitCatalogue
  ) throws -> [(Row, IndicatorName, IndicatorKey)] {
    var taken: Set<IndicatorKey> = []
    return try rows.map { row in
      let name = IndicatorName(name: try row["name"], measure: try row["measure"])
      let common = catalogue.common(name).key
      return (row, name, taken.insert(common).inserted ? common : name.key)
    }
  }

  private static func write(
    _ key: IndicatorKey, of indicator: Indicator.ID, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE indicator SET folded = ?, folded_measure = ? WHERE id = ?", key.folded, key.measure, indicator)
  }
}

extension IndicatorKey {
  /// - Parameter row: Of the table `indicator`.
  init(_ row: Row) throws {
    self.init(folded: try row["folded"], measure: try row["folded_measure"])
  }
}
