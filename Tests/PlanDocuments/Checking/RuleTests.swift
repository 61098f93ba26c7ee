import PlanDocuments
import Schema
import Testing

/// Each rule on a plan without faults, then with one.
@Suite struct RuleTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let rule: Rule
    let severity: Finding.Severity
    let old: String
    let new: String
    let place: String?

    init(_ rule: Rule, _ severity: Finding.Severity, _ old: String, _ new: String, at place: String? = nil) {
      (self.rule, self.severity, self.old, self.new, self.place) = (rule, severity, old, new, place)
    }

    var testDescription: String { "\(rule.rawValue): \(old.prefix(40)) → \(new.prefix(40))" }
  }

  @Test func nothingIsFoundInAWellMadePlan() throws {
    let findings = try WellMade.findings()
    #expect(findings.isEmpty, "\(findings.map { "\($0.rule.rawValue) \($0.problem.en) \($0.places.map(\.text.en))" })")
  }

  static let cases = [
    Case(.twoTargets, .error, "VNeID, target: ≥ 90 %}", "VNeID, target: ≥ 95 %}", at: "target 1"),
    Case(.twoTargets, .warning, "VNeID, target: ≥ 90 %}", "VNeID, target: 90 %}", at: "objective in II.2"),
    Case(.weakerThanParent, .error, "≥ 90 %", "≥ 87 %", at: "target 1"),
    Case(
      .milestonesGoBack, .warning, "      - no: 3",
      "      - {no: 9, indicator: Hồ sơ thủ tục hành chính xử lý trực tuyến, target: ≥ 80 %, lead: vp, due: 31/12/2030, "
        + "numerator: a, denominator: b, data: c}\n      - no: 3", at: "target 9"),
    Case(.impossibleTarget, .error, "≥ 85 %", "≥ 100 %", at: "target 2"),
    Case(.impossibleTarget, .error, "≥ 85 %", "110 %", at: "target 2"),
    Case(.impossibleTarget, .error, "≥ 85 %", "trên 100 %", at: "target 2"),
    Case(.impossibleTarget, .error, "≥ 85 %", "90–85 %", at: "target 2"),
    Case(.impossibleTarget, .error, "≥ 85 %", "từ 85 % đến 110 %", at: "target 2"),
    Case(.twoTargets, .error, "VNeID, target: ≥ 90 %}", "VNeID, target: 90–95 %}", at: "target 1"),
    Case(.weakerThanParent, .error, "≥ 90 %", "87–90 %", at: "target 1"),
    Case(.wrongColumn, .warning, "≥ 85 %", "báo cáo\n        unit: Báo cáo", at: "target 2"),
    Case(.wrongColumn, .warning, "≥ 85 %", "báo cáo\n        unit: \"%\"", at: "target 2"),
    Case(.alreadyMet, .warning, "82,5 %", "95 %", at: "target 1"),
    Case(.alreadyMet, .warning, "82,5 %", "90 %", at: "target 1"),
    Case(
      .alreadyMet, .notCheckable,
      "results:\n  - {indicator: Người dân có tài khoản định danh điện tử VNeID, value: \"82,5 %\", year: 2026, place: I.2}\n",
      ""),
    Case(.twoNames, .warning, "VNeID, target: ≥ 90 %}", "VNelD, target: ≥ 90 %}", at: "objective in II.2"),
    Case(.leadOutOfReach, .warning, "vp: Văn phòng HĐND và UBND", "vp: Sở Nội vụ", at: "target 2"),
    Case(.leadOutOfReach, .warning, "vp: Văn phòng HĐND và UBND", "vp: Ngân hàng Nhà nước", at: "task 1.2"),
    Case(
      .leadChanges, .warning, "      - no: 3",
      "      - {no: 9, indicator: Hồ sơ thủ tục hành chính xử lý trực tuyến, target: ≥ 90 %, lead: kt, due: 31/12/2030, "
        + "numerator: a, denominator: b, data: c}\n      - no: 3", at: "target 9"),
    Case(.collectiveLead, .warning, "vp: Văn phòng HĐND và UBND", "vp: Các cơ quan, đơn vị", at: "target 2"),
    Case(.unlinked, .warning, "Hướng dẫn hồ sơ thủ tục hành chính trực tuyến", "Mua bàn ghế", at: "task 1.2"),
    Case(.unlinked, .warning, "Hướng dẫn hồ sơ thủ tục hành chính trực tuyến", "Mua bàn ghế", at: "target 2"),
    Case(.uncounted, .warning, "        denominator: tổng số hồ sơ\n", "", at: "target 2"),
    Case(
      .twoNames, .warning, "{place: II.2, indicator: Người dân có", "{place: II.2, indicator: Người dân có các",
      at: "objective in II.2"),
    Case(
      .twoNames, .information, "indicator: Hồ sơ thủ tục hành chính xử lý trực tuyến",
      "indicator: Hồ sơ trực tuyến xử lý sớm", at: "target 2"),
    Case(.incompleteTask, .error, "    due: 30/06/2027\n", "", at: "task 2.1"),
    Case(.incompleteTask, .warning, "    cost: 0\n", "", at: "task 2.1"),
    Case(.incompleteTask, .warning, "cost: 22 triệu\n    source: xã", "cost: 22 triệu", at: "task 1.2"),
    Case(.tooLittleTime, .warning, "due: 30/06/2027", "due: 12/02/2027", at: "task 2.1"),
    Case(.tooLittleTime, .warning, "due: 30/06/2027", "due: 01/12/2026", at: "task 2.1"),
    Case(.tooLittleTime, .notCheckable, "issued: 15/12/2026\n", ""),
    Case(.vagueTime, .warning, "time: Quý I - Quý III/2027", "time: Năm 2027", at: "task 1.1"),
    Case(.vagueTime, .warning, "time: Quý I - Quý III/2027", "time: Quý III-III/2027", at: "task 1.1"),
    Case(.vagueTime, .warning, "start: 01/01/2027", "start: 01/10/2027", at: "task 1.1"),
    Case(.vagueTime, .warning, "    due: 30/06/2027", "    time: Khi có yêu cầu", at: "task 2.1"),
    Case(.confusedLead, .warning, "with: vh-xh", "with: [vh-xh, ca]", at: "task 1.1"),
    Case(.confusedLead, .warning, "lead: ca\n    with: vh-xh", "lead: [ca, vh-xh]", at: "task 1.1"),
    Case(.wrongOffice, .warning, "lead: ca\n    with: vh-xh", "lead: vh-xh", at: "task 1.1"),
    Case(.wrongTotal, .error, "  total: 40 triệu\n  groups", "  total: 41 triệu\n  groups", at: "budget tổng cộng"),
    Case(.wrongTotal, .error, "{rows: 1, total: 40 triệu}", "{rows: 1, total: 39 triệu}", at: "budget nhóm 1"),
    Case(.wrongTotal, .warning, "  total: 40 triệu\n  groups", "  groups"),
    Case(.wrongProduct, .error, "mỗi thôn 2.000.000 đồng", "mỗi thôn 2.100.000 đồng", at: "task 1.1"),
    Case(.wrongProduct, .error, "9 thôn, mỗi thôn 2.000.000 đồng", "(09 thôn x 2.500.000)", at: "task 1.1"),
    Case(.moneyUnit, .error, "issuer: UBND xã", "assumed: [money unit]\nissuer: UBND xã"),
    Case(.moneyUnit, .error, "units: đồng", "units: [đồng, triệu đồng]"),
    Case(.shareOfBudget, .warning, "spending: 2 tỷ", "spending: 2,1 tỷ", at: "target 3"),
    Case(.shareOfBudget, .notCheckable, "  spending: 2 tỷ\n", "", at: "target 3"),
    Case(
      .outdatedBasis, .warning, "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
      "Nghị định số 13/2023/NĐ-CP của Chính phủ", at: "legal basis Nghị định 13/2023/NĐ-CP"),
    Case(
      .outdatedBasis, .warning, "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
      "Quyết định số 749/QĐ-TTg ngày 03/06/2020 của Thủ tướng Chính phủ", at: "legal basis Quyết định 749/QĐ-TTg"),
    Case(
      .outdatedBasis, .warning, "  - Nghị quyết số 11/NQ-CP ngày 14/01/2026 của Chính phủ\n", "",
      at: "legal basis Nghị quyết 71/NQ-CP"),
    Case(.outdatedBasis, .warning, "vp: Văn phòng HĐND và UBND", "vp: Sở Thông tin và Truyền thông"),
    Case(
      .twoDates, .error, "cited:\n",
      "cited:\n  - {document: Nghị quyết số 71/NQ-CP ngày 01/04/2024 của Chính phủ, place: I.1}\n",
      at: "citation in I.1"),
    Case(
      .twoDates, .error, "cited:\n", "cited:\n  - {document: Kế hoạch số 030/KH-UBND ngày 20/11/2026, place: I.1}\n",
      at: "citation in I.1"),
    Case(.malformedSymbol, .warning, "71/NQ-CP", "71-NQ/CP", at: "legal basis Nghị quyết 71-NQ/CP"),
    Case(.malformedSymbol, .warning, "57-NQ/TW", "57/NQ-TW", at: "legal basis Nghị quyết 57/NQ-TW"),
    Case(
      .malformedSymbol, .warning, "Nghị quyết số 11/NQ-CP", "Quyết định số 11/NQ-CP",
      at: "legal basis Quyết định 11/NQ-CP"),
    Case(
      .incompleteBasis, .warning, "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
      "Chương trình phát triển Chính phủ số",
      at: "legal basis Chương trình phát triển Chính phủ số"),
    Case(.incompleteBasis, .error, "UBND tỉnh (b/c)", "UBND huyện Lang Chánh (b/c)", at: "recipients"),
    Case(.misquotedScheme, .warning, "2022-2025", "2022-2026", at: "citation in I.2"),
    Case(.missingPart, .error, "motto: có", "motto: không"),
    Case(.missingPart, .information, "number: 12/KH-UBND\n", ""),
    Case(.missingPart, .information, "issuer: UBND xã", "assumed: [issued]\nissuer: UBND xã"),
    Case(.placeholder, .information, "Số: 12/KH-UBND", "Số: /KH-UBND", at: "“Số: /KH-UBND”"),
    Case(.placeholder, .information, "ngày 15 tháng 12", "ngày tháng 12"),
    Case(.placeholder, .error, "Hướng dẫn hồ sơ", "Hướng dẫn [...] hồ sơ", at: "task 1.2"),
    Case(.numbering, .warning, "II.1, II.2,", "II.1, II.3,", at: "heading II"),
    Case(.numbering, .warning, "outline: [I, I.1", "outline: [I, I, I.1"),
    Case(.numbering, .warning, "II.2.a, II.2.b", "II.2.a, II.2.2", at: "heading II.2"),
    Case(.signature, .warning, "[TM. ỦY BAN NHÂN DÂN, CHỦ TỊCH]", "[KT. CHỦ TỊCH]"),
    Case(.recipients, .warning, "  - \"Lưu: VT\"\n", "", at: "recipients"),
    Case(.recipients, .warning, "Thường trực Đảng ủy, Thường trực HĐND xã", "Chủ tịch UBND xã", at: "recipients"),
  ]

  @Test(arguments: cases)
  func aFaultIsFoundByItsRule(_ fault: Case) throws {
    try #require(WellMade.yaml.contains(fault.old))
    let found = try WellMade.findings([(fault.old, fault.new)]).filter { $0.rule == fault.rule }
    #expect(
      found.contains { finding in
        finding.severity == fault.severity && (fault.place.map { finding.places.map(\.text.en).contains($0) } ?? true)
      }, "\(found.map { "\($0.severity) \($0.problem.en) \($0.places.map(\.text.en))" })")
    #expect(
      found.allSatisfy { !$0.problem.vi.isEmpty && $0.problem.vi != $0.problem.en && $0.advice.vi != $0.advice.en })
  }

  /// What the service understands needs no day beside it.
  @Test(arguments: ["Quý II/2027", "Trước ngày 30/6", "20 ngày sau khi tỉnh ban hành", "Hằng tháng"])
  func aTimeThatIsUnderstoodIsNotVague(_ time: String) throws {
    let plan = try PlanDocument.read(yaml: WellMade.yaml.replacing("    due: 30/06/2027", with: "    time: \(time)"))
    #expect(plan.check().allSatisfy { $0.rule != .vagueTime })
  }

  @Test func everyRuleHasAFault() {
    // An overload needs more tasks than the well-made plan has: it is tested by itself.
    #expect(Set(Self.cases.map(\.rule)).union([.overload]) == Set(Rule.allCases))
  }

  @Test(arguments: [(6, false), (7, true)])
  func tenTasksOfOneOffice(_ led: Int, _ isFound: Bool) throws {
    var document = try PlanDocument.read(yaml: WellMade.yaml)
    document.tasks = (1...10).map { TaskRow(number: "\($0)", name: "Việc", leads: [$0 <= led ? "vp" : "ca"]) }
    #expect(document.check().contains { $0.rule == .overload } == isFound)
  }

  @Test func aTargetWithoutLeadIsAnError() throws {
    var document = try PlanDocument.read(yaml: WellMade.yaml)
    document.targets[1].leads = []
    document.tasks[0].leads = []
    let errors = document.check().filter { $0.severity == .error }
    #expect(errors.map(\.rule) == [.leadOutOfReach, .incompleteTask])
  }

  @Test func whatCannotBeCheckedSaysWhy() throws {
    let document = try PlanDocument.read(yaml: Sample.yaml)
    let unchecked = document.check().filter { $0.severity == .notCheckable }
    #expect(
      Set(unchecked.map(\.rule)).isSuperset(of: [.weakerThanParent, .alreadyMet, .missingPart, .numbering, .signature]))
  }

  @Test func theSamePlanGivesTheSameFindings() throws {
    let first = try Demo.giaoAn.document.check()
    for _ in 0..<5 { #expect(try Demo.giaoAn.document.check() == first) }
  }
}
