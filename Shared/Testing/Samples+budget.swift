import Schema

extension Samples {
  static let budgetRequests = moneyRequests + lineRequests + yearRequests

  private static let moneyRequests = [
    SampleRequest(
      AllocateMoney(line: line.id, amount: 500_000_000, document: "12/QĐ-UBND", day: allocatedOn), in: commune,
      answered: line),
    SampleRequest(
      DisburseMoney(line: line.id, amount: 120_000_000, day: disbursedOn, reference: "UNC 07"), in: commune,
      answered: line),
    SampleRequest(
      BookMoney(
        line: line.id, phase: Open(.approve), amount: 844_000_000, day: allocatedOn, document: "03/NQ-HĐND",
        issuer: Open(.council), reference: "Biểu 02"), in: commune, answered: line),
    SampleRequest(
      MoveMoney(
        from: line.id, to: bareLine.id, stage: Open(.allocated), amount: 20_000_000, day: disbursedOn,
        document: "57/QĐ-UBND", issuer: Open(.committee)), in: commune, answered: MoneyMoved(lines: [line, bareLine])),
    SampleRequest(
      ReverseEntry(
        line: line.id, entry: id(81), reason: "Ghi nhầm dòng", document: "58/QĐ-UBND", day: disbursedOn), in: commune,
      answered: MoneyMoved(lines: [line])),
    SampleRequest(
      ListEntries(line: line.id, after: uuid(79).description), in: commune,
      answered: Page(
        items: [
          BudgetEntry(
            id: id(80), phase: Open(.allocate), debit: Open(.available), credit: Open(.unallocated),
            amount: 500_000_000, day: allocatedOn, document: "12/QĐ-UBND", issuer: Open(.committee),
            account: "ke-toan", time: time),
          payment, reversal,
        ], next: uuid(82).description)),
  ]

  private static let lineRequests = [
    SampleRequest(
      AddLine(
        fiscalYear: 2026, number: "9", name: "Máy quét cho các thôn", task: line.task, source: Open(.commune),
        sourceText: "Ngân sách xã", leads: [office.code], amount: 297_000_000, detail: detail, document: "03/NQ-HĐND",
        issuer: Open(.council), day: allocatedOn), in: commune, answered: line),
    SampleRequest(
      SplitLine(
        line: line.id,
        parts: [
          .init(leads: [office.code], source: Open(.province), sourceText: "Ngân sách tỉnh", amount: 700_000_000)
        ]), in: commune, answered: MoneyMoved(lines: [line, part])),
    SampleRequest(DescribeLine(line: line.id, detail: detail), in: commune, answered: line),
    SampleRequest(
      ListLines(
        fiscalYear: 2026, plan: line.plan, office: office.code, task: line.task, after: uuid(69).description),
      in: commune, answered: Page(items: [line, bareLine, part], next: part.id.description)),
    SampleRequest(
      TotalBudget(fiscalYear: 2026), in: commune,
      answered: BudgetTotals(
        unit: commune.provinceUnit, fiscalYear: 2026, sums: sums, unfunded: 3,
        units: [.init(unit: commune, sums: sums)],
        sources: [.init(source: Open(.commune), sums: sums)],
        leads: [.init(leads: [office.code, "van-phong"], sums: sums)],
        spenders: [.init(spender: "van-phong", sums: sums), .init(spender: nil, sums: sums)],
        pillars: [.init(pillar: Open(.government), sums: sums), .init(pillar: nil, sums: sums)])),
  ]

  private static let yearRequests = [
    SampleRequest(
      CloseYear(fiscalYear: 2025, document: "09/QĐ-UBND", day: day(2026, 2, 2)), in: commune, answered: year),
    SampleRequest(
      ReopenYear(fiscalYear: 2025, document: "21/QĐ-UBND", day: day(2026, 3, 2), reason: "Bổ sung chứng từ"),
      in: commune, answered: bareYear),
    SampleRequest(
      RecordSpending(
        fiscalYear: 2025, total: 90_000_000_000, promised: onePercent, document: "03/NQ-HĐND"), in: commune,
      answered: year),
    SampleRequest(
      ListYears(after: "15043-2024"), in: commune, answered: Page(items: [year, bareYear], next: "15043-2026")),
    SampleRequest(CheckBudget(fiscalYear: 2026), in: commune, answered: findings),
    SampleRequest(ChaseLag(fiscalYear: 2026), in: commune, answered: findings),
  ]

  static let budgetEvents = [
    SampleEvent(
      LineAllocated(
        unit: commune, line: line.id, plan: line.plan, task: line.task, number: line.number, name: line.name,
        fiscalYear: 2026, leads: line.leads, amount: 500_000_000, allocated: 500_000_000, document: "12/QĐ-UBND",
        day: allocatedOn), sequence: 43),
    SampleEvent(
      LineDisbursed(
        unit: commune, line: line.id, plan: line.plan, task: line.task, fiscalYear: 2026, leads: line.leads,
        amount: 120_000_000, allocated: 500_000_000, disbursed: 120_000_000, day: disbursedOn), sequence: 44),
    SampleEvent(
      LineOverspent(
        unit: commune, line: line.id, plan: line.plan, task: line.task, number: line.number, name: line.name,
        fiscalYear: 2026, leads: line.leads, focal: office.code, asked: 400_000_000, available: 380_000_000),
      sequence: 45),
    SampleEvent(
      LineLagging(
        unit: commune, line: line.id, number: line.number, name: line.name, fiscalYear: 2026, leads: line.leads,
        allocated: 500_000_000, disbursed: 120_000_000, elapsed: 75), sequence: 46),
    SampleEvent(
      EntryBooked(
        unit: commune, line: line.id, fiscalYear: 2026, leads: line.leads, entry: reversal, approved: 844_000_000,
        allocated: 500_000_000, disbursed: 0), sequence: 47),
    SampleEvent(
      EntryRefused(
        unit: commune, line: line.id, method: "budget.disburse", amount: 1, code: 409,
        reason: Text(vi: "Năm ngân sách 2025 đã khóa sổ.", en: "The fiscal year 2025 is closed."), account: "ke-toan"),
      sequence: 48),
    SampleEvent(
      YearClosed(unit: commune, fiscalYear: 2025, document: "09/QĐ-UBND", day: day(2026, 2, 2)), sequence: 49),
    SampleEvent(
      YearReopened(
        unit: commune, fiscalYear: 2025, document: "21/QĐ-UBND", day: day(2026, 3, 2), reason: "Bổ sung chứng từ"),
      sequence: 50),
  ]

  private static let line = LineSummary(
    id: id(70), unit: commune, version: 3, plan: id(10), task: id(20), number: "1.1", name: "Số hóa hồ sơ, giấy tờ",
    fiscalYear: 2026, source: Open(.commune), sourceText: "Ngân sách xã", leads: [office.code], detail: detail,
    work: .init(percent: 40, start: day(2026, 1, 1), due: day(2026, 9, 30)), estimated: 844_000_000,
    approved: 844_000_000, allocated: 500_000_000, committed: 400_000_000, advanced: 20_000_000,
    disbursed: 120_000_000, settled: 100_000_000, carried: 10_000_000)
  private static let bareLine = LineSummary(
    id: id(71), unit: commune, version: 1, plan: id(10), task: id(21), number: "1.2", name: "Tổ công nghệ số cộng đồng",
    fiscalYear: 2026, source: Open(.unstated), leads: [], estimated: 0, allocated: 0, disbursed: 0)
  private static let part = LineSummary(
    id: id(72), unit: commune, version: 1, number: "9.1", name: "Máy quét cho các thôn", fiscalYear: 2026,
    source: Open(.province), leads: [office.code], partOf: line.id, work: .init(percent: 0), estimated: 700_000_000,
    allocated: 0, disbursed: 0)

  private static let detail = LineDetail(
    spender: "van-phong", pillar: Open(.government), expenditure: Open(.recurrent), quantity: 9, price: 33_000_000,
    codes: BudgetCodes(chapter: "805", category: "340", division: "341", item: "6900", subitem: "6912"))

  private static let payment = BudgetEntry(
    id: id(81), phase: Open(.disburse), debit: Open(.disbursed), credit: Open(.available), amount: 120_000_000,
    day: disbursedOn, issuer: Open(.spender), reference: "UNC 07", account: "ke-toan", time: time)
  private static let reversal = BudgetEntry(
    id: id(82), phase: Open(.disburse), debit: Open(.available), credit: Open(.disbursed), amount: 120_000_000,
    day: disbursedOn, document: "58/QĐ-UBND", issuer: Open(.spender), reference: "UNC 07", note: "Ghi nhầm dòng",
    reverses: id(81), counterpart: id(83), account: "ke-toan", time: time)

  private static let sums = MoneySums(
    lines: 2, estimated: 844_000_000, approved: 844_000_000, allocated: 500_000_000, committed: 400_000_000,
    advanced: 20_000_000, disbursed: 120_000_000, settled: 100_000_000, carried: 10_000_000)

  private static let year = YearSummary(
    unit: commune, fiscalYear: 2025, version: 3, closed: true, document: "09/QĐ-UBND", day: day(2026, 2, 2),
    spending: 90_000_000_000, promised: onePercent)
  private static let bareYear = YearSummary(unit: commune, fiscalYear: 2026, version: 2, closed: false)

  private static let findings = BudgetFindings(
    day: disbursedOn,
    findings: [
      BudgetFinding(
        check: Open(.lag), severity: Open(.warning), line: line.id,
        text: Text(
          vi: "1.1: đã giải ngân 24%, năm đã qua 75%.", en: "1.1: 24% is disbursed, 75% of the year is over.")),
      BudgetFinding(
        check: Open(.share), severity: Open(.unchecked),
        text: Text(vi: "Chưa nhập tổng chi.", en: "The total was not entered.")),
    ], more: 1)

  private static let onePercent: Ratio = {
    guard let ratio = Ratio(1, of: 100) else { preconditionFailure("a constant") }
    return ratio
  }()

  private static let allocatedOn = day(2026, 1, 20)
  private static let disbursedOn = day(2026, 3, 31)
}
