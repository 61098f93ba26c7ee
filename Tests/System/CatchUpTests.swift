import Bus
import FoundationEssentials
import Glibc
import Schema
import Testing

extension SystemTests {
  /// A subscriber that was away, or did not keep up, or whose stream was replaced.
  @Suite("Catching up") struct CatchUpTests {
    /// Beyond what the sockets and the subscriber hold between them: 1,000 + 1,000 + 1,024 and what a socket buffers.
    private static let many = 10_000

    @Test("notifications was down while 10,000 events passed: it reads them in order, by itself")
    func down() async throws {
      try await House.open { house in
        try await issueSome(house, "before")
        try house.kill([House.notifications])
        try await issueMany(house)
        try house.start(House.notifications)
        let start = ContinuousClock.now
        try await house.caughtUp()
        print("catching up: \(try await house.health(of: House.plans).head) events in \(ContinuousClock.now - start)")
        try expectOrder(house)
        let comparison = try await house.rebuild()
        #expect(comparison.kept == comparison.rebuilt)
      }
    }

    @Test("notifications stood still until publications were dropped: it asks for them")
    func paused() async throws {
      try await House.open { house in
        try await issueSome(house, "before")
        try await house.caughtUp()
        let pid = try #require(house.pid(of: House.notifications))
        kill(pid, SIGSTOP)
        try await issueMany(house)
        kill(pid, SIGCONT)
        try await house.caughtUp()
        // And goes on with what is published from here on.
        try await issueSome(house, "after")
        try await house.caughtUp()
        #expect(house.pid(of: House.notifications) == pid)
        try expectOrder(house)
        let comparison = try await house.rebuild()
        #expect(comparison.kept == comparison.rebuilt)
      }
    }

    /// The store alone is restored, or with it the files that tell whether it is the one that was here.
    @Test(
      "an older copy of the plans store is noticed: a new epoch, and all is read again", arguments: [SIGTERM, SIGKILL],
      [["", "-wal"], ["", "-wal", ".owner", ".mark"]])
    func restored(signal: Int32, files: [String]) async throws {
      try await House.open { house in
        try await issueSome(house, "kept")
        let epoch = try await house.health(of: House.plans).epoch
        try await end(house, by: signal)
        let older = house.path("older.sqlite")
        try copy(files, of: house.store(House.plans), to: older)

        try house.start(House.plans)
        try await issueSome(house, "forgotten")
        try await house.caughtUp()
        let forgotten = try StoreFile(house.store(House.notifications)).dump(["plan", "task", "notice"])
        try await end(house, by: signal)
        try copy(files, of: older, to: house.store(House.plans))

        try house.start(House.plans)
        try await issueSome(house, "instead")
        #expect(try await house.health(of: House.plans).epoch != epoch)
        // The same sequence as before: only the epoch tells that it is another event.
        try await resynced(house)
        let comparison = try await house.rebuild()
        #expect(comparison.kept == comparison.rebuilt)
        #expect(comparison.kept != forgotten)
        let titles = try StoreFile(house.store(House.plans)).texts("SELECT title FROM plan ORDER BY id")
        #expect(titles == ["kept", "instead"])
        #expect(try StoreFile(house.store(House.notifications)).count("SELECT COUNT(*) FROM plan") == 2)
      }
    }

    // MARK: What passes

    private func issueSome(_ house: House, _ title: String) async throws {
      _ = try await house.issue(title, rows: 2)
    }

    private func issueMany(_ house: House) async throws {
      let rows = 500
      let before = try await house.health(of: House.plans).head
      var sequence = before
      while sequence < before + Int64(Self.many) {
        sequence = try await house.issue("large \(sequence)", rows: rows).sequence
      }
    }

    /// Every event was taken once, in the order in which it was said.
    private func expectOrder(_ house: House) throws {
      let said = try StoreFile(house.store(House.plans)).ids("SELECT id FROM outbox ORDER BY seq")
      let taken = try StoreFile(house.store(House.notifications)).ids(
        "SELECT id FROM inbox WHERE stream = 'plans' ORDER BY rowid")
      #expect(said.count > Self.many)
      #expect(said == taken)
    }

    // MARK: A restored copy

    private func end(_ house: House, by signal: Int32) async throws {
      if signal == SIGKILL {
        try house.kill([House.plans])
      } else {
        #expect(try await house.terminate(House.plans).status == 0)
      }
    }

    private func copy(_ files: [String], of source: String, to target: String) throws {
      for suffix in files + ["-shm"] {
        try? FileManager.default.removeItem(atPath: target + suffix)
        guard suffix != "-shm", FileManager.default.fileExists(atPath: source + suffix) else { continue }
        try FileManager.default.copyItem(atPath: source + suffix, toPath: target + suffix)
      }
    }

    /// Returns when notifications has read the stream that plans has now.
    private func resynced(_ house: House) async throws {
      let epoch = try await house.health(of: House.plans).epoch
      let store = try StoreFile(house.store(House.notifications))
      let deadline = ContinuousClock.now + .seconds(20)
      while try store.ids("SELECT epoch FROM stream_cursor WHERE stream = 'plans'") != [epoch] {
        guard ContinuousClock.now < deadline else { throw CallFailure("plans is not read again", 0) }
        // Nothing tells of the resync but the store: a cursor that is reached already says nothing about its epoch.
        try await Task.sleep(for: .milliseconds(20))
      }
      try await house.caughtUp()
    }
  }
}
