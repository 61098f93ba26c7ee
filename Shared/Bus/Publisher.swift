import FoundationEssentials
public import Schema
public import Storage
public import ZeroMQ

/// The fast path of events: a PUB of the whole stream, and its head every second.
///
/// The outbox is the truth. PUB drops for a subscriber that does not keep up, and loses nothing by it: the subscriber sees
/// the hole by the sequence, and asks for it.
public actor Publisher {
  private let loop: PollLoop
  private let service: ServiceName
  private let epoch: UUIDv7
  private var head: Int64
  private var socket: Socket?
  private var beat: Deadline?

  public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  public static func bind(
    _ endpoint: String, of service: ServiceName, epoch: UUIDv7, head: Int64, security: Security, in context: Context,
    on loop: PollLoop
  ) async throws -> (Publisher, endpoint: String) {
    let publisher = Publisher(service, epoch, head, loop)
    return (publisher, try await publisher.open(endpoint, security, context))
  }

  private init(_ service: ServiceName, _ epoch: UUIDv7, _ head: Int64, _ loop: PollLoop) {
    self.service = service
    self.epoch = epoch
    self.head = head
    self.loop = loop
  }

  private func open(_ endpoint: String, _ security: Security, _ context: Context) throws(ZeroMQError) -> String {
    let socket = try Socket.open(.publisher, in: context, security: security)
    let bound = try socket.bind(endpoint)
    self.socket = consume socket
    tellHead()
    return bound
  }

  /// Sends what was committed, in the order of the outbox. From any thread.
  public nonisolated func publish(_ rows: [OutboxRow]) {
    loop.perform { self.assumeIsolated { $0.send(rows) } }
  }

  public func close() {
    beat.take().map(loop.cancel)
    socket.take()?.close()
  }

  private func send(_ rows: [OutboxRow]) {
    for row in rows {
      let header = EventHeader(sequence: row.sequence, epoch: epoch)
      _ = try? socket?.send([Frame(row.topic), Frame(header.bytes), Frame(row.event)])
      head = row.sequence
    }
  }

  private func tellHead() {
    let header = EventHeader(isHead: true, sequence: head, epoch: epoch)
    _ = try? socket?.send([Frame("head/\(service)"), Frame(header.bytes), Frame.empty])
    beat = loop.after(.seconds(1)) { [weak self] in self?.assumeIsolated { $0.tellHead() } }
  }
}
