import ArgumentParser
import Bus
import Schema
import Units

/// `xaso regime`: who owes which report, by when.
struct RegimeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "regime", abstract: "Chế độ báo cáo. (Reporting regimes.)",
    subcommands: [List.self, Keep.self, Request.self, Move.self, Exception.self, Completeness.self],
    aliases: ["che-do"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các chế độ đang áp dụng. (The regimes that a unit keeps and is under.)")

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let regimes: [RegimeSummary] = try await session.all(in: unit) { ListRegimes(after: $0) }
        options.show(RegimeTable.of(regimes, options.lang), json: regimes)
      }
    }
  }

  struct Keep: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đặt hoặc sửa một chế độ. (Set up a regime, or change it.)", aliases: ["dat"])

    @Argument(help: "Mã, ví dụ khcn-cds. (Its code.)") var code: Regime.Code
    @Option(help: "Tên. (Its name.)") var name: String
    @Option(help: "Căn cứ. (The document that asks for it.)") var basis: String?
    @Option(help: "Qua ai: nơi tổng hợp trước khi trình. (Who gathers it on its way.)") var via: String?
    @Option(help: "Kỳ: month, quarter, 6m, 9m, year; nhiều lần được. (The periods.)") var span: [Regime.Span]
    @Flag(help: "Theo kỳ của NĐ 09/2019. (By the calendar of Decree 09/2019.)") var nd09 = false
    @Option(help: "Hạn: ngày của tháng sau kỳ, ví dụ 10; năm riêng: year=15. (The due day, of the month after.)")
    var due: [WrittenDue] = []
    @Option(help: "Tháng sau tháng cuối kỳ (mặc định 1; 0 là trong tháng cuối). (Months after.)") var months = 1
    @Option(help: "Khóa sau hạn bao nhiêu ngày. (Days from due to lock.)") var lockAfter: Int?
    @Option(help: "Tên chỉ tiêu, nhiều lần được; không nêu là tất cả. (The indicators.)") var indicator: [String] = []
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let regime = Regime(
        code: code, name: name, basis: basis, via: via, isDecree09: nd09, spans: span.map { Open($0) },
        due: due.map { Regime.Due(spans: $0.spans, months: months, day: $0.day) }, lockAfter: lockAfter,
        indicators: indicator)
      try await RegimeCommand.keep(regime, change)
    }
  }

  struct Request: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Yêu cầu báo cáo đột xuất theo công văn. (A single request by a letter.)", aliases: ["dot-xuat"])

    @Argument(help: "Mã. (Its code.)") var code: Regime.Code
    @Option(help: "Tên. (Its name.)") var name: String
    @Option(help: "Số công văn. (The letter's number.)") var letter: DocumentNumber
    @Option(help: "Yêu cầu gì. (What it asks for.)") var asks: String
    @Option(help: "Kỳ. (The period.)") var period: Period
    @Option(help: "Hạn gửi. (The due day.)") var due: Day
    @Option(help: "Tên chỉ tiêu. (The indicators.)") var indicator: [String] = []
    @Option(help: "Hỏi xã hoặc cơ quan này, nhiều lần được; không nêu là tất cả. (Of whom.)") var from: [String] = []
    @Option(help: "Qua ai: nơi tổng hợp trước khi trình. (Who gathers it on its way.)") var via: String?
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let regime = Regime(
        code: code, name: name, via: via, indicators: indicator,
        letter: .init(number: letter, asks: asks, period: period, due: due))
      try await RegimeCommand.keep(regime, askedOf: from, change)
    }
  }

  struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Dời hạn của một kỳ theo công văn. (Move a period's due day by a letter.)", aliases: ["doi-han"])

    @Argument(help: "Mã chế độ. (The regime's code.)") var code: Regime.Code
    @Option(help: "Kỳ. (The period.)") var period: Period
    @Option(help: "Hạn mới. (The new due day.)") var due: Day
    @Option(help: "Số công văn. (The letter's number.)") var document: DocumentNumber
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let request = MoveDueDay(regime: code, move: DueMove(period: period, due: due, document: document))
      try await change.make(
        { session, key in try await session.ask(request, in: session.home, key: key).value },
        show: { RegimeTable.of([$0], change.options.lang) })
    }
  }

  struct Exception: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mở lại kỳ đã khóa cho một xã hoặc cơ quan. (Open a locked period once more.)", aliases: ["ngoai-le"])

    @Argument(help: "Mã chế độ. (The regime's code.)") var code: Regime.Code
    @Option(help: "Kỳ. (The period.)") var period: Period
    @Option(name: .customLong("for"), help: "Xã, hoặc mã cơ quan. (The commune, or the office's code.)") var reporter:
      String
    @Option(help: "Đến hết ngày. (Until.)") var until: Day
    @Option(help: "Lý do. (Why.)") var reason: String
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let isProvince = session.home?.commune == nil
          let request = GrantException(
            regime: code, period: period, unit: isProvince ? try UnitOption.find(reporter) : nil,
            office: isProvince ? nil : Office.Code(reporter), until: until, reason: reason)
          return try await session.ask(request, in: session.home, key: key).value
        },
        show: { _ in
          var table = Table([
            .init(title: Text(vi: "Chế độ", en: "Regime")), .init(title: Text(vi: "Kỳ", en: "Period")),
            .init(title: Text(vi: "Mở cho", en: "Opened for")), .init(title: Text(vi: "Đến hết", en: "Until")),
            .init(title: Text(vi: "Lý do", en: "Because")),
          ])
          let unit = try? UnitOption.find(reporter)
          let name = unit.flatMap { Units[$0]?.name } ?? reporter
          table.add("\(code)", "\(period)", Table.Cell(name), "\(until.written)", Table.Cell(reason))
          return table
        })
    }
  }

  struct Completeness: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ai đã gửi, ai muộn, ai còn thiếu. (Who has sent, who is late, who is missing.)",
      aliases: ["day-du"])

    @Argument(help: "Mã chế độ. (The regime's code.)") var code: Regime.Code
    @Option(help: "Kỳ. (The period.)") var period: Period
    @Flag(help: "Chế độ của tỉnh. (The province's regime.)") var province = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let request = ShowCompleteness(
          keeper: province ? unit.provinceUnit : unit, regime: code, period: period)
        let completeness = try await session.ask(request, in: unit).value
        options.show(CompletenessTable.of(completeness, options.lang), json: completeness)
      }
    }
  }

  /// - Parameter reporters: Communes of a province's, codes of a commune's offices; none for all.
  private static func keep(
    _ regime: Regime, askedOf reporters: [String] = [], _ change: ChangeOptions
  ) async throws {
    try await change.make(
      { session, key in
        var regime = regime
        if !reporters.isEmpty {
          if session.home?.commune == nil {
            regime.units = try reporters.map { try UnitOption.find($0) }
          } else {
            regime.offices = try reporters.map { try office($0) }
          }
        }
        return try await session.ask(KeepRegime(regime: regime), in: session.home, key: key).value
      },
      show: { summary in
        for warning in summary.warnings ?? [] { Failure.complain(warning(change.options.lang)) }
        return RegimeTable.of([summary], change.options.lang)
      })
  }
}

extension RegimeCommand {
  fileprivate static func office(_ code: String) throws -> Office.Code {
    guard let office = Office.Code(code) else {
      throw Complaint(
        vi: "«\(code)» không phải mã cơ quan, ví dụ vh-xh.", en: "“\(code)” is no office's code, such as vh-xh.",
        code: ExitCode(65))
    }
    return office
  }
}

/// A due day as people type it: `10`, or `year=15` for one kind of period.
struct WrittenDue: ExpressibleByArgument {
  let spans: [Open<Regime.Span>]
  let day: Int

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
    guard let last = parts.last, let day = Int(last), parts.count <= 2 else { return nil }
    if parts.count == 2 {
      guard let span = Regime.Span(rawValue: parts[0]) else { return nil }
      spans = [Open(span)]
    } else {
      spans = []
    }
    self.day = day
  }
}

extension Open where Word == Regime.Span {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .known(.month): Text(vi: "tháng", en: "month")(lang)
    case .known(.quarter): Text(vi: "quý", en: "quarter")(lang)
    case .known(.sixMonths): Text(vi: "6 tháng", en: "6 months")(lang)
    case .known(.nineMonths): Text(vi: "9 tháng", en: "9 months")(lang)
    case .known(.year): Text(vi: "năm", en: "year")(lang)
    case .unknown(let word): word
    }
  }
}

/// Regimes, a line each.
enum RegimeTable {
  static func of(_ regimes: [RegimeSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Nơi nhận", en: "Keeper")), .init(title: Text(vi: "Mã", en: "Code")),
      .init(title: Text(vi: "Tên", en: "Name"), isLong: true), .init(title: Text(vi: "Kỳ", en: "Periods")),
      .init(title: Text(vi: "Hạn gửi", en: "Due")), .init(title: Text(vi: "Khóa sau", en: "Locks after")),
      .init(title: Text(vi: "Căn cứ", en: "Legal basis"), isLong: true),
    ])
    for summary in regimes {
      let regime = summary.regime
      let spans =
        regime.letter.map { "\($0.period)" } ?? regime.spans.map { $0.text(lang) }.joined(separator: ", ")
      let rules = regime.due.map { due in
        let which = due.spans.map { $0.text(lang) }.joined(separator: ", ")
        return (which.isEmpty ? "" : "\(which): ")
          + Text(vi: "ngày \(due.day), sau \(due.months) tháng", en: "day \(due.day), \(due.months) months on")(lang)
      }
      let moves = summary.moves.map { "\($0.period): \($0.due.written) (\($0.document))" }
      let due = (regime.letter.map { [$0.due.written] } ?? rules) + moves
      table.add(
        Table.Cell(
          (Units[summary.keeper]?.name ?? "\(summary.keeper)")
            + (regime.via.map { Text(vi: ", qua \($0)", en: ", via \($0)")(lang) } ?? "")), "\(regime.code)",
        "\(regime.name)",
        "\(regime.isDecree09 ? "NĐ 09: " : "")\(spans)",
        Table.Cell(due.isEmpty ? Text(vi: "chưa có hạn", en: "no date")(lang) : due.joined(separator: "; ")),
        Table.Cell(regime.lockAfter.map { Text(vi: "\($0) ngày", en: "\($0) days")(lang) } ?? ""),
        Table.Cell(regime.basis ?? regime.letter?.number.description ?? ""))
    }
    return table
  }
}

/// Who owes a report, a line each.
enum CompletenessTable {
  static func of(_ completeness: Schema.Completeness, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Reporter"), isLong: true),
      .init(title: Text(vi: "Trạng thái", en: "Status")),
      .init(title: Text(vi: "Số liệu", en: "Cells"), isNumber: true),
      .init(title: Text(vi: "Gửi lần đầu", en: "First sent")), .init(title: Text(vi: "Ngày gửi", en: "Sent on")),
      .init(title: Text(vi: "Hạn gửi", en: "Due")),
      .init(title: Text(vi: "Muộn (ngày làm việc)", en: "Late (working days)"), isNumber: true),
      .init(title: Text(vi: "Lần rà soát", en: "Reviews"), isNumber: true),
    ])
    for line in completeness.lines {
      table.add(
        "\(line.office?.description ?? Units[line.unit]?.name ?? "\(line.unit)")",
        Table.Cell(line.status?.text(lang) ?? Text(vi: "chưa gửi", en: "missing")(lang)),
        Table.Cell(
          "\(line.answered)/\(line.cells)"
            + (line.estimated.map { Text(vi: ", ước \($0)", en: ", \($0) estimated")(lang) } ?? "")),
        "\(line.firstSentOn?.written ?? "")", "\(line.sentOn?.written ?? "")",
        Table.Cell(completeness.dates.due?.written ?? Text(vi: "chưa có hạn", en: "no date")(lang)),
        Table.Cell(line.late), Table.Cell(line.reviews))
    }
    return table
  }
}

extension Open where Word == Submission.Status {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.prepared): Text(vi: "đã lập", en: "prepared")(lang)
    case .known(.sent): Text(vi: "đã gửi", en: "sent")(lang)
    case .known(.received): Text(vi: "đã tiếp nhận", en: "received")(lang)
    case .known(.inReview): Text(vi: "đề nghị rà soát", en: "in review")(lang)
    case .known(.recalled): Text(vi: "đã thu hồi", en: "recalled")(lang)
    case .unknown(let word): word
    }
  }
}
