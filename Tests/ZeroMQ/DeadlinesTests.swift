import Synchronization
import Testing

@testable import ZeroMQ

@Suite("Deadlines")
struct DeadlinesTests {
  @Test("100,000 cancelled ones leave nothing behind, though one live one stays")
  func cancelled() {
    let live = Count()
    var deadlines = Deadlines()
    let stays = deadlines.add(at: 5) {}
    for round in 0..<100_000 {
      let guest = Count.Guest(of: live)
      let deadline = deadlines.add(at: 1_000_000 + UInt64(round)) { withExtendedLifetime(guest) {} }
      #expect(deadlines.cancel(deadline) != nil)
      #expect(deadlines.cancel(deadline) == nil)
      guard deadlines.heapCount > 100 else { continue }
      Issue.record("the heap has grown to \(deadlines.heapCount)")
      return
    }
    #expect(live.value.load(ordering: .relaxed) == 0)
    #expect(deadlines.count == 1)
    #expect(deadlines.next() == 5)
    #expect(deadlines.takeDue(at: 4) == nil)
    #expect(deadlines.takeDue(at: 5) != nil)
    #expect(deadlines.cancel(stays) == nil)
    #expect(deadlines.next() == nil)
    #expect(deadlines.heapCount == 0)
  }

  @Test("100,000 pending ones, cancelled from the front, keep the heap in proportion")
  func cancelledFromTheFront() {
    var deadlines = Deadlines()
    let pending = (0..<100_000).map { deadlines.add(at: $0) {} }
    for deadline in pending.dropLast() { _ = deadlines.cancel(deadline) }
    #expect(deadlines.count == 1)
    #expect(deadlines.heapCount < 100)
    #expect(deadlines.next() == 99_999)
  }

  @Test("those of the same instant come in the order they were added")
  func sameInstant() {
    let order = Record<Int>()
    var deadlines = Deadlines()
    for number in 0..<10 { _ = deadlines.add(at: 7) { order.add(number) } }
    while let body = deadlines.takeDue(at: 7) { body() }
    #expect(order.elements == Array(0..<10))
  }
}

private final class Count: Sendable {
  let value = Atomic(0)

  final class Guest: Sendable {
    private let count: Count
    init(of count: Count) {
      self.count = count
      count.value.add(1, ordering: .relaxed)
    }
    deinit { count.value.subtract(1, ordering: .relaxed) }
  }
}
