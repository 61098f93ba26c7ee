import Bus
import FoundationEssentials
import Schema
import Seeds
import Testing

@testable import xaso

extension SystemTests {
  /// Letters on their way from a process that does not live long.
  @Suite("Letters") struct LettersTests {
    /// What a command is given, as far as it matters here.
    private struct Arrival: Decodable {
      struct Item: Decodable { var fingerprint: UUIDv7 }

      var id: LetterSummary.ID
      var unit: Schema.Unit
      var office: Office
      var notices: [Item]
    }

    private static let kills = 20
    private static let programs = ["one", "two"]

    @Test("kill -9 while letters go out: each arrives, under one id, and nothing is told by two letters")
    func killed() async throws {
      var seed = Seeds.Seed("letters and kill -9")
      try await House.open { house in
        let environment = ["XASO_NOTICES": try notices(house)]
        // A Friday, two working days before the tasks are due.
        try await house.turn(to: try #require(Day(2026, 6, 26)))
        for unit in House.communes { try await issue(in: unit, house) }
        try await house.caughtUp()
        let today = try #require(Day(2026, 7, 1))
        try await house.turn(to: today, environment)

        var early = 0
        let own = environment.merging([Rehearsal.variable: "\(today)"]) { own, _ in own }
        for _ in 1...Self.kills {
          try await Task.sleep(for: .milliseconds(Int.random(in: 50...500, using: &seed)))
          try house.kill([House.notifications])
          if try waiting(house) > 0 { early += 1 }
          try house.start(House.notifications, own)
        }
        try await house.health(of: House.notifications)
        let deadline = ContinuousClock.now + .seconds(600)
        while try waiting(house) > 0, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(50)) }

        let store = try StoreFile(house.store(House.notifications))
        #expect(try store.texts("SELECT DISTINCT state FROM letter") == ["delivered"])
        let lines = try Self.programs.map { try arrivals(house, $0) }
        let letters = try store.count("SELECT COUNT(*) FROM letter")
        #expect(Set(lines.joined().map(\.id)).count == letters)
        #expect(letters >= 2 * 3 * House.communes.count)
        for lines in lines {
          let told = Dictionary(grouping: lines.flatMap { line in line.notices.map { (line, $0.fingerprint) } }) {
            "\($0.0.unit) \($0.0.office.code) \($0.1)"
          }
          #expect(told.values.allSatisfy { Set($0.map(\.0.id)).count == 1 })
        }
        #expect(early > 0, "no kill came while letters went out")
        print(
          "letters: \(letters), arrivals \(lines.joined().count), \(early) of \(Self.kills) kills while some went out")
      }
    }

    /// The morning's letter at any hour, to two programs that take their time.
    private func notices(_ house: House) throws -> String {
      let folder = house.path("notices")
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let supplied = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../../Services/Notifications/Data/rules.yaml")
      let rules = try String(contentsOfFile: supplied.path, encoding: .utf8)
        .replacing("digest: \"07:30\"", with: "digest: \"00:00\"")
      try rules.write(toFile: folder + "/rules.yaml", atomically: true, encoding: .utf8)
      let commands = try Self.programs.map { name in
        let arrived = house.path(name)
        try FileManager.default.createDirectory(atPath: arrived, withIntermediateDirectories: true)
        let script = "sleep 0.2; cat > \(arrived)/$XASO_LETTER.$$"
        return "  - { name: \(name), program: [/bin/sh, -c, \"\(script)\"], units: [\"38\"] }"
      }
      let channels = "commands:\n" + commands.joined(separator: "\n") + "\n"
      try channels.write(toFile: folder + "/channels.yaml", atomically: true, encoding: .utf8)
      return folder
    }

    private func issue(in unit: Schema.Unit, _ house: House) async throws {
      let focal = try house.client(House.focal(unit))
      let due = try #require(Day(2026, 6, 30))
      let tasks = (["vh-xh", "vp", "kt"] as [Office.Code]).enumerated().map { index, lead in
        TaskRow(number: "1.\(index + 1)", name: "Số hóa hồ sơ", leads: [lead], due: due)
      }
      let draft = DraftPlan(
        head: Sample.head("Kế hoạch năm 2026"), expected: RowCounts(tasks: tasks.count, targets: 0))
      let plan = try await focal.send(draft, to: unit).value
      let whole = try await focal.send(DraftRows(plan: plan.id, tasks: tasks, targets: []), to: unit).value
      try await house.approve(whole)
      _ = try await house.client(House.clerk(unit)).send(house.issuing(whole), to: unit)
    }

    /// Letters that are not there yet, and notices that no letter has.
    private func waiting(_ house: House) throws -> Int {
      let store = try StoreFile(house.store(House.notifications))
      return try store.count("SELECT COUNT(*) FROM letter WHERE next_at IS NOT NULL")
        + store.count("SELECT COUNT(*) FROM telling WHERE is_told = 0")
    }

    /// What a program was given; one whose sender was killed before it said anything was given nothing.
    private func arrivals(_ house: House, _ name: String) throws -> [Arrival] {
      let folder = house.path(name)
      return try FileManager.default.contentsOfDirectory(atPath: folder).compactMap { file in
        FileManager.default.contents(atPath: "\(folder)/\(file)").flatMap { try? Codec.decode(Arrival.self, from: $0) }
      }
    }
  }
}
