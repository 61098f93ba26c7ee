import FoundationEssentials
import Schema
import Storage
import Testing

@testable import xaso_plans

/// A list of a whole country's tasks: it is found by an index, whatever it takes.
@Suite("Many tasks", .timeLimit(.minutes(60)))
struct TaskQueryTests {
  private static let provinces = 34
  private static let communes = 98
  private static let today = Day(real: 2026, 7, 1)

  @Test("what is overdue in a province is read from the index of days") func overdue() async throws {
    let desk = try await Desk(today: Self.today)
    try await desk.database.write { transaction in try fill(transaction) }
    let request = ListTasks(standing: .overdue, today: Self.today)
    let (lines, first) = try await desk.database.read { transaction in
      let days = try PlansStore.workingDays(transaction)
      let query = try TaskQuery(request, in: "10", for: Self.province, today: Self.today, days)
      let rows = try transaction.rows("EXPLAIN QUERY PLAN " + query.sql, values: query.values)
      let lines = try rows.map { try $0["detail"] as String }
      let start = ContinuousClock.now
      let page = try PlansStore.list(request, in: "10", for: Self.province, transaction)
      print("overdue in a province, first page of \(page.items.count): \(ContinuousClock.now - start)")
      print(lines.joined(separator: "\n"))
      return (lines, page)
    }
    #expect(lines.first?.contains("USING INDEX task_by_due (province=? AND due<?)") == true)
    #expect(!lines.contains { $0.contains("TEMP B-TREE") || $0.hasPrefix("SCAN") })
    #expect(first.items.count == 100)

    let start = ContinuousClock.now
    let all: [TaskSummary] = try await desk.all(as: Self.province, in: "10") {
      ListTasks(standing: .overdue, today: Self.today, after: $0)
    }
    print("all \(all.count) of them, page by page, as JSON: \(ContinuousClock.now - start)")
    // Two of the twenty-five of each commune were due before July and are not done.
    #expect(all.count == 2 * Self.communes)
    #expect(Set(all.map(\.id)).count == all.count)
    #expect(all.allSatisfy { $0.unit.province == "10" && $0.deadline?.standing.known == .overdue })
  }

  private static let province = Caller(account: "so", unit: "10", office: "so-khcn", roles: [.province])

  private func fill(_ transaction: borrowing Transaction) throws {
    let head = PlanHead(year: 2026, title: "Kế hoạch", issuer: "UBND xã", focal: "vp", offices: Desk.offices)
    for province in 10..<10 + Self.provinces {
      for commune in 10_001...10_000 + Self.communes {
        let plan = Plan.ID()
        try transaction.execute(
          """
          INSERT INTO plan (id, province, commune, status, version, year, title, tasks, targets, expected_tasks,
            expected_targets, numeric_targets, lines, planned, head)
          VALUES (?, ?, ?, 'issued', 5, 2026, 'x', 25, 0, 25, 0, 0, 0, 0, ?)
          """, plan, "\(province)", "\(commune)", JSONColumn(head))
        for ordinal in 0..<25 {
          let row = TaskRow(number: "\(ordinal)", name: "Nhiệm vụ \(ordinal)", leads: ["vp"])
          let due: Day? = ordinal == 0 ? nil : Day(real: 2026, 5, 1).adding(25 * ordinal)
          try transaction.execute(
            """
            INSERT INTO task (id, plan, ordinal, province, commune, version, status, percent, body, due, timing, folded)
            VALUES (?, ?, ?, ?, ?, 1, 'planned', 0, ?, ?, 'day', 'x')
            """, PlanTask.ID(), plan, ordinal, "\(province)", "\(commune)", JSONColumn(row), due)
        }
      }
    }
  }
}
