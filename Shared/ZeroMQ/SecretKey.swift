/// The half of a CURVE key pair that nobody else may know. It never prints itself: not by `print`, `dump` or interpolation.
public struct SecretKey: Sendable {
  private let z85: String

  /// Nil for what is not a key, and for the test keys published in zmq_curve(7).
  public init?(z85: String) {
    guard Z85.isUsableKey(z85) else { return nil }
    self.z85 = z85
  }

  /// The key as 40 characters: for a key file, or the one line that is printed for its owner.
  public func revealed() -> String { z85 }
}

extension SecretKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  /// Three dots.
  public var description: String { "•••" }
  /// Three dots.
  public var debugDescription: String { description }
  /// Without children, so that `dump` finds nothing.
  public var customMirror: Mirror { Mirror(self, children: [:]) }
}
