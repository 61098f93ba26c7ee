import FoundationEssentials
import Schema
import Synchronization
import ZeroMQ

/// Where a stream's publications arrive: a SUB on the loop, and a bounded store of what has not been looked at.
///
/// What does not fit is dropped: the subscriber sees the hole and asks for it.
final class Inlet: Sendable {
  fileprivate struct State {
    /// In order, without a hole.
    var events: [(sequence: Int64, json: Frame)] = []
    /// The position of the stream as last heard.
    var head: EventHeader?
    /// When anything was published, by the loop's clock.
    var lastHeard = PollLoop.now()
    /// The same, but nil until something really was.
    var received: UInt64?
    var signalled = false
    var waiter: CheckedContinuation<Void, Never>?
  }

  private let state = Mutex(State())
  private let socket: SubscriberSocket
  private static let capacity = 1024

  init(on loop: PollLoop) {
    socket = SubscriberSocket(on: loop)
  }

  func connect(
    to endpoint: String, of stream: ServiceName, security: Security, in context: Context
  ) async throws(ZeroMQError) {
    try await socket.connect(to: endpoint, topics: ["\(stream)/", "head/\(stream)"], security, context) {
      [weak self] message in self?.receive(message)
    }
  }

  func close() async { await socket.close() }

  var head: EventHeader? { state.withLock { $0.head } }

  /// The position of the stream, as a reply tells it: what was published meanwhile may be beyond.
  func heard(_ sequence: Int64, epoch: UUIDv7) {
    state.withLock { state in
      if let head = state.head, head.epoch == epoch, head.sequence > sequence { return }
      _ = state.hear(EventHeader(isHead: true, sequence: sequence, epoch: epoch))
    }
  }

  /// Nothing came for so long that there may be nobody to hear: heads come every second.
  var isSilent: Bool { state.withLock { PollLoop.now() - $0.lastHeard > 3_000_000_000 } }

  /// How long ago anything was published, as far as we heard; nil for never.
  var age: Duration? {
    state.withLock { $0.received }.map { .nanoseconds(Int64(clamping: PollLoop.now() - $0)) }
  }

  /// Connects anew: after a refused handshake libzmq does not try again by itself.
  func reconnect() async throws(ZeroMQError) {
    state.withLock { $0.lastHeard = PollLoop.now() }
    try await socket.reconnect()
  }

  func forget() {
    state.withLock { state in
      state.events = []
      state.head = nil
    }
  }

  /// The events that follow a sequence without a hole; nil when the next one is not here.
  func take(after sequence: Int64, epoch: UUIDv7) -> [Data]? {
    let run = state.withLock { state -> [Frame]? in
      guard state.head?.epoch == epoch else { return nil }
      state.events.removeFirst(state.events.prefix { $0.sequence <= sequence }.count)
      guard let first = state.events.first, first.sequence == sequence + 1 else { return nil }
      let run = state.events.prefix(500).map(\.json)
      state.events.removeFirst(run.count)
      return run
    }
    return run?.map { Data($0.bytes) }
  }

  /// Lets the waiter go.
  func wake() {
    state.withLock { state in
      state.signalled = true
      return state.waiter.take()
    }?.resume()
  }

  /// Until something arrives, or the time is up. For one waiter.
  func wait(atMost limit: Duration?) async {
    socket.alarm(after: limit) { [weak self] in self?.wake() }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let ready = state.withLock { state in
          guard !state.signalled, !Task.isCancelled else { return true }
          state.waiter = continuation
          return false
        }
        if ready { continuation.resume() }
      }
    } onCancel: {
      wake()
    }
    state.withLock { $0.signalled = false }
  }

  /// On the loop: nothing is decoded here.
  private func receive(_ message: Message) {
    guard message.count == 3,
      let header = try? message[1].withUnsafeBytes({ bytes throws(Header.Fault) in try EventHeader(bytes) })
    else { return }
    let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
      state.lastHeard = PollLoop.now()
      state.received = state.lastHeard
      let isNews = state.hear(header)
      if !header.isHead {
        if let last = state.events.last, last.sequence + 1 != header.sequence { state.events = [] }
        if state.events.count < Self.capacity { state.events.append((header.sequence, message[2])) }
      }
      guard isNews else { return nil }
      state.signalled = true
      return state.waiter.take()
    }
    waiter?.resume()
  }
}

extension Inlet.State {
  /// - Returns: Whether it says anything new.
  fileprivate mutating func hear(_ header: EventHeader) -> Bool {
    // A position that went back is told too: the store behind it may be an older copy.
    if let head, head.epoch == header.epoch, head.sequence == header.sequence { return false }
    if let head, head.epoch != header.epoch || header.sequence < head.sequence { events = [] }
    head = header
    return true
  }
}

/// The SUB socket itself, on the loop.
private actor SubscriberSocket {
  private let loop: PollLoop
  private var socket: Socket?
  private var target: (endpoint: String, topics: [String], security: Security, context: Context)?
  private var deliver: (@Sendable (Message) -> Void)?
  private var alarm: Deadline?

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(on loop: PollLoop) { self.loop = loop }

  func connect(
    to endpoint: String, topics: [String], _ security: Security, _ context: Context,
    deliver: @escaping @Sendable (Message) -> Void
  ) throws(ZeroMQError) {
    self.deliver = deliver
    target = (endpoint, topics, security, context)
    try reconnect()
  }

  func reconnect() throws(ZeroMQError) {
    drop()
    guard let (endpoint, topics, security, context) = target else { return }
    let socket = try Socket.open(.subscriber, in: context, security: security)
    for topic in topics { try socket.subscribe(topic) }
    try socket.connect(endpoint)
    loop.watch(socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } })
    self.socket = consume socket
  }

  func close() {
    alarm.take().map(loop.cancel)
    drop()
  }

  private func drop() {
    guard let socket = socket.take() else { return }
    loop.unwatch(socket)
    socket.close()
  }

  /// One alarm at a time; nil for none.
  nonisolated func alarm(after delay: Duration?, _ ring: @escaping @Sendable () -> Void) {
    loop.perform {
      self.assumeIsolated { here in
        here.alarm.take().map(here.loop.cancel)
        here.alarm = delay.map { here.loop.after($0, ring) }
      }
    }
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      deliver?(message)
    }
  }
}
