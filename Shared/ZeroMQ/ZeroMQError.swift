import CZeroMQ

/// What libzmq, or the system under it, refused: the call and its errno.
public struct ZeroMQError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The call that failed, with its argument where that helps: `zmq_bind tcp://127.0.0.1:5555`.
  public let call: String
  /// Its errno.
  public let code: Int32

  init(call: String, code: Int32) {
    self.call = call
    self.code = code
  }

  /// The error of the call just made. Nothing may run in between, not even an `await`: errno belongs to the thread.
  static func last(_ call: @autoclosure () -> String) -> ZeroMQError {
    let code = zmq_errno()
    return ZeroMQError(call: call(), code: code)
  }

  /// Whether the context is ending, so that the socket should be closed and nothing else.
  public var isTermination: Bool { code == czmq_eterm }

  /// The call and the text of its errno.
  public var description: String { "\(call): \(String(cString: zmq_strerror(code)))" }
}
