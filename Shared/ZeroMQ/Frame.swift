import CZeroMQ
import Glibc

/// A whole message: its frames, in order.
public typealias Message = [Frame]

/// One frame of a message: immutable bytes that a `zmq_msg_t` owns.
///
/// Sending shares the bytes and never copies a body, so one frame can go to many sockets. A small frame that was received
/// keeps alive the read buffer it came in (8 KiB): copy `bytes` of what is to be kept for long.
///
/// Why `@unchecked Sendable` is right: the pointer is set once and freed in `deinit`, when nobody else has it. All readers
/// (`zmq_msg_data`, `_size`, `_gets`) only read. The one call that writes to its source is `zmq_msg_copy`, and only the
/// first time: it marks the bytes as shared and makes the count. `share()` has that first time happen in `init`, before any
/// other thread can have the frame; each later copy is an atomic increment, from whatever thread it comes.
public final class Frame: @unchecked Sendable {
  private let message: UnsafeMutablePointer<zmq_msg_t>

  /// A frame without bytes.
  public static let empty = Frame([])

  /// Copies `bytes` into a new frame.
  public init(copying bytes: UnsafeRawBufferPointer) {
    message = .allocate(capacity: 1)
    let status = zmq_msg_init_size(message, bytes.count)
    precondition(status == 0, "no memory for a frame")
    if let source = bytes.baseAddress { memcpy(zmq_msg_data(message), source, bytes.count) }
    share()
  }

  /// Takes what was received out of `received` and leaves an empty message there.
  init(taking received: inout zmq_msg_t) {
    message = .allocate(capacity: 1)
    zmq_msg_init(message)
    zmq_msg_move(message, &received)
    share()
  }

  deinit {
    zmq_msg_close(message)
    message.deallocate()
  }

  /// A frame of these bytes.
  public convenience init(_ bytes: some Collection<UInt8>) {
    let frame: Frame? = bytes.withContiguousStorageIfAvailable { Frame(copying: UnsafeRawBufferPointer($0)) }
    self.init(sharing: frame ?? Array(bytes).withUnsafeBytes { Frame(copying: $0) })
  }

  /// A frame of the text's UTF-8.
  public convenience init(_ text: String) { self.init(text.utf8) }

  private init(sharing frame: Frame) {
    message = .allocate(capacity: 1)
    frame.copy(to: message)
  }

  private func share() {
    var copy = zmq_msg_t()
    zmq_msg_init(&copy)
    zmq_msg_copy(&copy, message)
    zmq_msg_close(&copy)
  }

  /// Makes `target`, which must not be initialised, another reference to the same bytes.
  func copy(to target: UnsafeMutablePointer<zmq_msg_t>) {
    zmq_msg_init(target)
    zmq_msg_copy(target, message)
  }

  /// How many bytes it has.
  public var count: Int { zmq_msg_size(message) }

  /// Lends the bytes; the pointer must not leave `body`.
  public func withUnsafeBytes<R: ~Copyable, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
    // The bytes of a short message lie inside `message`, so its life is that of the frame.
    defer { withExtendedLifetime(self) {} }
    return try body(UnsafeRawBufferPointer(start: zmq_msg_data(message), count: zmq_msg_size(message)))
  }

  /// A copy of the bytes.
  public var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

  /// The bytes as text, or nil when they are not UTF-8.
  public var text: String? { withUnsafeBytes { String(validating: $0, as: UTF8.self) } }

  /// What the connection knows about the sender, or nil: `User-Id` is the Z85 public key that the `Authenticator` admitted.
  ///
  /// On a message from a ROUTER ask a frame after the first: `zmq_poll` makes libzmq 4.3.4 forget the first one's.
  public func property(_ name: String) -> String? {
    defer { withExtendedLifetime(self) {} }
    guard let value = zmq_msg_gets(message, name) else { return nil }
    return String(cString: value)
  }
}

extension Frame: Equatable {
  /// Whether both have the same bytes.
  public static func == (left: Frame, right: Frame) -> Bool {
    left === right || left.withUnsafeBytes { bytes in right.withUnsafeBytes { bytes.elementsEqual($0) } }
  }
}

extension Frame: CustomStringConvertible {
  /// The size alone: what a frame carries does not belong in a log.
  public var description: String { "Frame(\(count) bytes)" }
}
