import Schema

extension IdentityRules {
  /// Fewer than these, and who knows the village knows who is meant.
  private static let smallestGroup: Int64 = 5

  /// A table without small groups, for publication. A roll-up is never made of it.
  ///
  /// Where one row alone is left out, it could be had by taking the others from the sum: then the next smallest goes too.
  static func published(_ table: CountsTable) -> CountsTable {
    var table = table
    var hidden = table.rows.indices.filter { table.rows[$0].counts.map(isTelling) == true }
    if hidden.count == 1 {
      let others = table.rows.indices.filter { $0 != hidden[0] && table.rows[$0].counts != nil }
      if let next = others.min(by: { adults(table.rows[$0]) < adults(table.rows[$1]) }) { hidden.append(next) }
    }
    for index in hidden { hide(&table.rows[index]) }
    // With nothing beside it to hide among, the sum says the same.
    let isAlone = hidden.count == 1 && table.rows.count { $0.counts != nil } == 0
    if isAlone || table.total.counts.map(isTelling) == true { hide(&table.total) }
    return table
  }

  private static func adults(_ row: CountsRow) -> Int64 { row.counts?.adults ?? 0 }

  private static func hide(_ row: inout CountsRow) {
    row.counts = nil
    row.suppressed = true
  }

  /// Those that have something and those that have not are both groups.
  private static func isTelling(_ counts: EnrolmentCounts) -> Bool {
    let groups = [
      counts.issued, counts.adults - counts.issued, counts.activated, counts.issued - counts.activated,
      counts.signatures, counts.adults - counts.signatures,
    ]
    return groups.contains { (1..<smallestGroup).contains($0) }
  }
}
