import Bus
import FoundationEssentials
import Glibc
import Schema
import Testing

extension SystemTests {
  /// One key, one effect, one answer.
  @Suite("The same key twice") struct SameKeyTests {
    @Test("at once, over two connections: one effect and the same bytes")
    func atOnce() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let (first, second) = (try house.anotherClient(House.focal(unit)), try house.anotherClient(House.focal(unit)))
        var replies: Set<Data> = []
        for attempt in 0..<20 {
          let key = UUIDv7()
          let body = Codec.encode(draft("plan \(attempt)"))
          async let one = first.exchange(Route(DraftPlan.method, unit), body, key: key)
          async let other = second.exchange(Route(DraftPlan.method, unit), body, key: key)
          let (left, right) = (try await one.0, try await other.0)
          #expect(left == right)
          replies.insert(left)
        }
        await first.close()
        await second.close()
        #expect(replies.count == 20)
        #expect(try StoreFile(house.store(House.plans)).count("SELECT COUNT(*) FROM plan") == 20)
      }
    }

    @Test("after plans was killed: the same bytes; with another body: 422")
    func afterRestart() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let focal = try house.client(House.focal(unit))
        let key = UUIDv7()
        let body = Codec.encode(draft("once"))
        let before = try await focal.exchange(Route(DraftPlan.method, unit), body, key: key).0

        try house.kill([House.plans])
        try house.start(House.plans)
        let after = try await focal.exchange(Route(DraftPlan.method, unit), body, key: key).0
        #expect(before == after)

        let other = await #expect(throws: Refusal.self) {
          try await focal.send(draft("twice"), to: unit, key: key)
        }
        #expect(other?.status == .invalid)
        let store = try StoreFile(house.store(House.plans))
        #expect(try store.texts("SELECT title FROM plan") == ["once"])
      }
    }

    @Test("a refusal is remembered, its state and events are not")
    func refusal() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let (focal, clerk) = (try house.client(House.focal(unit)), try house.client(House.clerk(unit)))
        let plan = try await focal.send(draft("early", tasks: 1), to: unit).value
        let key = UUIDv7()
        let early = await #expect(throws: Refusal.self) {
          try await clerk.send(house.issuing(plan), to: unit, key: key)
        }
        #expect(early?.status == .conflict)

        _ = try await focal.send(DraftRows(plan: plan.id, tasks: [Sample.task("late")]), to: unit)
        try house.kill([House.plans])
        try house.start(House.plans)
        let again = await #expect(throws: Refusal.self) {
          try await clerk.send(house.issuing(plan), to: unit, key: key)
        }
        #expect(again == early)
        let store = try StoreFile(house.store(House.plans))
        #expect(try store.count("SELECT COUNT(*) FROM outbox") == 0)
        #expect(try store.texts("SELECT status FROM plan") == ["draft"])

        try await house.approve(plan)
        let issued = try await clerk.send(house.issuing(plan), to: unit)
        #expect(issued.value.status == .issued)
        #expect(issued.sequence == 4)
      }
    }

    @Test("a command that came to nothing, asked about again when it can be done, is done then: in full, and once")
    func late() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let (focal, clerk) = (try house.client(House.focal(unit)), try house.client(House.clerk(unit)))
        let plan = try await focal.send(draft("late", tasks: 1), to: unit).value
        let (key, issue) = (UUIDv7(), house.issuing(plan))
        // It stands still, so that nobody hears; and then it is gone, with what it had not read.
        kill(try #require(house.pid(of: House.plans)), SIGSTOP)
        let early = await #expect(throws: Refusal.self) {
          try await clerk.send(issue, to: unit, key: key, ttl: .milliseconds(300))
        }
        #expect(early?.status == .outcomeUnknown)
        try house.kill([House.plans])
        try house.start(House.plans)

        _ = try await focal.send(DraftRows(plan: plan.id, tasks: [Sample.task("late")]), to: unit)
        try await house.approve(plan)
        let first = try await clerk.send(issue, to: unit, key: key)
        #expect(first.value.status == .issued)
        #expect(try await clerk.send(issue, to: unit, key: key).value == first.value)
        let store = try StoreFile(house.store(House.plans))
        #expect(try store.count("SELECT COUNT(*) FROM outbox") == 4)
        #expect(try store.count("SELECT COUNT(*) FROM audit WHERE method = 'plans.issue'") == 1)
      }
    }

    private func draft(_ title: String, tasks: Int = 0) -> DraftPlan {
      DraftPlan(head: Sample.head(title), expected: RowCounts(tasks: tasks, targets: 0))
    }
  }
}
