public import Schema

/// Which list of official units this is. Units change by decree: a newer list is a newer edition, never an edit.
public struct Edition: Hashable, Sendable {
  /// The day from which the list is in force.
  public let effective: Day
  public let decision: DocumentNumber
}
