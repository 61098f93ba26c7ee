import CZeroMQ

extension Monitor.Event {
  /// What can happen on a connection, in the order of its life.
  public enum Kind: Sendable, Equatable {
    /// The socket listens.
    case listening
    /// A server's TCP connection stands; the handshake follows.
    case accepted
    /// A server could not accept: its errno, EMFILE when descriptors ran out.
    case acceptFailed(Int32)
    /// A client's TCP connection stands; the handshake follows.
    case connected
    /// A client found nobody and will try again.
    case retrying
    /// The peer is who it should be, and messages may flow.
    case handshakeSucceeded
    /// The peer is not let in, or does not let us in.
    case handshakeFailed(HandshakeFailure)
    /// The connection is over.
    case disconnected
    /// A connection that never stood, or a listener, is closed.
    case closed
    /// The monitor is over: seen by `Monitor` alone.
    case stopped

    init?(event: Int32, value: UInt32) {
      switch event {
      case ZMQ_EVENT_LISTENING: self = .listening
      case ZMQ_EVENT_ACCEPTED: self = .accepted
      case ZMQ_EVENT_ACCEPT_FAILED: self = .acceptFailed(Int32(truncatingIfNeeded: value))
      case ZMQ_EVENT_CONNECTED: self = .connected
      case ZMQ_EVENT_CONNECT_RETRIED: self = .retrying
      case ZMQ_EVENT_HANDSHAKE_SUCCEEDED: self = .handshakeSucceeded
      case ZMQ_EVENT_HANDSHAKE_FAILED_AUTH: self = .handshakeFailed(.refused(code: Int(value)))
      case ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL: self = .handshakeFailed(.protocolBroken(code: value))
      case ZMQ_EVENT_HANDSHAKE_FAILED_NO_DETAIL:
        self = .handshakeFailed(.noDetail(errno: Int32(truncatingIfNeeded: value)))
      case ZMQ_EVENT_DISCONNECTED: self = .disconnected
      case ZMQ_EVENT_CLOSED: self = .closed
      case ZMQ_EVENT_MONITOR_STOPPED: self = .stopped
      default: return nil
      }
    }
  }
}
