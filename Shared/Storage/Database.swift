import FoundationEssentials
public import Schema

/// One service's store: its own tables, its stream of events, what it has read of others, its audit.
///
/// A write is on the disk when it returns; all of it or nothing. Reads see one moment and never wait for writes. Nothing
/// here blocks the threads that tasks share.
public final class Database: Sendable {
  /// Names this store's stream. It changes when the store turns out to be an older copy of itself.
  public let epoch: UUIDv7
  let service: ServiceName
  let engine: any Engine
  let writer: GroupCommit
  let ownership: Ownership
  private let mark: Mark
  let clock: @Sendable () -> Timestamp
  /// What hashes of commands are keyed with.
  let secret: Data?
  let reads = Gate()

  init(
    service: ServiceName, engine: any Engine, ownership: Ownership, boot: Boot, options: Options,
    clock: @escaping @Sendable () -> Timestamp, committed: @escaping @Sendable ([OutboxRow]) -> Void
  ) {
    epoch = boot.epoch
    mark = boot.mark
    self.service = service
    self.engine = engine
    self.ownership = ownership
    self.clock = clock
    secret = options.secret
    writer = GroupCommit(engine: engine, size: options.groupSize, head: boot.mark.head) { rows in
      // A copy made before this moment is then known for what it is, even after a crash.
      if let last = rows.last { ownership.note(boot.mark.risen(to: last.sequence)) }
      committed(rows)
    }
  }

  /// The last sequence of the outbox that is on the disk; costs nothing.
  public var head: Int64 { writer.head }

  /// How long it took to make groups of writes durable, since the store was opened.
  public var commits: Histogram { writer.commits }

  /// What is not on the disk yet: how many writes, and how long the oldest of them has waited.
  public var queue: (length: Int, age: Duration) {
    let (length, since) = writer.backlog
    return (length, since.map { .now - $0 } ?? .zero)
  }

  /// What the store takes on the disk, its write-ahead log included.
  public var sizeInBytes: Int64 { engine.sizeInBytes }

  /// Runs the body with the store as it is at its first query.
  ///
  /// Throws what the body throws, or `StorageError`.
  public func read<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
    guard reads.enter() else { throw StorageError.closed }
    defer { reads.leave() }
    return try await withCheckedThrowingContinuation { continuation in
      engine.read { [service, clock] connection in
        continuation.resume(
          with: Result { try body(Transaction(connection.get(), service: service, time: clock())) })
      }
    }
  }

  /// Runs the body as a member of a group that is committed together; what it wrote is on the disk when this returns.
  ///
  /// Throws what the body throws, and then it has written nothing, or `StorageError`, also when the whole group failed.
  /// The body must not wait for anything: all writes go through one connection.
  public func write<T: Sendable>(_ body: @escaping @Sendable (borrowing Transaction) throws -> T) async throws -> T {
    try await write(for: Cause(), body)
  }

  func write<T: Sendable>(
    for cause: Cause, _ body: @escaping @Sendable (borrowing Transaction) throws -> T
  ) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
      writer.submit(
        GroupCommit.Member(
          work: { [service, clock] connection in
            let result = try body(Transaction(connection, service: service, time: clock(), cause: cause))
            return { continuation.resume(returning: result) }
          },
          fail: { continuation.resume(throwing: $0) }))
    }
  }

  /// Ends what is under way, refuses the rest, and gives the store back. Nothing happens the second time.
  public func close() async {
    guard reads.close() else { return }
    await writer.close()
    await reads.emptied()
    // As it is now, so that a copy made before can be told from it. A mark that cannot be written tells less; the store
    // itself needs nothing more.
    let mark = try? await engine.writing { [mark] connection throws(StorageError) in
      try Mark(of: connection, boots: mark.boots, seal: mark.seal)
    }
    if let mark { try? ownership.write(mark) }
    try? await engine.close()
    ownership.release()
  }
}
