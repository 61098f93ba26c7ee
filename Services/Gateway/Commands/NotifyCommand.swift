import ArgumentParser
import Bus
import Schema

/// `xaso notify`: what concerns one's office, and what it does about it.
struct NotifyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notify", abstract: "Thông báo. (Notices.)",
    subcommands: [
      Inbox.self, Acknowledge.self, Snooze.self, Trace.self, Outlook.self, NotifySilence.self, NotifyLetters.self,
      NotifyAddress.self,
    ], defaultSubcommand: Inbox.self, aliases: ["thong-bao"])

  struct Inbox: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hộp thông báo của cơ quan mình, mới nhất trước. (The office's inbox, newest first.)")

    @Option(help: "Cơ quan khác trong đơn vị; pho-chu-tich, chu-tich. (Another office, or the leaders.)")
    var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let notices: [NoticeSummary] = try await session.all(in: unit) { ReadInbox(office: office, after: $0) }
        options.show(NoticeTable.of(notices, options.lang), json: notices)
      }
    }
  }

  struct Acknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ack", abstract: "Ghi nhận: việc này không nhắc lại nữa. (Take note; it is not repeated.)",
      aliases: ["ghi-nhan"])

    @Argument(help: "Mã thông báo, như trong hộp thông báo. (The notice, as in the inbox.)") var notice: NoticeReference
    @Option(help: "Đã làm gì, đang chờ gì. (A note.)") var note: String?
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = AcknowledgeNotice(notice: try await notice.resolve(session, in: unit), note: note)
          return try await session.ask(request, in: unit, key: key).value
        }, show: { NoticeTable.of([$0], change.options.lang) })
    }
  }

  struct Snooze: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Hoãn nhắc lại đến một ngày. (Put off until a day.)", aliases: ["hoan"])

    @Argument(help: "Mã thông báo. (The notice.)") var notice: NoticeReference
    @Option(help: "Nhắc lại từ ngày này. (From this day on it is said again.)") var until: Day
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = SnoozeNotice(notice: try await notice.resolve(session, in: unit), until: until)
          return try await session.ask(request, in: unit, key: key).value
        }, show: { NoticeTable.of([$0], change.options.lang) })
    }
  }

  struct Trace: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một thông báo: do đâu, gửi ai, đã nhận chưa. (What became of a notice.)", aliases: ["vet"])

    @Argument(help: "Mã thông báo. (The notice.)") var notice: NoticeReference
    @Option(help: "Của cơ quan này. (Of this office's inbox.)") var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let notice = try await notice.resolve(session, in: unit, of: office)
        let trace = try await session.ask(TraceNotice(notice: notice), in: unit).value
        options.show(TraceTable.of(trace, options.lang), json: trace)
      }
    }
  }

  struct Outlook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đến ngày ấy sẽ nhắc ai việc gì, nếu không có gì đổi. (Who would be told what on a day.)",
      aliases: ["du-kien"])

    @Argument(help: "Ngày. (The day.)") var day: Day
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let foreseen: [Foreseen] = try await session.all(in: unit) { ForeseeNotices(day: day, after: $0) }
        var table = Table([
          .init(title: Text(vi: "Từ ngày", en: "Since")),
          .init(title: Text(vi: "Cơ quan", en: "Office")),
          .init(title: Text(vi: "Quy tắc", en: "Rule")),
          .init(title: Text(vi: "Nội dung", en: "Text"), isLong: true),
        ])
        for item in foreseen {
          table.add(
            "\(item.since.written)", "\(item.office)", "\(item.rule.known?.rawValue ?? "")",
            "\(item.text(options.lang))")
        }
        options.show(table, json: foreseen)
      }
    }
  }
}

/// A notice as people name it: by the end of its id, as the inbox shows it, or by its id.
struct NoticeReference: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = String(argument.trimmingPrefix("…")) }

  /// - Parameter office: Whose inbox it is in; one's own when nil.
  func resolve(
    _ session: Session, in unit: Unit, of office: Office.Code? = nil
  ) async throws(Refusal) -> Notice.ID {
    if let id = Notice.ID(text) { return id }
    let notices: [NoticeSummary] = try await session.all(in: unit) { ReadInbox(office: office, after: $0) }
    let found = notices.filter { $0.id.description.hasSuffix(text) }
    guard let first = found.first else {
      throw Refusal(
        .notFound, vi: "Không có thông báo «\(text)» trong hộp này.", en: "There is no notice “\(text)” in this inbox.")
    }
    guard found.count == 1 else {
      throw Refusal(
        .invalid, vi: "Có \(found.count) thông báo «\(text)»; hãy ghi thêm mã.",
        en: "There are \(found.count) notices “\(text)”; write more of the id.")
    }
    return first.id
  }
}

/// Notices, a line each.
enum NoticeTable {
  static func of(_ notices: [NoticeSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "Cơ quan", en: "Office")),
      .init(title: Text(vi: "Mã", en: "Id")),
      .init(title: Text(vi: "Thông báo", en: "Notice"), isLong: true),
    ])
    for notice in notices {
      let mark = notice.acknowledged == nil ? "" : lang == .vietnamese ? " (đã ghi nhận)" : " (noted)"
      table.add(
        "\(notice.time.day.written)", "\(notice.office)", "…\(notice.id.description.suffix(8))",
        "\(notice.text(lang))\(mark)")
    }
    return table
  }
}

/// A notice's course, a step a line.
enum TraceTable {
  static func of(_ trace: NoticeTrace, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Việc", en: "What")), .init(title: Text(vi: "Nội dung", en: "Content"), isLong: true),
    ])
    func add(_ what: Text, _ content: String?) {
      if let content { table.add("\(what(lang))", "\(content)") }
    }
    add(Text(vi: "thông báo", en: "notice"), trace.notice.text(lang))
    add(Text(vi: "quy tắc", en: "rule"), trace.notice.rule?.known?.rawValue)
    add(Text(vi: "về", en: "about"), trace.subject)
    add(Text(vi: "sự kiện", en: "event"), trace.cause?.description)
    add(Text(vi: "vân tay", en: "fingerprint"), trace.fingerprint?.description)
    add(Text(vi: "số lần", en: "times"), "\(trace.times)")
    add(
      Text(vi: "ghi nhận", en: "noted"),
      trace.acknowledgedBy.map { [$0.description, trace.note].compactMap(\.self).joined(separator: ": ") })
    add(Text(vi: "hoãn đến", en: "put off to"), trace.snoozedUntil?.written)
    add(Text(vi: "xong ngày", en: "settled on"), trace.settled?.written)
    for letter in trace.letters {
      add(Text(vi: "thư", en: "letter"), "\(letter.id) \(letter.address): \(letter.state.known?.text(lang) ?? "")")
    }
    for attempt in trace.attempts {
      add(Text(vi: "lần gửi \(attempt.number)", en: "attempt \(attempt.number)"), "\(attempt.time) \(attempt.outcome)")
    }
    return table
  }
}

extension LetterSummary.State {
  var text: Text {
    switch self {
    case .pending: Text(vi: "đang chờ gửi", en: "pending")
    case .delivered: Text(vi: "đã gửi", en: "delivered")
    case .dead: Text(vi: "không gửi được", en: "given up")
    case .withdrawn: Text(vi: "không cần gửi nữa", en: "withdrawn")
    }
  }
}
