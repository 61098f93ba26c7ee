import Foundation
import Schema
import Storage
import Testing

@testable import xaso_identity

@Suite("Communes that are merged", .timeLimit(.minutes(60)))
struct MergerTests {
  private static let (from, into): (Schema.Unit, Schema.Unit) = ("38/15049", "38/15043")
  private static let merger = Merger(from: from, into: into, day: day("2026-07-01"), document: "35/NQ-HĐND")
  private static let police = Office(code: "ca", name: "Công an xã")
  private static let leaders: Set<Role> = [.approver]

  /// Two communes with a village of one name each, a police officer each, and registers that know one person in common.
  private func withCommunes(_ body: (Desk, _ keys: [Schema.Unit: Identity.Key]) async throws -> Void) async throws {
    let desk = try await Desk(today: day("2026-06-20"))
    var keys: [Schema.Unit: Identity.Key] = [:]
    for unit in [Self.from, Self.into] {
      for code in ["thon-1", "thon-\(unit == Self.from ? 2 : 3)"] {
        let village = OfficeSummary(
          code: Slug(stringLiteral: code), name: "Thôn \(code.suffix(1))", kind: Open(.village))
        _ = try await desk.ask(KeepOffice(office: village), in: unit)
      }
      let key = Identity.Key.any
      let invited = try await desk.invite(
        Slug(stringLiteral: "ca.\(unit.communeColumn)"), .police, in: unit, office: Self.police)
      _ = try await desk.ask(Join(key: key), as: invited, in: nil)
      keys[unit] = key
      let leader = Caller(account: "ct", unit: unit, office: "ld", roles: Self.leaders)
      _ = try await desk.ask(
        OpenRegister(basis: "12/QĐ-UBND", issued: day("2026-01-02"), purpose: "Đề án 06", months: 24), as: leader,
        in: unit)
    }
    try await body(desk, keys)
    await desk.database.close()
  }

  private func officer(_ unit: Schema.Unit) -> Caller {
    Caller(account: Slug(stringLiteral: "ca.\(unit.communeColumn)"), unit: unit, office: "ca", roles: [.police])
  }

  private func take(_ lines: [[String]], in unit: Schema.Unit, _ desk: Desk) async throws {
    let text = lines.map { $0.joined(separator: "\t") }.joined(separator: "\n")
    let summary = try await desk.ask(
      ImportPeople(first: 1, lines: text, pads: false), as: officer(unit), in: unit)
    #expect(summary.added == lines.count, "\(summary.findings)")
  }

  @Test("rights follow: whoever was in the one is in the other, where both are at home") func rights() async throws {
    try await withCommunes { desk, keys in
      let waiting = try await desk.invite("vt.15049", .clerk, in: Self.from, office: Office(code: "vp", name: "VP"))
      desk.setToday(day("2026-07-02"))
      _ = try await desk.ask(MergeUnits(merger: Self.merger), in: "38")
      for key in keys.values {
        let caller = try #require(try await desk.seat(of: key)?.caller(on: day("2026-07-02")))
        #expect(caller.unit == Self.into)
        #expect(Caller(caller.description) == caller, "as the wire has it")
        for (unit, isAtHome) in [(Self.into, true), (Self.from, true), ("38", false), ("38/14797", false)] {
          #expect(ImportPeople.access.permits(caller, in: unit) == isAtHome, "\(unit)")
          #expect(ListCounts.access.permits(caller, in: unit) == isAtHome, "\(unit)")
        }
      }
      // Who was invited into the one comes into the other.
      let joined = try await desk.ask(Join(key: .any), as: waiting, in: nil)
      #expect(joined.unit == Self.into)
      let accounts = try await desk.ask(ListAccounts(), in: Self.into)
      #expect(accounts.items.map(\.account.description) == ["ca.15043", "ca.15049", "vt.15049"])
      let why = try await desk.ask(
        ExplainAccess(account: "ca.15049", asked: "identity.person.find", unit: Self.from), in: "38")
      #expect(why.isPermitted)
    }
  }

  @Test("villages keep their past under the commune that they were in, and go on in the other")
  func counts() async throws {
    try await withCommunes { desk, _ in
      func record(_ village: Office.Code, _ month: String, _ unit: Schema.Unit, adults: Int64) async throws {
        // Counts are typed where no register is open.
        let counts = EnrolmentCounts(adults: adults, issued: 5, activated: 4, signatures: 1)
        let request = RecordCounts(village: village, month: try #require(Period(month)), counts: counts)
        let row = try await desk.database.write { try IdentityStore.record(request, in: unit, $0) }
        #expect(row.revision == 1)
      }
      try await record("thon-1", "2026-M06", Self.from, adults: 10)
      try await record("thon-1", "2026-M07", Self.from, adults: 20)
      try await record("thon-1", "2026-M06", Self.into, adults: 40)
      desk.setToday(day("2026-07-20"))
      _ = try await desk.ask(MergeUnits(merger: Self.merger), in: "38")
      func table(_ month: String, _ unit: Schema.Unit) async throws -> [String] {
        let table = try await desk.ask(ListCounts(month: try #require(Period(month))), in: unit)
        #expect(
          table.total.expected == (unit.commune == nil ? table.rows.map(\.expected).reduce(0, +) : table.rows.count))
        return table.rows.map { "\($0.unit) \($0.village?.code.description ?? "") \($0.counts?.adults ?? 0)" }
      }
      #expect(
        try await table("2026-M06", Self.into) == [
          "38/15043 thon-1 40", "38/15043 thon-3 0", "38/15049 thon-1 10", "38/15049 thon-2 0",
        ])
      #expect(
        try await table("2026-M07", Self.into) == [
          "38/15043 thon-1 0", "38/15043 thon-1-15049 20", "38/15043 thon-2 0", "38/15043 thon-3 0",
        ])
      #expect(try await table("2026-M07", Self.from) == [])
      #expect(try await table("2026-M06", "38") == ["38/15043  40", "38/15049  10"])
      let offices = try await desk.ask(ListOffices(), in: Self.into).items
      #expect(offices.map(\.name) == ["Công an xã", "Thôn 1", "Thôn 1 (Văn Phú)", "Thôn 2", "Thôn 3"])
      let ended = try await desk.ask(ListOffices(), in: Self.from).items
      #expect(ended.allSatisfy { $0.until == day("2026-06-30") })
      // Others hear of the merger before they hear of what came of it.
      let names = try await desk.database.read { transaction in
        try transaction.rows("SELECT topic FROM outbox ORDER BY seq").map { row in
          let topic: String = try row["topic"]
          return topic.split(separator: "/").last.map(String.init) ?? topic
        }
      }
      let merged = try #require(names.firstIndex(of: UnitMerged.name))
      #expect(names[merged...].contains(CountsRecorded.name))
      #expect(names[merged...].contains(SeatChanged.name))
    }
  }

  @Test("the registers become one: nobody twice, nobody lost, and its statistics those that counting gives")
  func register() async throws {
    try await withCommunes { desk, _ in
      let both = "038095000101"
      try await take(
        [
          [both, "Lê An", "1995", "Nam", "Thôn 1", "đã cấp", "", "", "2026-06-01"],
          ["038095000102", "Lê Bình", "1995", "", "Thôn 1", "", "", "", ""],
          ["038095000103", "", "", "", "Thôn 2", "", "", "", ""],
        ], in: Self.from, desk)
      try await take(
        [
          [both, "Lê An", "1995", "Nam", "Thôn 3", "đã đăng ký", "", "", "2026-05-01"],
          ["038095000999", "LÊ BÌNH", "1995", "", "Thôn 1", "", "", "", ""],
        ], in: Self.into, desk)
      let number = FindPerson(number: both)
      let before = try await desk.ask(number, as: officer(Self.into), in: Self.into)
      desk.setToday(day("2026-07-20"))
      _ = try await desk.ask(MergeUnits(merger: Self.merger), in: "38")
      let statistics = try await desk.ask(ReadStatistics(), as: officer(Self.into), in: Self.into)
      #expect(statistics.total.people == 4)
      #expect(
        statistics.rows.map { "\($0.village?.code.description ?? "") \($0.people)" } == [
          "thon-1 1", "thon-1-15049 2", "thon-2 1",
        ])
      let left = try await desk.ask(ReadStatistics(), as: officer(Self.into), in: Self.from)
      #expect(left.total.people == 0)
      // The one that was looked at last stands; the other is what they were before.
      let found = try await desk.ask(number, as: officer(Self.into), in: Self.into)
      #expect(found.person == before.person)
      #expect(found.eid == Open(.issued))
      #expect(found.village?.code == "thon-1-15049")
      #expect(found.version > before.version)
      let export = try await desk.ask(
        ExportPerson(person: found.person, reason: "hồ sơ 7"), as: officer(Self.into), in: Self.into)
      #expect(export.number == both)
      #expect(export.changes.map(\.eid) == [Open(.registered)])
      let duplicates = try await desk.ask(ListDuplicates(), as: officer(Self.into), in: Self.into)
      #expect(duplicates.items.map(\.kind) == [Open(.likeness)])
      let shown = try await desk.ask(ShowRegister(), as: officer(Self.into), in: Self.from)
      #expect(shown.closed == day("2026-07-20"))
    }
  }

  @Test("nothing begins where a commune has ended, nor is it merged before its day, twice or elsewhere")
  func refused() async throws {
    try await withCommunes { desk, _ in
      func refuses(_ merger: Merger, in unit: Schema.Unit = "38") async {
        await #expect(throws: Refusal.self, "\(merger)") { try await desk.ask(MergeUnits(merger: merger), in: unit) }
      }
      await refuses(Self.merger)
      desk.setToday(day("2026-07-01"))
      await refuses(Self.merger, in: "01")
      await refuses(Self.merger, in: Self.into)
      await refuses(Merger(from: Self.from, into: Self.from, day: Self.merger.day, document: "1/NQ"))
      await refuses(Merger(from: "38", into: Self.from, day: Self.merger.day, document: "1/NQ"))
      await refuses(Merger(from: Self.from, into: "38/99999", day: Self.merger.day, document: "1/NQ"))
      _ = try await desk.ask(MergeUnits(merger: Self.merger), in: "38")
      await refuses(Self.merger)
      await refuses(Merger(from: Self.into, into: Self.from, day: Self.merger.day, document: "1/NQ"))
      for attempt in [
        { _ = try await desk.invite("moi", .auditor, in: Self.from, office: nil) },
        {
          let village = OfficeSummary(code: "thon-9", name: "Thôn 9", kind: Open(.village))
          _ = try await desk.ask(KeepOffice(office: village), in: Self.from)
        },
        { _ = try await desk.ask(RetireOffice(office: "thon-1", last: nil), in: Self.from) },
        {
          _ = try await desk.ask(
            OpenRegister(basis: "1/QĐ-UBND", issued: day("2026-01-02"), purpose: "x", months: 24), in: Self.from)
        },
      ] as [() async throws -> Void] {
        let refusal = await #expect(throws: Refusal.self) { try await attempt() }
        #expect(refusal?.status == .conflict)
      }
    }
  }

  @Test("offices that every commune has once become one; a place keeps its name unless it is taken")
  func offices() throws {
    func office(_ code: Office.Code, _ name: String, _ kind: Office.Kind, until: Day? = nil) -> OfficeSummary {
      OfficeSummary(code: code, name: name, kind: Open(kind), until: until)
    }
    let longCode = Slug(stringLiteral: String(repeating: "t", count: 48))
    let moves = try MergerRules.moves(
      of: [
        office("ca", "Công an xã", .police), office("th", "Trường Tiểu học", .school),
        office(longCode, "Thôn A", .village),
        office("cu", "Thôn cũ", .village, until: day("2026-01-01")),
        office("nha", "Thôn nhà", .village, until: day("2026-01-01")), office("x", "Thôn X", .village),
      ], used: ["nha"],
      beside: [
        office("ca", "Công an", .police), office("th", "Trường Tiểu học", .school),
        office(longCode, "Thôn B", .village),
        office("x", "Phòng X", .office),
      ], by: Self.merger)
    #expect(
      moves.map { "\($0.from.code) → \($0.into.code) \($0.into.name)" } == [
        "ca → ca Công an", "th → th-15049 Trường Tiểu học (Văn Phú)",
        "\(longCode) → \(String(repeating: "t", count: 42))-15049 Thôn A", "nha → nha Thôn nhà", "x → x-15049 Thôn X",
      ])
    #expect(moves.first?.into.since == nil)
    #expect(moves.dropFirst().allSatisfy { $0.into.since == Self.merger.day && $0.into.until == nil })
  }
}
