/// How a socket protects its connections. It is fixed when the socket opens.
public enum Security: Sendable {
  /// Nothing: good for `inproc://` and `ipc://` only, every other endpoint is refused.
  case none
  /// CURVE, towards a server whose public key is known beforehand. A server with another key is never talked to.
  case client(keys: CurveKeys, server: PublicKey)
  /// CURVE, for clients that the `Authenticator` admits; without an Authenticator nobody gets in.
  ///
  /// The domain must not be empty: libzmq would then let everybody in, even whom the Authenticator denies.
  case server(keys: CurveKeys, domain: String)
  /// Nothing, over tcp too: only for tests that play a stranger.
  case strangerInTests
}
