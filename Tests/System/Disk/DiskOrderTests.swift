import Bus
import FoundationEssentials
import Schema
import Testing

extension SystemTests {
  /// Killing a process proves nothing about a power failure: the page cache survives it. The order of calls does.
  @Suite("On the disk before the reply") struct DiskOrderTests {
    /// What all keys of these commands begin with.
    private static let high: UInt64 = 0x01A1_FD3D_4F42_7CB0
    private static let beginning = "01a1fd3d4f427cb0"
    private static let inFlight = 64
    private static let commands = 640

    @Test("every outcome, accepted or refused, is synced before it is told; many share a sync")
    func synced() async throws {
      let log = try await record([:])
      let order = DiskOrder(log, keys: Self.beginning)
      print("disk order: \(order.replies) outcomes, \(order.syncs) syncs, \(order.early.count) early")
      #expect(order.replies == Self.commands)
      #expect(order.early.isEmpty)
      #expect(order.syncs > 0)
      #expect(order.syncs < Self.commands)
    }

    @Test("without syncs, as with synchronous=OFF, every outcome is early")
    func unsynced() async throws {
      let log = try await record(["ORDER_NO_SYNC": "1"])
      let order = DiskOrder(log, keys: Self.beginning)
      #expect(order.replies == Self.commands)
      #expect(order.early.count == Self.commands)
    }

    @Test("a reply before the sync has returned, or after one that began too early, is early")
    func forged() {
      let key = Self.beginning + "8000000000000001"
      let (write, sync) = ("7 write plans.sqlite-wal \(key)", "7 sync plans.sqlite-wal")
      let (synced, reply) = ("7 synced plans.sqlite-wal", "8 reply 200 \(key)")
      #expect(early(write, sync, synced, reply) == 0)
      #expect(early(write, sync, reply, synced) == 1)
      #expect(early(sync, write, synced, reply) == 1)
      #expect(early(sync, synced, write, reply) == 1)
      #expect(early(write, "7 sync plans.sqlite", "7 synced plans.sqlite", reply) == 1)
      #expect(early(reply) == 1)
    }

    private func early(_ lines: String...) -> Int {
      DiskOrder(lines.map { $0[...] }, keys: Self.beginning).early.count
    }

    /// Has plans carry out commands, many at a time, and write down what it does.
    private func record(_ environment: [String: String]) async throws -> [Substring] {
      try await House.open { house in
        let unit = House.communes[0]
        let plan = try await house.issue("ordered", rows: Self.inFlight, in: unit).plan
        let tasks = try await house.tasks(of: plan)
        let library = house.path("order.so")
        let log = house.path("order.log")
        let source = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Preload/order.c").path
        let compiled = try await Child.run(
          ["/usr/bin/cc", "-shared", "-fPIC", "-O2", "-o", library, source, "-ldl"])
        try #require(compiled.status == 0)

        #expect(try await house.terminate(House.plans).status == 0)
        let preload = ["LD_PRELOAD": library, "ORDER_LOG": log, "ORDER_KEYS": Self.beginning]
        try house.start(House.plans, preload.merging(environment) { own, _ in own })
        try await house.health(of: House.plans)
        try await send(about: tasks, as: try house.client(House.focal(unit)))
        #expect(try await house.terminate(House.plans).status == 0)
        return try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      }
    }

    private func send(about tasks: [TaskSummary], as focal: Client) async throws {
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (worker, task) in tasks.enumerated() {
          group.addTask {
            for turn in 0..<Self.commands / Self.inFlight {
              let key = UUIDv7(high: Self.high, low: 1 << 63 | UInt64(worker) << 8 | UInt64(turn))
              // The last is refused.
              let progress = RecordProgress(task: task.id, percent: turn < 9 ? 10 * turn : 101)
              let result = await Result { try await focal.send(progress, to: task.unit, key: key) }
              #expect((turn < 9) == ((try? result.get()) != nil))
            }
          }
        }
        try await group.waitForAll()
      }
    }
  }
}

extension Result where Failure == any Error {
  fileprivate init(_ body: () async throws -> Success) async {
    do {
      self = .success(try await body())
    } catch {
      self = .failure(error)
    }
  }
}
