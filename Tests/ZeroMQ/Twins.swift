import Testing
import ZeroMQ

/// Two sockets that are readable in the same turn; whichever is told first closes both.
actor Twins {
  private let loop: PollLoop
  private var first: Socket?
  private var second: Socket?
  private var writer: Socket?
  nonisolated let told = Record<String>()

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  init(_ loop: PollLoop) { self.loop = loop }

  func start(in context: Context) throws {
    let first = try Socket.open(.router, in: context)
    let second = try Socket.open(.router, in: context)
    try first.bind("inproc://first")
    try second.bind("inproc://second")
    let writer = try Socket.open(.dealer, in: context)
    try writer.connect("inproc://first")
    try writer.connect("inproc://second")
    for _ in 0..<2 {
      let isSent = try writer.send([Frame("one for each")])
      #expect(isSent)
    }
    loop.watch(first) { [weak self] in self?.assumeIsolated { $0.tell("first") } }
    loop.watch(second) { [weak self] in self?.assumeIsolated { $0.tell("second") } }
    self.first = consume first
    self.second = consume second
    self.writer = consume writer
  }

  /// Returns after the loop has looked at its sockets again.
  func turn() async { await withCheckedContinuation { done in _ = loop.after(.milliseconds(1)) { done.resume() } } }

  private func tell(_ name: String) {
    told.add(name)
    if let socket = first.take() { loop.unwatch(socket) }
    if let socket = second.take() { loop.unwatch(socket) }
    writer = nil
  }
}
