import ArgumentParser
import Bus
import Schema
import Units

/// Fiscal years, and what is checked of them.
extension BudgetCommand {
  struct Years: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các năm ngân sách: đang mở, đã khóa sổ. (Fiscal years.)", aliases: ["nam"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let years: [YearSummary] = try await session.all(in: try unit.resolve(session)) { ListYears(after: $0) }
        options.show(YearTable.of(years, options.lang), json: years)
      }
    }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Khóa sổ một năm ngân sách. (Close a fiscal year.)", aliases: ["khoa-so"])

    @Argument(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @Option(help: "Văn bản. (The document.)") var document: DocumentNumber
    @Option(help: "Ngày văn bản. (The date.)") var on: Day
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record(CloseYear(fiscalYear: year, document: document, day: on), in: unit)
    }
  }

  struct Reopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mở sổ lại theo văn bản của UBND xã; tỉnh được báo. (Reopen a closed year.)", aliases: ["mo-so"])

    @Argument(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @Option(help: "Văn bản của UBND. (The document.)") var document: DocumentNumber
    @Option(help: "Ngày văn bản. (The date.)") var on: Day
    @Option(help: "Lý do. (Why.)") var reason: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record(
        ReopenYear(fiscalYear: year, document: document, day: on, reason: reason), in: unit)
    }
  }

  struct Spending: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi tổng chi ngân sách năm và tỷ lệ kế hoạch cam kết. (Record all spending of a year.)",
      aliases: ["tong-chi"])

    @Argument(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @Argument(help: "Tổng chi: \"90 tỷ\". (All spending.)") var total: Amount
    @Option(help: "Tỷ lệ cam kết, phần trăm nguyên. (The promised share, in whole percent.)") var promised: Int64
    @Option(help: "Văn bản. (The document.)") var document: DocumentNumber
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      guard let share = Ratio(promised, of: 100) else {
        throw Complaint(vi: "Tỷ lệ không thể âm.", en: "A share is not negative.", code: ExitCode(65))
      }
      try await change.record(
        RecordSpending(fiscalYear: year, total: try total.resolve(), promised: share, document: document), in: unit)
    }
  }

  struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Kiểm tra kinh phí một năm: B1 đến B7, tiền và việc. (Check a year's money.)", aliases: ["kiem-tra"])

    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let findings = try await session.ask(CheckBudget(fiscalYear: year), in: try unit.resolve(session)).value
        options.show(BudgetFindingTable.of(findings, options.lang), json: findings)
      }
    }
  }

  struct Chase: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đôn đốc các dòng giải ngân chậm. (Chase the lines that lag.)", aliases: ["don-doc"])

    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          try await session.ask(ChaseLag(fiscalYear: year), in: try unit.resolve(session), key: key).value
        }, show: { BudgetFindingTable.of($0, change.options.lang) })
    }
  }
}

extension ChangeOptions {
  /// Runs a change of a fiscal year, and shows the year as it stands then.
  fileprivate func record<Message: Command>(
    _ request: Message, in unit: UnitOption
  ) async throws where Message.Reply == YearSummary {
    try await make(
      { session, key in try await session.ask(request, in: try unit.resolve(session), key: key).value },
      show: { YearTable.of([$0], options.lang) })
  }
}

/// Fiscal years, a line each.
enum YearTable {
  static func of(_ years: [YearSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit"), isLong: true),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Sổ", en: "Books")),
      .init(title: Text(vi: "Văn bản", en: "Document")),
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "Tổng chi (đồng)", en: "All spending (đồng)"), isNumber: true),
      .init(title: Text(vi: "Cam kết", en: "Promised"), isNumber: true),
    ])
    for year in years {
      let state = year.closed ? Text(vi: "đã khóa", en: "closed") : Text(vi: "đang mở", en: "open")
      table.add(
        "\(Units[year.unit]?.name ?? year.unit.description)", Table.Cell(year.fiscalYear), "\(state(lang))",
        "\(year.document?.description ?? "")", "\(year.day?.written ?? "")", Table.Cell(year.spending),
        "\(year.promised?.percentWritten ?? "")")
    }
    return table
  }
}

/// What was found, a line each.
enum BudgetFindingTable {
  static func of(_ found: BudgetFindings, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Kiểm tra", en: "Check")),
      .init(title: Text(vi: "Mức", en: "Severity")),
      .init(title: Text(vi: "Nội dung (ngày \(found.day.written))", en: "Finding (of \(found.day))"), isLong: true),
    ])
    for finding in found.findings {
      table.add("\(finding.check.word)", "\(finding.severity.text(lang))", "\(finding.text(lang))")
    }
    if found.more > 0 {
      table.add("…", "", "\(Text(vi: "và \(found.more) mục nữa", en: "and \(found.more) more")(lang))")
    }
    return table
  }
}

extension Open where Word == BudgetFinding.Check {
  fileprivate var word: String {
    switch self {
    case .known(let check): check.rawValue
    case .unknown(let word): word
    }
  }
}

extension Open where Word == BudgetFinding.Severity {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .known(.error): Text(vi: "lỗi", en: "error")(lang)
    case .known(.warning): Text(vi: "cảnh báo", en: "warning")(lang)
    case .known(.unchecked): Text(vi: "không kiểm được", en: "not checkable")(lang)
    case .unknown(let word): word
    }
  }
}
