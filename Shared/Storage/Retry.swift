public import Schema

/// Which parked events are to be tried again.
public enum Retry: Hashable, Sendable {
  /// Those whose time has come.
  case due(Timestamp)
  /// All, whenever they are due.
  case all
  /// The partition key of this one, from its first.
  case sequence(Int64)
}
