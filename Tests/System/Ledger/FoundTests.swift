import FoundationEssentials
import GRDB
import Schema
import Testing

extension SystemTests {
  /// What the ledger reads: whatever is changed behind a service's back is noticed.
  @Suite("The ledger's reading") struct FoundTests {
    private static let changes: [(ServiceName, [String])] = [
      (
        Plans.name,
        [
          "UPDATE plan SET version = version + 1", "DELETE FROM task WHERE percent = 0",
          "UPDATE task SET percent = (percent + 1) % 101 WHERE note IS NOT NULL",
          "UPDATE task SET version = version + 1",
          "DELETE FROM outbox WHERE seq = 2",
        ]
      ),
      (
        Budget.name,
        [
          "DELETE FROM entry WHERE ordinal = 2", "UPDATE entry SET amount = amount + 1",
          "UPDATE balance SET available = available + 1", "UPDATE balance SET version = version + 1",
          "DELETE FROM balance", "DELETE FROM outbox WHERE seq = 2",
          """
          UPDATE outbox SET event = CAST(json_replace(event, '$.data.available', 7777777) AS BLOB)
          WHERE topic LIKE '%overspent'
          """,
        ]
      ),
      (
        Indicators.name,
        [
          "UPDATE observation SET numerator = numerator + 1", "DELETE FROM observation WHERE revision = 1",
          "UPDATE observation SET superseded = 1", "UPDATE observation SET note = NULL",
        ]
      ),
      (
        Identity.name,
        [
          "UPDATE village_count SET revision = revision + 1", "UPDATE village_count SET adults = adults + 1",
          "DELETE FROM village_count", "UPDATE office SET name = 'other' WHERE kind = 'village'",
        ]
      ),
    ]

    @Test("a row that is changed, missing or too many is told")
    func changed() async throws {
      try await House.open { house in
        let load = try await Load.open(on: house, commands: 400)
        try await load.run(workers: 8, Seed())
        try await house.caughtUp()
        for name in House.all { #expect(try await house.terminate(name).status == 0) }
        for (name, changes) in Self.changes {
          let store = house.store(name.description)
          let sound = try Found(in: store, of: name)
          #expect(sound.inconsistent.isEmpty)
          #expect(sound.gaps.isEmpty)
          for sql in changes {
            let copy = house.path("changed-\(UUIDv7()).sqlite")
            for file in ["", "-wal"] where FileManager.default.fileExists(atPath: store + file) {
              try FileManager.default.copyItem(atPath: store + file, toPath: copy + file)
            }
            try change(copy, sql)
            let found = try Found(in: copy, of: name)
            #expect(!found.inconsistent.isEmpty || !found.gaps.isEmpty, "\(name): \(sql)")
          }
        }
      }
    }

    private func change(_ store: String, _ sql: String) throws {
      var configuration = Configuration()
      configuration.foreignKeysEnabled = false
      let queue = try DatabaseQueue(path: store, configuration: configuration)
      try queue.write { database in
        try database.execute(sql: sql)
        #expect(database.changesCount > 0, "\(sql)")
      }
    }
  }
}
