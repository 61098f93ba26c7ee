import Foundation
import Schema
import Seeds
import Storage
import Testing

@testable import xaso_identity

@Suite("The person register", .timeLimit(.minutes(60)))
struct RegisterTests {
  private static let unit: Schema.Unit = "38/15043"
  private static let today = Timestamp(milliseconds: 1_795_228_200_000)

  /// A store with a commune of three villages and an open register, and its keys.
  private func withRegister(_ body: (Database, RegisterKeys, _ folder: URL) async throws -> Void) async throws {
    let folder = URL(filePath: "/tmp/register-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let keys = try RegisterKeys.loadOrMake(at: folder.appending(path: "register.keys").path)
    let store = try await Database.open(
      folder.appending(path: "identity.sqlite").path, service: Identity.name, migrations: IdentityMigrations.all,
      clock: { Self.today })
    try await store.write { transaction in
      for number in 1...3 {
        let village = OfficeSummary(
          code: Slug(stringLiteral: "thon-\(number)"), name: "Thôn \(number)", kind: Open(.village))
        try IdentityStore.keep(village, in: Self.unit, transaction)
      }
      try RegisterStore.keep(
        RegisterRecord(
          unit: Self.unit, basis: "12/QĐ-UBND", issued: Self.today.day, purpose: "Đề án 06", months: 24,
          opened: Self.today.day), transaction)
    }
    try await body(store, keys, folder)
    await store.close()
  }

  private func take(
    _ lines: [String], first: Int = 2, pads: Bool = false, into store: Database, _ keys: RegisterKeys
  ) async throws -> ImportSummary {
    let request = ImportPeople(first: first, lines: lines.joined(separator: "\n"), pads: pads)
    let understood = try PeopleLines(request, keys, today: Self.today.day)
    return try await store.write { try PeopleImport(understood, in: Self.unit, keys, by: "ca").run($0) }
  }

  private func line(
    _ number: String, _ name: String = "", _ birth: String = "", sex: String = "", village: String = "Thôn 1",
    eid: String = "", since: String = "", signature: String = "", checked: String = ""
  ) -> String {
    [number, name, birth, sex, village, eid, since, signature, checked].joined(separator: "\t")
  }

  private func find(_ number: String, in store: Database, _ keys: RegisterKeys) async throws -> PersonRecord? {
    let number = try PersonalNumber(number, in: 2026)
    return try await store.read { try RegisterStore.person(keys.reference(of: number), in: Self.unit, $0) }
  }

  @Test("a file's rows are taken, and each that is not is named with its line")
  func rows() async throws {
    try await withRegister { store, keys, _ in
      let summary = try await take(
        [
          line("038095000123", "Nguyễn Văn An", "17/05/1995", sex: "Nam", eid: "Đã kích hoạt", since: "01/10/2026"),
          line("38095000124"), line("172123456"), line("03809500012x"), line("003095000123"),
          line("038195000125", village: "Thôn 9"), line("038195000126", eid: "gì đó"),
          line("038195000127", "Lê Thị B", "31/02/1995"), line("038195000128", sex: "nam", eid: "đã cấp"),
          line("038216000129", eid: "da cap"), "038195000130\tthiếu", line("038095000123"),
          line("038195000131", "Lê C", "1990"),
        ], into: store, keys)
      #expect(summary.added == 4)
      #expect(summary.unchanged == 1)
      #expect(summary.refused == 8)
      let found = summary.findings.map { "\($0.line) \($0.kind.known?.rawValue ?? "?")" }
      #expect(
        found == [
          "3 zeros-eaten", "4 old-number", "5 not-digits", "6 unknown-place", "7 unknown-village", "8 unknown-word",
          "9 bad-day", "12 fields", "10 sex-disagrees", "11 under-fourteen", "14 year-disagrees",
        ])
      let an = try #require(try await find("038095000123", in: store, keys))
      #expect(an.eid == .activated)
      #expect(an.eidSince == Day("2026-10-01"))
      #expect(an.birthYear == 1995)
      let padded = try await take([line("38095000124")], pads: true, into: store, keys)
      #expect(padded.added == 1)
      #expect(padded.findings.map(\.kind) == [Open(.padded)])
    }
  }

  @Test("a later file changes what it names, and nothing else; what cannot follow is refused")
  func again() async throws {
    try await withRegister { store, keys, _ in
      _ = try await take([line("038095000123", eid: "đã cấp", since: "2026-01-02", signature: "có")], into: store, keys)
      let changed = try await take([line("038095000123", village: "thon-2", eid: "đã kích hoạt")], into: store, keys)
      #expect(changed.changed == 1)
      let person = try #require(try await find("038095000123", in: store, keys))
      #expect(person.village == "thon-2")
      #expect(person.eid == .activated)
      #expect(person.eidSince == nil, "the old day was the old state's")
      #expect(person.signature == .personal)
      #expect(person.version == 2)
      let back = try await take([line("038095000123", eid: "đã đăng ký")], into: store, keys)
      #expect(back.findings.map(\.kind) == [Open(.cannotFollow)])
      let changes = try await store.read { try RegisterStore.changes(of: person.reference, in: Self.unit, $0) }
      #expect(changes.map(\.eid) == [Open(.issued)])
    }
  }

  @Test("a village is known by its name and its aliases before its code, and by none that several have")
  func places() {
    func village(_ code: Office.Code, _ name: String, _ aliases: [String]? = nil) -> OfficeSummary {
      OfficeSummary(code: code, name: name, kind: Open(.village), aliases: aliases)
    }
    let places = RegisterRules.places([
      village("thon-1", "Thôn 1 (mới)"), village("thon-2", "Thôn 1"), village("thon-3", "Thôn 3", ["Xóm Đông"]),
      village("thon-4", "Thôn 4"), village("thon-5", "THÔN 4"), village("thon-6", "Xóm 6"),
    ])
    #expect(places["thon 1"] == "thon-2")
    #expect(places["xom dong"] == "thon-3")
    #expect(places["thon 4"] == nil)
    #expect(places["thon-6".folded] == "thon-6")
  }

  @Test("what an office's spreadsheet makes of numbers, days and words is understood") func spreadsheets() async throws
  {
    try await withRegister { store, keys, _ in
      let summary = try await take(
        [
          line("'038095000123", "Lê An", "17.05.1995", eid: "Đã cấp mức 2", since: "01-10-2026", signature: "x"),
          line("038.095.000.124"), line("038-095-000-125", checked: "2026-10-01"),
        ], into: store, keys)
      #expect(summary.added == 3, "\(summary.findings)")
      let an = try #require(try await find("038095000123", in: store, keys))
      #expect(an.eidSince == Day("2026-10-01"))
      #expect(an.signature == .personal)
      let bad = try await take([line("038095000126", "Lê An", "32-05-1995")], into: store, keys)
      #expect(bad.findings.map(\.kind) == [Open(.badDay)])
    }
  }

  @Test("a year of birth is not another birth than a day of it; another name is")
  func exactness() async throws {
    try await withRegister { store, keys, _ in
      let day = line("038095000123", "Nguyễn Văn An", "17/05/1995", village: "Thôn 2")
      _ = try await take([day, line("038095000124", "Lê Bình", "1995")], into: store, keys)
      let known = try await find("038095000123", in: store, keys)?.likeness
      let years = try await take(
        [
          line("038095000123", "NGUYỄN VĂN AN", "1995", village: "Thôn 2"),
          line("038095000124", "Lê Bình", "31/12/1995"),
        ],
        into: store, keys)
      #expect(years.unchanged == 1)
      #expect(years.changed == 1, "the day is known now")
      #expect(years.refused == 0)
      #expect(try await find("038095000123", in: store, keys)?.likeness == known)
      let others = try await take(
        [line("038095000123", "Trần An", "1995"), line("038095000124", "Lê Bình", "30/12/1995")], into: store, keys)
      #expect(others.findings.map(\.kind) == [Open(.twoNames), Open(.twoNames)])
    }
  }

  @Test("two that may be one wait for a decision; nothing is merged by itself")
  func duplicates() async throws {
    try await withRegister { store, keys, _ in
      _ = try await take(
        [
          line("038095000123", "Nguyễn Văn An", "17/05/1995"), line("038095000999", "NGUYỄN VĂN  AN", "1995-05-17"),
          line("038095000124", "Nguyễn Văn An", "18/05/1995"), line("038095000123", "Trần Bình", "17/05/1995"),
        ], into: store, keys)
      let rows = try await store.read {
        try RegisterStore.duplicates(in: Self.unit, after: nil, limit: 10, $0).map { try Duplicate($0) }
      }
      #expect(Set(rows.map(\.kind)) == [Open(.likeness), Open(.number)])
      #expect(rows.count == 2)
      let quality = try await store.read { try RegisterStore.quality(in: Self.unit, today: Self.today.day, $0) }
      #expect(quality.people == 3)
      #expect(quality.clean == 1)
      let likeness = try #require(rows.first { $0.kind == .likeness })
      try await store.write {
        try RegisterStore.decide(likeness, isSame: false, by: "ca", reason: "sinh đôi", in: Self.unit, $0)
      }
      _ = try await take([line("038095000999", "Nguyễn Văn An", "17/5/1995", eid: "đã cấp")], into: store, keys)
      let left = try await store.read { try RegisterStore.duplicates(in: Self.unit, after: nil, limit: 10, $0).count }
      #expect(left == 1, "what was decided is not asked again")
    }
  }

  @Test("statistics that are kept up are those that counting gives")
  func tally() async throws {
    var seed = Seed()
    try await withRegister { store, keys, _ in
      var numbers: [String] = []
      for round in 0..<12 {
        var lines: [String] = []
        for _ in 0..<120 {
          let known = Bool.random(using: &seed) ? numbers.randomElement(using: &seed) : nil
          let number =
            known
            ?? "0380\(Int.random(in: 40...99, using: &seed))\(Int.random(in: 100_000...999_999, using: &seed))"
          numbers.append(number)
          lines.append(
            line(
              number, ["", "A", "B"].randomElement(using: &seed) ?? "",
              ["", "1990", "2015", "2008"].randomElement(using: &seed) ?? "",
              village: ["", "Thôn 1", "thon-2", "Thôn 3"].randomElement(using: &seed) ?? "",
              eid: ["", "none", "registered", "issued", "activated", "suspended", "revoked"].randomElement(using: &seed)
                ?? "", signature: ["", "có", "không"].randomElement(using: &seed) ?? ""))
        }
        _ = try await take(lines, into: store, keys)
        // Somebody moves away, somebody is erased.
        for leaves in [true, false] {
          guard let number = numbers.randomElement(using: &seed),
            let person = try await find(number, in: store, keys), person.isHere
          else { continue }
          try await store.write { transaction in
            guard leaves else { return try RegisterStore.forget(person, in: Self.unit, transaction) }
            var tally = Tally()
            tally.remove(person)
            try RegisterStore.add(tally, in: Self.unit, transaction)
            var gone = RegisterRules.next(person)
            gone.left = Self.today.day
            try RegisterStore.update(gone, from: person, by: "ca", PersonLeft.method, in: Self.unit, transaction)
          }
        }
        for year in [2026, 2033] {
          for unit in [Self.unit, "38"] as [Schema.Unit] {
            let kept = try await store.read { try RegisterStore.statistics(in: unit, year: year, $0) }
            let counted = try await store.read { try Self.recount(in: unit, year: year, $0) }
            #expect(kept == counted, "round \(round)")
          }
        }
      }
    }
  }

  private static func recount(
    in unit: Schema.Unit, year: Int, _ transaction: borrowing Transaction
  ) throws -> StatisticsTable {
    let rows = try transaction.rows(
      "SELECT * FROM person WHERE left_on IS NULL AND replaced_by IS NULL ORDER BY commune, village")
    var table = StatisticsTable(rows: [], total: StatisticsRow(unit: unit))
    for row in rows {
      let person = try PersonRecord(row)
      let village = unit.commune == nil ? nil : person.village
      let office = village.map { Office(code: $0, name: "Thôn \($0.description.dropFirst(5))") }
      if table.rows.last?.village != office || table.rows.isEmpty {
        table.rows.append(StatisticsRow(unit: Self.unit, village: office))
      }
      table.rows[table.rows.count - 1].add(1, of: Tally.Sort(person), in: year)
      table.total.add(1, of: Tally.Sort(person), in: year)
    }
    return table
  }

  @Test("no number stands in clear in any file; a number is opened by its key and for its person alone")
  func sealed() async throws {
    try await withRegister { store, keys, folder in
      let numbers = (0..<500).map { "038095\(100_000 + $0 * 997)" }
      _ = try await take(numbers.map { line($0) }, into: store, keys)
      let one = try #require(try await find(numbers[0], in: store, keys))
      let other = try #require(try await find(numbers[1], in: store, keys))
      #expect(try keys.open(one.sealed.data, key: 1, for: one.reference).written == numbers[0])
      #expect(throws: StorageError.self) { try keys.open(one.sealed.data, key: 1, for: other.reference) }
      #expect(throws: StorageError.self) { try keys.open(one.sealed.data, key: 2, for: one.reference) }
      var changed = one.sealed.data
      changed[30] ^= 1
      #expect(throws: StorageError.self) { try keys.open(changed, key: 1, for: one.reference) }

      try keys.renew()
      #expect(keys.newest == 2)
      let again = try RegisterKeys.loadOrMake(at: folder.appending(path: "register.keys").path)
      #expect(again.newest == 2)
      #expect(again.mark == keys.mark)
      #expect(try again.open(one.sealed.data, key: 1, for: one.reference).written == numbers[0])
      let stranger = try RegisterKeys.loadOrMake(at: folder.appending(path: "other.keys").path)
      #expect(stranger.reference(of: try PersonalNumber(numbers[0], in: 2026)) != one.reference)
      let known = try await store.write { transaction in
        [keys.mark, stranger.mark, keys.mark].map { mark in (try? RegisterStore.knows(mark, transaction)) ?? false }
      }
      #expect(known == [true, false, true])
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
        let bytes = try Data(contentsOf: file)
        #expect(numbers.allSatisfy { bytes.range(of: Data($0.utf8)) == nil }, "\(file.lastPathComponent)")
      }
    }
  }

  @Test("an identity of level 2 goes its way, and back only by locking and cancelling")
  func states() {
    let all = Person.Enrolment.allCases
    let allowed = all.flatMap { one in all.filter { one != $0 && one.mayBecome($0) }.map { "\(one)-\($0)" } }
    #expect(
      Set(allowed) == [
        "none-registered", "none-verified", "none-issued", "none-activated", "registered-verified",
        "registered-issued", "registered-activated", "verified-issued", "verified-activated", "issued-activated",
        "issued-revoked", "activated-suspended", "activated-revoked", "suspended-activated", "suspended-revoked",
        "revoked-registered", "revoked-verified", "revoked-issued", "revoked-activated",
      ])
  }

  @Test("a column that was filled down makes no pair of everybody with everybody, and its reply has room")
  func filledDown() async throws {
    try await withRegister { store, keys, _ in
      let lines = (0..<2000).map { index in
        // Sex and year disagree with each number, and zeros are missing.
        line(
          "38095\(100_000 + index)", "Nguyễn Văn An", "17/05/2020", sex: "Nữ", eid: "đã cấp", since: "01/01/2026")
      }
      let summary = try await take(lines, pads: true, into: store, keys)
      #expect(summary.added == 2000)
      #expect(summary.json.count < 240 * 1024)
      #expect(summary.findings.count + (summary.unsaid ?? 0) == 2000 * 4 + 1999)
      let pairs = try await store.read { try $0.rows("SELECT person FROM duplicate").count }
      #expect(pairs <= 2000 * RegisterRules.mostPairs)
      let quality = try await store.read { try RegisterStore.quality(in: Self.unit, today: Self.today.day, $0) }
      #expect(quality.clean == 0)
      // Nobody is looked for among all pairs of the commune.
      let plan = try await store.read { transaction in
        try transaction.rows(
          "EXPLAIN QUERY PLAN SELECT COUNT(*) FROM person WHERE \(RegisterQuality.Aspect.clean.fails)"
        ).map { try $0["detail"] as String }
      }
      let searches = plan.filter { $0.contains("duplicate") }
      #expect(searches.count == 2)
      for search in searches { #expect(search.contains("person=?") || search.contains("other=?"), "\(search)") }
    }
  }

  @Test("what is not taken is told of, however much else there is")
  func shortened() {
    let doubts = (0..<10).map { RowFinding(line: $0, kind: Open(.yearDisagrees)) }
    let errors = (10..<14).map { RowFinding(line: $0, kind: Open(.unknownVillage)) }
    var summary = ImportSummary(findings: doubts + errors)
    summary.shorten(to: 6)
    #expect(summary.findings == Array(doubts.prefix(2)) + errors)
    #expect(summary.unsaid == 8)
    summary = ImportSummary(findings: errors)
    summary.shorten(to: 6)
    #expect(summary.unsaid == nil)
  }

  @Test("who is erased is so under earlier numbers too; who left is when the time is over")
  func erased() async throws {
    try await withRegister { store, keys, _ in
      let numbers = ["038095000101", "038095000102", "038095000103", "038095000104"]
      _ = try await take(numbers.map { line($0) }, into: store, keys)
      var people: [PersonRecord] = []
      for number in numbers { people.append(try #require(try await find(number, in: store, keys))) }
      // The first was renumbered twice; the last moved away.
      for (old, new) in [(0, 1), (1, 2)] {
        var gone = RegisterRules.next(people[old])
        gone.replacedBy = people[new].reference
        try await store.write { [gone, before = people[old]] in
          try RegisterStore.update(gone, from: before, by: "ca", RenumberPerson.method, in: Self.unit, $0)
        }
      }
      var moved = RegisterRules.next(people[3])
      moved.left = Day("2024-11-21")
      try await store.write { [moved, before = people[3]] in
        try RegisterStore.update(moved, from: before, by: "ca", PersonLeft.method, in: Self.unit, $0)
      }
      let earlier = try await store.read { [last = people[2]] in
        try RegisterStore.predecessors(of: last.reference, in: Self.unit, $0).map(\.reference)
      }
      #expect(Set(earlier) == [people[0].reference, people[1].reference])
      for (last, count) in [("2024-11-20", 0), ("2024-11-21", 1)] {
        let day = try #require(Day(last))
        let gone = try await store.read { try RegisterStore.gone(through: day, in: Self.unit, limit: 10, $0).count }
        #expect(gone == count)
      }
      try await store.write { [last = people[2]] in
        try RegisterStore.erase(last, by: "ca", reason: "hồ sơ 1", in: Self.unit, nil, $0)
      }
      for table in ["person", "person_change"] {
        let left = try await store.read {
          try $0.rows("SELECT reference FROM \(table)").map { try $0["reference"] as Data }
        }
        #expect(left == [people[3].reference], "\(table)")
      }
    }
  }

  @Test(
    "people are kept for whole months",
    arguments: [
      (24, "2026-11-21", "2024-11-21"), (1, "2026-03-31", "2026-02-28"), (12, "2028-02-29", "2027-02-28"),
      (120, "2026-01-01", "2016-01-01"),
    ])
  func kept(_ months: Int, _ today: String, _ last: String) throws {
    #expect(RegisterRules.lastToErase(keptFor: months, today: try #require(Day(today))) == Day(last))
  }

  @Test("a reason names no number") func reasons() {
    #expect(throws: Refusal.self) { try RegisterRules.check(reason: "hồ sơ của 038095000123") }
    #expect(throws: Never.self) { try RegisterRules.check(reason: "hồ sơ 000.00.01.H56-261121-0001") }
  }
}
