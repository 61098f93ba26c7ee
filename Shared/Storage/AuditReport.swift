public import FoundationEssentials

/// What a walk along the audit's chain found.
public struct AuditReport: Hashable, Sendable {
  /// Rows that fit the chain, up to the first that does not.
  public var rows: Int64
  /// The first row that was changed, is missing or was put in; nil when the chain is whole.
  public var firstBad: Int64?
  /// The hash of the last good row. Kept elsewhere, it shows later that no rows were cut off at the end: the chain by
  /// itself cannot.
  public var hash: Data

  /// The report so far and the chain's next row.
  func walking(_ row: Row) throws(StorageError) -> AuditReport {
    var report = self
    guard firstBad == nil else { return report }
    let sequence: Int64 = try row["seq"]
    let expected = rows + 1
    // A value that cannot be read was changed too.
    let entry = try? AuditEntry(row)
    let stated: Value = try row["hash"]
    guard sequence == expected, let next = entry?.hash(after: hash, sequence: sequence), stated == .blob(next) else {
      report.firstBad = expected
      return report
    }
    report.rows = sequence
    report.hash = next
    return report
  }
}
