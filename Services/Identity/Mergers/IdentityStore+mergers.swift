import Schema
import Storage

/// Which communes go on in which, and what goes over.
extension IdentityStore {
  static func insert(_ merger: Merger, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO merger (province, commune, into_commune, day, document) VALUES (?, ?, ?, ?, ?)",
      merger.from.province, merger.from.communeColumn, merger.into.communeColumn, merger.day, merger.document)
  }

  /// Nil while the unit goes on itself.
  static func merger(of unit: Unit, _ transaction: borrowing Transaction) throws -> Merger? {
    try transaction.row(
      "SELECT * FROM merger WHERE province = ? AND commune = ?", unit.province, unit.communeColumn
    ).map(Merger.init)
  }

  /// Refuses what would begin something in a unit that goes on elsewhere.
  static func checkGoesOn(_ unit: Unit?, _ transaction: borrowing Transaction) throws {
    guard let unit else { return }
    try MergerRules.check(unit, notMergedBy: try merger(of: unit, transaction))
  }

  /// Those by which others go on in a unit, and others in these.
  static func mergers(into unit: Unit, _ transaction: borrowing Transaction) throws -> [Merger] {
    var (found, open) = ([] as [Merger], [unit])
    while let next = open.popLast() {
      let mergers = try transaction.rows(
        "SELECT * FROM merger WHERE province = ? AND into_commune = ? ORDER BY commune", next.province,
        next.communeColumn
      ).map(Merger.init)
      found += mergers
      open += mergers.map(\.from)
    }
    return found
  }

  /// Codes of offices in which accounts or people of the register are.
  static func usedOffices(in unit: Unit, _ transaction: borrowing Transaction) throws -> Set<Office.Code> {
    let rows = try transaction.rows(
      """
      SELECT office AS code FROM account WHERE province = ? AND commune = ? AND office IS NOT NULL
      UNION SELECT village FROM person WHERE province = ? AND commune = ? AND village IS NOT NULL
      """, unit.province, unit.communeColumn, unit.province, unit.communeColumn)
    return Set(try rows.map { try $0["code"] })
  }

  /// All accounts, with those that were revoked, which keep their names.
  static func moveAccounts(
    by merger: Merger, offices: [Office.Code: Office.Code], _ transaction: borrowing Transaction
  ) throws {
    let office = renaming("office", offices)
    try transaction.execute(
      "UPDATE account SET office = \(office.sql), commune = ? WHERE province = ? AND commune = ?",
      values: office.values + merger.columns)
  }

  /// What a column becomes, all at once: one may get the code that another one had.
  static func renaming(
    _ column: String, _ codes: [Office.Code: Office.Code]
  ) -> (sql: String, values: [any Storable]) {
    let renamed = codes.filter { $0.key != $0.value }.sorted { $0.key < $1.key }
    guard !renamed.isEmpty else { return (column, []) }
    let cases = renamed.map { _ in "WHEN ? THEN ?" }.joined(separator: " ")
    return ("CASE \(column) \(cases) ELSE \(column) END", renamed.flatMap { [$0.key, $0.value] })
  }

  /// Gives the keys and the invitations of a unit's accounts the rights that these have now.
  static func reseat(everybodyIn unit: Unit, _ transaction: borrowing Transaction) throws -> [SeatChanged] {
    let names: [Caller.Account] = try transaction.rows(
      "SELECT name FROM account WHERE province = ? AND commune = ? AND status <> 'revoked' ORDER BY name",
      unit.province, unit.communeColumn
    ).map { try $0["name"] }
    var events: [SeatChanged] = []
    for name in names {
      guard let account = try account(name, transaction) else { continue }
      events += try reseat(account, transaction)
    }
    for invitation in try pending(in: unit, after: nil, limit: Int.max, transaction) {
      events.append(
        SeatChanged(unit: unit, seat: try reseat(invitation.0.seat(in: unit), transaction)))
    }
    return events
  }

  /// Counts of months that the merged commune reports, taken out of the one that ended.
  static func takeCounts(by merger: Merger, _ transaction: borrowing Transaction) throws -> [RecordCounts] {
    let unit = merger.from
    let rows = try transaction.rows(
      "SELECT * FROM village_count WHERE province = ? AND commune = ? ORDER BY month, village", unit.province,
      unit.communeColumn)
    var taken: [RecordCounts] = []
    for row in rows {
      let (village, month): (Office.Code, Period) = (try row["village"], try row["month"])
      guard month.days.upperBound >= merger.day else { continue }
      taken.append(
        RecordCounts(
          village: village, month: month,
          counts: EnrolmentCounts(
            adults: try row["adults"], issued: try row["issued"], activated: try row["activated"],
            signatures: try row["signatures"])))
      try transaction.execute(
        "DELETE FROM village_count WHERE province = ? AND commune = ? AND village = ? AND month = ?", unit.province,
        unit.communeColumn, village, month)
    }
    return taken
  }

  /// What was asked by people whose register goes on elsewhere is answered there.
  static func moveSubjectRequests(by merger: Merger, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE subject_request SET commune = ? WHERE province = ? AND commune = ?", values: merger.columns)
  }
}

extension Merger {
  /// The commune to come, the province, and the commune that ends.
  var columns: [any Storable] { [into.communeColumn, from.province, from.communeColumn] }

  fileprivate init(_ row: Row) throws {
    let (province, commune): (String, String) = (try row["province"], try row["into_commune"])
    guard let into = Unit("\(province)/\(commune)") else { throw StorageError(.corrupt, "a merger into no unit") }
    self.init(from: try Unit(row), into: into, day: try row["day"], document: try row["document"])
  }
}
