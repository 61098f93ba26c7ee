import Schema
import Synchronization

/// Makes many writes durable with one sync.
///
/// A write that comes while another is being synced waits in the queue; what has queued up by then is the next group. So
/// one writer alone waits for nobody, and a hundred together cost little more than one.
final class GroupCommit: Sendable {
  /// One write of a group.
  struct Member: Sendable {
    /// Does the work in a savepoint of its own and returns what tells its outcome, to be called after the commit.
    let work: @Sendable (any Connection) throws -> @Sendable () -> Void
    /// Tells that nothing of it was kept.
    let fail: @Sendable (any Error) -> Void
    let since = ContinuousClock.now
  }

  private struct Queue {
    var waiting: [Member] = []
    /// Of the group under way: how many, and the oldest's arrival.
    var group: (count: Int, since: ContinuousClock.Instant)?
    var isRunning = false
    var isClosed = false
    /// Told when the last group has ended.
    var closing: [CheckedContinuation<Void, Never>] = []
  }

  private let engine: any Engine
  private let size: Int
  private let committed: @Sendable ([OutboxRow]) -> Void
  private let queue = Mutex(Queue())
  private let sequence: Atomic<Int64>
  private let syncs = Mutex(Histogram())

  init(engine: any Engine, size: Int, head: Int64, committed: @escaping @Sendable ([OutboxRow]) -> Void) {
    self.engine = engine
    self.size = size
    self.committed = committed
    sequence = Atomic(head)
  }

  /// The last sequence of the outbox that is on the disk.
  var head: Int64 { sequence.load(ordering: .acquiring) }

  /// What is not on the disk yet: how much, and since when the oldest of it waits.
  var backlog: (length: Int, since: ContinuousClock.Instant?) {
    queue.withLock { queue in
      ((queue.group?.count ?? 0) + queue.waiting.count, queue.group?.since ?? queue.waiting.first?.since)
    }
  }

  /// How long the commits took.
  var commits: Histogram { syncs.withLock { $0 } }

  func submit(_ member: Member) {
    let (isClosed, isIdle) = queue.withLock { queue in
      guard !queue.isClosed else { return (true, false) }
      queue.waiting.append(member)
      defer { queue.isRunning = true }
      return (false, !queue.isRunning)
    }
    if isClosed { member.fail(StorageError.closed) }
    if isIdle { engine.write { [self] in drain(on: $0) } }
  }

  /// Ends the group under way, and refuses what is queued and what comes. Once only.
  func close() async {
    await withCheckedContinuation { continuation in
      let (refused, isIdle) = queue.withLock { queue in
        queue.isClosed = true
        defer { queue.waiting = [] }
        if queue.isRunning { queue.closing.append(continuation) }
        return (queue.waiting, !queue.isRunning)
      }
      for member in refused { member.fail(StorageError.closed) }
      if isIdle { continuation.resume() }
    }
  }

  private func drain(on connection: any Connection) {
    while true {
      let (group, closing) = queue.withLock { queue in
        let group = Array(queue.waiting.prefix(size))
        queue.waiting.removeFirst(group.count)
        queue.group = group.first.map { (group.count, $0.since) }
        guard group.isEmpty else { return (group, [] as [CheckedContinuation<Void, Never>]) }
        queue.isRunning = false
        defer { queue.closing = [] }
        return (group, queue.closing)
      }
      for continuation in closing { continuation.resume() }
      if group.isEmpty { return }
      run(group, on: connection)
    }
  }

  private func run(_ group: [Member], on connection: any Connection) {
    var outcomes: [@Sendable () -> Void] = []
    do {
      // Left by a group whose rollback failed.
      if connection.isInTransaction { try connection.rollback() }
      try connection.begin()
      for member in group { outcomes.append(try outcome(of: member, on: connection)) }
      let rows = try OutboxRow.rows(after: head, on: connection)
      let start = ContinuousClock.now
      try connection.commit()
      let took = ContinuousClock.now - start
      syncs.withLock { $0.add(took) }
      if let last = rows.last {
        sequence.store(last.sequence, ordering: .releasing)
        committed(rows)
      }
    } catch {
      if connection.isInTransaction { try? connection.rollback() }
      for member in group { member.fail(error) }
      return
    }
    for outcome in outcomes { outcome() }
  }

  /// A member's error is its own as long as the transaction stands. When the engine has given it up, the members before
  /// this one are gone too, and a savepoint of the next would begin a transaction of its own: then this throws.
  private func outcome(
    of member: Member, on connection: any Connection
  ) throws(StorageError) -> @Sendable () -> Void {
    do {
      return try connection.nested { try member.work(connection) }
    } catch {
      guard connection.isInTransaction else {
        // The others are told what the store said, never what this one's handler made of it.
        throw error as? StorageError ?? StorageError(.failed, "the transaction was given up by the database")
      }
      return { member.fail(error) }
    }
  }
}
