public import Logging
public import Schema
public import Storage
import ZeroMQ

/// The audit of what is refused before it becomes a command: beside the answer, never before it, and of a flood only a
/// part with the number of the rest.
public struct Refusals {
  private let database: Database
  private let log: Logger
  private var throttle = Throttle(perSecond: 10)
  private var dropped = 0

  public init(into database: Database, log: Logger) {
    self.database = database
    self.log = log
  }

  /// - Parameter who: A peer's name, where there is no caller.
  public mutating func write(
    _ refusal: Refusal, _ request: Incoming, _ route: Route?, _ caller: Caller?, who: String? = nil
  ) {
    guard let held = throttle.pass(request.key) else { return }
    var note = caller == nil ? who ?? request.key.map { "key \($0)" } ?? "no key" : nil
    if held > 0 { note = (note.map { $0 + "; " } ?? "") + "\(held) more were refused and not written" }
    let entry = AuditEntry(
      time: .now, account: caller?.account, unit: route?.unit, office: caller?.office,
      method: route?.method.description ?? "", key: request.header.key, status: refusal.status, note: note)
    Task { @concurrent [database, log] in
      do {
        try await database.audit(entry)
      } catch {
        log.error("a refusal could not be audited", metadata: ["reason": "\(error)"])
      }
    }
  }

  /// What is no request at all is counted. A flood of bad messages must not become a flood of log lines.
  public mutating func count(_ fault: Incoming.Fault) {
    dropped += 1
    guard dropped & (dropped - 1) == 0 else { return }
    log.warning("message dropped", metadata: ["fault": "\(fault)", "dropped": "\(dropped)"])
  }
}
