import HeapModule

/// What is to run when, earliest first; at the same instant, in the order added.
///
/// Cancelling drops the closure at once and leaves the instant in the heap; when most of the heap is such remains, it is
/// rebuilt, so that each cancel costs constant time on average and nothing grows.
struct Deadlines {
  private struct Instant: Comparable {
    let time: UInt64
    let id: UInt64
    static func < (left: Instant, right: Instant) -> Bool { (left.time, left.id) < (right.time, right.id) }
  }
  private struct Entry {
    let time: UInt64
    let body: @Sendable () -> Void
  }

  private static let remainsAllowed = 64

  private var heap = Heap<Instant>()
  private var entries: [UInt64: Entry] = [:]
  private var lastID: UInt64 = 0

  var count: Int { entries.count }
  /// With the remains of what was cancelled.
  var heapCount: Int { heap.count }

  mutating func add(at time: UInt64, _ body: @escaping @Sendable () -> Void) -> Deadline {
    lastID += 1
    entries[lastID] = Entry(time: time, body: body)
    heap.insert(Instant(time: time, id: lastID))
    return Deadline(id: lastID)
  }

  /// Returns the closure, so that a caller with a lock can release it after the lock: what it captured may end with it.
  mutating func cancel(_ deadline: Deadline) -> (@Sendable () -> Void)? {
    guard let entry = entries.removeValue(forKey: deadline.id) else { return nil }
    if heap.count > 2 * entries.count + Self.remainsAllowed {
      heap = Heap(entries.map { Instant(time: $1.time, id: $0) })
    }
    return entry.body
  }

  /// The next instant at which something is to run.
  mutating func next() -> UInt64? {
    while let instant = heap.min {
      if entries[instant.id] != nil { return instant.time }
      heap.removeMin()
    }
    return nil
  }

  /// Takes out the earliest closure whose instant is not after `now`.
  mutating func takeDue(at now: UInt64) -> (@Sendable () -> Void)? {
    guard let time = next(), time <= now else { return nil }
    return entries.removeValue(forKey: heap.removeMin().id)?.body
  }
}
