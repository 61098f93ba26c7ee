import Schema

extension Database {
  /// Records what was refused before it became a command. It is on the disk when this returns.
  public func audit(_ entry: AuditEntry) async throws {
    try await write { store in try store.audit(entry) }
  }

  /// The audit's rows in order, for whoever inspects them. They are numbered from 1 without a gap.
  public func audits(after sequence: Int64 = 0, limit: Int = 100) async throws -> [AuditEntry] {
    try await read { store in
      try store.rows("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT ?", sequence, limit).map(AuditEntry.init)
    }
  }

  /// Walks the audit from its first row and names the first that does not fit.
  public func verifyAudit() async throws -> AuditReport {
    var report = AuditReport(rows: 0, firstBad: nil, hash: AuditReport.beginning)
    var last: Int64
    // In parts, since one long read would keep the log from being folded into the store.
    repeat {
      last = report.rows
      report = try await read { [report] store in
        let rows = try store.rows("SELECT * FROM audit WHERE seq > ? ORDER BY seq LIMIT 1000", report.rows)
        return try rows.reduce(report) { report, row in try report.walking(row) }
      }
    } while report.firstBad == nil && report.rows > last
    return report
  }
}
