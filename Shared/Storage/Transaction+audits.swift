import FoundationEssentials
public import Schema

extension Transaction {
  /// Rows of the audit, newest first.
  ///
  /// - Parameters:
  ///   - unit: Of it and what is below it; nil for all.
  ///   - noted: How the note begins.
  ///   - before: The sequence that an earlier page ended with.
  public func audits(
    within unit: Unit?, account: Caller.Account?, called: String?, noted: String? = nil, before: Int64?,
    limit: Int
  ) throws -> [AuditRow] {
    var condition = Condition()
    if let unit {
      // A province's own rows have its code alone, its communes' begin with it.
      if unit.commune == nil {
        condition.add("(unit = ? OR unit LIKE ?)", unit, "\(unit.province)/%")
      } else {
        condition.add("unit = ?", unit)
      }
    }
    if let account { condition.add("account = ?", account) }
    if let called { condition.add("method = ?", called) }
    if let noted { condition.add("SUBSTR(note, 1, ?) = ?", noted.unicodeScalars.count, noted) }
    if let before { condition.add("seq < ?", before) }
    return try rows(
      "SELECT * FROM audit WHERE \(condition.sql) ORDER BY seq DESC LIMIT \(limit)", values: condition.values
    ).map(AuditRow.init)
  }
}

extension AuditRow {
  fileprivate init(_ row: Row) throws {
    let (entry, hash): (AuditEntry, Data) = (try AuditEntry(row), try row["hash"])
    self.init(
      sequence: try row["seq"], time: entry.time, account: entry.account, unit: entry.unit, office: entry.office,
      called: entry.method, key: entry.key, code: Int(entry.status.rawValue), note: entry.note, hash: hash.hexadecimal)
  }
}

extension Database {
  /// A page of the audit, as it is asked for over the wire.
  public func audits<S: Contract>(_ request: ListAudit<S>, within unit: Unit?) async throws -> Page<AuditRow> {
    let before = try request.after.map { try $0.position(as: Int64.self) }
    let size = 100
    let rows = try await read {
      try $0.audits(
        within: unit, account: request.account, called: request.called, before: before, limit: size + 1)
    }
    return Page(items: Array(rows.prefix(size)), next: rows.count > size ? "\(rows[size - 1].sequence)" : nil)
  }

  public func verdict() async throws -> AuditVerdict { AuditVerdict(of: service, try await verifyAudit()) }
}

extension AuditVerdict {
  public init(of service: ServiceName, _ report: AuditReport) {
    self.init(service: service, rows: report.rows, firstBad: report.firstBad, hash: report.hash.hexadecimal)
  }
}
