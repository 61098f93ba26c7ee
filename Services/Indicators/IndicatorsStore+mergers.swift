import Schema
import Storage

/// Mergers that are taken back: what was recorded by mistake, and for the indicators alone.
extension IndicatorsStore {
  /// The merger by which a commune of the province ended, and whether identity said so.
  static func merger(
    of from: Unit, in province: Unit, _ transaction: borrowing Transaction
  ) throws -> (merger: Merger, isIdentitys: Bool) {
    let row = try transaction.row(
      "SELECT * FROM merger WHERE province = ? AND commune = ?", from.province, from.communeColumn)
    guard let row, province.contains(from), let into = Unit("\(from.province)/\(try row["into_commune"] as String)")
    else {
      throw Refusal.notFound("sáp nhập của", "merger of", from, at: "from")
    }
    let merger = Merger(from: from, into: into, day: try row["day"], document: try row["document"])
    return (merger, try row["by_identity"])
  }

  /// Identity said it: rights went with it.
  static func markIdentitys(_ merger: Merger, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE merger SET by_identity = 1 WHERE province = ? AND commune = ? AND into_commune = ?",
      merger.from.province, merger.from.communeColumn, merger.into.communeColumn)
  }

  /// What the commune has for periods that the other one was to report is in the sums again.
  static func revoke(
    _ merger: Merger, by request: RevokeMerger, account: Caller.Account, _ transaction: borrowing Transaction
  ) throws {
    let from = merger.from
    try transaction.execute(
      "DELETE FROM merger WHERE province = ? AND commune = ?", from.province, from.communeColumn)
    let rows = try transaction.rows(
      "SELECT * FROM indicator WHERE province = ? AND commune = ?", from.province, from.communeColumn)
    for row in rows {
      let subject = try RolledSubject(row)
      for (period, figure) in try figures(of: subject, transaction) where period.days.upperBound >= merger.day {
        try shift(subject.key, in: from, for: period, from: nil, to: figure, transaction)
      }
    }
    try transaction.execute(
      """
      INSERT INTO revoked_merger (province, commune, into_commune, day, document, revoked_by, reason, account, time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      """, from.province, from.communeColumn, merger.into.communeColumn, merger.day, merger.document, request.document,
      request.reason, account, transaction.time)
  }
}
