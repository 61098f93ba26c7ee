import CZeroMQ
import Glibc

/// Owns one ZeroMQ socket: it cannot be copied, and its end closes it.
///
/// It is not Sendable: the actor that holds it decides the thread, by running on a `PollLoop`. Nothing here blocks. A socket
/// that a loop watches must be unwatched before it is closed.
public struct Socket: ~Copyable {
  let raw: UnsafeMutableRawPointer
  let kind: Kind
  private let security: Security
  private let maxFrameSize: Int64
  /// Held so that the context outlives the socket.
  private let context: Context

  /// CURVE wraps a frame in a MESSAGE command, and libzmq compares the wrapped size with ZMQ_MAXMSGSIZE.
  private static let curveOverhead: Int64 = 64

  deinit { zmq_close(raw) }

  /// Opens a socket with its profile and keys.
  ///
  /// A function and not an initialiser, since the initialiser of a noncopyable type cannot fail half-way.
  public static func open(
    _ kind: Kind, in context: Context, security: Security = .none, options: SocketOptions = SocketOptions()
  ) throws(ZeroMQError) -> Socket {
    let raw = try context.open(kind.raw)
    let socket = Socket(
      raw: raw, kind: kind, security: security, maxFrameSize: options.maxFrameSize, context: context)
    try socket.apply(options)
    try socket.apply(security)
    return socket
  }

  /// Closes it, as the end of its scope would; what was not yet written to the wire is lost.
  ///
  /// libzmq closes in the background: what it bound is free a moment later, unless `unbind` came first.
  public consuming func close() {}

  // MARK: Endpoints

  /// Listens at an endpoint, and returns the one that the system chose: `tcp://127.0.0.1:*` gets its port.
  @discardableResult
  public borrowing func bind(_ endpoint: String) throws(ZeroMQError) -> String {
    try allow(endpoint, to: "zmq_bind")
    guard zmq_bind(raw, endpoint) == 0 else { throw .last("zmq_bind \(endpoint)") }
    var name = [CChar](repeating: 0, count: 1024)
    var size = name.count
    guard zmq_getsockopt(raw, ZMQ_LAST_ENDPOINT, &name, &size) == 0 else { throw .last("zmq_getsockopt LAST_ENDPOINT") }
    return String(decoding: name.prefix(max(0, size - 1)).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// Starts connecting, and goes on trying until `disconnect`. Success says nothing about the peer.
  public borrowing func connect(_ endpoint: String) throws(ZeroMQError) {
    try allow(endpoint, to: "zmq_connect")
    guard zmq_connect(raw, endpoint) == 0 else { throw .last("zmq_connect \(endpoint)") }
  }

  /// Stops listening at an endpoint that `bind` returned; connections that came through it stay.
  public borrowing func unbind(_ endpoint: String) throws(ZeroMQError) {
    guard zmq_unbind(raw, endpoint) == 0 else { throw .last("zmq_unbind \(endpoint)") }
  }

  /// Drops the connection to an endpoint given to `connect`, with what is queued for it.
  public borrowing func disconnect(_ endpoint: String) throws(ZeroMQError) {
    guard zmq_disconnect(raw, endpoint) == 0 else { throw .last("zmq_disconnect \(endpoint)") }
  }

  /// Asks for every message whose first frame begins so. A prefix is bytes, not words: `vn.1` also begins `vn.19`.
  public borrowing func subscribe(_ prefix: String) throws(ZeroMQError) { try set(ZMQ_SUBSCRIBE, prefix) }

  /// Takes one `subscribe` back.
  public borrowing func unsubscribe(_ prefix: String) throws(ZeroMQError) { try set(ZMQ_UNSUBSCRIBE, prefix) }

  // MARK: Messages

  /// Queues all frames or none, and never blocks.
  ///
  /// True is no receipt: the message may still be lost with the connection. On a ROUTER the first frame names the peer.
  ///
  /// - Returns: false when the peer's queue is full or nobody is there. A PUB drops instead, and returns true.
  /// - Throws: EMSGSIZE for a frame above `SocketOptions.maxFrameSize`, EINVAL for no frames at all, ETERM at the end.
  public borrowing func send(_ message: Message) throws(ZeroMQError) -> Bool {
    guard !message.isEmpty else { throw ZeroMQError(call: "send without frames", code: EINVAL) }
    for frame in message where frame.count > maxFrameSize {
      throw ZeroMQError(call: "send of a frame of \(frame.count) bytes", code: EMSGSIZE)
    }
    var isWhole = true
    for (index, frame) in message.enumerated() {
      let isLast = index == message.count - 1
      let code = send(frame, flags: isLast ? ZMQ_DONTWAIT : ZMQ_DONTWAIT | ZMQ_SNDMORE)
      if code == 0 { continue }
      guard code == EAGAIN || code == EHOSTUNREACH else { throw ZeroMQError(call: "zmq_msg_send", code: code) }
      if index == 0 { return false }
      // The connection went away between two frames. libzmq has taken the first ones back and now drops all up to the last
      // one: stopping here would make it swallow the start of the next message instead.
      isWhole = false
    }
    return isWhole
  }

  private borrowing func send(_ frame: Frame, flags: Int32) -> Int32 {
    var copy = zmq_msg_t()
    frame.copy(to: &copy)
    while zmq_msg_send(&copy, raw, flags) < 0 {
      let code = zmq_errno()
      if code == EINTR { continue }
      zmq_msg_close(&copy)
      return code
    }
    return 0
  }

  /// The next whole message, or nil when none is waiting.
  ///
  /// - Throws: ETERM when the context ends.
  public borrowing func receive() throws(ZeroMQError) -> Message? {
    var message: Message = []
    var part = zmq_msg_t()
    zmq_msg_init(&part)
    defer { zmq_msg_close(&part) }
    while true {
      guard zmq_msg_recv(&part, raw, ZMQ_DONTWAIT) >= 0 else {
        let code = zmq_errno()
        if code == EINTR { continue }
        if code == EAGAIN, message.isEmpty { return nil }
        throw ZeroMQError(call: "zmq_msg_recv", code: code)
      }
      let more = zmq_msg_more(&part) != 0
      message.append(Frame(taking: &part))
      if !more { return message }
    }
  }

  // MARK: Options

  private borrowing func apply(_ options: SocketOptions) throws(ZeroMQError) {
    try set(ZMQ_LINGER, options.linger.milliseconds)
    try set(ZMQ_SNDHWM, options.sendHighWater)
    try set(ZMQ_RCVHWM, options.receiveHighWater)
    try set(ZMQ_MAXMSGSIZE, options.maxFrameSize + Self.curveOverhead)
    try set(ZMQ_HANDSHAKE_IVL, options.handshakeLimit.milliseconds)
    try set(ZMQ_HEARTBEAT_IVL, options.heartbeatInterval.milliseconds)
    try set(ZMQ_HEARTBEAT_TIMEOUT, options.heartbeatTimeout.milliseconds)
    try set(ZMQ_HEARTBEAT_TTL, options.heartbeatTimeout.milliseconds)
    try set(ZMQ_RECONNECT_IVL, options.reconnectInterval.milliseconds)
    try set(ZMQ_RECONNECT_IVL_MAX, options.reconnectLimit.milliseconds)
    try set(ZMQ_BACKLOG, options.backlog)
    try set(ZMQ_TCP_MAXRT, options.retransmissionLimit.milliseconds)
    // Otherwise a DEALER queues requests for a server that is away, and delivers them all stale.
    try set(ZMQ_IMMEDIATE, 1)
    if kind == .router { try set(ZMQ_ROUTER_MANDATORY, 1) }
  }

  private borrowing func apply(_ security: Security) throws(ZeroMQError) {
    switch security {
    case .none, .strangerInTests:
      break
    case .client(let keys, let server):
      try set(ZMQ_CURVE_SERVERKEY, server.z85)
      try set(ZMQ_CURVE_PUBLICKEY, keys.publicKey.z85)
      try set(ZMQ_CURVE_SECRETKEY, keys.secretKey.revealed())
    case .server(let keys, let domain):
      guard !domain.isEmpty else { throw ZeroMQError(call: "CURVE server with an empty ZAP domain", code: EINVAL) }
      try set(ZMQ_CURVE_SERVER, 1)
      try set(ZMQ_CURVE_SECRETKEY, keys.secretKey.revealed())
      try set(ZMQ_ZAP_DOMAIN, domain)
      try set(czmq_zap_enforce_domain, 1)
    }
  }

  /// Only the transports that we know, and no tcp without CURVE.
  private borrowing func allow(_ endpoint: String, to call: String) throws(ZeroMQError) {
    if endpoint.hasPrefix("inproc://") || endpoint.hasPrefix("ipc://") { return }
    guard endpoint.hasPrefix("tcp://") else { throw ZeroMQError(call: "\(call) \(endpoint)", code: EPROTONOSUPPORT) }
    if case .none = security { throw ZeroMQError(call: "\(call) \(endpoint) without CURVE", code: EACCES) }
  }

  private borrowing func set<Value: FixedWidthInteger>(_ option: Int32, _ value: Value) throws(ZeroMQError) {
    var value = value
    guard zmq_setsockopt(raw, option, &value, MemoryLayout<Value>.size) == 0 else {
      throw .last("zmq_setsockopt \(option)")
    }
  }

  private borrowing func set(_ option: Int32, _ value: Int) throws(ZeroMQError) { try set(option, Int32(value)) }

  private borrowing func set(_ option: Int32, _ text: String) throws(ZeroMQError) {
    var text = text
    let status = text.withUTF8 { zmq_setsockopt(raw, option, $0.baseAddress, $0.count) }
    guard status == 0 else { throw .last("zmq_setsockopt \(option)") }
  }
}
