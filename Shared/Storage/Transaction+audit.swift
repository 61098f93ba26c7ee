import FoundationEssentials
import Schema

extension Transaction {
  /// Adds a row to the audit, chained to the one before.
  public func audit(_ entry: AuditEntry) throws(StorageError) {
    let last = try row("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")
    let sequence: Int64 = try (last?["seq"] ?? 0) + 1
    let hash = entry.hash(after: try last?["hash"] ?? AuditReport.beginning, sequence: sequence)
    try execute(
      """
      INSERT INTO audit (seq, time, account, unit, office, method, key, status, note, hash)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      sequence, entry.time, entry.account, entry.unit, entry.office, entry.method, entry.key, entry.status, entry.note,
      hash)
  }

  /// Something that a store does of itself, or an operator through it.
  func audit(_ method: String, note: String) throws(StorageError) {
    try audit(
      AuditEntry(
        time: time, account: cause.caller?.account, unit: cause.caller?.unit, office: cause.caller?.office,
        method: method, key: cause.key, status: .ok, note: note))
  }
}

extension AuditReport {
  /// What the first row is chained to.
  static let beginning = Data(count: 32)
}
