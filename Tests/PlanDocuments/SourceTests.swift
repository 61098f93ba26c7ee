import Schema
import Testing

@testable import PlanDocuments

/// What is not a plan at all, or would harm the reader.
@Suite struct SourceTests {
  @Test(arguments: ["", "   \n", "# chỉ có chú thích\n", "---\n", "~"])
  func empty(_ yaml: String) throws {
    #expect(try Sample.problems(of: yaml).map(\.reason) == [.empty])
  }

  @Test func notAMapping() throws {
    #expect(try Sample.problems(of: "- a\n- b\n").map(\.reason) == [.notAMapping])
    #expect(try Sample.problems(of: "kế hoạch").map(\.reason) == [.notAMapping])
  }

  @Test(arguments: [
    ("unit: [38", 2), ("unit: 38\n\tyear: 2026\n", 2), ("a: b: c", 1), ("title: \"a\nb: 1\n", 3),
    ("target: >= 90 %", 1), ("unit: 1\n- a\n", 2),
  ])
  func notYAML(_ yaml: String, _ line: Int) throws {
    let problems = try Sample.problems(of: yaml)
    #expect(problems.map(\.reason) == [.notYAML])
    #expect(abs(problems[0].line - line) <= 1)
  }

  @Test func unprintable() throws {
    let problems = try Sample.problems("year: 2026", "year: 2026\u{1}")
    #expect(problems.map(\.reason) == [.notYAML])
    #expect(problems[0].line == 2)
  }

  @Test func severalDocuments() throws {
    let problems = try Sample.problems(of: Sample.yaml + "\n---\nunit: 38\n")
    #expect(problems.map(\.reason) == [.severalDocuments])
    #expect(problems[0].line == 36)
  }

  @Test func duplicateField() throws {
    let problems = try Sample.problems("year: 2026", "year: 2026\nyear: 2027")
    #expect(problems.map(\.reason) == [.duplicateField("year")])
    #expect(problems[0].line == 2)
  }

  @Test func tooLarge() throws {
    let yaml = Sample.yaml + "\n# " + String(repeating: "x", count: 1 << 20)
    #expect(try Sample.problems(of: yaml).map(\.reason) == [.tooLarge(limit: 1 << 20)])
  }

  @Test func aliasBomb() throws {
    var yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...40 {
      let before = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      yaml += "a\(level): &a\(level) [\(before)]\n"
    }
    yaml += "? *a40\n: 1\n"
    let problems = try Sample.problems(of: yaml)
    #expect(problems.map(\.reason) == [.alias("a0")])
    #expect(problems[0].line == 2)
  }

  @Test func ampersandAndAsteriskInTextAreFine() throws {
    let yaml = Sample.yaml.replacing("name: Tập huấn", with: "name: R&D, Sở KH&CN (*) và * chú thích")
    #expect(try PlanDocument.read(yaml: yaml).tasks[1].name == "R&D, Sở KH&CN (*) và * chú thích")
  }

  @Test(arguments: ["[", "{", "- ", "? ", "{a: ", "!!map &x ", "'", "|\n", "a:\n "])
  func depthEndsInAProblem(_ piece: String) throws {
    _ = try Sample.problems(of: String(repeating: piece, count: 20_000))
  }

  @Test(arguments: ["? ", "{[a, ", "- ? "])
  func keysWithinKeys(_ piece: String) throws {
    let yaml = "unit: 38\n" + String(repeating: piece, count: 17) + "x\n"
    #expect(try Sample.problems(of: yaml) == [PlanProblem(line: 2, place: "", reason: .tooDeep)])
  }

  @Test func bothUnicodeFormsAreOne() throws {
    let decomposed = try PlanDocument.read(yaml: Sample.yaml.replacing("Tập", with: "Ta\u{323}\u{302}p"))
    #expect(Array(decomposed.tasks[1].name.utf8) == Array("Tập huấn".utf8))
  }

  @Test func windowsLineEndsAndByteOrderMark() throws {
    let plain = try PlanDocument.read(yaml: Sample.yaml)
    #expect(try PlanDocument.read(yaml: "\u{FEFF}" + Sample.yaml.replacing("\n", with: "\r\n")) == plain)
  }
}
