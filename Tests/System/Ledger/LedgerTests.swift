import Bus
import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_budget
@testable import xaso_identity
@testable import xaso_indicators
@testable import xaso_notifications
@testable import xaso_plans

extension SystemTests {
  /// What people were told against what the stores hold.
  @Suite("The ledger") struct LedgerTests {
    @Test("processes are killed at random, and nothing is lost, doubled, torn, out of order or made up")
    func killed() async throws {
      let seed = Seed()
      let environment = ProcessInfo.processInfo.environment
      let commands = environment["XASO_LEDGER_COMMANDS"].flatMap(Int.init) ?? 5000
      print("ledger: XASO_SEED=\(seed.value) XASO_LEDGER_COMMANDS=\(commands)")
      let start = ContinuousClock.now
      try await House.open { house in
        let load = try await Load.open(on: house, commands: commands, mayEnd: false)
        let epochs = try await epochs(house)
        var faults = Faults(on: house, seed.split(1000))
        async let work: Void = load.run(workers: 16, seed)
        var pause = seed.split(1001)
        while await load.progress(by: Int.random(in: 40...120, using: &pause)) {
          try await faults.strike()
          if faults.isComplete { load.mayEnd() }
        }
        try await work

        let sent = load.entries
        let before = try load.books()
        let settled = try await settle(sent, on: house)
        try await house.caughtUp()
        let after = try load.books()
        report(sent, faults, took: .now - start)

        for name in Books.services {
          let (early, late) = (before.verdict(on: name, sent), after.verdict(on: name, settled))
          print("ledger: \(name): \(early); \(after[name].events) events")
          #expect(early.isClean, "\(name): \(early.faults)")
          #expect(late.isClean, "\(name): \(late.faults)")
          #expect(late.recovered.isEmpty)
          #expect(after[name].inconsistent.isEmpty, "\(name)")
          #expect(after[name].gaps.isEmpty, "\(name)")
          #expect(sent.contains { $0.method.service == name && $0.outcome == .ok })
        }
        #expect(sent.count >= commands)
        #expect(Set(faults.strikes.keys).isSuperset(of: Faults.combinations))
        #expect(try await self.epochs(house) == epochs, "a crash is no restored copy")
        try await expectRebuilt(house)
        try await expectWholeAudits(house)
      }
    }

    private func epochs(_ house: House) async throws -> [String: UUIDv7] {
      var epochs: [String: UUIDv7] = [:]
      for name in House.all { epochs[name] = try await house.health(of: name).epoch }
      return epochs
    }

    // MARK: What nobody knew

    /// Asks about each unknown again, twice: whatever the answer is, it stays.
    private func settle(_ sent: [Entry], on house: House) async throws -> [Entry] {
      var settled = sent
      for (index, entry) in sent.enumerated() where entry.outcome == .unknown {
        let first = try await answer(to: entry, on: house)
        #expect(try await answer(to: entry, on: house) == first)
        settled[index].outcome = first.outcome
        // It may have been done now, after all others.
        settled[index].subject = nil
      }
      return settled
    }

    private func answer(to entry: Entry, on house: House) async throws -> Result<Data, Refusal> {
      do {
        let client = try house.client(entry.account)
        return .success(try await client.exchange(Route(entry.method, entry.unit), entry.body, key: entry.key).0)
      } catch let refusal as Refusal {
        return .failure(refusal)
      }
    }

    // MARK: What others made of it

    private func expectRebuilt(_ house: House) async throws {
      for contract in Catalogue.contracts where !contract.follows.isEmpty { try await expectRebuilt(contract, house) }
      let directory = try house.rebuildDirectory()
      #expect(directory.kept.count > House.communes.count)
      #expect(directory.kept == directory.rebuilt)
      let counts = try house.counts()
      #expect(!counts.recorded.isEmpty)
      #expect(counts.added == counts.recorded)
    }

    private func expectRebuilt<S: Contract>(_ contract: S.Type, _ house: House) async throws {
      let comparison = try await house.rebuild(contract)
      #expect(comparison.rows(of: "plan") > 0, "\(contract.name)")
      for (table, rows) in comparison.kept {
        #expect(rows == comparison.rebuilt[table], "\(contract.name): \(table)")
      }
    }

    private func expectWholeAudits(_ house: House) async throws {
      for name in House.all { #expect(try await house.terminate(name).status == 0) }
      let services: [(ServiceName, [Migration])] = [
        (Identity.name, IdentityMigrations.all), (Plans.name, PlansMigrations.all),
        (Budget.name, BudgetMigrations.all), (Indicators.name, IndicatorsMigrations.all),
        (Notifications.name, NotificationsMigrations.all), (Gateways.name, []),
      ]
      #expect(Set(services.map(\.0)) == Set(Catalogue.contracts.map { $0.name }))
      for (service, migrations) in services {
        let path = house.store(service.description)
        let database = try await Database.open(path, service: service, migrations: migrations)
        let report = try await database.verifyAudit()
        #expect(report.firstBad == nil, "\(service)")
        #expect(report.rows > 0 || !Books.services.contains(service), "\(service)")
        await database.close()
      }
    }

    // MARK: In figures

    private func report(_ sent: [Entry], _ faults: Faults, took: Duration) {
      for name in Books.services {
        let sent = sent.filter { $0.method.service == name }
        let ok = sent.count { $0.outcome == .ok }
        let unknown = sent.count { $0.outcome == .unknown }
        print("ledger: \(name): sent \(sent.count): ok \(ok), refused \(sent.count - ok - unknown), unknown \(unknown)")
      }
      let strikes = faults.strikes.values.reduce(0, +)
      let kills = House.all.map { name in
        "\(name) \(faults.strikes.reduce(0) { $0 + ($1.key.contains(name) ? $1.value : 0) })"
      }
      print(
        """
        ledger: \(sent.count) commands, \(strikes) strikes of \(faults.strikes.count) combinations \
        (\(kills.joined(separator: ", "))), slowest restart \(faults.slowest), all in \(took)
        """)
    }
  }
}

extension Result<Data, Refusal> {
  fileprivate var outcome: Entry.Outcome {
    switch self {
    case .success: .ok
    case .failure(let refusal): .refused(refusal.status)
    }
  }
}
