import ArgumentParser
import Bus
import Schema
import Units

/// `xaso budget`: the plans' money.
struct BudgetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "budget", abstract: "Kinh phí: dự toán, phân bổ, giải ngân. (The plans' money.)",
    subcommands: [List.self, Totals.self, Allocate.self, Disburse.self, Entries.self], aliases: ["ngan-sach"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các dòng dự toán của đơn vị và cấp dưới. (The lines of a unit and those below it.)")

    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int?
    @Option(help: "Chỉ của kế hoạch này. (Of this plan only.)") var plan: PlanReference?
    @Option(help: "Chỉ của cơ quan chủ trì này. (Led by this office only.)") var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let lines: [LineSummary] = try await session.all(in: unit) {
          ListLines(fiscalYear: year, plan: plan, office: office, after: $0)
        }
        let offices = options.json ? [:] : await session.offices(of: lines.map { ($0.plan, $0.unit) })
        options.show(LineTable.of(lines, offices, options.lang), json: lines)
      }
    }
  }

  struct Totals: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tổng của một năm ngân sách: theo đơn vị, nguồn vốn, chủ trì. (One fiscal year added up.)",
      aliases: ["tong-hop"])

    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let totals = try await session.ask(TotalBudget(fiscalYear: year), in: unit).value
        var offices: [Office.Code: String] = [:]
        // A province's codes are those of many communes, whose names for them may differ.
        if !options.json, unit.commune != nil {
          let lines: [LineSummary] = try await session.all(in: unit) { ListLines(fiscalYear: year, after: $0) }
          offices = await session.offices(of: lines.map { ($0.plan, $0.unit) })
        }
        options.show(TotalsTable.of(totals, offices, options.lang), json: totals)
      }
    }
  }

  struct Allocate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi phân bổ theo quyết định. (Record an allocation.)", aliases: ["phan-bo"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Quyết định phân bổ: 12/QĐ-UBND. (The decision's number.)") var document: DocumentNumber
    @Option(help: "Ngày quyết định: 20/01/2026. (The date.)") var on: Day
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let amount = try amount.resolve()
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = AllocateMoney(line: line, amount: amount, document: document, day: on)
        return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
      }
    }
  }

  struct Disburse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi giải ngân, không vượt số đã phân bổ. (Record spending, never above what is allocated.)",
      aliases: ["giai-ngan"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Số chứng từ kho bạc. (The payment's reference at the treasury.)") var reference: String
    @Option(help: "Ngày chi: 31/03/2026. (The date.)") var on: Day
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let amount = try amount.resolve()
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = DisburseMoney(line: line, amount: amount, day: on, reference: reference)
        return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
      }
    }
  }

  struct Entries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sổ của một dòng dự toán. (The ledger of one line.)", aliases: ["so-chi-tiet"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let entries: [BudgetEntry] = try await session.all(in: unit) { ListEntries(line: line, after: $0) }
        options.show(EntryTable.of(entries, options.lang), json: entries)
      }
    }
  }
}

extension ChangeOptions {
  /// Runs a change of one line, and shows the line as it stands then.
  fileprivate func record(_ change: (Session, UUIDv7) async throws -> LineSummary) async throws {
    try await make(
      change, namedBy: { ($0.plan, $0.unit) }, show: { LineTable.of([$0], $1, options.lang) })
  }
}

/// Lines of the budget, each by the number of its task.
enum LineTable {
  static func of(_ lines: [LineSummary], _ offices: [Office.Code: String], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
      .init(title: Text(vi: "Nguồn vốn", en: "Source")),
      .init(title: Text(vi: "Dự toán (đồng)", en: "Estimated (đồng)"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Share"), isNumber: true),
    ])
    for line in lines {
      table.add(
        "\(Units[line.unit]?.name ?? line.unit.description)", Table.Cell(line.fiscalYear), "\(line.number)",
        "\(line.name)", "\(line.leads.written(offices, lang))", "\(line.sourceText ?? line.source.text(lang))",
        Table.Cell(line.estimated), Table.Cell(line.allocated), Table.Cell(line.disbursed),
        line.share.map { Table.Cell($0, shown: "\($0)%") } ?? "")
    }
    return table
  }
}

/// One fiscal year, in all and by what it can be split by.
enum TotalsTable {
  static func of(_ totals: BudgetTotals, _ offices: [Office.Code: String], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Năm \(totals.fiscalYear)", en: "Year \(totals.fiscalYear)")),
      .init(title: Text(vi: "Tên", en: "Name"), isLong: true),
      .init(title: Text(vi: "Số dòng", en: "Lines"), isNumber: true),
      .init(title: Text(vi: "Dự toán (đồng)", en: "Estimated (đồng)"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
    ])
    func add(_ kind: Text, _ name: String, _ sums: MoneySums) {
      table.add(
        "\(kind(lang))", "\(name)", Table.Cell(sums.lines), Table.Cell(sums.estimated), Table.Cell(sums.allocated),
        Table.Cell(sums.disbursed))
    }
    func name(of unit: Unit) -> String { Units[unit]?.name ?? unit.description }
    add(Text(vi: "Tổng", en: "In all"), name(of: totals.unit), totals.sums)
    for item in totals.units { add(Text(vi: "Đơn vị", en: "Unit"), name(of: item.unit), item.sums) }
    for item in totals.sources { add(Text(vi: "Nguồn vốn", en: "Source"), item.source.text(lang), item.sums) }
    for item in totals.leads { add(Text(vi: "Chủ trì", en: "Lead"), item.leads.written(offices, lang), item.sums) }
    return table
  }
}

/// The ledger of a line, an entry each.
enum EntryTable {
  static func of(_ entries: [BudgetEntry], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "Nghiệp vụ", en: "Phase")),
      .init(title: Text(vi: "Số tiền (đồng)", en: "Amount (đồng)"), isNumber: true),
      .init(title: Text(vi: "Chứng từ", en: "Document"), isLong: true),
      .init(title: Text(vi: "Người nhập", en: "Entered by")),
      .init(title: Text(vi: "Ngày nhập", en: "Entered on")),
    ])
    for entry in entries {
      table.add(
        "\(entry.day.written)", "\(entry.phase.text(lang))", Table.Cell(entry.amount),
        "\(entry.document?.description ?? entry.reference ?? "")", "\(entry.account)", "\(entry.time.day.written)")
    }
    return table
  }
}

extension [Office.Code] {
  /// Several answer for one thing together.
  fileprivate func written(_ offices: [Office.Code: String], _ lang: Language) -> String {
    let names = map { offices[$0] ?? $0.description }.joined(separator: "; ")
    return count < 2 ? names : Text(vi: "chung: \(names)", en: "together: \(names)")(lang)
  }
}

extension Open where Word == FundSource {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.central): Text(vi: "trung ương", en: "central")(lang)
    case .known(.province): Text(vi: "tỉnh", en: "province")(lang)
    case .known(.commune): Text(vi: "xã", en: "commune")(lang)
    case .known(.programme): Text(vi: "chương trình mục tiêu", en: "target programme")(lang)
    case .known(.blended): Text(vi: "lồng ghép", en: "blended")(lang)
    case .known(.socialised): Text(vi: "xã hội hóa", en: "socialised")(lang)
    case .known(.enterprise): Text(vi: "doanh nghiệp", en: "enterprise")(lang)
    case .known(.other): Text(vi: "khác", en: "other")(lang)
    case .known(.state): Text(vi: "nhà nước, không ghi cấp", en: "state, level unstated")(lang)
    case .known(.several): Text(vi: "nhiều nguồn", en: "several")(lang)
    case .known(.unstated): Text(vi: "không ghi", en: "unstated")(lang)
    case .unknown(let word): word
    }
  }
}

extension Open where Word == BudgetEntry.Phase {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .known(.allocate): Text(vi: "phân bổ", en: "allocated")(lang)
    case .known(.disburse): Text(vi: "giải ngân", en: "disbursed")(lang)
    case .unknown(let word): word
    }
  }
}
