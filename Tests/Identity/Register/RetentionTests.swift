import Foundation
import Schema
import Storage
import Testing

@testable import xaso_identity

@Suite("Nobody is kept for too long, and nobody erased comes back", .timeLimit(.minutes(60)))
struct RetentionTests {
  private static let unit: Schema.Unit = "38/15043"
  private static let police = Caller(account: "ca", unit: unit, office: "ca", roles: [.police])
  private static let leader = Caller(account: "ct", unit: unit, office: "ld", roles: [.approver])
  private static let numbers = (0..<5).map { "03809500010\($0)" }

  /// A commune that keeps people for a month after they left, with five in its register.
  private func withRegister(_ body: (Desk) async throws -> Void) async throws {
    let desk = try await Desk(today: day("2026-06-20"))
    _ = try await desk.ask(
      OpenRegister(basis: "12/QĐ-UBND", issued: day("2026-01-02"), purpose: "Đề án 06", months: 1), as: Self.leader,
      in: Self.unit)
    let lines = Self.numbers.map { $0 + String(repeating: "\t", count: 8) }.joined(separator: "\n")
    _ = try await desk.ask(ImportPeople(first: 1, lines: lines, pads: false), as: Self.police, in: Self.unit)
    try await body(desk)
    await desk.database.close()
  }

  private func find(_ number: String, _ desk: Desk) async throws -> PersonSummary {
    try await desk.ask(FindPerson(number: number), as: Self.police, in: Self.unit)
  }

  private func erase(_ number: String, _ desk: Desk) async throws {
    let person = try await find(number, desk).person
    _ = try await desk.ask(ErasePerson(person: person, reason: "hồ sơ 1"), as: Self.police, in: Self.unit)
  }

  private func renumber(_ number: String, to other: String, _ desk: Desk) async throws {
    let person = try await find(number, desk).person
    _ = try await desk.ask(
      RenumberPerson(person: person, number: other, document: "1/CV-CAX"), as: Self.police, in: Self.unit)
  }

  /// The records that there are, and the people who are counted.
  private func people(_ store: Database) async throws -> [Int64] {
    try await store.read { transaction in
      [
        Int64(try transaction.rows("SELECT reference FROM person").count),
        try RegisterStore.statistics(in: Self.unit, year: 2026, transaction).total.people,
      ]
    }
  }

  @Test("each day those whose time is over are erased by themselves, and the audit says how many")
  func daily() async throws {
    try await withRegister { desk in
      let leaver = try await find(Self.numbers[0], desk).person
      _ = try await desk.ask(
        PersonLeft(person: leaver, day: day("2026-06-10"), why: Open(.moved)), as: Self.police, in: Self.unit)
      let log = desk.keys.erasures
      var done = try await IdentityService.retain(in: desk.database, log, but: nil)
      #expect(done == day("2026-06-20"))
      #expect(try await people(desk.database) == [5, 4])
      #expect(try await IdentityService.retain(in: desk.database, log, but: done) == nil, "once a day")
      desk.setToday(day("2026-07-10"))
      done = try await IdentityService.retain(in: desk.database, log, but: done)
      #expect(done == day("2026-07-10"))
      #expect(try await people(desk.database) == [4, 4])
      #expect(try log.entries().map(\.reference) == [leaver.data])
      let notes = try await desk.database.read { transaction in
        try transaction.rows("SELECT note FROM audit WHERE method = 'identity.register.retention'").map {
          try $0["note"] as String
        }
      }
      #expect(notes == ["1 erased: 12/QĐ-UBND, 1 months"])
    }
  }

  @Test("a store that is put back from before an erasure erases again, under every number, and nobody else")
  func restored() async throws {
    try await withRegister { desk in
      // In the backup: all five. Erased before it: nobody who is in it.
      try await erase(Self.numbers[4], desk)
      _ = try await desk.ask(
        ImportPeople(first: 1, lines: Self.numbers[4] + String(repeating: "\t", count: 8), pads: false),
        as: Self.police, in: Self.unit)
      let backup = desk.folder.appending(path: "backup.sqlite").path
      _ = try await desk.database.copy(to: backup)
      try await erase(Self.numbers[0], desk)
      try await renumber(Self.numbers[1], to: "038095000111", desk)
      try await renumber("038095000111", to: "038095000112", desk)
      try await erase("038095000112", desk)
      #expect(try await people(desk.database) == [3, 3])

      let restored = try await Database.open(backup, service: Identity.name, migrations: IdentityMigrations.all)
      #expect(try await people(restored) == [5, 5])
      #expect(try await IdentityService.repeatErasures(desk.keys.erasures, in: restored) == 2)
      #expect(try await people(restored) == [3, 3])
      for (index, isThere) in [false, false, true, true, true].enumerated() {
        let reference = desk.keys.reference(of: try PersonalNumber(Self.numbers[index], in: 2026))
        let person = try await restored.read { try RegisterStore.person(reference, in: Self.unit, $0) }
        #expect((person != nil) == isThere, "\(index)")
      }
      #expect(try await IdentityService.repeatErasures(desk.keys.erasures, in: restored) == 0, "once")
      let audited = try await restored.read { transaction in
        try transaction.rows("SELECT note FROM audit WHERE method = 'identity.erasures.repeated'").count
      }
      #expect(audited == 1)
      await restored.close()
      // The store that did not go away has nothing to repeat.
      #expect(try await IdentityService.repeatErasures(desk.keys.erasures, in: desk.database) == 0)
    }
  }

  @Test("who is erased by an earlier number is gone under the later one too") func earlier() async throws {
    try await withRegister { desk in
      let old = try await find(Self.numbers[0], desk).person
      try await renumber(Self.numbers[0], to: "038095000111", desk)
      _ = try await desk.ask(ErasePerson(person: old, reason: "hồ sơ 1"), as: Self.police, in: Self.unit)
      #expect(try await people(desk.database) == [4, 4])
      #expect(Set(try desk.keys.erasures.entries().map(\.erasure)).count == 1)
      #expect(try desk.keys.erasures.entries().count == 2)
    }
  }

  @Test("nobody left before they were born, or so long ago that they would be erased at once")
  func departures() async throws {
    try await withRegister { desk in
      let person = try await find(Self.numbers[0], desk)
      for (date, isAllowed) in [
        ("1901-11-20", false), ("2026-05-20", false), ("2026-06-21", false), ("2026-05-21", true),
      ] {
        let left = PersonLeft(person: person.person, day: day(date), why: Open(.moved))
        do {
          _ = try await desk.ask(left, as: Self.police, in: Self.unit)
          #expect(isAllowed, "\(date)")
        } catch let refusal as Refusal {
          #expect(!isAllowed && refusal.status == .invalid, "\(date)")
        }
      }
      // Who left by mistake, or comes back, is counted again; a number that gave way stays so.
      #expect(try await people(desk.database) == [5, 4])
      let back = UpdatePerson(person: person.person, returned: true)
      let returned = try await desk.ask(back, as: Self.police, in: Self.unit)
      #expect(returned.left == nil)
      #expect(try await people(desk.database) == [5, 5])
      try await renumber(Self.numbers[0], to: "038095000111", desk)
      await #expect(throws: Refusal.self) { try await desk.ask(back, as: Self.police, in: Self.unit) }
    }
  }

  @Test("all that was changed is in the export, under earlier numbers too") func exported() async throws {
    try await withRegister { desk in
      let first = try await find(Self.numbers[0], desk).person
      _ = try await desk.ask(
        UpdatePerson(person: first, village: nil, eid: Open(.issued), eidSince: nil, signature: nil, checked: nil),
        as: Self.police, in: Self.unit)
      try await renumber(Self.numbers[0], to: "038095000111", desk)
      let person = try await find("038095000111", desk).person
      let export = try await desk.ask(
        ExportPerson(person: person, reason: "hồ sơ 2"), as: Self.police, in: Self.unit)
      #expect(export.earlier == [Self.numbers[0]])
      #expect(export.changes.map(\.eid) == [Open(Person.Enrolment.none), Open(.issued)])
      // What was asked and who read it, under either number, are theirs too; nobody else's are.
      #expect(export.readings?.isEmpty == true && export.requests?.isEmpty == true)
      let other = try await find(Self.numbers[1], desk).person
      for (index, someone) in [first, person, other].enumerated() {
        _ = try await desk.ask(
          OpenSubjectRequest(kind: Open(.view), received: day("2026-01-0\(index + 3)"), person: someone),
          as: Self.police, in: Self.unit)
      }
      for (someone, reason) in [(person, "hồ sơ 3"), (other, "hồ sơ 4")] {
        _ = try await desk.ask(ReadNumber(person: someone, reason: reason), as: Self.police, in: Self.unit)
      }
      let again = try await desk.ask(ExportPerson(person: person, reason: "hồ sơ 5"), as: Self.police, in: Self.unit)
      #expect(again.readings?.map(\.reason) == ["hồ sơ 3", "hồ sơ 2"])
      #expect(again.readings?.allSatisfy { $0.account == Self.police.account } == true)
      #expect(again.requests?.map(\.person) == [person, first])
    }
  }

  @Test("a register that is opened again still says on what it was kept before, and by what it was closed")
  func reopened() async throws {
    try await withRegister { desk in
      let person = try await find(Self.numbers[0], desk).person
      let closed = try await desk.ask(CloseRegister(document: "98/QĐ-UBND"), as: Self.leader, in: Self.unit)
      #expect(closed.closedBy == "98/QĐ-UBND" && closed.purpose == "Đề án 06" && closed.before == nil)
      _ = try await desk.ask(
        OpenRegister(basis: "15/QĐ-UBND", issued: day("2026-01-02"), purpose: "Rà soát lại", months: 2),
        as: Self.leader, in: Self.unit)
      let shown = try await desk.ask(ShowRegister(), as: Self.police, in: Self.unit)
      #expect(shown.basis == "15/QĐ-UBND" && shown.closedBy == nil)
      #expect(shown.before?.map(\.basis) == ["12/QĐ-UBND"] && shown.before?.map(\.closedBy) == ["98/QĐ-UBND"])
      let export = try await desk.ask(ExportPerson(person: person, reason: "hồ sơ 2"), as: Self.police, in: Self.unit)
      #expect(export.earlierBases?.map(\.basis) == ["12/QĐ-UBND"])
    }
  }

  @Test("a name that was decided not to be the number's is said to be so, and waits for nobody") func decided()
    async throws
  {
    try await withRegister { desk in
      func take(_ name: String) async throws -> [Schema.Open<RowFinding.Kind>] {
        let line = "\(Self.numbers[0])\t\(name)\t17/05/1995" + String(repeating: "\t", count: 6)
        let request = ImportPeople(first: 1, lines: line, pads: false)
        return try await desk.ask(request, as: Self.police, in: Self.unit).findings.map(\.kind)
      }
      _ = try await take("Nguyễn Văn An")
      #expect(try await take("Trần Bình").contains(Open(.twoNames)))
      let waiting = try await desk.ask(ListDuplicates(), as: Self.police, in: Self.unit).items
      let found = try #require(waiting.first)
      _ = try await desk.ask(
        DecideDuplicate(person: found.person, other: found.other, isSame: false, reason: "Đã đối chiếu"),
        as: Self.police, in: Self.unit)
      #expect(try await take("Trần Bình").contains(Open(.decidedName)))
      #expect(try await desk.ask(ListDuplicates(), as: Self.police, in: Self.unit).items.isEmpty)
    }
  }

  @Test("an identity is not older than the person, nor than electronic identities are") func tooEarly() async throws {
    try await withRegister { desk in
      let person = try await find(Self.numbers[0], desk).person
      for since in ["1990-01-01", "2021-12-31"] {
        let update = UpdatePerson(person: person, eid: Open(.issued), eidSince: day(since))
        let refusal = await #expect(throws: Refusal.self) {
          try await desk.ask(update, as: Self.police, in: Self.unit)
        }
        #expect(refusal?.place == "eidSince")
      }
    }
  }

  @Test("each village of the month is counted, with nobody too; people of one that ended are work to do")
  func counted() async throws {
    try await withRegister { desk in
      for number in 1...3 {
        let village = OfficeSummary(
          code: Slug(stringLiteral: "thon-\(number)"), name: "Thôn \(number)", kind: Open(.village))
        _ = try await desk.ask(KeepOffice(office: village), in: Self.unit)
      }
      func move(_ number: String, to village: Office.Code) async throws {
        let person = try await find(number, desk).person
        _ = try await desk.ask(
          UpdatePerson(person: person, village: village, eid: nil, eidSince: nil, signature: nil, checked: nil),
          as: Self.police, in: Self.unit)
      }
      let month = try #require(Period("2026-M06"))
      func count() async throws -> [Int64?] {
        let table = try await desk.ask(CountRegister(month: month), as: Self.police, in: Self.unit)
        return (table.rows + [table.total]).map { $0.counts?.adults }
      }
      for number in Self.numbers { try await move(number, to: number.hasSuffix("4") ? "thon-3" : "thon-1") }
      #expect(try await count() == [4, 0, 1, 5])
      try await move(Self.numbers[4], to: "thon-1")
      #expect(try await count() == [5, 0, 0, 5])
      _ = try await desk.ask(RetireOffice(office: "thon-1", last: day("2026-06-21")), in: Self.unit)
      desk.setToday(day("2026-06-22"))
      let work = try await desk.ask(ListWork(aspect: Open(.complete)), as: Self.police, in: Self.unit)
      #expect(work.items.count == 5)
    }
  }

  @Test("a line that was not finished when the machine died hides none of those that follow") func torn() throws {
    let path = "/tmp/erased-\(UUIDv7())"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let log = ErasureLog(at: path)
    #expect(try log.entries().isEmpty)
    let entries = (0..<3).map { index in
      ErasureLog.Entry(
        erasure: UUIDv7(), units: ["38/15043", "38/15049"], reference: Data(repeating: index, count: 16))
    }
    try log.note([entries[0]])
    let file = try #require(FileHandle(forWritingAtPath: path))
    try file.seekToEnd()
    try file.write(contentsOf: Data("01989f3c-7a00-7000".utf8))
    try file.close()
    try log.note(Array(entries.dropFirst()))
    #expect(try log.entries() == entries)
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }
}
