import ArgumentParser
import Bus
import Schema

/// `xaso notify silence`: what is not said for a while, and why.
struct NotifySilence: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "silence", abstract: "Im lặng có lý do, có hạn. (Silences, with a reason and an end.)",
    subcommands: [List.self, Add.self, Lift.self], defaultSubcommand: List.self, aliases: ["im-lang"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Các lệnh im lặng. (The silences.)")

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let silences: [Silence] = try await session.all(in: unit) { ListSilences(after: $0) }
        options.show(SilenceTable.of(silences, options.lang), json: silences)
      }
    }
  }

  struct Add: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Không nhắc nữa cho đến hết một ngày. (Say it no more until a day is over.)", aliases: ["them"])

    @Option(help: "Đến hết ngày này. (The last day.)") var until: Day
    @Option(help: "Lý do. (Why.)") var reason: String
    @Option(help: "Văn bản gia hạn. (The document that extends the time.)") var document: DocumentNumber?
    @Option(help: "Chỉ quy tắc này. (This rule only.)") var rule: Notice.Rule?
    @Option(help: "Chỉ nhiệm vụ này, theo số hoặc mã. (This task only.)") var task: TaskReference?
    @Option(help: "Chỉ cơ quan này. (This office only.)") var office: Office.Code?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let subject = try await task?.resolve(session, in: unit, of: plan)
          let request = SilenceNotices(
            rule: rule, subject: subject.map { "task/\($0)" }, office: office, until: until, reason: reason,
            document: document)
          return try await session.ask(request, in: unit, key: key).value
        }, show: { SilenceTable.of([$0], change.options.lang) })
    }
  }

  struct Lift: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bỏ im lặng trước hạn. (Take a silence back.)", aliases: ["bo"])

    @Argument(help: "Mã lệnh im lặng. (The silence's id.)") var silence: Silence.ID
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          try await session.ask(LiftSilence(silence: silence), in: try unit.resolve(session), key: key).value
        }, show: { SilenceTable.of([$0], change.options.lang) })
    }
  }
}

enum SilenceTable {
  static func of(_ silences: [Silence], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Id")), .init(title: Text(vi: "Đến hết ngày", en: "Until")),
      .init(title: Text(vi: "Quy tắc", en: "Rule")), .init(title: Text(vi: "Việc", en: "About")),
      .init(title: Text(vi: "Cơ quan", en: "Office")), .init(title: Text(vi: "Văn bản", en: "Document")),
      .init(title: Text(vi: "Lý do", en: "Reason"), isLong: true),
    ])
    for silence in silences {
      let lifted = silence.lifted == nil ? "" : lang == .vietnamese ? " (đã bỏ)" : " (lifted)"
      table.add(
        "\(silence.id)", "\(silence.until.written)\(lifted)", "\(silence.rule?.known?.rawValue ?? "")",
        "\(silence.subject ?? "")", "\(silence.office?.description ?? "")",
        "\(silence.document?.description ?? "")", "\(silence.reason)")
    }
    return table
  }
}
