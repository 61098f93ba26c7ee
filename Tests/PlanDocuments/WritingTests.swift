import Schema
import Testing

@testable import PlanDocuments

/// How single values may be written.
@Suite struct WritingTests {
  @Test(
    arguments: [
      ("40 triệu", 40_000_000), ("1,5 tỷ", 1_500_000_000), ("1,5 tỉ đồng", 1_500_000_000), ("40.000.000", 40_000_000),
      ("40000000", 40_000_000), ("40.000.000 đồng", 40_000_000), ("500 nghìn", 500_000), ("0,5 triệu", 500_000),
      ("33.000.000đ", 33_000_000), ("40triệu", 40_000_000), ("1.200 triệu", 1_200_000_000), ("7 VNĐ", 7),
    ] as [(String, Int64)])
  func money(_ text: String, _ dong: Int64) throws {
    #expect(try Money(written: text) == Money(dong: dong))
  }

  @Test(arguments: [
    "", "triệu", "-5", "40,5", "1,0000005 triệu", "40.00", "40,000,000", "1.5 tỷ", "5 USD", "1..000", "9999999999 tỷ",
    "5 triệu tỷ", "1,", ",5 triệu", "0.500",
  ])
  func notMoney(_ text: String) {
    #expect(throws: PlanProblem.Reason.self) { try Money(written: text) }
  }

  @Test(
    arguments: [
      ("≥ 90 %", .atLeast, "90", "%"), (">= 90 %", .atLeast, "90", "%"), ("≥90%", .atLeast, "90", "%"),
      ("> 30 %", .above, "30", "%"), ("trên 30 %", .above, "30", "%"), ("dưới 5 ngày", .below, "5", "ngày"),
      ("= 100 %", .exactly, "100", "%"), ("100 %", .exactly, "100", "%"), ("≤ 1.000 hồ sơ", .atMost, "1000", "hồ sơ"),
      ("từ 99,9 % trở lên", .atLeast, "99.9", "%"), ("5 ngày trở xuống", .atMost, "5", "ngày"),
      ("ít nhất 1 di tích", .atLeast, "1", "di tích"), ("tối đa 3", .atMost, "3", nil),
      ("duy trì 95 %", .maintain, "95", "%"), ("Duy trì", .maintain, nil, nil), ("Báo cáo", .report, nil, nil),
      ("0 cụm dân cư", .exactly, "0", "cụm dân cư"),
    ] as [(String, TargetRow.Comparator, String?, String?)])
  func promise(_ text: String, _ comparator: TargetRow.Comparator, _ value: String?, _ unit: String?) throws {
    let promise = try Promise(written: text)
    #expect(promise.comparator == comparator)
    #expect(promise.value?.description == value)
    #expect(promise.unit == unit)
  }

  @Test(
    arguments: [
      ("80–90 %", "80", "90", "%"), ("80 - 90 %", "80", "90", "%"), ("60 % - 70 %", "60", "70", "%"),
      ("từ 80 % đến 90 %", "80", "90", "%"), ("Từ 80 đến 90%", "80", "90", "%"), ("80%-90%", "80", "90", "%"),
      ("trong khoảng 62,5 — 70 %", "62.5", "70", "%"), ("khoảng từ 5 ngày đến 7 ngày", "5", "7", "ngày"),
      ("từ 1.000 tới 1.500 hồ sơ", "1000", "1500", "hồ sơ"), ("3 - 4", "3", "4", nil),
      // In the wrong order: for the check to find.
      ("90 - 80 %", "90", "80", "%"),
    ] as [(String, String, String, String?)])
  func range(_ text: String, _ lower: String, _ upper: String, _ unit: String?) throws {
    let promise = try Promise(written: text)
    #expect(promise.comparator == .range)
    #expect(promise.value?.description == lower && promise.upper?.description == upper)
    #expect(promise.unit == unit)
  }

  @Test(arguments: [
    "80 - 90 - 100 %", "80 % - 90 hồ sơ", "80 -", "khoảng 80 %", "≥ 80 - 90 %", "80 - 90 % trở lên 5",
  ])
  func notARange(_ text: String) {
    #expect(throws: PlanProblem.Reason.notATarget(text)) { try Promise(written: text) }
  }

  @Test(arguments: ["", "%", "90 % = 5", "đạt nhiều", "99.9 %", "1,2,3", "≥ 1234567890123 %"])
  func notAPromise(_ text: String) {
    #expect(throws: PlanProblem.Reason.notATarget(text)) { try Promise(written: text) }
  }

  @Test(arguments: ["≥ %", "trên %", "ít nhất", "≤"])
  func promiseWithoutNumber(_ text: String) {
    #expect(throws: PlanProblem.Reason.targetWithoutNumber(text)) { try Promise(written: text) }
  }

  @Test func citations() throws {
    let full = try LegalBasis(
      written: "Quyết định số 11/QĐ-BCĐCP ngày 27/2/2026 của Ban Chỉ đạo của Chính phủ", parent: false)
    #expect(
      full
        == LegalBasis(
          number: "11/QĐ-BCĐCP", kind: "Quyết định", date: Day(2026, 2, 27), issuer: "Ban Chỉ đạo của Chính phủ"))
    let named = try LegalBasis(written: "Chương trình phát triển Chính phủ số giai đoạn 2025-2030", parent: false)
    #expect(
      named
        == LegalBasis(
          number: nil, kind: "Chương trình phát triển Chính phủ số giai đoạn 2025-2030", date: nil, issuer: nil))
    let law = try LegalBasis(written: "Luật Ngân sách nhà nước của Quốc hội", parent: true)
    #expect(
      law == LegalBasis(number: nil, kind: "Luật Ngân sách nhà nước", date: nil, issuer: "Quốc hội", parent: true))
    #expect(throws: PlanProblem.Reason.self) { try LegalBasis(written: "57-NQ/TW của Bộ Chính trị", parent: false) }
  }

  @Test func recipients() {
    #expect(
      Recipient(written: "Sở Khoa học và Công nghệ (để b/c)")
        == Recipient(name: "Sở Khoa học và Công nghệ", purpose: Open(.report)))
    #expect(
      Recipient(written: "Đài truyền thanh (đăng tải)") == Recipient(name: "Đài truyền thanh", purpose: Open(.publish)))
    #expect(Recipient(written: "Lưu: VT, VHXH") == Recipient(name: "VT, VHXH", purpose: Open(.file)))
    #expect(Recipient(written: "Trường THCS (cơ sở 2)") == Recipient(name: "Trường THCS (cơ sở 2)"))
    #expect(Recipient(written: "(b/c)") == Recipient(name: "(b/c)"))
  }

  @Test func wordsAndCodes() throws {
    #expect(try Funding(written: "nhiều nguồn (Ngân sách tỉnh, xã)").printed == "Ngân sách tỉnh, xã")
    #expect(try Funding(written: "xa").source == .commune)
    #expect(try Funding(written: "commune").source == .commune)
    #expect(try Vocabulary.recurrences.word("Hằng quý") == .quarterly)
  }

  @Test func everyCodeHasItsWord() {
    #expect(Set(Vocabulary.sources.words.map(\.1)).count == 11)
    #expect(Set(Vocabulary.recurrences.words.map(\.1)).count == 5)
  }

  @Test func spelling() {
    #expect(Spelling.nearest(to: "tagets", among: PlanReader.fields) == "targets")
    #expect(Spelling.nearest(to: "legal_bases", among: PlanReader.fields) == "legal bases")
    #expect(Spelling.nearest(to: "quốc tịch", among: PlanReader.fields) == nil)
  }

  @Test func aRowMayDifferFromItsGroup() throws {
    let yaml =
      Sample.yaml + "\n      - {no: 2, indicator: B, target: 5, lead: vp, due: 01/06/2026}"
      + "\n      - {no: 3, indicator: C, target: 5, lead: vp, due: }\n"
    let days = try PlanDocument.read(yaml: yaml).targets.map(\.due)
    #expect(days == [Day(2026, 12, 31), Day(2026, 6, 1), nil])
  }

  @Test func whatAPlanIsForIsWrittenAndRead() throws {
    let yaml = Sample.yaml
      .replacing("focal:", with: "purpose: kết luận họp\nmeeting: {committee: bcd, on: 18/06/2026}\nfocal:")
      .replacing("legal bases:", with: "  tat-ca: Các cơ quan\ncollectives:\n  tat-ca: [vp, vh-xh]\nlegal bases:")
      .replacing("cost: 40 triệu", with: "cost: 40 triệu\n    rationale: \"Năm trước đạt: 79 %\"")
      .replacing("target: ≥ 90 %", with: "target: ≥ 90 %\n        rationale: Tỉnh giao 85 %")
    let document = try PlanDocument.read(yaml: yaml)
    #expect(document.head.purpose == .known(.conclusion))
    #expect(document.head.meeting == Day(2026, 6, 18).map { Meeting(committee: "bcd", on: $0) })
    #expect(document.head.collectives == [Collective(code: "tat-ca", members: ["vp", "vh-xh"])])
    #expect(document.tasks[0].rationale == "Năm trước đạt: 79 %")
    #expect(document.targets[0].rationale == "Tỉnh giao 85 %")
    #expect(try PlanDocument.read(yaml: document.yaml) == document)
    for (old, new, place) in [
      ("kết luận họp", "họp", "purpose"), ("on: 18/06/2026", "on: hôm qua", "meeting.on"),
      ("tat-ca: [vp, vh-xh]", "tat-ca: [vp, kt]", "collectives.tat-ca"), (", on: 18/06/2026", "", "meeting"),
    ] {
      #expect(try Sample.problems(of: yaml.replacing(old, with: new)).map(\.place) == [place])
    }
  }

  @Test func partsHoldAHundredRows() throws {
    let lead = Office.Code(stringLiteral: "vp")
    var document = try PlanDocument.read(yaml: Sample.yaml)
    document.tasks = (1...150).map { TaskRow(number: "\($0)", name: "Việc", leads: [lead]) }
    document.targets = (1...101).map {
      TargetRow(number: "\($0)", indicator: "Chỉ tiêu", comparator: Open(.report), leads: [lead])
    }
    let parts = document.parts
    #expect(parts.map { [$0.tasks.count, $0.targets.count] } == [[100, 0], [50, 50], [0, 51]])
    #expect(parts.flatMap(\.tasks) == document.tasks)
    #expect(parts.flatMap(\.targets) == document.targets)
    #expect(document.draft.expected == RowCounts(tasks: 150, targets: 101))
  }

  @Test func partsFitARequest() throws {
    let long = String(repeating: "ệ", count: 2000)
    var document = try PlanDocument.read(yaml: Sample.yaml)
    document.tasks = (1...100).map { TaskRow(number: "\($0)", name: long, output: long, leads: ["vp"]) }
    let parts = document.parts
    let request = { (part: PlanPart) in
      Codec.encode(DraftRows(plan: Plan.ID(), tasks: part.tasks, targets: part.targets)).count
    }
    #expect(parts.allSatisfy { request($0) < 240 * 1024 })
    #expect(parts.flatMap(\.tasks) == document.tasks)
  }
}
