import Schema
import Storage
import Testing
import WorkingDays

@testable import xaso_notifications

/// What other services say of reports, targets, documents and requests, and whom it reaches on which day.
@Suite("What is watched besides tasks", .timeLimit(.minutes(60)))
struct WatchedTests {
  private static let leaders: [Office.Code] = [.viceChair, .chair]

  /// A commune with its offices, the Party's among them; a plan's shares are the first two's.
  private func post(at day: Day, hour: Int = 6) async throws -> Post {
    let post = try await Post(at: Commune.at(day, hour))
    for (code, name) in Commune.addressees.offices.sorted(by: { $0.key < $1.key }) { try await post.keep(code, name) }
    return post
  }

  /// Who was told what by which rule since a moment, as `office rule`.
  private func told(_ post: Post, since day: Day) async throws -> Set<String> {
    let notices = try await post.database.read { store in
      try store.rows("SELECT * FROM notice WHERE time >= ?", Commune.at(day, 0)).map { try NoticeRecord($0) }
    }
    return Set(notices.map { "\($0.office) \($0.content.rule.rawValue)" })
  }

  private func told(_ post: Post, on day: Day) async throws -> Set<String> {
    post.clock.set(Commune.at(day, 8))
    try await post.look()
    return try await told(post, since: day)
  }

  // MARK: Reports

  private func expected(_ due: Day?, from office: Office.Code? = "vp") throws -> ReportExpected {
    ReportExpected(
      unit: Post.commune, office: office, keeper: Post.commune, regime: "quy", title: "Báo cáo quý",
      period: try #require(Period("2026-Q3")), cutoff: Commune.day(2026, 9, 30), due: due, focal: "vh-xh")
  }

  private func settled() throws -> ReportSettled {
    ReportSettled(
      unit: Post.commune, office: "vp", keeper: Post.commune, regime: "quy", period: try #require(Period("2026-Q3")))
  }

  /// 12/10/2026 is a Monday.
  @Test("a report: open, due in two days and in one, missing, then the vice chair; settled when it is sent")
  func report() async throws {
    let post = try await post(at: Commune.day(2026, 10, 1), hour: 1)
    try await post.hear(expected(Commune.day(2026, 10, 12)))
    #expect(try await told(post, on: Commune.day(2026, 10, 1)) == ["vp report-open"])
    #expect(
      try await post.inbox("vp").last?.text.vi == "Mở biểu «Báo cáo quý» quý III/2026; hạn gửi: 12/10/2026.")
    #expect(try await told(post, on: Commune.day(2026, 10, 7)).isEmpty)
    #expect(try await told(post, on: Commune.day(2026, 10, 8)) == ["vp report-due-soon"])
    #expect(try await told(post, on: Commune.day(2026, 10, 9)) == ["vp report-due-soon", "vh-xh report-due-soon"])
    #expect(try await told(post, on: Commune.day(2026, 10, 12)).isEmpty)
    #expect(try await told(post, on: Commune.day(2026, 10, 13)) == ["vp report-missing", "vh-xh report-missing"])
    #expect(try await told(post, on: Commune.day(2026, 10, 15)) == ["pho-chu-tich report-missing"])
    post.clock.set(Commune.at(Commune.day(2026, 10, 16), 6))
    try await post.hear(settled())
    #expect(
      try await told(post, on: Commune.day(2026, 10, 16)) == ["vp news", "vh-xh news", "pho-chu-tich news"])
    #expect(try await post.inbox("vp").last?.text.vi == "Không còn thiếu «Báo cáo quý» quý III/2026.")
    #expect(try await told(post, on: Commune.day(2026, 10, 30)).isEmpty)
    await post.close()
  }

  @Test("a due day that a letter moved is reminded of by its own day; without one nobody is reminded")
  func movedReport() async throws {
    let post = try await post(at: Commune.day(2026, 10, 8))
    try await post.hear(expected(Commune.day(2026, 10, 12)))
    #expect(try await told(post, on: Commune.day(2026, 10, 8)) == ["vp report-due-soon"])
    try await post.hear(expected(Commune.day(2026, 10, 20)))
    #expect(try await told(post, on: Commune.day(2026, 10, 13)) == ["vp report-open"])
    #expect(try await told(post, on: Commune.day(2026, 10, 16)) == ["vp report-due-soon"])
    try await post.hear(expected(nil))
    #expect(try await told(post, on: Commune.day(2026, 10, 26)).isEmpty)
    await post.close()
  }

  @Test("of a whole commune's report the focal office hears, and the vice chair the day after")
  func communeReport() async throws {
    let post = try await post(at: Commune.day(2026, 10, 13))
    try await post.hear(expected(Commune.day(2026, 10, 12), from: nil))
    #expect(
      try await told(post, on: Commune.day(2026, 10, 13)) == ["vh-xh report-missing", "pho-chu-tich report-missing"])
    await post.close()
  }

  // MARK: Sub-plans

  private func expected(
    _ plan: Plan.ID, _ due: Day, of unit: Unit = Post.commune, by: Unit = Post.commune, from office: Office.Code? = nil
  ) -> SubplanExpected {
    SubplanExpected(
      unit: unit, office: office, plan: plan, by: by, number: "31/KH-UBND", title: "Kế hoạch", due: due,
      focal: office == nil ? nil : "vh-xh")
  }

  /// 12/10/2026 is a Monday.
  @Test("an office's own plan: asked for, due soon, missing, then the vice chair; settled when it is issued")
  func subplan() async throws {
    let (post, plan) = (try await post(at: Commune.day(2026, 9, 7), hour: 1), Plan.ID())
    try await post.hear(expected(plan, Commune.day(2026, 10, 12), from: "vp"))
    #expect(try await told(post, on: Commune.day(2026, 9, 7)) == ["vp subplan-asked", "vh-xh subplan-asked"])
    #expect(
      try await post.inbox("vp").last?.text.vi
        == "Cần ban hành kế hoạch cụ thể hóa kế hoạch 31/KH-UBND, hạn 12/10/2026. Kế hoạch")
    #expect(try await told(post, on: Commune.day(2026, 9, 30)).isEmpty)
    #expect(try await told(post, on: Commune.day(2026, 10, 1)) == ["vp subplan-due-soon"])
    #expect(try await told(post, on: Commune.day(2026, 10, 8)) == ["vp subplan-due-soon", "vh-xh subplan-due-soon"])
    #expect(try await told(post, on: Commune.day(2026, 10, 13)) == ["vp subplan-missing", "vh-xh subplan-missing"])
    #expect(try await told(post, on: Commune.day(2026, 10, 19)) == ["pho-chu-tich subplan-missing"])
    try await post.hear(SubplanSettled(unit: Post.commune, office: "vp", plan: plan))
    #expect(
      try await told(post, on: Commune.day(2026, 10, 20)) == ["vp news", "vh-xh news", "pho-chu-tich news"])
    #expect(try await told(post, on: Commune.day(2026, 10, 30)).isEmpty)
    await post.close()
  }

  @Test("of a commune's own plan the focal office is the lead; asked again, it is told the new day") func communePlan()
    async throws
  {
    let (post, plan) = (try await post(at: Commune.day(2026, 9, 7), hour: 1), Plan.ID())
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "lan", office: Office(code: "vh-xh", name: "Phòng"), roles: [Open(.focal)]))
    try await post.hear(expected(plan, Commune.day(2026, 9, 30), by: "38"))
    #expect(try await told(post, on: Commune.day(2026, 9, 7)).contains("vh-xh subplan-asked"))
    post.clock.set(Commune.at(Commune.day(2026, 9, 10), 1))
    try await post.hear(expected(plan, Commune.day(2026, 10, 12), by: "38"))
    #expect(try await told(post, on: Commune.day(2026, 9, 10)) == ["vh-xh subplan-asked"])
    #expect(try await told(post, on: Commune.day(2026, 10, 1)) == ["vh-xh subplan-due-soon"])
    #expect(
      try await told(post, on: Commune.day(2026, 10, 13)) == ["vh-xh subplan-missing", "pho-chu-tich subplan-missing"])
    await post.close()
  }

  // MARK: A province

  @Test("a province reads one line for all communes that are late, by regime and by plan, and nothing of offices' own")
  func province() async throws {
    let (post, plan) = (try await Post(at: Commune.at(Commune.day(2026, 10, 1), 1)), Plan.ID())
    try await post.keep("so-khcn", "Sở Khoa học và Công nghệ", in: "38")
    try await post.hear(
      AccountAdmitted(
        unit: "38", account: "so", office: Office(code: "so-khcn", name: "Sở"), roles: [Open(.province)]))
    let (communes, due) = ([Post.commune, "38/15058", "38/15061"] as [Unit], Commune.day(2026, 10, 12))
    func report(_ unit: Unit, by keeper: Unit, from office: Office.Code? = nil) throws -> ReportExpected {
      ReportExpected(
        unit: unit, office: office, keeper: keeper, regime: "quy", title: "Báo cáo quý",
        period: try #require(Period("2026-Q3")), cutoff: Commune.day(2026, 9, 30), due: due, focal: "vh-xh")
    }
    for unit in communes {
      try await post.hear(report(unit, by: "38"))
      try await post.hear(report(unit, by: unit))
      try await post.hear(report(unit, by: "38", from: "vp"))
      try await post.hear(expected(plan, due, of: unit, by: "38"))
      try await post.hear(expected(Plan.ID(), due, of: unit, by: unit, from: "vp"))
    }
    func lines(_ day: Day) async throws -> [String] {
      post.clock.set(Commune.at(day, 8))
      try await post.look()
      return try await post.inbox("so-khcn", in: "38").filter { $0.time.day == day }.map(\.text.vi).sorted()
    }
    #expect(try await lines(Commune.day(2026, 10, 12)).isEmpty)
    #expect(
      try await lines(Commune.day(2026, 10, 13)) == [
        "3 xã, phường chưa có kế hoạch cụ thể hóa kế hoạch 31/KH-UBND: quá hạn 1 ngày làm việc (hạn 12/10/2026). Kế hoạch",
        "3 xã, phường chưa gửi «Báo cáo quý» quý III/2026: quá hạn 1 ngày làm việc (hạn 12/10/2026).",
      ])
    for unit in communes.dropLast() {
      try await post.hear(
        ReportSettled(unit: unit, keeper: "38", regime: "quy", period: try #require(Period("2026-Q3"))))
    }
    for unit in communes { try await post.hear(SubplanSettled(unit: unit, plan: plan)) }
    #expect(
      try await lines(Commune.day(2026, 10, 14)) == [
        "Mọi xã, phường được yêu cầu đã có kế hoạch cụ thể hóa kế hoạch 31/KH-UBND. Kế hoạch"
      ])
    #expect(
      try await lines(Commune.day(2026, 10, 20)) == [
        "1 xã, phường chưa gửi «Báo cáo quý» quý III/2026: quá hạn 6 ngày làm việc (hạn 12/10/2026)."
      ])
    await post.close()
  }

  @Test("what would go to an office that has ended goes to the focal office, once") func endedOffice() async throws {
    let day = Commune.day(2026, 8, 5)
    let post = try await post(at: day)
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "lan", office: Office(code: "vh-xh", name: "Phòng"), roles: [Open(.focal)]))
    try await post.keep("kt", "Phòng Kinh tế", until: day.adding(-2))
    func allocated(_ leads: [Office.Code]) -> LineAllocated {
      LineAllocated(
        unit: Post.commune, line: BudgetLine.ID(), plan: Plan.ID(), task: PlanTask.ID(), number: "1", name: "Việc",
        fiscalYear: 2026, leads: leads, amount: 30, allocated: 50, document: "12/QĐ-UBND", day: day)
    }
    let before = try await post.inbox("vh-xh").count
    try await post.hear(allocated(["kt"]))
    #expect(try await post.inbox("kt").isEmpty)
    #expect(try await post.inbox("vh-xh").count == before + 1)
    try await post.hear(allocated(["kt", "vh-xh"]))
    #expect(try await post.inbox("vh-xh").count == before + 2)
    await post.close()
  }

  @Test("money that lags is told once while nothing of it changes") func chasedAgain() async throws {
    let post = try await post(at: Commune.day(2026, 10, 1))
    let line = BudgetLine.ID()
    func lagging(_ elapsed: Int) -> LineLagging {
      LineLagging(
        unit: Post.commune, line: line, number: "1", name: "Việc", fiscalYear: 2026, leads: ["kt"], allocated: 80,
        disbursed: 0, elapsed: elapsed)
    }
    try await post.hear(lagging(75))
    #expect(try await told(post, on: Commune.day(2026, 10, 1)).contains("kt disbursement-lag"))
    try await post.hear(lagging(75))
    #expect(try await told(post, on: Commune.day(2026, 10, 2)).isEmpty)
    try await post.hear(lagging(83))
    #expect(try await told(post, on: Commune.day(2026, 10, 30)).contains("kt disbursement-lag"))
    await post.close()
  }

  private func moved(_ status: Submission.Status, reason: String? = nil) throws -> SubmissionMoved {
    let summary = SubmissionSummary(
      id: Submission.ID(UUIDv7(high: 7, low: 7)), keeper: "38", regime: "quy", period: try #require(Period("2026-Q3")),
      unit: Post.commune, status: Open(status), version: 1, answered: 2, cells: 2,
      hash: try #require(Fingerprint(String(repeating: "0", count: 64))))
    return SubmissionMoved(
      unit: Post.commune, submission: summary, title: "Báo cáo quý", reason: reason,
      offices: status == .inReview ? ["vp"] : [], focal: "vh-xh")
  }

  @Test("what the Sở asks to look at again is said at once, and no more when it is sent again")
  func review() async throws {
    let day = Commune.day(2026, 10, 14)
    let post = try await post(at: day, hour: 10)
    try await post.address("vp", "vp@x.vn")
    try await post.look()
    try await post.hear(moved(.inReview, reason: "mẫu số không khớp"))
    try await post.look()
    #expect(try await told(post, since: day).isSuperset(of: ["vp submission-returned", "vh-xh submission-returned"]))
    #expect(try await post.letters().last?.notices == 1)
    #expect(
      try await post.inbox("vp").last?.text.vi
        == "«Báo cáo quý» quý III/2026 được đề nghị rà soát: mẫu số không khớp")
    try await post.hear(moved(.sent))
    #expect(try await told(post, on: day.adding(7)).isEmpty)
    await post.close()
  }

  // MARK: Targets

  @Test("a target at risk is hushed while a task that serves it is late, and said when that is done")
  func risk() async throws {
    let target = Target.ID()
    let post = try await post(at: Commune.day(2026, 7, 1))
    let tasks = try await post.plan([("1", "vp", Commune.day(2026, 6, 30))])
    let task = try #require(tasks["1"])
    try await post.hear(
      TaskDue(
        unit: Post.commune, plan: Plan.ID(), task: task, due: Commune.day(2026, 6, 30), offices: ["vp"],
        targets: [target]))
    try await post.hear(
      TargetEndangered(
        unit: Post.commune, indicator: Indicator.ID(), title: "Hồ sơ trực tuyến", measure: "%",
        milestone: Milestone(
          target: target, plan: Plan.ID(), year: 2026, number: "5", comparator: Open(.atLeast), value: Quantity(90),
          due: Commune.day(2026, 12, 31), leads: ["kt"]), period: try #require(Period("2026-Q2")),
        figure: Figure(60, of: 100), forecast: Quantity("71.5"), focal: "vh-xh"))
    #expect(try await told(post, on: Commune.day(2026, 7, 1)).isDisjoint(with: ["kt target-at-risk"]))
    try await post.progress(task, .done)
    #expect(
      try await told(post, on: Commune.day(2026, 7, 2)).isSuperset(of: ["kt target-at-risk", "vh-xh target-at-risk"]))
    #expect(
      try await post.inbox("kt").last?.text.vi
        == "Chỉ tiêu 5 có nguy cơ không đạt 90 %: quý II/2026 mới 60/100 (60,0 %), theo đà này đạt 71,5. "
        + "Hồ sơ trực tuyến")
    try await post.hear(
      TargetRecovered(unit: Post.commune, indicator: Indicator.ID(), target: target))
    #expect(try await told(post, on: Commune.day(2026, 8, 3)).isEmpty)
    await post.close()
  }

  // MARK: Personal data

  @Test("the clocks of a request about personal data cannot be muted: two days to acknowledge, then to answer")
  func dataRequest() async throws {
    // 1/9 and 2/9 are the national holiday: 4/9 is the second working day after them.
    let post = try await post(at: Commune.day(2026, 9, 3))
    let request = SubjectRequest.ID()
    func say(_ acknowledge: Day?, _ due: Day?, by office: Office.Code?) async throws {
      try await post.hear(
        SubjectRequestMoved(
          unit: Post.commune, request: request, received: Commune.day(2026, 9, 1), acknowledgeBy: acknowledge,
          due: due, office: office))
    }
    try await say(Commune.day(2026, 9, 4), Commune.day(2026, 9, 11), by: "vp")
    try await post.database.write { store in
      try NotificationsStore.keep(
        Silence(
          id: Silence.ID(), rule: nil, subject: nil, office: "vp", until: Commune.day(2026, 12, 31), reason: "nghỉ",
          document: nil, account: "a", time: .now), in: Post.commune, store)
    }
    let both: Set = ["vp data-request-due", "vh-xh data-request-due"]
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "lan", office: Office(code: "vh-xh", name: "Phòng"), roles: [Open(.focal)]))
    #expect(try await told(post, on: Commune.day(2026, 9, 3)).isSuperset(of: both))
    #expect(
      try await post.inbox("vp").last?.text.vi
        == "Yêu cầu về dữ liệu cá nhân nhận ngày 01/09/2026: báo đã nhận chậm nhất ngày 04/09/2026.")
    try await say(nil, Commune.day(2026, 9, 11), by: "vh-xh")
    #expect(try await told(post, on: Commune.day(2026, 9, 9)).isEmpty)
    #expect(try await told(post, on: Commune.day(2026, 9, 10)) == both)
    #expect(try await told(post, on: Commune.day(2026, 9, 11)) == both)
    #expect(try await told(post, on: Commune.day(2026, 9, 14)) == both.union(["pho-chu-tich data-request-due"]))
    #expect(try await told(post, on: Commune.day(2026, 9, 15)) == both.union(["pho-chu-tich data-request-due"]))
    try await say(nil, nil, by: "vp")
    #expect(try await told(post, on: Commune.day(2026, 9, 16)).isEmpty)
    await post.close()
  }

  // MARK: Documents

  private func issued(
    _ plan: Plan.ID, _ number: DocumentNumber, _ recipients: [Recipient] = []
  ) -> PlanIssued {
    PlanIssued(
      unit: Post.commune, plan: plan, year: 2026, title: "Kế hoạch chuyển đổi số", number: number,
      issuedOn: Commune.day(2026, 1, 5), rows: RowCounts(tasks: 0, targets: 0), lines: 0, planned: 0, focal: "vh-xh",
      shares: [
        .init(office: Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội"), leads: 1, coordinates: 0, targets: 1),
        .init(office: Office(code: "kt", name: "Phòng Kinh tế"), leads: 0, coordinates: 1, targets: 0),
      ], recipients: recipients)
  }

  private static let recipients = [
    Recipient(name: "Sở Khoa học và Công nghệ", purpose: Open(.report)),
    Recipient(name: "Văn phòng Đảng ủy", purpose: Open(.report)),
    Recipient(name: "Chủ tịch, các Phó Chủ tịch UBND xã", purpose: nil),
    Recipient(name: "Phòng Kinh tế, Phòng Văn hóa - Xã hội", purpose: Open(.carryOut)),
    Recipient(name: "VT", purpose: Open(.file)), Recipient(name: "Công an xã", purpose: Open(.publish)),
  ]

  @Test("nơi nhận are told that a document is issued, replaced and withdrawn; nothing else")
  func recipients() async throws {
    let day = Commune.day(2026, 1, 6)
    let post = try await post(at: day)
    let (first, second) = (Plan.ID(), Plan.ID())
    try await post.hear(issued(first, "25/KH-UBND", Self.recipients))
    #expect(
      try await post.inbox("du").map(\.text.vi)
        == ["Nơi nhận (b/c): kế hoạch 25/KH-UBND đã ban hành. Kế hoạch chuyển đổi số"])
    for leader in Self.leaders { #expect(try await post.inbox(leader).count == 1, "\(leader)") }
    #expect(try await post.inbox("kt").count == 1)
    for office in ["cax", "vp"] as [Office.Code] { #expect(try await post.inbox(office).isEmpty, "\(office)") }
    try await post.hear(PlanSuperseded(unit: Post.commune, plan: first, by: second))
    try await post.hear(issued(second, "40/KH-UBND"))
    let amended = "Kế hoạch 25/KH-UBND được thay bằng kế hoạch 40/KH-UBND. Kế hoạch chuyển đổi số"
    #expect(try await post.inbox("du").map(\.text.vi).last == amended)
    #expect(try await post.inbox("kt").map(\.text.vi).contains(amended))
    try await post.hear(
      PlanRevoked(unit: Post.commune, plan: second, number: "45/QĐ-UBND", day: Commune.day(2026, 1, 6)))
    // The later one named no nơi nhận: those with a share of it are told.
    #expect(try await post.inbox("du").count == 2)
    #expect(
      try await post.inbox("kt").last?.text.vi
        == "Kế hoạch 40/KH-UBND bị thu hồi theo 45/QĐ-UBND ngày 06/01/2026. Kế hoạch chuyển đổi số")
    await post.close()
  }

  @Test("when a legal basis ends, all that have a share of a plan are told, the focal office again")
  func basis() async throws {
    let post = try await post(at: Commune.day(2026, 3, 2))
    let plan = Plan.ID()
    try await post.hear(issued(plan, "25/KH-UBND"))
    try await post.hear(
      BasisEnded(
        unit: Post.commune, plan: plan, focal: "vh-xh", number: "13/2023/NĐ-CP", endedOn: Commune.day(2026, 1, 1),
        replacedBy: "356/2025/NĐ-CP"))
    #expect(
      try await told(post, on: Commune.day(2026, 3, 2)).isSuperset(
        of: ["vh-xh legal-basis-changed", "kt legal-basis-changed"]))
    #expect(
      try await post.inbox("kt").last?.text.vi
        == "Căn cứ 13/2023/NĐ-CP hết hiệu lực từ 01/01/2026 (356/2025/NĐ-CP); cần rà soát kế hoạch 25/KH-UBND đang "
        + "viện dẫn.")
    #expect(try await told(post, on: Commune.day(2026, 3, 27)).isEmpty)
    #expect(try await told(post, on: Commune.day(2026, 3, 30)) == ["vh-xh legal-basis-changed"])
    try await post.hear(
      PlanClosed(unit: Post.commune, plan: plan, number: "310/BC-UBND", day: Commune.day(2026, 3, 30)))
    #expect(try await told(post, on: Commune.day(2026, 5, 29)).isEmpty)
    await post.close()
  }

  // MARK: News

  @Test("an obstacle reaches the focal office, its answer who raised it; an import the focal office")
  func news() async throws {
    let day = Commune.day(2026, 3, 2)
    let post = try await post(at: day)
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "lan", office: Office(code: "vh-xh", name: "Phòng"), roles: [Open(.focal)]))
    let task = try #require(try await post.plan([("1.2", "kt", nil)])["1.2"])
    let obstacle = Obstacle.ID()
    try await post.hear(ObstacleRaised(unit: Post.commune, obstacle: obstacle, office: "kt", task: task))
    #expect(
      try await post.inbox("vh-xh").last?.text.vi
        == "Phòng Kinh tế nêu vướng mắc ở nhiệm vụ 1.2; xem và trả lời: xaso obstacle list. Việc 1.2")
    try await post.hear(
      ObstacleAnswered(unit: Post.commune, obstacle: obstacle, office: "kt", outcome: Open(.referred)))
    #expect(try await post.inbox("kt").last?.text.vi == "Vướng mắc cơ quan nêu đã được kiến nghị cấp trên.")
    try await post.hear(
      ObservationsImported(
        unit: Post.commune, office: "kt",
        values: [
          .init(
            indicator: Indicator.ID(), period: try #require(Period("2026-Q1")), revision: 1, figure: Figure(1))
        ]))
    #expect(try await post.inbox("vh-xh").last?.text.vi == "Phòng Kinh tế nhập 1 số liệu từ tệp.")
    await post.close()
  }

  @Test("a year that is closed ends what was said of its money") func closedYear() async throws {
    let post = try await post(at: Commune.day(2026, 12, 1))
    let lagging = LineLagging(
      unit: Post.commune, line: BudgetLine.ID(), number: "1.1", name: "Số hóa", fiscalYear: 2026, leads: ["kt"],
      allocated: 100, disbursed: 10, elapsed: 92)
    try await post.hear(lagging)
    #expect(try await told(post, on: Commune.day(2026, 12, 1)).contains("kt disbursement-lag"))
    try await post.hear(
      YearClosed(unit: Post.commune, fiscalYear: 2026, document: "9/QĐ-UBND", day: Commune.day(2026, 12, 2)))
    #expect(try await told(post, on: Commune.day(2027, 2, 1)).isEmpty)
    await post.close()
  }
}
