import FoundationEssentials
import GRDB
public import Schema

/// The file of a store that no process works on: a copy, or a store whose process is stopped. It is looked at, and not
/// changed.
public struct StoreFile: Sendable {
  private let path: String

  public init(_ path: String) { self.path = path }

  /// What it holds. Reads all of it, and throws `StorageError.corrupt` when SQLite finds it damaged.
  ///
  /// - Parameter taken: When it was taken: the file itself does not say.
  public func summary(taken: Timestamp) async throws(StorageError) -> StoreCopy {
    let (hash, bytes) = try await SQLiteEngine.elsewhere { [path] in try SHA256.hash(file: path) }
    return try await read { connection throws(StorageError) in
      let check: String? = try connection.row("PRAGMA quick_check(1)")?["quick_check"]
      guard check == "ok" else { throw StorageError(.corrupt, "\(path): \(check ?? "not to be read")") }
      guard let store = try connection.row("SELECT service, epoch, boots FROM store WHERE id = 1") else {
        throw StorageError(.corrupt, "\(path) does not say whose store it is")
      }
      let end = try Mark(of: connection, boots: store["boots"], seal: 0)
      let cursors = try connection.rows("SELECT stream, epoch, seq FROM stream_cursor ORDER BY stream")
      return StoreCopy(
        service: try store["service"], taken: taken, bytes: bytes, sha256: hash.hexadecimal, epoch: try store["epoch"],
        head: end.head, audits: end.audits,
        streams: try cursors.map { row throws(StorageError) in
          ReadPosition(stream: try row["stream"], epoch: try row["epoch"], sequence: try row["seq"])
        })
    }
  }

  /// The events of its own stream whose topic ends so, in order.
  ///
  /// - Parameter name: `key.revoked`
  public func events(named names: Set<String>) async throws(StorageError) -> [IncomingEvent] {
    let (service, rows) = try await read { connection throws(StorageError) in
      let service: ServiceName? = try connection.row("SELECT service FROM store WHERE id = 1")?["service"]
      var rows: [Data] = []
      try connection.each("SELECT topic, event FROM outbox ORDER BY seq", []) { row throws(StorageError) in
        let topic: String = try row["topic"]
        if names.contains(where: { topic.hasSuffix("/" + $0) }) { rows.append(try row["event"]) }
        return true
      }
      return (service, rows)
    }
    guard let service else { throw StorageError(.corrupt, "\(path) does not say whose store it is") }
    do {
      return try rows.map { try IncomingEvent($0, of: service) }
    } catch {
      throw StorageError(.corrupt, "\(path): an event cannot be read")
    }
  }

  /// Walks its audit from the first row and names the first that does not fit, as `Database.verifyAudit` does.
  public func verifyAudit() async throws(StorageError) -> AuditReport {
    try await read { connection throws(StorageError) in
      var report = AuditReport(rows: 0, firstBad: nil, hash: AuditReport.beginning)
      try connection.each("SELECT * FROM audit ORDER BY seq", []) { row throws(StorageError) in
        report = try report.walking(row)
        return report.firstBad == nil
      }
      return report
    }
  }

  private func read<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws(StorageError) -> T
  ) async throws(StorageError) -> T {
    try await SQLiteEngine.elsewhere { [path] in
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      let result = try queue.read { try body(SQLiteConnection(database: $0)) }
      try queue.close()
      return result
    }
  }
}
