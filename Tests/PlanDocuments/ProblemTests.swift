import PlanDocuments
import Schema
import Testing

@Suite struct ProblemTests {
  typealias Reason = PlanProblem.Reason

  struct Case: Sendable, CustomTestStringConvertible {
    let old: String
    let new: String
    let line: Int
    let place: String
    let reason: Reason

    init(_ old: String, _ new: String, _ line: Int, _ place: String, _ reason: Reason) {
      (self.old, self.new, self.line, self.place, self.reason) = (old, new, line, place, reason)
    }

    var testDescription: String { "\(old) → \(new)" }
  }

  @Test func theSampleHasNone() throws {
    _ = try PlanDocument.read(yaml: Sample.yaml)
  }

  @Test(arguments: [
    Case("title: ", "titel: ", 1, "", .missing("title")),
    Case("    cost:", "    costs:", 20, "tasks[1]", .unknownField("costs", nearest: "cost")),
    Case("    cost:", "    kinh phí:", 20, "tasks[1]", .unknownField("kinh phí", nearest: nil)),
    Case("unit: 38/15043", "unit: 38-15043", 1, "unit", .notAUnit("38-15043")),
    Case("year: 2026", "year: hai nghìn", 2, "year", .notAYear("hai nghìn")),
    Case("year: 2026", "year: 20266", 2, "year", .notAYear("20266")),
    Case("31/KH-UBND", "KH-UBND/31", 4, "number", .notANumber("KH-UBND/31")),
    Case("issued: 30/12/2025", "issued: 31/11/2025", 5, "issued", .noSuchDay("31/11/2025")),
    Case("issued: 30/12/2025", "issued: 2025-02-29", 5, "issued", .noSuchDay("2025-02-29")),
    Case("issued: 30/12/2025", "issued: cuối năm", 5, "issued", .notADay("cuối năm")),
    Case("focal: vh-xh", "focal: vhxh", 8, "focal", .unknownOffice("vhxh", known: ["vp", "vh-xh"])),
    Case("  vp: Văn phòng", "  VP: Văn phòng", 10, "offices", .notACode("VP")),
    Case(
      "- Nghị quyết số 57", "- số 57", 13, "legal bases[1]",
      .notACitation("số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị")),
    Case("57-NQ/TW", "57NQ", 13, "legal bases[1]", .notANumber("57NQ")),
    Case("22/12/2024", "32/12/2024", 13, "legal bases[1]", .noSuchDay("32/12/2024")),
    Case(", to: UBND xã}", "}", 15, "reporting[1]", .missing("to")),
    Case("    lead: vp\n    cost", "    cost", 17, "tasks[1]", .missing("lead")),
    Case("    lead: vp\n    cost", "    lead:\n    cost", 17, "tasks[1]", .missing("lead")),
    Case("lead: [vh-xh, vp]", "lead: []", 23, "tasks[2]", .missing("lead")),
    Case("[vh-xh, vp]", "[vh-xh, tct]", 25, "tasks[2].lead[2]", .unknownOffice("tct", known: ["vp", "vh-xh"])),
    Case("40 triệu", "40 củ", 20, "tasks[1].cost", .notMoney("40 củ")),
    Case("source: xã", "source: thôn", 21, "tasks[1].source", .unknownWord("thôn", known: sources)),
    Case("name: Đường truyền", "name: [a, b]", 18, "tasks[1].name", .notText),
    Case("name: Đường truyền", "name: \"a\\u200Bb\"", 18, "tasks[1].name", .unprintable(code: "U+200B")),
    Case("name: Tập huấn", "name: \(String(repeating: "a", count: 2001))", 24, "tasks[2].name", .tooLong(limit: 2000)),
    Case("  - no: 2\n    name", "  - no: 1\n    name", 23, "tasks[2]", .duplicateRow("1", firstLine: 17)),
    Case("≥ 90 %", "≥ %", 33, "targets[1].rows[1].target", .targetWithoutNumber("≥ %")),
    Case("≥ 90 %", "nhiều", 33, "targets[1].rows[1].target", .notATarget("nhiều")),
    Case("≥ 90 %", "99.9 %", 33, "targets[1].rows[1].target", .notATarget("99.9 %")),
    Case(
      "    due: 31/12/2026\n    rows", "    due: 31/13/2026\n    rows", 29, "targets[1].due", .noSuchDay("31/13/2026")),
    Case("assumed: [number]", "assumed: [sô]", 6, "assumed[1]", .unknownWord("sô", known: assumable)),
    Case("tasks:\n  - no: 1", "tasks:\n  - năm: 1", 17, "tasks[1]", .missing("no")),
    Case("offices:\n  vp: Văn phòng\n  vh-xh", "offices: [vp]\nvh-xh", 9, "offices", .notAMapping),
    Case("legal bases:\n  - Nghị", "legal bases:\n  a: Nghị", 13, "legal bases", .notAList),
  ])
  func eachIsFoundWithItsLine(_ wrong: Case) throws {
    let problems = try Sample.problems(wrong.old, wrong.new)
    #expect(
      problems.contains { $0.line == wrong.line && $0.place == wrong.place && $0.reason == wrong.reason },
      "\(problems.map { $0.written(.english) })")
  }

  @Test func aSharedMistakeIsToldOnce() throws {
    let yaml =
      Sample.yaml.replacing("    due: 31/12/2026\n    rows:", with: "    due: 31/13/2026\n    rows:")
      + "\n      - no: 2\n        indicator: B\n        target: 5\n        lead: vp\n"
    #expect(try Sample.problems(of: yaml).count == 1)
  }

  @Test func fiveMistakesAreFive() throws {
    let yaml = Sample.yaml
      .replacing("year: 2026", with: "year: 26")
      .replacing("focal: vh-xh", with: "focal: vhxh")
      .replacing("cost: 40 triệu", with: "cost: bốn mươi")
      .replacing("repeats:", with: "repeat:")
      .replacing("≥ 90 %", with: "≥ %")
    let problems = try Sample.problems(of: yaml)
    #expect(problems.map(\.line) == [2, 8, 20, 26, 33])
    #expect(problems[3].text.vi.contains("“repeats”"))
  }

  @Test func everyProblemSpeaksBothLanguages() throws {
    for problem in try Sample.problems(of: "unit: x\nyear: y\nnumber: z\nissued: t\ntasks: 5\ntargets: {a: 1}\n") {
      #expect(!problem.text.vi.isEmpty && !problem.text.en.isEmpty && problem.text.vi != problem.text.en)
      #expect(problem.written(.vietnamese).hasPrefix("dòng \(problem.line)"))
    }
  }

  private static let sources = [
    "trung ương", "tỉnh", "xã", "chương trình mục tiêu", "lồng ghép", "xã hội hóa", "doanh nghiệp", "khác", "nhà nước",
    "nhiều nguồn", "không ghi",
  ]
  private static let assumable = [
    "unit", "year", "title", "number", "issued", "assumed", "issuer", "signer", "focal", "offices", "collectives",
    "purpose", "meeting", "parent plan", "legal bases", "recipients", "reporting", "tasks", "targets", "money unit",
    "province",
  ]
}
