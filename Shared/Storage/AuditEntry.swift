import FoundationEssentials
public import Schema

/// One row of the audit: who wanted what, and what became of it.
public struct AuditEntry: Hashable, Sendable {
  public var time: Timestamp
  /// Nil for what the store records of itself.
  public var account: Caller.Account?
  public var unit: Unit?
  public var office: Office.Code?
  /// A method as it was asked for, known or not.
  public var method: String
  public var key: UUIDv7?
  public var status: Status
  /// Such as the reason for which an event was dropped. No personal data: the row is kept for ever.
  public var note: String?

  public init(
    time: Timestamp, account: Caller.Account?, unit: Unit?, office: Office.Code?, method: String, key: UUIDv7?,
    status: Status, note: String? = nil
  ) {
    self.time = time
    self.account = account
    self.unit = unit
    self.office = office
    self.method = method
    self.key = key
    self.status = status
    self.note = note
  }
}

extension AuditEntry {
  init(_ row: Row) throws(StorageError) {
    self.init(
      time: try row["time"], account: try row["account"], unit: try row["unit"], office: try row["office"],
      method: try row["method"], key: try row["key"], status: try row["status"], note: try row["note"])
  }

  /// The chain's next hash: over the one before, the place and every field.
  func hash(after previous: Data, sequence: Int64) -> Data {
    var canonical = Canonical()
    canonical.append(previous)
    canonical.append(sequence)
    canonical.append(time.milliseconds)
    canonical.append(account?.description)
    canonical.append(unit?.description)
    canonical.append(office?.description)
    canonical.append(method)
    canonical.append(key?.description)
    canonical.append(Int64(status.rawValue))
    canonical.append(note)
    return canonical.hash
  }
}
