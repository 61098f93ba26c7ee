import PlanDocuments
import Schema
import Testing

/// What stands beside head and rows is read as strictly as they are.
@Suite struct BodyTests {
  @Test func everythingIsKept() throws {
    let body = try PlanDocument.read(yaml: WellMade.yaml).body
    #expect(body.objectives.map(\.place) == ["II.2"])
    #expect(body.objectives.first?.row.value == Quantity(90))
    #expect(body.results.map(\.value) == [Quantity("82.5")])
    #expect(body.citations.first?.basis.number == "06/QĐ-TTg")
    #expect(body.measures.keys.sorted() == ["1", "2", "3"])
    #expect(body.measures["1"]?.size == 4200)
    #expect(body.budget?.total == Money(dong: 40_000_000))
    #expect(body.budget?.groups.map(\.rows) == ["1", "2"])
    #expect(body.layout?.motto == true && body.layout?.outline.count == 9)
  }

  @Test func aPlanWithoutItHasNone() throws {
    #expect(try PlanDocument.read(yaml: Sample.yaml).body == PlanBody())
  }

  @Test(
    arguments: [
      ("size: 4.200", "size: 4,2", "targets[1].rows[1].size", .notACount("4,2")),
      ("motto: có", "motto: maybe", "layout.motto", .unknownWord("maybe", known: ["có", "không"])),
      ("  spending: 2 tỷ", "  spendings: 2 tỷ", "budget", .unknownField("spendings", nearest: "spending")),
      ("total: 40 triệu\n  groups", "total: nhiều\n  groups", "budget.total", .notMoney("nhiều")),
      ("{rows: 2, total: 0}", "{rows: 2}", "budget.groups[2]", .missing("total")),
      ("value: \"82,5 %\"", "value: \"≥ 82,5 %\"", "results[1].value", .notATarget("≥ 82,5 %")),
      ("{place: II.2, indicator", "{indicator", "objectives[1]", .missing("place")),
      ("06/QĐ-TTg của", "06QĐTTg của", "cited[1].document", .notANumber("06QĐTTg")),
    ] as [(String, String, String, PlanProblem.Reason)])
  func aMistakeIsNamed(_ old: String, _ new: String, _ place: String, _ reason: PlanProblem.Reason) throws {
    try #require(WellMade.yaml.contains(old))
    let problems = try Sample.problems(of: WellMade.yaml.replacing(old, with: new, maxReplacements: 1))
    #expect(problems.contains { $0.place == place && $0.reason == reason }, "\(problems.map { $0.written(.english) })")
  }
}
