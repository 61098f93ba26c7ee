public import Schema

/// What a store says when it cannot do what it was asked.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    /// No room on the disk; nothing was changed, and reading goes on.
    case full
    /// Another process holds what is needed.
    case busy
    /// The file is not a store, or has been damaged.
    case corrupt
    /// The store was closed before this began.
    case closed
    /// Anything else: SQL that does not fit, a constraint, an I/O error, a store of another service.
    case failed
  }

  public let kind: Kind
  /// For the operator's log: it may name files and SQL, never the values of a statement.
  public let message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  public var description: String { "\(kind): \(message)" }

  /// What the asker is told.
  public var refusal: Refusal {
    switch kind {
    case .full: Refusal(.full)
    case .busy, .closed: Refusal(.unavailable)
    case .corrupt, .failed: Refusal(.failed)
    }
  }

  static let closed = StorageError(.closed, "the store is closed")
}
