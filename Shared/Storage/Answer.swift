public import FoundationEssentials
public import Schema

/// What a command is answered: on the disk before it is handed out.
public struct Answer: Sendable {
  public var status: Status
  /// The reply's JSON; a `RefusalBody` unless the status is `ok`.
  public var body: Data
  /// The last sequence that the command added to the outbox; 0 when it added none.
  public var sequence: Int64
  /// True when this is what an earlier request under the same key was answered.
  public var replayed: Bool
  /// What the handler threw, for the log, when it failed without deciding anything.
  public var fault: (any Error)?

  public init(
    status: Status, body: Data, sequence: Int64 = 0, replayed: Bool = false, fault: (any Error)? = nil
  ) {
    self.status = status
    self.body = body
    self.sequence = sequence
    self.replayed = replayed
    self.fault = fault
  }

  public init(_ refusal: Refusal, sequence: Int64 = 0, fault: (any Error)? = nil) {
    self.init(status: refusal.status, body: Codec.encode(RefusalBody(refusal)), sequence: sequence, fault: fault)
  }
}
