import ArgumentParser
import Bus
import Schema

/// `xaso person`: the person register of Đề án 06. A personal number is typed at a prompt or comes from a pipe: a command
/// line can be seen by others.
struct PersonCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "person", abstract: "Sổ theo dõi định danh của từng người. (The person register.)",
    subcommands: [
      Show.self, Open.self, Close.self, Import.self, Statistics.self, Count.self, Work.self, Find.self, Update.self,
      Left.self, Renumber.self, Duplicates.self, Decide.self, Number.self, Export.self, Erase.self, Purge.self,
      Rekey.self,
    ], defaultSubcommand: Show.self, aliases: ["cong-dan"])

  struct Find: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tìm một người theo số định danh (nhập khi được hỏi). (Find a person; the number is asked for.)",
      aliases: ["tim"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let request = FindPerson(number: try PersonCommand.askNumber(options.lang))
        let person = try await session.ask(request, in: try unit.resolve(session)).value
        options.show(PersonTable.of([person], options.lang), json: person)
      }
    }
  }

  struct Work: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Những người cần sửa để dữ liệu đúng, đủ, sạch, sống. (Whose records are to be mended.)",
      aliases: ["viec"])

    @Argument(help: "correct (đúng), complete (đủ), clean (sạch), live (sống).") var aspect: RegisterQuality.Aspect
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let people: [PersonSummary] = try await session.all(in: try unit.resolve(session)) {
          ListWork(aspect: Schema.Open(aspect), after: $0)
        }
        options.show(PersonTable.of(people, options.lang), json: people)
      }
    }
  }

  struct Update: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Cập nhật một người. (Update a person.)", aliases: ["cap-nhat"])

    @Argument(help: "Mã trong sổ. (The reference.)") var person: Person.Reference
    @Option(help: "Mã thôn. (The village.)") var village: Office.Code?
    @Option(help: "Trạng thái định danh mức 2: \(Person.Enrolment.allCases.map(\.rawValue).joined(separator: ", ")).")
    var eid: Person.Enrolment?
    @Option(help: "Từ ngày. (Since.)") var since: Day?
    @Option(help: "Chữ ký số: none, personal, official. (The digital signature.)") var signature: Person.Signature?
    @Option(help: "Ngày đối chiếu với CSDL quốc gia. (Compared with the national database on.)") var checked: Day?
    @Flag(help: "Đã trở về, hoặc không rời đi. (Came back, or had not left.)") var returned = false
    @OptionGroup var version: VersionOption
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = UpdatePerson(
            person: person, village: village, eid: eid.map { Schema.Open($0) }, eidSince: since,
            signature: signature.map { Schema.Open($0) }, checked: checked, returned: returned ? true : nil)
          return try await session.ask(
            request, in: try unit.resolve(session), key: key, expecting: version.expecting
          ).value
        }, show: { PersonTable.of([$0], change.options.lang) })
    }
  }

  struct Left: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một người đã chuyển đi hoặc đã mất. (A person moved away or died.)", aliases: ["roi"])

    @Argument(help: "Mã trong sổ. (The reference.)") var person: Person.Reference
    @Option(help: "moved (chuyển đi), died (đã mất).") var why: Person.Departure
    @Option(help: "Ngày. (The day.)") var on: Day
    @OptionGroup var version: VersionOption
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = PersonLeft(person: person, day: on, why: Schema.Open(why))
          return try await session.ask(
            request, in: try unit.resolve(session), key: key, expecting: version.expecting
          ).value
        }, show: { PersonTable.of([$0], change.options.lang) })
    }
  }

  struct Renumber: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Số định danh được xác lập lại; số mới nhập khi được hỏi. (The number was re-established.)",
      aliases: ["doi-so"])

    @Argument(help: "Mã trong sổ. (The reference.)") var person: Person.Reference
    @Option(help: "Số văn bản xác lập lại. (The document.)") var document: DocumentNumber
    @OptionGroup var version: VersionOption
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let number = try PersonCommand.askNumber(change.options.lang)
      try await change.make(
        { session, key in
          let request = RenumberPerson(person: person, number: number, document: document)
          return try await session.ask(
            request, in: try unit.resolve(session), key: key, expecting: version.expecting
          ).value
        }, show: { PersonTable.of([$0], change.options.lang) })
    }
  }

  static func askNumber(_ lang: Language) throws -> String {
    let prompt = Text(vi: "Số định danh: ", en: "Personal number: ")(lang)
    guard let number = SecretPrompt.read(prompt), !number.isEmpty else {
      throw Complaint(vi: "Chưa nhập số định danh.", en: "No personal number was given.", code: ExitCode(64))
    }
    return number
  }
}

/// People, a line each.
enum PersonTable {
  static func of(_ people: [PersonSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Reference")),
      .init(title: Text(vi: "Số", en: "Number")),
      .init(title: Text(vi: "Năm sinh", en: "Born"), isNumber: true),
      .init(title: Text(vi: "Giới", en: "Sex")),
      .init(title: Text(vi: "Thôn", en: "Village"), isLong: true),
      .init(title: Text(vi: "Mức 2", en: "Level 2")),
      .init(title: Text(vi: "Từ ngày", en: "Since")),
      .init(title: Text(vi: "Chữ ký số", en: "Signature")),
      .init(title: Text(vi: "Đối chiếu", en: "Checked")),
      .init(title: Text(vi: "Bản", en: "Version"), isNumber: true),
    ])
    for person in people {
      table.add(
        "\(person.person)", "\(person.number)", Table.Cell(person.birthYear), "\(person.sex.text(lang))",
        "\(person.village?.name ?? "—")", "\(state(of: person, lang))", "\(person.eidSince?.written ?? "")",
        "\(person.signature.text(lang))", "\(person.checked?.written ?? "—")", Table.Cell(person.version))
    }
    return table
  }

  private static func state(of person: PersonSummary, _ lang: Language) -> String {
    if person.replacedBy != nil { return Text(vi: "đã đổi số", en: "renumbered")(lang) }
    if let left = person.left { return Text(vi: "rời đi \(left.written)", en: "left \(left)")(lang) }
    return person.eid.text(lang)
  }
}

extension Schema.Open where Word == Person.Sex {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.male): Text(vi: "nam", en: "male")(lang)
    case .known(.female): Text(vi: "nữ", en: "female")(lang)
    case .unknown(let word): word
    }
  }
}

extension Schema.Open where Word == Person.Enrolment {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.none): Text(vi: "chưa đăng ký", en: "none")(lang)
    case .known(.registered): Text(vi: "đã đăng ký", en: "registered")(lang)
    case .known(.verified): Text(vi: "đã xác minh", en: "verified")(lang)
    case .known(.issued): Text(vi: "đã cấp", en: "issued")(lang)
    case .known(.activated): Text(vi: "đã kích hoạt", en: "activated")(lang)
    case .known(.suspended): Text(vi: "tạm khóa", en: "suspended")(lang)
    case .known(.revoked): Text(vi: "đã hủy", en: "revoked")(lang)
    case .unknown(let word): word
    }
  }
}

extension Schema.Open where Word == Person.Signature {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.none): Text(vi: "chưa có", en: "none")(lang)
    case .known(.personal): Text(vi: "cá nhân", en: "personal")(lang)
    case .known(.official): Text(vi: "công vụ", en: "official")(lang)
    case .unknown(let word): word
    }
  }
}
