import Bus
import PlanDocuments
import Schema
import Units

/// All that a report says, as the services answered it.
struct ReportMaterial {
  let submission: SubmissionDetail
  let regime: Regime
  let tasks: [TaskSummary]
  let offices: [Office.Code: String]
  /// Of the fiscal year; nil where the budget is not answered for.
  let money: MoneySums?
  /// The group of rows of the plan that an indicator stands in, and what is promised of it.
  let promises: [Indicator.ID: TargetRow]
  /// Those that nobody has resolved.
  let obstacles: [ObstacleSummary]

  static func gather(_ id: Submission.ID, in unit: Unit, _ session: Session) async throws -> ReportMaterial {
    let submission = try await session.ask(ShowSubmission(submission: id), in: unit).value
    let own = submission.summary.unit
    let regimes: [RegimeSummary] = try await session.all(in: own) { ListRegimes(after: $0) }
    let regime = regimes.first {
      $0.keeper == submission.summary.keeper && $0.regime.code == submission.summary.regime
    }
    guard let regime else { throw Refusal(.notFound) }
    let tasks: [TaskSummary] = try await session.all(in: own) { ListTasks(after: $0) }
    let indicators: [IndicatorSummary] = try await session.all(in: own) { ListIndicators(after: $0) }
    let current = Dictionary(indicators.map { ($0.id, $0.target) }, uniquingKeysWith: { first, _ in first })
    // As it was frozen: a year's report is not about what the next year's plan promises.
    let promised = submission.cells.compactMap { cell in
      (cell.target ?? current[cell.indicator]).map { (indicator: cell.indicator, milestone: $0) }
    }
    var rows: [Target.ID: TargetRow] = [:]
    for plan in Set(promised.map(\.milestone.plan)) {
      let targets: [TargetSummary] = try await session.all(in: own) { ListTargets(plan: plan, after: $0) }
      for target in targets { rows[target.id] = target.row }
    }
    let obstacles: [ObstacleSummary] = try await session.all(in: own) { ListObstacles(after: $0) }
    let year = submission.summary.period.year
    let totals = try? await session.ask(TotalBudget(fiscalYear: year), in: own).value
    return ReportMaterial(
      submission: submission, regime: regime.regime, tasks: tasks,
      offices: await session.offices(of: tasks.map { ($0.plan, $0.unit) }), money: totals?.sums,
      promises: Dictionary(
        promised.compactMap { promise in rows[promise.milestone.target].map { (promise.indicator, $0) } },
        uniquingKeysWith: { first, _ in first }),
      obstacles: obstacles.filter { $0.status.known != .resolved })
  }

  /// In the order that communes' quarterly reports have. What has no text says so, and is not left out.
  var report: AdministrativeReport {
    let summary = submission.summary
    let unit = Units[summary.unit]
    let name = unit.map { "\($0.kind.rawValue) \($0.name)" } ?? "\(summary.unit)"
    return AdministrativeReport(
      superior: unit.map { "UBND TỈNH \($0.provinceName)".uppercased() } ?? "", issuer: issuer(name),
      symbol: summary.office == nil ? "BC-UBND" : "BC", place: unit?.name ?? "", year: summary.period.year,
      subject: "\(subject) \(summary.period.text.vi)", sections: sections,
      annexes: [indicatorAnnex] + (tasks.isEmpty ? [] : [taskAnnex]),
      signing: summary.office == nil ? ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] : ["TRƯỞNG PHÒNG"],
      recipients: recipients, hash: summary.hash)
  }

  /// The regime's name; `Báo cáo` stands above it already.
  private var subject: String {
    let word = "Báo cáo "
    return regime.name.hasPrefix(word) ? String(regime.name.dropFirst(word.count)) : regime.name
  }

  private func issuer(_ name: String) -> String {
    if let office = submission.summary.office { return (offices[office] ?? office.description).uppercased() }
    return "ỦY BAN NHÂN DÂN \(name)".uppercased()
  }

  private var recipients: [String] {
    submission.summary.keeper.commune == nil
      ? ["Sở Khoa học và Công nghệ (b/c);", "Thường trực Đảng ủy, HĐND xã (b/c);", "Ban Chỉ đạo xã;", "Lưu: VT."]
      : ["UBND xã (b/c);", "Cơ quan đầu mối;", "Lưu."]
  }

  private var sections: [AdministrativeReport.Section] {
    let remarks = submission.remarks
    func words(_ text: String?, _ more: [String] = []) -> [String] {
      let words = (text.map { [$0] } ?? []) + more
      return words.isEmpty ? ["Không có."] : words
    }
    return [
      .init(heading: "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", paragraphs: words(remarks.direction)),
      .init(heading: "II. KẾT QUẢ THỰC HIỆN", paragraphs: [indicatorText] + areas + [taskText].compactMap(\.self)),
      .init(heading: "III. KINH PHÍ", paragraphs: [moneyText]),
      .init(
        heading: "IV. KHÓ KHĂN, VƯỚNG MẮC",
        paragraphs: words(remarks.obstacles, obstacles.map(\.text))),
      .init(
        heading: "V. ĐỀ XUẤT, KIẾN NGHỊ",
        paragraphs: words(remarks.proposals, obstacles.filter { $0.status == .referred }.compactMap(\.answer))),
      .init(heading: "VI. NHIỆM VỤ KỲ TỚI", paragraphs: words(remarks.next)),
    ]
  }

  private var indicatorText: String {
    let cells = submission.cells
    let met = cells.count { $0.standing == .met }
    let nothing = cells.count(where: \.isNothing)
    let estimated = cells.count { $0.estimatedAsOf != nil }
    var text =
      "Về chỉ tiêu: \(submission.summary.period.text.vi) báo cáo \(cells.count) chỉ tiêu, trong đó đã đạt \(met)"
    if nothing > 0 { text += ", không phát sinh \(nothing)" }
    if estimated > 0 { text += ", ước thực hiện \(estimated) (không tính là kết quả)" }
    return text + ". Số liệu chi tiết tại Phụ lục I."
  }

  private var taskText: String? {
    guard !tasks.isEmpty else { return nil }
    let done = tasks.count { $0.percent == 100 }
    let started = tasks.count { (1..<100).contains($0.percent) }
    return "Về nhiệm vụ: \(tasks.count) nhiệm vụ, hoàn thành \(done), đang thực hiện \(started), chưa bắt đầu "
      + "\(tasks.count - done - started). Chi tiết tại Phụ lục II."
  }

  private var moneyText: String {
    guard let money, money.lines > 0 else { return "Chưa có số liệu kinh phí của năm." }
    return "Dự toán theo kế hoạch \(money.estimated.written) đồng; đã phân bổ \(money.allocated.written) đồng; đã giải "
      + "ngân \(money.disbursed.written) đồng."
  }

  private var indicatorAnnex: AdministrativeReport.Section {
    let rows = submission.cells.enumerated().map { index, cell in
      [
        "\(index + 1)", cell.name, cell.measure ?? "", cell.figure.map { Money(dong: $0.numerator).written } ?? "",
        cell.figure?.denominator.map { Money(dong: $0).written } ?? "",
        cell.isNothing
          ? "không phát sinh"
          : cell.figure.map { $0.ratio.map(\.percentWritten) ?? $0.written(in: cell.measure) } ?? "",
        cell.estimatedAsOf.map { "ước đến \($0.written)" } ?? cell.standing.text(.vietnamese),
      ]
    }
    return .init(
      heading: "PHỤ LỤC I", paragraphs: ["Kết quả thực hiện các chỉ tiêu"],
      table: .init(
        titles: ["TT", "Chỉ tiêu", "Đơn vị tính", "Tử số", "Mẫu số", "Kết quả", "Đánh giá"],
        widths: [6, 36, 10, 11, 11, 13, 13], rows: rows))
  }

  private var taskAnnex: AdministrativeReport.Section {
    let rows = tasks.map { task in
      [
        task.row.number, task.row.name, task.row.leads.map { offices[$0] ?? $0.description }.joined(separator: "; "),
        task.row.due?.written ?? task.row.time ?? "", "\(task.percent) %", task.standing(.vietnamese),
      ]
    }
    return .init(
      heading: "PHỤ LỤC II", paragraphs: ["Tiến độ thực hiện nhiệm vụ"],
      table: .init(
        titles: ["TT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời hạn", "Tiến độ", "Trạng thái"],
        widths: [7, 41, 20, 12, 9, 11], rows: rows))
  }
}
