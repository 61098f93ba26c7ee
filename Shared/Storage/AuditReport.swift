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
}
