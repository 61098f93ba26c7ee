import FoundationEssentials
import Schema
import Seeds
import Testing

@Suite("A personal number") struct PersonalNumberTests {
  private func fault(of text: String) -> PersonalNumber.Fault? {
    do throws(PersonalNumber.Fault) {
      _ = try PersonalNumber(text, in: 2026)
      return nil
    } catch {
      return error
    }
  }

  @Test("says where a birth was registered, when, and of whom")
  func parts() throws {
    for (text, place, year, sex) in [
      ("038095000123", 38, 1995, Person.Sex.male), ("001199999999", 1, 1999, .female),
      ("096301000000", 96, 2001, .female), ("038 226 123 456", 38, 2026, .male), ("120085000001", 120, 1985, .male),
    ] {
      let number = try PersonalNumber(text, in: 2026)
      #expect(number.place == place)
      #expect(number.birthYear == year)
      #expect(number.sex == sex)
      #expect(number.written == text.filter { $0 != " " })
      #expect(!number.masked.contains(number.written.prefix(9)))
    }
    #expect(BirthPlaces.provinces.count == 63)
  }

  @Test(
    "is twelve digits that can be one",
    arguments: [
      ("38095000123", .zerosEaten(1)), ("1095000123", .zerosEaten(2)), ("172123456", .oldNumber), ("", .wrongLength),
      ("0380950001234", .wrongLength), ("03809500012a", .notDigits), ("03809500012٣", .notDigits),
      ("003095000123", .unknownPlace), ("000095000123", .unknownPlace), ("097095000123", .unknownPlace),
      ("038227000123", .future), ("038995000123", .future), (String(repeating: "0", count: 1000), .notDigits),
    ] as [(String, PersonalNumber.Fault)])
  func faults(_ text: String, _ expected: PersonalNumber.Fault) { #expect(fault(of: text) == expected) }

  @Test("zeros that a spreadsheet ate are put back when asked, and only then") func padded() throws {
    #expect(try PersonalNumber(padding: "1095000123", in: 2026).written == "001095000123")
    #expect(throws: PersonalNumber.Fault.unknownPlace) { try PersonalNumber(padding: "3095000123", in: 2026) }
  }

  @Test("any well-formed number is read as it was made") func property() throws {
    var seed = Seed()
    for _ in 0..<2000 {
      let number = try #require(Invented.number(&seed))
      let read = try PersonalNumber(number.text, in: 2026)
      #expect(read.birthYear == number.year)
      #expect(read.sex == number.sex)
      #expect(read.written == number.text)
    }
  }
}

/// People that there are not.
enum Invented {
  static func number(_ seed: inout Seed) -> (text: String, year: Int, sex: Person.Sex)? {
    guard let place = BirthPlaces.provinces.keys.sorted().randomElement(using: &seed) else { return nil }
    let year = Int.random(in: 1930...2026, using: &seed)
    let sex: Person.Sex = Bool.random(using: &seed) ? .male : .female
    let century = (year / 100 - 19) * 2 + (sex == .male ? 0 : 1)
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: width - String(number).count) + String(number)
    }
    let serial = Int.random(in: 0..<1_000_000, using: &seed)
    return ("\(padded(place, 3))\(century)\(padded(year % 100, 2))\(padded(serial, 6))", year, sex)
  }
}

@Suite("Personal data in free text") struct PersonalDataTests {
  @Test("numbers, telephones and pictures are found and masked, and nothing beside them")
  func masked() {
    for (text, masked) in [
      ("Gửi ông A, số 038095000123, thôn 1", "Gửi ông A, số ••••••••••••, thôn 1"),
      ("CCCD: 038 095 000 123.", "CCCD: ••••••••••••."), ("gọi 0912345678 nhé", "gọi •••••••••• nhé"),
      ("+84912345678", "••••••••••••"), ("0912.345.678", "••••••••••••"),
      ("CCCD038095000123", "CCCD••••••••••••"), ("của038095000123và", "của••••••••••••và"),
      ("số-038095000123-a", "số-••••••••••••-a"), ("x_038095000123", "x_••••••••••••"),
      ("Nhà 038-095-000-123", "Nhà ••••••••••••"), ("038/095/000/123", "••••••••••••"),
      ("(038,095,000,123)", "(••••••••••••)"), ("０３８０９５０００１２３", "••••••••••••"),
      ("038\u{200B}095\u{200B}000\u{200B}123", "••••••••••••"), ("038\u{A0}095\u{A0}000\u{A0}123 ạ", "•••••••••••• ạ"),
      ("Số CMND: 172123456, cấp năm 2009", "Số CMND: •••••••••, cấp năm 2009"),
      ("giấy chứng minh nhân dân 172123456", "giấy chứng minh nhân dân •••••••••"),
      ("CCCD số 206190000123", "CCCD số ••••••••••••"), ("thẻ căn cước 206190000123.", "thẻ căn cước ••••••••••••."),
      ("(data:image/webp;base64,UklGRhoAAABXRUJQ)", "(••••••••••••)"),
      ("SĐT0912345678", "SĐT••••••••••"), ("ảnh /9j/4AAQSkZJRgABAQEAYABgAAD end", "ảnh •••••••••••• end"),
    ] {
      #expect(PersonalData.masked(text) == masked)
    }
    for text in [
      "119/KH-UBND", "1.009.000.000 đồng", "01989f3c-7a00-7000-8000-038095000123", "2026-11-21",
      "7be038095000123fa0", "8227390e752444716e12505d20c70bbd", "038095000123abd", "0380950001234", "999095000123",
      "tài khoản 3713.0.1012345", "", "172123456", "206190000123", "kinh phí cấp căn cước 115.000.000 đồng",
      "03809500-0123-7000-8000-abcdefabcdef", "019b0380-0380-7123-8123-0380950001ab", "038-09-5000-123",
      "03/8/0950-00123", "038-095-000-1234", "chứng minh: 1.115.000.000", "R0lGOD", "số CMND mới",
    ] {
      #expect(PersonalData.masked(text) == text)
    }
  }

  @Test("a refusal that quotes what was sent has no number in it, wherever the number was put")
  func quoted() throws {
    let number = "038095000123"
    let bodies = [
      #"{"person":"\#(number)","reason":"x","\#(number)":1}"#, #"{"person":"\#(number)","reason":"x"}"#,
      #"{"\#(number)":1,"\#(number)":2}"#, #"{"person":\#(number)}"#, #"{"\#(number)":1}"#,
    ]
    for body in bodies {
      let refusal = try #require(throws: Refusal.self) {
        try Codec.decodeStrictly(ErasePerson.self, from: Data(body.utf8))
      }
      #expect(!String(decoding: Codec.encode(RefusalBody(refusal)), as: UTF8.self).contains(number), "\(body)")
    }
    let quoted = RefusalBody(.notFound("tài khoản", "account", number, at: number))
    #expect(!String(decoding: Codec.encode(quoted), as: UTF8.self).contains(number))
  }

  @Test("any number is found in any words") func property() throws {
    var seed = Seed()
    let words = ["số", "người dân", "(", ")", ",", "\n", "thôn 3", "đã kích hoạt", "7%"]
    for _ in 0..<500 {
      let number = try #require(Invented.number(&seed)).text
      let text = [words.randomElement(using: &seed) ?? "", number, words.randomElement(using: &seed) ?? ""]
        .joined(separator: " ")
      #expect(PersonalData.traces(in: text).count { $0.kind == .number } == 1, "\(text)")
      #expect(!PersonalData.masked(text).contains(number))
    }
  }
}
