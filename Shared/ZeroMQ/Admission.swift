/// What the `Authenticator` decides about a key.
public enum Admission: Sendable, Equatable {
  /// The connection is accepted; `User-Id` is the key.
  case admit
  /// Refused for good: the client's socket does not try again, even if the key is enrolled later.
  case deny
  /// Refused for now, while the keys are not loaded yet: the client tries again.
  case later
}
