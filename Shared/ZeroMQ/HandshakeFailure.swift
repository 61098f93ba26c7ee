import CZeroMQ

/// Why a handshake failed.
public enum HandshakeFailure: Sendable, Equatable {
  /// The server's `Authenticator` said so: 300 is tried again, after 400 a client's socket never tries again.
  case refused(code: Int)
  /// The peer broke the protocol: a code ZMQ_PROTOCOL_ERROR_ of zmq.h. A server sees this from a client that was
  /// given another server's key.
  case protocolBroken(code: UInt32)
  /// The peer hung up. A client sees this again and again when the server has another key than the one it was given.
  case noDetail(errno: Int32)

  /// The peer speaks another mechanism: one side has CURVE and the other has not.
  public var isMechanismMismatch: Bool {
    self == .protocolBroken(code: UInt32(ZMQ_PROTOCOL_ERROR_ZMTP_MECHANISM_MISMATCH))
  }
}

extension HandshakeFailure: CustomStringConvertible {
  /// For the operator's log.
  public var description: String {
    switch self {
    case .refused(let code): "its key was refused (\(code))"
    case .protocolBroken where isMechanismMismatch: "it does not speak CURVE"
    case .protocolBroken(let code): "it broke the protocol (\(code)): it may expect another key of ours"
    case .noDetail(let errno): "it hung up (\(errno))"
    }
  }
}
