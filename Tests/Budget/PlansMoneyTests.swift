import FoundationEssentials
import MoneyModel
import PlanDocuments
import Schema
import Testing

@testable import Storage
@testable import xaso_budget

/// The money of real plans, as read from their papers: to the đồng, against tables that were worked out by hand.
@Suite("The money of real plans", .timeLimit(.minutes(60)))
struct PlansMoneyTests {
  private static func read(_ name: String, _ change: (String) -> String = { $0 }) throws -> PlanDocument {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "deploy/plans")
    return try PlanDocument.read(
      yaml: change(try String(contentsOf: folder.appending(path: "\(name).yaml"), encoding: .utf8)))
  }

  /// A town that has followed the plan, and what the plan declares.
  private static func town(
    _ documents: PlanDocument..., declaring total: Money? = nil
  ) async throws -> Town {
    let town = try await Town()
    var plans = PlanStream()
    for document in documents {
      try plans.issue(
        document.tasks.map {
          .init(
            number: $0.number, cost: $0.cost, source: $0.source?.known ?? .unstated, sourceText: $0.sourceText,
            leads: $0.leads)
        }, in: document.unit, for: document.head.year, declaring: total)
    }
    try await town.follow(plans)
    return town
  }

  /// `số = đồng` of each row that has money.
  private static func rows(_ document: PlanDocument) -> [String] {
    document.tasks.compactMap { task in task.cost.map { "\(task.number) = \($0.dong / 1_000_000)" } }
  }

  @Test("Giao An: 10 rows, 727 + 40 + 77 = 844 million; the 30 million of two leads are theirs together")
  func giaoAn() async throws {
    let plan = try Self.read("giao-an")
    #expect(
      Self.rows(plan) == [
        "1.1 = 40", "1.2 = 300", "1.3 = 10", "1.4 = 17", "1.5 = 50", "1.6 = 300", "1.7 = 10", "2.1 = 10", "2.2 = 30",
        "3.1 = 77",
      ])
    let town = try await Self.town(plan)
    let lines = try await town.lines(in: plan.unit)
    let groups = Dictionary(grouping: lines) { $0.number.prefix(1) }.mapValues { MoneySums(of: $0).estimated }
    #expect(groups == ["1": 727_000_000, "2": 40_000_000, "3": 77_000_000])
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026), in: plan.unit)
    #expect(totals.sums == MoneySums(lines: 10, estimated: 844_000_000) && totals.unfunded == 0)
    #expect(totals.sources.map(\.source) == [Open(.unstated)])
    // vp 40+300+10+17+50+10, pvhcc 300, kt 10, kt and vh-xh 30, vh-xh 77.
    let leads = totals.leads.map { "\($0.leads.map(\.description)) \($0.sums.estimated.dong / 1_000_000)" }
    #expect(leads == [#"["kt"] 10"#, #"["kt", "vh-xh"] 30"#, #"["pvhcc"] 300"#, #"["vh-xh"] 77"#, #"["vp"] 427"#])
    await town.store.close()
  }

  @Test("Thượng Đức: 970 + 950 + 250 + 100 = 2,270 million by source; 14 rows, 11 of them with money")
  func thuongDuc() async throws {
    let plan = try Self.read("thuong-duc")
    #expect(plan.tasks.count == 14)
    #expect(
      Self.rows(plan) == [
        "1 = 250", "2 = 150", "4 = 100", "5 = 250", "6 = 220", "7 = 950", "8 = 50", "9 = 20", "11 = 80", "13 = 120",
        "14 = 80",
      ])
    #expect(plan.head.assumed.contains("money unit"), "the paper prints no unit: giả định triệu đồng")
    let town = try await Self.town(plan)
    let totals = try await town.ask(TotalBudget(fiscalYear: 2026), in: plan.unit)
    #expect(totals.sums == MoneySums(lines: 11, estimated: 2_270_000_000) && totals.unfunded == 3)
    // State, its level unstated 250+150+100+250+220; several levels 950; the commune's 50+120+80; unstated 20+80.
    #expect(
      Dictionary(uniqueKeysWithValues: totals.sources.map { ($0.source, $0.sums.estimated) }) == [
        Open(.state): 970_000_000, Open(.several): 950_000_000, Open(.commune): 250_000_000,
        Open(.unstated): 100_000_000,
      ])
    let printed = try await town.lines(in: plan.unit).first { $0.number == "7" }?.sourceText
    #expect(printed == "Ngân sách tỉnh, xã")
    await town.store.close()
  }

  @Test("Xuân Dương: 1,009,000,000 in 14 rows, one of them 9 × 33,000,000; 2027 is never added to 2026")
  func xuanDuong() async throws {
    let (plan, other) = (try Self.read("xuan-duong"), try Self.read("giao-an"))
    #expect(
      Self.rows(plan) == [
        "1 = 50", "2 = 20", "3 = 40", "4 = 20", "5 = 300", "6 = 30", "7 = 297", "8 = 50", "9 = 10", "10 = 20",
        "11 = 50", "12 = 32", "13 = 20", "14 = 70",
      ])
    let town = try await Self.town(plan, other)
    let totals = try await town.ask(TotalBudget(fiscalYear: 2027), in: plan.unit)
    #expect(totals.sums == MoneySums(lines: 14, estimated: 1_009_000_000) && totals.unfunded == 7)
    #expect(totals.sources.map(\.source) == [Open(.state)] && totals.sources[0].sums == totals.sums)
    #expect(try await town.ask(TotalBudget(fiscalYear: 2026), in: plan.unit).sums == MoneySums())
    #expect(try await town.ask(TotalBudget(fiscalYear: 2027), in: other.unit).sums == MoneySums())
    let seventh = try #require(try await town.lines(in: plan.unit).first { $0.number == "7" })
    let detail = LineDetail(quantity: 9, price: 33_000_000)
    #expect(try await town.ask(DescribeLine(line: seventh.id, detail: detail), in: plan.unit).detail == detail)
    await town.store.close()
  }

  @Test("a changed figure is caught and named: in the paper by its group, in the ledger by its plan and its line")
  func changed() async throws {
    // 300 million of row 1.2 became 301.
    let plan = try Self.read("giao-an") { $0.replacing("cost: 300 triệu", with: "cost: 301 triệu", maxReplacements: 1) }
    let findings = plan.check().filter { $0.rule == .wrongTotal }
    #expect(findings.map(\.problem.vi).contains { $0.contains("728.000.000") && $0.contains("727.000.000") })
    #expect(findings.map(\.problem.vi).contains { $0.contains("845.000.000") && $0.contains("844.000.000") })

    let town = try await Self.town(plan, declaring: 844_000_000)
    let sum = try await town.ask(CheckBudget(fiscalYear: 2026), in: plan.unit).findings.first
    #expect(sum?.check == Open(.sum) && sum?.severity == Open(.error))
    #expect(sum?.text.vi == "Kế hoạch 31/KH-UBND ghi tổng 844.000.000 đồng, các dòng cộng lại 845.000.000 đồng.")
    await town.store.close()

    // 9 × 33,000,000 is not 298 million.
    let other = try Self.read("xuan-duong") { $0.replacing("cost: 297 triệu", with: "cost: 298 triệu") }
    let product = try #require(other.check().first { $0.rule == .wrongProduct })
    #expect(product.problem.vi.contains("297.000.000") && product.problem.vi.contains("298.000.000"))
    #expect(product.places.map(\.name) == ["7"])
  }
}
