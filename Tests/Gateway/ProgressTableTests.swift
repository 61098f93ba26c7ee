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

@Suite("What is shown of targets and verdicts")
struct PromiseTableTests {
  private func milestone(_ comparator: TargetRow.Comparator, _ value: String, _ upper: String?) -> Milestone {
    Milestone(
      target: Target.ID(), plan: Plan.ID(), year: 2026, number: "1", comparator: Open(comparator),
      value: Quantity(value), upper: upper.flatMap { Quantity($0) }, leads: ["vp"])
  }

  @Test("a range is written with both its ends, in a list, a later milestone and the 17 columns")
  func range() throws {
    let target = milestone(.range, "80", "92.5")
    let indicator = IndicatorSummary(
      id: Indicator.ID(), unit: "38/15043", name: "a", measure: "%", target: target,
      later: [milestone(.range, "90", "95")], standing: Open(.noData))
    let row = try #require(IndicatorTable.of([indicator], OfficeNames(), .vietnamese).rows.first).map(\.shown)
    #expect(row[4] == "80–92,5 %" && row[11] == "2026: 90–95 %")
    let task = TaskSummary(
      id: PlanTask.ID(), plan: Plan.ID(), unit: "38/15043", version: 1,
      row: TaskRow(number: "1", name: "Việc", leads: ["vp"]), status: Open(.planned), percent: 0,
      targets: [target.target])
    let table = ProgressTable.of([task], [:], [indicator], OfficeNames(), .english)
    #expect(table.rows[0][10].shown == "a 80–92,5 %")
  }

  @Test("an overview has a column for what was judged, and one for each verdict")
  func overview() {
    let item = IndicatorOverview.Item(unit: "38/15043", met: 2, reportOnly: 9, achieved: 4, partly: 2, notAchieved: 1)
    let table = OverviewTable.of(IndicatorOverview(year: 2026, units: [item]))
    #expect(table.rows[0].map(\.raw).suffix(6) == ["9", "7", "4", "2", "1", "11"])
    #expect(table.columns.suffix(5).map { $0.title(.vietnamese) }.first == "Đã đánh giá")
  }

  @Test("verdicts are listed with what they are about and who said them")
  func verdicts() throws {
    let judgement = Indicator.Judgement(
      verdict: Open(.notAchieved), text: "Chưa mở lớp", evidence: "12/BC", office: "vh-xh",
      time: Timestamp(milliseconds: 1_768_100_400_000), year: 2025, period: Period("2025-Q4"),
      account: "hoa")
    let row = JudgementTable.of([judgement], .vietnamese).rows[0].map(\.shown)
    #expect(
      row == ["2025", "quý IV/2025", "chưa hoàn thành", "Chưa mở lớp", "12/BC", "vh-xh", "hoa", "11/01/2026"])
    #expect(JudgementTable.of([judgement], .english).rows[0][2].shown == "not achieved")
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
