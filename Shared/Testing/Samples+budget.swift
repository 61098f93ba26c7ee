import Schema

extension Samples {
  static let budgetRequests = [
    SampleRequest(
      AllocateMoney(line: line.id, amount: 500_000_000, document: "12/QĐ-UBND", day: allocatedOn), in: commune,
      answered: line),
    SampleRequest(
      DisburseMoney(line: line.id, amount: 120_000_000, day: disbursedOn, reference: "UNC 07"), in: commune,
      answered: line),
    SampleRequest(
      ListLines(
        fiscalYear: 2026, plan: line.plan, office: office.code, task: line.task, after: uuid(69).description),
      in: commune, answered: Page(items: [line, bareLine], next: bareLine.id.description)),
    SampleRequest(
      ListEntries(line: line.id, after: uuid(79).description), in: commune,
      answered: Page(
        items: [
          BudgetEntry(
            id: id(80), phase: Open(.allocate), amount: 500_000_000, day: allocatedOn, document: "12/QĐ-UBND",
            account: "ke-toan", time: time),
          BudgetEntry(
            id: id(81), phase: Open(.disburse), amount: 120_000_000, day: disbursedOn, reference: "UNC 07",
            account: "ke-toan", time: time),
        ], next: uuid(81).description)),
    SampleRequest(
      TotalBudget(fiscalYear: 2026), in: commune,
      answered: BudgetTotals(
        unit: commune.provinceUnit, fiscalYear: 2026, sums: sums, units: [.init(unit: commune, sums: sums)],
        sources: [.init(source: Open(.commune), sums: sums)],
        leads: [.init(leads: [office.code, "van-phong"], sums: sums)])),
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
  ]

  private static let line = LineSummary(
    id: id(70), unit: commune, version: 3, plan: id(10), task: id(20), number: "1.1", name: "Số hóa hồ sơ, giấy tờ",
    fiscalYear: 2026, source: Open(.commune), sourceText: "Ngân sách xã", leads: [office.code],
    estimated: 844_000_000, allocated: 500_000_000, disbursed: 120_000_000)
  private static let bareLine = LineSummary(
    id: id(71), unit: commune, version: 1, plan: id(10), task: id(21), number: "1.2", name: "Tổ công nghệ số cộng đồng",
    fiscalYear: 2026, source: Open(.unstated), leads: [], estimated: 0, allocated: 0, disbursed: 0)

  private static let sums = MoneySums(
    lines: 2, estimated: 844_000_000, allocated: 500_000_000, disbursed: 120_000_000)

  private static let allocatedOn = day(2026, 1, 20)
  private static let disbursedOn = day(2026, 3, 31)
}
