import Synchronization
import ZeroMQ

/// A DEALER that matches answers to questions by a number in front.
actor Asker {
  enum Failure: Error { case cancelled, timedOut, closed }
  typealias Answer = Result<Message, Failure>

  private struct Question {
    let continuation: CheckedContinuation<Answer, Never>
    let deadline: Deadline
  }

  private let loop: PollLoop
  private let numbers = Atomic<UInt64>(0)
  private var socket: Socket?
  private var monitor: Monitor?
  private var outbox: [Message] = []
  private var questions: [UInt64: Question] = [:]
  private var cancelledEarly: Set<UInt64> = []
  nonisolated let events = Record<Monitor.Event.Kind>()

  nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

  /// How many questions it still remembers in any way.
  var remembered: Int { questions.count + cancelledEarly.count + outbox.count }

  static func connect(
    _ endpoint: String, in context: Context, on loop: PollLoop, security: Security = .none,
    options: SocketOptions = SocketOptions()
  ) async throws -> Asker {
    let asker = Asker(loop: loop)
    try await asker.start(endpoint, context, security, options)
    return asker
  }

  private init(loop: PollLoop) { self.loop = loop }

  private func start(
    _ endpoint: String, _ context: Context, _ security: Security, _ options: SocketOptions
  ) throws {
    let socket = try Socket.open(.dealer, in: context, security: security, options: options)
    monitor = try Monitor.open(on: socket, in: context, loop: loop) { [events] in events.add($0.kind) }
    try socket.connect(endpoint)
    loop.watch(
      socket, readable: { [weak self] in self?.assumeIsolated { $0.readable() } },
      writable: { [weak self] in self?.assumeIsolated { $0.flush() } })
    self.socket = consume socket
  }

  nonisolated func ask(_ body: Message, within limit: Duration = .seconds(120)) async throws(Failure) -> Message {
    let number = numbers.add(1, ordering: .relaxed).newValue
    let answer: Answer = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        loop.perform { self.assumeIsolated { $0.begin(number, body, limit, continuation) } }
      }
    } onCancel: {
      loop.perform { self.assumeIsolated { $0.cancel(number) } }
    }
    if Task.isCancelled { loop.perform { self.assumeIsolated { _ = $0.cancelledEarly.remove(number) } } }
    return try answer.get()
  }

  /// Sends without waiting for an answer.
  func tell(_ message: Message) {
    outbox.append(message)
    flush()
  }

  func close() {
    guard let socket = socket.take() else { return }
    monitor?.close(socket)
    monitor = nil
    loop.unwatch(socket)
    socket.close()
    for number in Array(questions.keys) { finish(number, .failure(.closed)) }
  }

  private func begin(
    _ number: UInt64, _ body: Message, _ limit: Duration, _ continuation: CheckedContinuation<Answer, Never>
  ) {
    if cancelledEarly.remove(number) != nil { return continuation.resume(returning: .failure(.cancelled)) }
    guard socket != nil else { return continuation.resume(returning: .failure(.closed)) }
    let deadline = loop.after(limit) { [weak self] in self?.assumeIsolated { $0.finish(number, .failure(.timedOut)) } }
    questions[number] = Question(continuation: continuation, deadline: deadline)
    tell([Frame("\(number)")] + body)
  }

  private func cancel(_ number: UInt64) {
    if questions[number] == nil { cancelledEarly.insert(number) } else { finish(number, .failure(.cancelled)) }
  }

  private func finish(_ number: UInt64, _ answer: Answer) {
    guard let question = questions.removeValue(forKey: number) else { return }
    loop.cancel(question.deadline)
    question.continuation.resume(returning: answer)
  }

  private func flush() {
    guard socket != nil else { return }
    while let message = outbox.first, (try? socket?.send(message)) == true { outbox.removeFirst() }
    let isWaiting = !outbox.isEmpty
    if let socket = socket.take() {
      loop.wantsWrite(socket, isWaiting)
      self.socket = consume socket
    }
  }

  private func readable() {
    for _ in 0..<64 {
      guard let message = try? socket?.receive() else { return }
      guard let number = message.first?.text.flatMap({ UInt64($0) }) else { continue }
      finish(number, .success(Message(message.dropFirst())))
    }
  }
}
