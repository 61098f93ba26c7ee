import Bus
import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_budget
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
      let commands = environment["XASO_LEDGER_COMMANDS"].flatMap(Int.init) ?? 2000
      print("ledger: XASO_SEED=\(seed.value) XASO_LEDGER_COMMANDS=\(commands)")
      let start = ContinuousClock.now
      try await House.open { house in
        let epoch = try await house.health(of: House.plans).epoch
        let load = Load(on: house, commands: commands)
        var faults = Faults(on: house, seed.split(1000))
        async let work: Void = load.run(workers: 16, seed)
        var pause = seed.split(1001)
        while await load.progress(by: Int.random(in: 40...120, using: &pause)) { try await faults.strike() }
        try await work

        let sent = load.entries
        let store = try StoreFile(house.store(House.plans))
        let before = Verdict(sent, try Found(in: store))
        let settled = try await settle(sent, on: house)
        try await house.caughtUp()
        let found = try Found(in: store)
        let after = Verdict(settled, found)
        report(sent, before, found, faults, took: .now - start)

        #expect(before.isClean, "\(before)")
        #expect(after.isClean, "\(after)")
        #expect(after.recovered.isEmpty)
        #expect(found.inconsistent.isEmpty)
        #expect(found.gaps.isEmpty)
        #expect(sent.count >= commands)
        #expect(faults.strikes > 0)
        #expect(try await house.health(of: House.plans).epoch == epoch, "a crash is no restored copy")
        let comparison = try await house.rebuild()
        #expect(comparison.notices > 0)
        #expect(comparison.kept == comparison.rebuilt)
        try await expectWholeAudits(house)
      }
    }

    /// Asks about each unknown again, twice: whatever the answer is, it stays.
    private func settle(_ sent: [Entry], on house: House) async throws -> [Entry] {
      var settled = sent
      for (index, entry) in sent.enumerated() where entry.outcome == .unknown {
        let first = try await answer(to: entry, on: house)
        #expect(try await answer(to: entry, on: house) == first)
        settled[index].outcome = first.outcome
        // It may have been done now, after all others.
        settled[index].task = nil
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

    private func expectWholeAudits(_ house: House) async throws {
      for name in House.all { #expect(try await house.terminate(name).status == 0) }
      let services: [(ServiceName, [Migration])] = [
        (Plans.name, PlansMigrations.all), (Budget.name, BudgetMigrations.all),
        (Indicators.name, IndicatorsMigrations.all), (Notifications.name, NotificationsMigrations.all),
        (Gateways.name, []),
      ]
      for (service, migrations) in services {
        let path = house.store(service.description)
        let database = try await Database.open(path, service: service, migrations: migrations)
        let report = try await database.verifyAudit()
        #expect(report.firstBad == nil)
        #expect(service != Plans.name || report.rows > 0)
        await database.close()
      }
    }

    private func report(_ sent: [Entry], _ verdict: Verdict, _ found: Found, _ faults: Faults, took: Duration) {
      let ok = sent.count { $0.outcome == .ok }
      let unknown = sent.count { $0.outcome == .unknown }
      let kills = faults.kills.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
      print(
        """
        ledger: sent \(sent.count): ok \(ok), refused \(sent.count - ok - unknown), unknown \(unknown)
        ledger: \(verdict); \(found.events) events
        ledger: \(faults.strikes) strikes (\(kills)), slowest restart \(faults.slowest), all in \(took)
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
