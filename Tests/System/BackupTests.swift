import Bus
import Foundation
import Schema
import Storage
import Testing
import ZeroMQ

@testable import xaso
@testable import xaso_budget
@testable import xaso_identity
@testable import xaso_indicators
@testable import xaso_notifications
@testable import xaso_plans

extension SystemTests {
  /// Stores that are copied while people work, lost, and put back.
  @Suite("Backup and restore") struct BackupTests {
    @Test("a backup under load, every store wiped, a restore: all up to the manifest is there, and all read on")
    func underLoad() async throws {
      let seed = Seed()
      print("backup: XASO_SEED=\(seed.value)")
      try await House.open { house in
        let load = try await Load.open(on: house, commands: 600)
        async let work: Void = load.run(workers: 8, seed)
        _ = await load.progress(by: 150)
        let start = ContinuousClock.now
        let backup = house.path("backup")
        let made = try await house.xaso(["backup", backup] + house.operatorOptions)
        print("backup: made in \(ContinuousClock.now - start) under load")
        #expect(made.status == 0, "\(made.output)")
        _ = await load.progress(by: 150)
        try await work
        #expect(try await house.xaso(["backup", backup] + house.operatorOptions).status == 65, "it is not empty")

        let walked = try await house.xaso(["audit", "verify", backup, "--lang", "en"])
        #expect(walked.status == 0, "\(walked.output)")
        #expect(walked.output.components(separatedBy: "whole").count == House.all.count + 1, "\(walked.output)")

        let epochs = try await house.epochs()
        for name in House.all.reversed() { #expect(try await house.terminate(name).status == 0) }
        let manifest = try Manifest.load(from: backup)
        let plans = try #require(manifest.stores.first { $0.service == Plans.name })
        let original = house.path("original.sqlite")
        try FileManager.default.moveItem(atPath: house.store(House.plans), toPath: original)
        try FileManager.default.removeItem(atPath: house.path("stores"))
        try FileManager.default.createDirectory(atPath: house.path("stores"), withIntermediateDirectories: true)
        let restored = try await house.xaso(["restore", backup, "--yes", "--dir", house.installation.directory.path])
        #expect(restored.status == 0, "\(restored.output)")
        try expectEverything(upTo: plans.head, of: original, in: house.store(House.plans))

        for name in House.all { try house.start(name) }
        for (name, epoch) in epochs { #expect(try await house.health(of: name).epoch != epoch, "\(name)") }
        for contract in Catalogue.contracts { try await resynced(contract, house) }
        try await house.caughtUp()
        // And goes on from there.
        _ = try await house.issue("after the restore", rows: 2)
        try await house.caughtUp()
        for contract in Catalogue.contracts where !contract.follows.isEmpty { try await expectRebuilt(contract, house) }
        try await expectWholeAudits(house)
        #expect(try StoreFile(house.store(House.plans)).count("SELECT COUNT(*) FROM outbox") > Int(plans.head))
      }
    }

    @Test("a stack that runs is left alone; a key revoked since is named, and asked about; a damaged copy is refused")
    func refused() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let backup = house.path("backup")
        #expect(try await house.xaso(["backup", backup] + house.operatorOptions).status == 0)
        let account = House.focal(unit)
        let key = try CurveKeys.load(from: house.installation.profileKeyPath(account)).publicKey.z85
        _ = try await house.client("operator").send(Revoke(account: account, reason: "left"), to: unit)
        let restore = ["restore", backup, "--lang", "en", "--dir", house.installation.directory.path]
        let running = try await house.xaso(restore + ["--yes"])
        #expect(running.status == 1)
        #expect(running.output.contains("The stack is running"), "\(running.output)")

        for name in House.all.reversed() { #expect(try await house.terminate(name).status == 0) }
        let before = try Data(contentsOf: URL(filePath: house.store(House.identity)))
        // Nobody types anything.
        let asked = try await house.xaso(restore)
        #expect(asked.status == 1)
        #expect(asked.output.contains("\(account)  \(key)"), "\(asked.output)")
        // It came in by one, which went with it and has no name.
        #expect(asked.output.contains("  an invitation (\(unit))  "), "\(asked.output)")
        #expect(asked.output.contains("Nothing was changed"))

        let copy = backup + "/budget.sqlite"
        var bytes = try Data(contentsOf: URL(filePath: copy))
        bytes[bytes.count / 2] ^= 1
        try bytes.write(to: URL(filePath: copy))
        let damaged = try await house.xaso(restore + ["--yes"])
        #expect(damaged.status == 65)
        #expect(damaged.output.contains("budget.sqlite"), "\(damaged.output)")
        #expect(try Data(contentsOf: URL(filePath: house.store(House.identity))) == before)
      }
    }

    @Test(
      "a backup that fails says why, leaves no copy anywhere, and a folder that was there before",
      .enabled("a small disk must be mounted, which takes root") { SmallDisk.isPermitted })
    func failed() async throws {
      try await House.open { house in
        let disk = try SmallDisk(at: house.path("disk"), kibibytes: 64)
        let folder = house.path("disk") + "/backup"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let full = try await house.xaso(["backup", folder] + house.operatorOptions)
        #expect(full.status == 69)
        #expect(full.output.contains("The disk is full: "), "\(full.output)")
        for folder in [folder, house.installation.path("backups")] {
          #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty, "\(folder)")
        }
        withExtendedLifetime(disk) {}

        let file = house.path("file")
        try Data("-".utf8).write(to: URL(filePath: file))
        let under = try await house.xaso(["backup", file + "/backup"] + house.operatorOptions)
        #expect(under.status == 65)
        #expect(under.output.contains("name a place that can be written"), "\(under.output)")

        try house.kill([House.budget])
        let silent = try await house.xaso(["backup", house.path("backup")] + house.operatorOptions)
        #expect(silent.status == 69)
        #expect(silent.output.contains("No answer: budget"), "\(silent.output)")
        #expect(!FileManager.default.fileExists(atPath: house.path("backup")))
      }
    }

    @Test("a process whose restore was interrupted does not start, and says what to do; settling lets it start")
    func interrupted() async throws {
      try await House.open { house in
        #expect(try await house.terminate(House.plans).status == 0)
        // What a restore leaves that dies before it has told every store.
        let store = house.store(House.plans)
        try FileManager.default.copyItem(atPath: store, toPath: store + ".restored")
        try Data().write(to: URL(filePath: store + ".restoring"))
        try house.start(House.plans)
        let pid = try #require(house.pid(of: House.plans))
        #expect(await Child.ending(of: pid) == 1)
        let log = try String(contentsOfFile: house.installation.path("logs", "plans.log"), encoding: .utf8)
        #expect(log.contains("xaso restore"))
        #expect(log.contains("bị dở dang"))

        for name in House.all.reversed() where name != House.plans { _ = try await house.terminate(name) }
        let settled = try await house.xaso(["restore", "--lang", "en", "--dir", house.installation.directory.path])
        #expect(settled.status == 0)
        #expect(settled.output.contains("taken back"), "\(settled.output)")
        for name in House.all { try house.start(name) }
        try await house.health(of: House.plans)
      }
    }

    /// Events byte for byte, and what every command up to there was answered.
    private func expectEverything(upTo head: Int64, of original: String, in restored: String) throws {
      let (before, after) = (try StoreFile(original), try StoreFile(restored))
      let events = "SELECT hex(event) FROM outbox WHERE seq <= \(head) ORDER BY seq"
      #expect(head > 0)
      #expect(try after.texts(events).count == Int(head))
      #expect(try after.texts(events) == before.texts(events))
      #expect(try after.count("SELECT MAX(seq) FROM outbox") == Int(head))
      #expect(try before.count("SELECT MAX(seq) FROM outbox") > Int(head), "the load went on")
      let records = """
        SELECT hex(key) || status || hex(reply) FROM command_record WHERE seq BETWEEN 1 AND \(head) ORDER BY seq, key
        """
      #expect(try after.texts(records) == before.texts(records))
    }

    /// Returns when a service reads the streams that there are now.
    private func resynced<S: Contract>(_ service: S.Type, _ house: House) async throws {
      let store = try StoreFile(house.store(service.name.description))
      for stream in service.follows {
        let epoch = try await house.health(of: stream.description).epoch
        let deadline = ContinuousClock.now + .seconds(20)
        while try store.ids("SELECT epoch FROM stream_cursor WHERE stream = '\(stream)'") != [epoch] {
          guard ContinuousClock.now < deadline else { throw CallFailure("\(stream) is not read again", 0) }
          // Nothing tells of the resync but the store: a cursor that is reached already says nothing about its epoch.
          try await Task.sleep(for: .milliseconds(20))
        }
      }
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
      for (service, migrations) in services {
        let path = house.store(service.description)
        let database = try await Database.open(path, service: service, migrations: migrations)
        #expect(try await database.verifyAudit().firstBad == nil, "\(service)")
        await database.close()
      }
    }
  }
}

extension House {
  /// Runs `xaso` to its end, as an operator does on the host, with nobody at the keyboard.
  func xaso(_ arguments: [String]) async throws -> (status: Int32, output: String) {
    let command = [try House.executable("xaso")] + arguments
    let script = "\"$0\" \"$@\" 2>&1 < /dev/null"
    let (status, output) = try await Child.run(["/bin/sh", "-c", script] + command)
    return (status, output.joined(separator: "\n"))
  }

  var operatorOptions: [String] {
    ["--lang", "en", "--profile", installation.profilePath("operator"), "--dir", installation.directory.path]
  }

  fileprivate func epochs() async throws -> [String: UUIDv7] {
    var epochs: [String: UUIDv7] = [:]
    for name in House.all { epochs[name] = try await health(of: name).epoch }
    return epochs
  }
}
