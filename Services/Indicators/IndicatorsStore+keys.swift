import Schema
import Storage

/// Under what indicators are added up: the catalogue's name for what communes word in many ways, so that they are one.
extension IndicatorsStore {
  /// Under what an indicator is added up: the catalogue's name for it, unless another one of the unit is under that already.
  static func key(
    of name: IndicatorName, in unit: Unit, besides id: Indicator.ID, _ transaction: borrowing Transaction
  ) throws -> IndicatorKey {
    let common = name.common.key
    let isTaken = try transaction.row(
      """
      SELECT 1 AS one FROM indicator WHERE province = ? AND folded = ? AND folded_measure = ? AND commune = ? AND id <> ?
      """, unit.province, common.folded, common.measure, unit.communeColumn, id)
    return isTaken == nil ? common : name.key
  }

  /// Finds it again for all: a newer program may know more names. True where any is another; sums are not moved.
  static func keyAll(_ transaction: borrowing Transaction) throws -> Bool {
    let rows = try transaction.rows("SELECT * FROM indicator ORDER BY province, commune, sequence")
    let changes = try changes(of: rows)
    for (subject, _, key) in changes { try write(key, of: subject, transaction) }
    return !changes.isEmpty
  }

  /// When what stood for several of a unit is gone, the next one does.
  static func keyAnew(in unit: Unit, _ transaction: borrowing Transaction) throws {
    let rows = try transaction.rows(
      "SELECT * FROM indicator WHERE province = ? AND commune = ? ORDER BY sequence", unit.province,
      unit.communeColumn)
    for (subject, name, key) in try changes(of: rows) {
      let share = try transaction.row("SELECT share FROM counted_indicator WHERE indicator = ?", subject)
      func rolled(_ key: IndicatorKey) -> RolledSubject {
        RolledSubject(id: subject, unit: unit, key: key, isCounted: share != nil)
      }
      try leave(rolled(name.key), transaction)
      try write(key, of: subject, transaction)
      try join(rolled(key), called: name.common, transaction)
    }
  }

  /// Those that should be under another name than they are; the first of a unit has the common one.
  private static func changes(
    of rows: [Row]
  ) throws -> [(Indicator.ID, IndicatorName, IndicatorKey)] {
    var taken: Set<String> = []
    return try rows.compactMap { row in
      let name = IndicatorName(name: try row["name"], measure: try row["measure"])
      let common = name.common.key
      let isFirst = taken.insert("\(try Unit(row)) \(common.folded) \(common.measure)").inserted
      let key = isFirst ? common : name.key
      let now = IndicatorKey(folded: try row["folded"], measure: try row["folded_measure"])
      return now == key ? nil : (try row["id"], name, key)
    }
  }

  private static func write(
    _ key: IndicatorKey, of indicator: Indicator.ID, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE indicator SET folded = ?, folded_measure = ? WHERE id = ?", key.folded, key.measure, indicator)
  }
}
