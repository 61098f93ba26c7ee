import Foundation
import GRDB
import Schema
import Service
import Storage
import Testing

@testable import xaso
@testable import xaso_budget
@testable import xaso_identity
@testable import xaso_indicators
@testable import xaso_notifications
@testable import xaso_plans

extension SystemTests {
  /// Stores of earlier releases, and of later ones.
  ///
  /// With a release its stores are added: `XASO_WRITE_FIXTURES=1 swift test --filter UpgradeTests`.
  @Suite("Upgrades") struct UpgradeTests {
    static let services: [(name: ServiceName, migrations: [Migration])] = [
      (Gateways.name, []), (Identity.name, IdentityMigrations.all), (Plans.name, PlansMigrations.all),
      (Budget.name, BudgetMigrations.all), (Indicators.name, IndicatorsMigrations.all),
      (Notifications.name, NotificationsMigrations.all),
    ]

    @Test("the stores of every released version open, with every event and a whole audit")
    func released() async throws {
      if ProcessInfo.processInfo.environment["XASO_WRITE_FIXTURES"] != nil { try await write() }
      let releases = try FileManager.default.contentsOfDirectory(atPath: StoreText.folder.path).sorted()
      #expect(releases.contains("0.1.0"))
      for release in releases {
        for (name, migrations) in Self.services { try await open(name, of: release, migrations) }
      }
    }

    @Test("a store of a newer program is refused by the process, in both languages, and left as it is")
    func newer() async throws {
      try await House.open { house in
        #expect(try await house.terminate(House.plans).status == 0)
        let store = house.store(House.plans)
        try Self.change(store, "INSERT INTO migration (name, hash, time) VALUES ('plans-99', x'00', 0)")
        let before = try StoreText.dump(store)
        try house.start(House.plans)
        let pid = try #require(house.pid(of: House.plans))
        #expect(await Child.ending(of: pid) == 1)
        let log = try String(contentsOfFile: house.installation.path("logs", "plans.log"), encoding: .utf8)
        for words in ["plans-99", "hãy nâng cấp chương trình này", "upgrade this one"] { #expect(log.contains(words)) }
        #expect(try StoreText.dump(store) == before)
        try Self.change(store, "DELETE FROM migration WHERE name = 'plans-99'")
        try house.start(House.plans)
        try await house.health(of: House.plans)
      }
    }

    private func open(_ name: ServiceName, of release: String, _ migrations: [Migration]) async throws {
      let text = try String(
        contentsOf: StoreText.folder.appending(path: "\(release)/\(name).sql"), encoding: .utf8)
      let folder = FileManager.default.temporaryDirectory.appending(path: "upgrade-\(UUIDv7())")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(at: folder) }
      let path = folder.appending(path: "\(name).sqlite").path
      try StoreText.load(text, into: path)
      let before = try await Storage.StoreFile(path).summary(taken: .now)
      let database = try await Storage.Database.open(path, service: name, migrations: migrations)
      #expect(database.head == before.head)
      // The others have only listened.
      #expect(![Identity.name, Plans.name].contains(name) || before.head > 0, "\(name) has said something")
      let report = try await database.verifyAudit()
      #expect(report.firstBad == nil)
      #expect(report.rows >= before.audits)
      await database.close()
    }

    /// What a small stack of this version keeps.
    private func write() async throws {
      let folder = StoreText.folder.appending(path: version)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try await House.open { house in
        _ = try await house.issue("Kế hoạch năm", rows: 2)
        try await house.caughtUp()
        for name in House.all.reversed() { _ = try await house.terminate(name) }
        for name in House.all {
          try StoreText.dump(house.store(name)).write(
            to: folder.appending(path: "\(name).sql"), atomically: true, encoding: .utf8)
        }
      }
    }

    static func change(_ store: String, _ sql: String) throws {
      let queue = try DatabaseQueue(path: store)
      try queue.inDatabase { try $0.execute(sql: sql) }
      try queue.close()
    }
  }
}
