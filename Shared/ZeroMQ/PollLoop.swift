import CZeroMQ
import Glibc
import Synchronization

/// One thread in `zmq_poll` that is the executor of the actors that own sockets.
///
/// An actor that names it as its `unownedExecutor` keeps its sockets as plain isolated state: every touch happens on this
/// thread, without a lock. Other threads reach it by `enqueue` (what `await` does) and `perform`, which wake it by an
/// eventfd only if it sleeps. It has no polling interval: idle, it sleeps until a socket, a post or a deadline.
///
/// A turn is fair: at most `budget` posted jobs and closures, at most `budget` deadlines, then every socket that is ready.
/// Whatever the actors do must be short, and must never block.
///
/// The loop lives until `stop()`, whoever holds it. What is posted later is not lost: a new thread of the same loop takes it
/// up and ends with it, so that an actor can still close its socket or finish its `deinit`. After `stop()` no deadline fires
/// and no socket is waited for; close the actors first, so that nobody waits for either.
public final class PollLoop: SerialExecutor {
  private enum Work {
    case job(UnownedJob)
    case call(@Sendable () -> Void)
  }

  private struct Inbox {
    /// In the order posted. Each is taken out as it starts, so that what it captured ends with it.
    var work: [Work?] = []
    var deadlines = Deadlines()
    var isAsleep = false
    var isStopping = false
    var hasThread = true
  }

  /// What the thread took out of the inbox in one piece.
  private struct Batch {
    var work: [Work?] = []
    private var position = 0

    var isEmpty: Bool { position == work.count }

    mutating func next() -> Work? {
      guard position < work.count else { return nil }
      defer { position += 1 }
      return work[position].take()
    }

    mutating func refill(from inbox: inout [Work?]) {
      work.removeAll(keepingCapacity: work.count <= PollLoop.budget)
      position = 0
      swap(&work, &inbox)
    }
  }

  private static let budget = 256

  private let name: String
  private let wakeup: CInt
  private let inbox = Mutex(Inbox())
  private let pollSet = Mutex(PollSet())
  /// The id of the loop's thread, or 0.
  private let thread = Atomic<UInt>(0)

  /// Starts the thread. Linux shows the first 15 bytes of `name`.
  public init(name: String) {
    self.name = name
    wakeup = eventfd(0, CInt(EFD_CLOEXEC | EFD_NONBLOCK))
    precondition(wakeup >= 0, "eventfd: \(String(cString: strerror(errno)))")
    startThread()
  }

  deinit { close(wakeup) }

  private func startThread() { Thread.start(named: name) { self.run() } }

  // MARK: Executor

  /// Whether the calling code runs on the loop's thread.
  public var isCurrent: Bool { thread.load(ordering: .relaxed) == UInt(pthread_self()) }

  /// Posts a job of an actor, from any thread.
  public func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    post { $0.work.append(.job(job)) }
  }

  /// This loop, for an actor's `unownedExecutor`. The actor must hold the loop.
  public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

  /// Makes `assumeIsolated` work in a handler, where there is no task.
  public func isIsolatingCurrentContext() -> Bool? { isCurrent }

  /// Traps away from the loop's thread.
  public func checkIsolated() { precondition(isCurrent, "not on the thread of the poll loop '\(name)'") }

  // MARK: Posting

  /// Runs a closure on the loop, after what was posted before it; from any thread, without a task.
  public func perform(_ body: @escaping @Sendable () -> Void) { post { $0.work.append(.call(body)) } }

  /// Runs `body` on the loop once `delay` has passed, unless it is cancelled or the loop stopped; from any thread.
  public func after(_ delay: Duration, _ body: @escaping @Sendable () -> Void) -> Deadline {
    let time = Self.now() + delay.nanoseconds
    return post { $0.isStopping ? Deadline(id: 0) : $0.deadlines.add(at: time, body) }
  }

  /// Makes sure that a deadline does not fire later. One that has fired is ignored. On the loop this is exact; elsewhere it
  /// may be firing at this moment.
  public func cancel(_ deadline: Deadline) {
    let body = inbox.withLock { $0.deadlines.cancel(deadline) }
    // Only here, after the lock, may what it captured end: its deinit may post.
    _ = body
  }

  /// Deadlines that are still to come.
  var deadlineCount: Int { inbox.withLock { $0.deadlines.count } }

  /// Runs what was posted, then lets the thread end. It does not wait for it.
  public func stop() { post { $0.isStopping = true } }

  /// Nanoseconds of the monotonic clock.
  public static func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }

  private enum Wake { case nobody, sleeper, newThread }

  private func post<Result: Sendable>(_ change: (inout Inbox) -> Result) -> Result {
    let (result, wake) = inbox.withLock { inbox -> (Result, Wake) in
      let result = change(&inbox)
      if !inbox.hasThread {
        inbox.hasThread = true
        return (result, .newThread)
      }
      guard inbox.isAsleep else { return (result, .nobody) }
      inbox.isAsleep = false
      return (result, .sleeper)
    }
    switch wake {
    case .nobody: break
    case .sleeper: eventfd_write(wakeup, 1)
    case .newThread: startThread()
    }
    return result
  }

  // MARK: Sockets

  /// Tells `readable` on every turn in which messages wait, and `writable` in which one could be sent, while `wantsWrite`.
  ///
  /// A handler should take a bounded number of messages and return: as long as more wait it is told again. It is also told
  /// when the context ends; `receive` then throws, once, and the socket is watched no longer. Loop only, as are the next two.
  ///
  ///     loop.watch(socket) { [weak self] in self?.assumeIsolated { $0.readable() } }
  public func watch(
    _ socket: borrowing Socket, readable: @escaping @Sendable () -> Void, writable: (@Sendable () -> Void)? = nil
  ) {
    checkIsolated()
    let watch = PollSet.Watch(socket: UInt(bitPattern: socket.raw), readable: readable, writable: writable)
    let replaced = pollSet.withLock { $0.add(watch) }
    _ = replaced
  }

  /// Whether `writable` is wanted, from the next poll on. Wanted for long it keeps the loop awake: a socket that can send
  /// always can.
  public func wantsWrite(_ socket: borrowing Socket, _ on: Bool) {
    checkIsolated()
    let socket = UInt(bitPattern: socket.raw)
    pollSet.withLock { $0.setWantsWrite(on, for: socket) }
  }

  /// Forgets a socket, which may then be closed at once: no handler of it runs any more, not even in this turn.
  public func unwatch(_ socket: borrowing Socket) {
    checkIsolated()
    let removed = pollSet.withLock { [socket = UInt(bitPattern: socket.raw)] in $0.remove(socket) }
    _ = removed
  }

  // MARK: The thread

  private func run() {
    thread.store(UInt(pthread_self()), ordering: .relaxed)
    let executor = asUnownedSerialExecutor()
    var batch = Batch()
    var items = [zmq_pollitem_t(socket: nil, fd: wakeup, events: Int16(ZMQ_POLLIN), revents: 0)]
    while true {
      runWork(&batch, on: executor)
      fireDeadlines()
      guard let timeout = timeToSleep(isIdle: batch.isEmpty) else { return dropDeadlines() }
      pollSockets(&items, timeout: timeout)
    }
  }

  private func runWork(_ batch: inout Batch, on executor: UnownedSerialExecutor) {
    for _ in 0..<Self.budget {
      if batch.isEmpty { inbox.withLock { batch.refill(from: &$0.work) } }
      switch batch.next() {
      case .job(let job): job.runSynchronously(on: executor)
      case .call(let body): body()
      case nil: return
      }
    }
  }

  private func fireDeadlines() {
    let now = Self.now()
    for _ in 0..<Self.budget {
      // One at a time: a deadline may cancel the next.
      guard let body = inbox.withLock({ $0.isStopping ? nil : $0.deadlines.takeDue(at: now) }) else { return }
      body()
    }
  }

  /// What they captured may hold the loop, and would never end.
  private func dropDeadlines() {
    let dropped = inbox.withLock { inbox in
      defer { inbox.deadlines = Deadlines() }
      return inbox.deadlines
    }
    _ = dropped
  }

  /// Milliseconds until the next deadline, 0 if there is work, -1 if there is nothing; nil if the thread must end.
  ///
  /// The decision and the flag that it sleeps are one step under the lock: a post comes before it, and is seen, or after
  /// it, and wakes.
  private func timeToSleep(isIdle: Bool) -> Int? {
    inbox.withLock { inbox in
      guard isIdle, inbox.work.isEmpty else { return 0 }
      if inbox.isStopping {
        // Before anybody can start a new thread: two must never both be current.
        thread.store(0, ordering: .relaxed)
        inbox.hasThread = false
        return nil
      }
      guard let next = inbox.deadlines.next() else {
        inbox.isAsleep = true
        return -1
      }
      let now = Self.now()
      guard next > now else { return 0 }
      inbox.isAsleep = true
      // Rounded up, or the last millisecond would be spent in a spin.
      return Int(clamping: (next - now + 999_999) / 1_000_000)
    }
  }

  private func pollSockets(_ items: inout [zmq_pollitem_t], timeout: Int) {
    pollSet.withLock { $0.update(&items) }
    let ready = zmq_poll(&items, Int32(items.count), timeout)
    let code = ready < 0 ? zmq_errno() : 0
    if timeout != 0 { inbox.withLock { $0.isAsleep = false } }

    if ready < 0 {
      if code != EINTR { retireSockets() }
      return
    }
    if items[0].revents != 0 {
      var count = eventfd_t()
      eventfd_read(wakeup, &count)
    }
    for item in items.dropFirst() where item.revents != 0 {
      let socket = UInt(bitPattern: item.socket)
      // Looked up each time: an earlier handler of this turn may have unwatched it.
      if item.revents & Int16(ZMQ_POLLIN | ZMQ_POLLERR) != 0 { watch(of: socket)?.readable() }
      if item.revents & Int16(ZMQ_POLLOUT) != 0 { watch(of: socket)?.writable?() }
    }
  }

  private func watch(of socket: UInt) -> PollSet.Watch? { pollSet.withLock { $0[socket] } }

  /// One socket of an ended context makes every zmq_poll fail at once, which would be a spin: such a socket is told for the
  /// last time, so that its owner meets the error and closes it.
  private func retireSockets() {
    for socket in pollSet.withLock({ $0.sockets }) {
      var events: Int32 = 0
      var size = MemoryLayout<Int32>.size
      guard watch(of: socket) != nil,
        zmq_getsockopt(UnsafeMutableRawPointer(bitPattern: socket), ZMQ_EVENTS, &events, &size) != 0
      else { continue }
      let retired = pollSet.withLock { $0.remove(socket) }
      retired?.readable()
    }
  }
}
