import ArgumentParser
import Bus
import Schema

/// `xaso notify letters`: what went out, and what did not.
struct NotifyLetters: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letters", abstract: "Thư đã gửi, chưa gửi được. (Letters, and what became of them.)",
    subcommands: [List.self, Retry.self], defaultSubcommand: List.self, aliases: ["thu"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Liệt kê thư, mới nhất trước. (The latest first.)")

    @Option(help: "Trạng thái: pending, delivered, dead, withdrawn. (The state.)") var state: LetterSummary.State?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let letters: [LetterSummary] = try await session.all(in: unit) { ListLetters(state: state, after: $0) }
        options.show(LetterTable.of(letters, options.lang), json: letters)
      }
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gửi lại thư không gửi được. (Try again what was given up.)", aliases: ["gui-lai"])

    @Argument(help: "Mã thư. (The letter's id.)") var letter: LetterSummary.ID
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          try await session.ask(RetryLetter(letter: letter), in: try unit.resolve(session), key: key).value
        }, show: { LetterTable.of([$0], change.options.lang) })
    }
  }
}

enum LetterTable {
  static func of(_ letters: [LetterSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")), .init(title: Text(vi: "Mã thư", en: "Letter")),
      .init(title: Text(vi: "Cơ quan", en: "Office")), .init(title: Text(vi: "Nơi gửi đến", en: "To"), isLong: true),
      .init(title: Text(vi: "Số việc", en: "Notices"), isNumber: true),
      .init(title: Text(vi: "Số lần", en: "Attempts"), isNumber: true),
      .init(title: Text(vi: "Tình trạng", en: "State")), .init(title: Text(vi: "Lần cuối", en: "Last"), isLong: true),
    ])
    for letter in letters {
      table.add(
        "\(letter.time.day.written)", "\(letter.id)", "\(letter.office)", "\(letter.address)",
        .init(letter.notices), .init(letter.attempts), "\(letter.state.known?.text(lang) ?? "")",
        "\(letter.outcome ?? "")")
    }
    return table
  }
}

/// `xaso notify address`: where offices get their mail.
struct NotifyAddress: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "address", abstract: "Địa chỉ thư của cơ quan. (Where offices get their mail.)",
    subcommands: [List.self, Keep.self, Remove.self], defaultSubcommand: List.self, aliases: ["dia-chi"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Liệt kê địa chỉ. (The addresses.)")

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let addresses = try await addresses(session, in: try unit.resolve(session))
        options.show(AddressTable.of(addresses, options.lang), json: addresses)
      }
    }
  }

  struct Keep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi địa chỉ của một cơ quan, pho-chu-tich hoặc chu-tich. (Keep an office's address.)",
      aliases: ["ghi"])

    @Argument(help: "Mã cơ quan. (The office.)") var office: Office.Code
    @Argument(help: "Địa chỉ thư điện tử. (The mail address.)") var mail: MailAddress
    @Option(help: "Ngôn ngữ của thư: vi hoặc en. (The letters' language.)") var language: Language = .vietnamese
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = KeepAddress(office: office, mail: mail, language: language)
          _ = try await session.ask(request, in: unit, key: key)
          return try await addresses(session, in: unit)
        }, show: { AddressTable.of($0, change.options.lang) })
    }
  }

  struct Remove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bỏ địa chỉ của một cơ quan. (Send an office no mail any more.)", aliases: ["bo"])

    @Argument(help: "Mã cơ quan. (The office.)") var office: Office.Code
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          _ = try await session.ask(KeepAddress(office: office, mail: nil), in: unit, key: key)
          return try await addresses(session, in: unit)
        }, show: { AddressTable.of($0, change.options.lang) })
    }
  }

  private static func addresses(_ session: Session, in unit: Unit) async throws(Refusal) -> [OfficeAddress] {
    try await session.all(in: unit) { ListAddresses(after: $0) }
  }
}

enum AddressTable {
  static func of(_ addresses: [OfficeAddress], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Cơ quan", en: "Office")), .init(title: Text(vi: "Địa chỉ", en: "Address")),
      .init(title: Text(vi: "Ngôn ngữ", en: "Language")),
      .init(title: Text(vi: "Gửi thư", en: "Mail"), isLong: true),
    ])
    for address in addresses {
      let mail =
        address.isServed == false
        ? Text(
          vi: "chưa: người vận hành chưa đặt máy chủ thư", en: "not yet: the operator has set up no mail server")
        : Text(vi: "có", en: "goes out")
      table.add(
        "\(address.office)", "\(address.mail)", "\(address.language.known?.rawValue ?? "")", "\(mail(lang))")
    }
    return table
  }
}
