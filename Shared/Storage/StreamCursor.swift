public import Schema

/// How far a stream was read here.
public struct StreamCursor: Hashable, Sendable {
  /// Nil before the first event.
  public var epoch: UUIDv7?
  /// The last sequence applied or parked.
  public var sequence: Int64
  /// Events that wait, the failed ones included.
  public var parked: Int

  public init(epoch: UUIDv7?, sequence: Int64, parked: Int = 0) {
    self.epoch = epoch
    self.sequence = sequence
    self.parked = parked
  }
}
