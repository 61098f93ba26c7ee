import Schema
import Testing

@testable import xaso

@Suite("The 17 columns of progress")
struct ProgressTableTests {
  private static let hash = Fingerprint(String(repeating: "ab", count: 32))

  private func task(_ number: String, _ status: PlanTask.Status, deadline: Day? = nil) -> TaskSummary {
    TaskSummary(
      id: PlanTask.ID(), plan: Plan.ID(), unit: "38/15043", version: 1,
      row: TaskRow(number: number, name: "Việc \(number)", leads: ["vp"], time: "30/6/2026"), status: Open(status),
      percent: 0,
      deadline: .init(due: deadline, timing: .day, inferred: false, standing: status == .done ? .doneOnTime : .notDue))
  }

  @Test("the due day is that of the course, its evidence what was submitted, where the row has neither")
  func dueAndEvidence() throws {
    let due = try #require(Day("2026-06-30"))
    let (open, done) = (task("1", .inProgress, deadline: due), task("2", .done))
    let evidence = Evidence(hash: try #require(Self.hash), place: "bien-ban.pdf")
    let course = Occurrence(due: due, office: nil, status: .done, standing: .doneOnTime, evidence: [evidence])
    let table = ProgressTable.of([open, done], [done.id: [course]], [], OfficeNames(), .vietnamese)
    #expect(table.columns.count == 17)
    #expect(table.rows.map { $0[6].shown } == ["30/06/2026", "30/06/2026"])
    #expect(table.rows.map { $0[12].shown } == ["", "bien-ban.pdf"])
  }
}

@Suite("What is shown of an entry")
struct EnteredTableTests {
  private func observation(_ period: String, _ count: Int64, village: Office.Code? = nil) throws -> Observation {
    Observation(
      period: try #require(Period(period)), revision: 1, figure: Figure(count, of: 10), village: village, office: "vp",
      time: Timestamp(milliseconds: 0))
  }

  private func shown(_ entered: Observation, last: Observation) -> Table {
    let milestone = Milestone(
      target: Target.ID(), plan: Plan.ID(), year: 2026, number: "1.1", comparator: Open(.atLeast), leads: ["vp"])
    let indicator = IndicatorSummary(
      id: Indicator.ID(), unit: "38/15043", name: "a", measure: "%", target: milestone, last: last,
      standing: Open(.behind))
    return EnteredTable.of(ObservationEntry(observation: entered, indicator: indicator), OfficeNames(), .vietnamese)
  }

  @Test("the indicator's line where it has the figure, else the figure by itself")
  func entered() throws {
    let last = try observation("2026-Q2", 7)
    #expect(shown(last, last: last).rows[0].map(\.shown).contains("a"))
    let older = shown(try observation("2026-Q1", 3), last: last).rows[0].map(\.shown)
    #expect(older.contains("2026-Q1") && older.contains("30,0 %"))
    let village = shown(try observation("2026-Q2", 7, village: "t1"), last: last).rows[0].map(\.shown)
    #expect(!village.contains("a"))
  }
}
