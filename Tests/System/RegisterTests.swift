import Bus
import Foundation
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// People of the register, and what becomes of their numbers.
  @Suite("The person register") struct RegisterTests {
    private static let police: Caller.Account = "ca.police"
    private static let leader: Caller.Account = "ca.leader"
    private let unit = House.communes[0]

    /// Numbers of nobody: one for each index.
    private static func number(_ index: Int) -> String {
      let serial = String(100_000 + index)
      return "0380\(40 + index % 60)\(serial)"
    }

    private func open(_ house: House) async throws {
      let office = Office(code: "ca", name: "Công an xã")
      try await house.installation.enroll([
        .init(account: Self.police, unit: unit, office: office, roles: [.police]),
        .init(
          account: Self.leader, unit: unit, office: Office(code: "ld", name: "Lãnh đạo"), roles: [.approver]),
      ])
      for number in 1...3 {
        let village = OfficeSummary(
          code: Slug(stringLiteral: "thon-\(number)"), name: "Thôn \(number)", kind: Open(.village))
        _ = try await house.client("operator").send(KeepOffice(office: village), to: unit)
      }
      let opening = OpenRegister(basis: "12/QĐ-UBND", issued: Timestamp.now.day, purpose: "Đề án 06", months: 24)
      let early = await #expect(throws: Refusal.self) {
        try await house.client(Self.police).send(
          ImportPeople(first: 1, lines: Self.number(0) + String(repeating: "\t", count: 8), pads: false), to: unit)
      }
      #expect(early?.status == .conflict, "there is none until it is opened")
      _ = try await house.client(Self.leader).send(opening, to: unit)
    }

    private func xaso(_ arguments: String..., as account: Caller.Account, in house: House) async throws -> [String] {
      let profile = house.installation.profilePath(account)
      let command = ["/bin/sh", "-c", #""$0" "$@" 2>&1"#, try House.executable("xaso")]
      return try await Child.run(command + arguments + ["--profile", profile]).output
    }

    @Test("10,000 planted numbers: in no store, log, backup, event, error, export or notice is one in clear")
    func planted() async throws {
      try await House.open { house in
        try await open(house)
        let numbers = (0..<10_000).map(Self.number)
        var file = "Số định danh;Họ và tên;Năm sinh;Thôn;Định danh mức 2;Ghi chú\n"
        for (index, number) in numbers.enumerated() {
          // Some are typed wrongly: what is refused is not repeated either.
          let written = index % 500 == 499 ? number + "x" : number
          file += "\(written);Người \(index);;Thôn \(1 + index % 3);\(index % 2 == 0 ? "Đã kích hoạt" : "");\n"
        }
        let list = URL(filePath: "/tmp/planted-\(UUIDv7()).csv")
        try file.write(to: list, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: list) }

        var said = try await xaso("person", "import", list.path, as: Self.police, in: house)
        #expect(said.last?.contains("mới 9980") == true, "\(said.last ?? "")")
        said += try await xaso("person", "import", list.path, as: Self.police, in: house)
        #expect(said.last?.contains("như cũ 9980") == true, "\(said.last ?? "")")
        let police = try house.client(Self.police)
        let person = try await police.send(FindPerson(number: numbers[0]), to: unit).value
        let read = ReadNumber(person: person.person, reason: "Hồ sơ 12")
        #expect(try await police.send(read, to: unit).value.number == numbers[0])

        // What somebody writes where it does not belong.
        let office = OfficeSummary(code: "nha", name: "Nhà của \(numbers[1])", kind: Open(.office))
        for refused in [
          await status { try await house.client("operator").send(KeepOffice(office: office), to: unit) },
          await status { try await police.send(ReadNumber(person: person.person, reason: numbers[2]), to: unit) },
          await status { try await police.send(FindPerson(number: numbers[3] + "y"), to: unit) },
          // Refused in words that quote what was sent; what a command is refused with is remembered.
          await status {
            let body = #"{"person":"\#(numbers[5])","reason":"x"}"#
            _ = try await police.exchange(.init(ErasePerson.method, unit), Data(body.utf8))
          },
          await status {
            let body = #"{"person":"\#(person.person)","reason":"x","\#(numbers[6])":"\#(numbers[6])"}"#
            _ = try await police.exchange(.init(ErasePerson.method, unit), Data(body.utf8))
          },
          await status {
            try await house.client("operator").send(
              Revoke(account: Slug(stringLiteral: numbers[8]), reason: "x"), to: unit)
          },
          await status {
            try await police.send(
              RenumberPerson(person: person.person, number: numbers[4], document: "1/CV-CAX"), to: unit)
          },
        ] {
          #expect([.invalid, .conflict, .malformed].contains(refused))
        }
        let month = try #require(Period(String("\(Timestamp.now.day)".prefix(7)).replacing("-", with: "-M")))
        let counted = try await police.send(CountRegister(month: month), to: unit).value
        #expect(counted.total.counts?.adults == 9980)
        try await house.caughtUp()
        said += try await xaso("person", "work", "live", "--csv", as: Self.police, in: house)
        said += try await xaso("person", "statistics", "--json", as: Self.police, in: house)
        said += try await xaso("audit", "list", "--json", "--limit", "1000", as: "operator", in: house)
        _ = try await house.client("operator").send(BackUp<Identity>(), to: nil, ttl: .seconds(60))
        _ = try await house.client("operator").send(RekeyRegister(begins: true), to: nil, ttl: .seconds(60))

        let planted = Set(numbers.map { Array($0.utf8) })
        #expect(found(planted, in: Array(said.joined(separator: "\n").utf8)) == 0, "in what was said")
        var files = 0
        let folder = try #require(FileManager.default.enumerator(atPath: house.installation.directory.path))
        for case let name as String in folder {
          guard let bytes = try? Data(contentsOf: house.installation.directory.appending(path: name)) else { continue }
          files += 1
          #expect(found(planted, in: Array(bytes)) == 0, "\(name)")
        }
        #expect(files > 20)
        #expect(found(planted, in: Array("x\(numbers[7])y".utf8)) == 1, "the search finds what is there")
        // What was sealed anew is opened still.
        #expect(try await police.send(read, to: unit).value.number == numbers[0])
      }
    }

    @Test("a reading is in the audit with its reason; a row that is changed, taken out or put in is named")
    func audited() async throws {
      try await House.open { house in
        try await open(house)
        let police = try house.client(Self.police)
        let line = Self.number(0) + String(repeating: "\t", count: 8)
        _ = try await police.send(ImportPeople(first: 1, lines: line, pads: false), to: unit)
        let person = try await police.send(FindPerson(number: Self.number(0)), to: unit).value
        _ = try await police.send(ReadNumber(person: person.person, reason: "Hồ sơ 77"), to: unit)
        // A chain that ends early fits too: one more row comes after it.
        let last = OfficeSummary(code: "thon-4", name: "Thôn 4", kind: Open(.village))
        _ = try await house.client("operator").send(KeepOffice(office: last), to: unit)
        let rows = try await house.client("operator").send(
          ListAudit<Identity>(called: "identity.person.number"), to: unit
        ).value.items
        #expect(rows.map(\.note) == ["\(person.person.beginning): Hồ sơ 77"])
        let row = try #require(rows.first)
        #expect(row.account == Self.police)
        let good = try await xaso("audit", "verify", as: "operator", in: house)
        #expect(good.count { $0.contains("nguyên vẹn") } == 6)

        for change in [
          "UPDATE audit SET note = 'Hồ sơ 78' WHERE seq = \(row.sequence)",
          "DELETE FROM audit WHERE seq = \(row.sequence)",
          """
          INSERT INTO audit (seq, time, method, status, hash)
          SELECT \(row.sequence), time, method, status, hash FROM audit WHERE seq = 1
          """,
        ] {
          #expect(try await house.terminate(House.identity).status == 0)
          try UpgradeTests.change(house.store(House.identity), change)
          try house.start(House.identity)
          try await house.health(of: House.identity)
          let verdict = try await house.client("operator").send(VerifyAudit<Identity>(), to: nil).value
          #expect(verdict.firstBad == row.sequence)
          let said = try await xaso("audit", "verify", "--service", "identity", as: "operator", in: house)
          #expect(said.contains { $0.contains("dòng \(row.sequence) bị sửa, xóa hoặc chèn") })
        }
      }
    }

    @Test("who is erased is in no file any more, nor in what their commands were answered")
    func erased() async throws {
      try await House.open { house in
        try await open(house)
        let police = try house.client(Self.police)
        let lines = [0, 1].map { Self.number($0) + String(repeating: "\t", count: 8) }.joined(separator: "\n")
        _ = try await police.send(ImportPeople(first: 1, lines: lines, pads: false), to: unit)
        let person = try await police.send(FindPerson(number: Self.number(0)), to: unit).value
        let (update, key) = (UpdatePerson(person: person.person, village: "thon-1"), UUIDv7())
        let changed = try await police.send(update, to: unit, key: key, expecting: 1).value
        #expect(changed.version == 2)
        #expect(try await police.send(update, to: unit, key: key, expecting: 1).value == changed, "asked again")
        func bytes() async throws -> Data {
          #expect(try await house.terminate(House.identity).status == 0)
          let bytes = try Data(contentsOf: URL(filePath: house.store(House.identity)))
          try house.start(House.identity)
          try await house.health(of: House.identity)
          return bytes
        }
        let traces = [Data("\(person.person)".utf8), Data(person.number.utf8)]
        let before = try await bytes()
        #expect(traces.allSatisfy { before.firstRange(of: $0) != nil }, "the search finds what is there")
        let erase = ErasePerson(person: person.person, reason: "Yêu cầu 1")
        _ = try await police.send(erase, to: unit, expecting: 2, ttl: .seconds(20))
        let after = try await bytes()
        #expect(traces.allSatisfy { after.firstRange(of: $0) == nil })
        let again = await status { try await police.send(update, to: unit, key: key, expecting: 1) }
        #expect(again == .notFound)
      }
    }

    private func status<Reply>(_ body: () async throws -> Reply) async -> Status? {
      do {
        _ = try await body()
        return nil
      } catch {
        return (error as? Refusal)?.status
      }
    }

    /// How many of them stand there, whatever is beside them.
    private func found(_ planted: Set<[UInt8]>, in bytes: [UInt8]) -> Int {
      var (count, run) = (0, 0)
      for (index, byte) in bytes.enumerated() {
        run = (0x30...0x39).contains(byte) ? run + 1 : 0
        if run >= 12, planted.contains(Array(bytes[(index - 11)...index])) { count += 1 }
      }
      return count
    }
  }
}
