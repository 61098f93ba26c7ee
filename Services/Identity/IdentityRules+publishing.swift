import Schema

extension IdentityRules {
  /// Fewer than these, and who knows the village knows who is meant.
  private static let smallestGroup: Int64 = 5

  /// A table without small groups, for publication. A roll-up is never made of it.
  ///
  /// What is left out could be had by taking the others from the sum: so the next smallest goes too, until what is left
  /// out together is several rows that tell of nobody. Where that cannot be, the sum is left out.
  static func published(_ table: CountsTable) -> CountsTable {
    var table = table
    var left = table.rows.indices.filter { table.rows[$0].counts != nil }
      .sorted { adults(table.rows[$0]) < adults(table.rows[$1]) }
    var hidden = left.filter { table.rows[$0].counts.map(isTelling) == true }
    left.removeAll(where: hidden.contains)
    func isHad() -> Bool {
      let together = hidden.compactMap { table.rows[$0].counts }.reduce(.zero, +)
      return hidden.count == 1 || isTelling(together)
    }
    while !hidden.isEmpty, isHad(), !left.isEmpty { hidden.append(left.removeFirst()) }
    let tells = table.total.counts.map(isTelling) == true || !hidden.isEmpty && isHad()
    for index in hidden { hide(&table.rows[index]) }
    if tells { hide(&table.total) }
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
