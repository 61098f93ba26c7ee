import Bus
import PlanDocuments
import Schema
import Units

/// All that a report says: what was frozen when it was put together.
struct ReportMaterial {
  let submission: SubmissionDetail
  let regime: Regime
  /// The group of rows of the plan that an indicator stands in, and what is promised of it.
  let promises: [Indicator.ID: TargetRow]

  static func gather(_ id: Submission.ID, in unit: Unit, _ session: Session) async throws -> ReportMaterial {
    let submission = try await session.ask(ShowSubmission(submission: id), in: unit).value
    let own = submission.summary.unit
    let regimes: [RegimeSummary] = try await session.all(in: own) { ListRegimes(after: $0) }
    let regime = regimes.first {
      $0.keeper == submission.summary.keeper && $0.regime.code == submission.summary.regime
    }
    guard let regime else { throw Refusal(.notFound) }
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
    return ReportMaterial(
      submission: submission, regime: regime.regime,
      promises: Dictionary(
        promised.compactMap { promise in rows[promise.milestone.target].map { (promise.indicator, $0) } },
        uniquingKeysWith: { first, _ in first }))
  }

  /// Of a commune's report all, of an office's its own. Nil of one that was put together without it.
  var work: SubmissionWork? {
    let work = submission.remarks.work
    return submission.summary.office.map { office in work?.led(by: office) } ?? work
  }

  func name(of office: Office.Code) -> String {
    work?.offices.first { $0.code == office }?.name ?? office.description
  }

  /// In the order that communes' quarterly reports have. What has no text says so, and is not left out.
  var report: AdministrativeReport {
    let summary = submission.summary
    let unit = Units[summary.unit]
    let name = unit.map { "\($0.kind.rawValue) \($0.name)" } ?? "\(summary.unit)"
    return AdministrativeReport(
      superior: superior(name), issuer: issuer(name), symbol: summary.office == nil ? "BC-UBND" : "BC",
      place: unit?.name ?? "", year: year,
      subject: "\(subject) \(summary.period.text.vi)", sections: sections,
      annexes: annexes,
      signing: summary.office == nil ? ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] : ["TRƯỞNG PHÒNG"],
      recipients: recipients, hash: summary.hash)
  }

  /// Of the day on which the version that stands was put together: a year's report is signed in the next one.
  private var year: Int {
    submission.steps.last { $0.status == .prepared }?.time.day.components.year ?? submission.summary.period.year
  }

  /// Cơ quan chủ quản: of an office its commune, of a commune its province.
  private func superior(_ name: String) -> String {
    guard submission.summary.office == nil else { return "UBND \(name)".uppercased() }
    return Units[submission.summary.unit].map { "UBND TỈNH \($0.provinceName)".uppercased() } ?? ""
  }

  /// The regime's name; `Báo cáo` stands above it already.
  private var subject: String {
    let word = "Báo cáo "
    return regime.name.hasPrefix(word) ? String(regime.name.dropFirst(word.count)) : regime.name
  }

  private func issuer(_ name: String) -> String {
    if let office = submission.summary.office { return self.name(of: office).uppercased() }
    return "ỦY BAN NHÂN DÂN \(name)".uppercased()
  }

  private var recipients: [String] {
    let via = regime.via.map { "\($0) (tổng hợp);" }
    return submission.summary.keeper.commune == nil
      ? (via.map { ["UBND tỉnh (b/c);", $0] } ?? ["Sở Khoa học và Công nghệ (b/c);"])
        + ["Thường trực Đảng ủy, HĐND xã (b/c);", "Ban Chỉ đạo xã;", "Lưu: VT."]
      : ["UBND xã (b/c);", via ?? "Cơ quan đầu mối;", "Lưu."]
  }

  private var sections: [AdministrativeReport.Section] {
    let remarks = submission.remarks
    let obstacles = work?.obstacles ?? []
    func words(_ text: String?, _ more: [String] = []) -> [String] {
      let words = (text.map { [$0] } ?? []) + more
      return words.isEmpty ? ["Không có."] : words
    }
    return [
      .init(heading: "I. CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH", paragraphs: words(remarks.direction)),
      .init(
        heading: "II. KẾT QUẢ THỰC HIỆN",
        paragraphs: [indicatorText] + [judgedText].compactMap(\.self) + areas + [taskText].compactMap(\.self)),
      .init(heading: "III. KINH PHÍ", paragraphs: [moneyText]),
      .init(
        heading: "IV. KHÓ KHĂN, VƯỚNG MẮC",
        paragraphs: words(remarks.obstacles, obstacles.map(\.text))),
      .init(
        heading: "V. ĐỀ XUẤT, KIẾN NGHỊ",
        paragraphs: words(remarks.proposals, obstacles.compactMap(\.asks))),
      .init(heading: "VI. NHIỆM VỤ KỲ TỚI", paragraphs: words(remarks.next)),
    ]
  }

  private var indicatorText: String {
    let cells = submission.cells.filter { !$0.isJudged }
    let met = cells.count { $0.standing == .met }
    let nothing = cells.count(where: \.isNothing)
    let estimated = cells.count { $0.estimatedAsOf != nil }
    var text =
      "Về chỉ tiêu: \(submission.summary.period.text.vi) báo cáo \(cells.count) chỉ tiêu, trong đó đã đạt \(met)"
    if nothing > 0 { text += ", không phát sinh \(nothing)" }
    if estimated > 0 { text += ", ước thực hiện \(estimated) (không tính là kết quả)" }
    return text + ". Số liệu chi tiết tại Phụ lục I."
  }

  /// What was judged in words: apart from what is met by number.
  private var judgedText: String? {
    let verdicts = submission.cells.compactMap(\.judgement?.verdict)
    guard !verdicts.isEmpty else { return nil }
    return "Về mục tiêu định tính: đánh giá \(verdicts.count) mục tiêu, \(Self.counted(verdicts)). Chi tiết tại "
      + "Phụ lục \(Annex.objectives.number(among: annexNames))."
  }

  /// `hoàn thành 3, hoàn thành một phần 1`
  static func counted(_ verdicts: [Open<Indicator.Verdict>]) -> String {
    Indicator.Verdict.allCases.map(Open.init).compactMap { verdict in
      let count = verdicts.count { $0 == verdict }
      return count == 0 ? nil : "\(verdict.text.vi) \(count)"
    }.joined(separator: ", ")
  }

  private var taskText: String? {
    guard let work, !work.tasks.isEmpty else { return nil }
    let tasks = work.tasks
    let done = tasks.count { $0.percent == 100 }
    let started = tasks.count { (1..<100).contains($0.percent) }
    return "Về nhiệm vụ: đến ngày \(work.asOf.written) có \(tasks.count) nhiệm vụ, hoàn thành \(done), đang thực hiện "
      + "\(started), chưa bắt đầu \(tasks.count - done - started). Chi tiết tại Phụ lục "
      + "\(Annex.tasks.number(among: annexNames))."
  }

  private var moneyText: String {
    guard let work, !work.money.isEmpty, let estimated = work.sum(of: \.estimated),
      let allocated = work.sum(of: \.allocated), let disbursed = work.sum(of: \.disbursed)
    else { return "Chưa có số liệu kinh phí của năm." }
    return "Đến ngày \(work.asOf.written): dự toán theo kế hoạch \(estimated.written) đồng; đã phân bổ "
      + "\(allocated.written) đồng; đã giải ngân \(disbursed.written) đồng."
  }
}

extension SubmissionWork {
  /// Nil where it is beyond all money.
  fileprivate func sum(of amount: KeyPath<Money, Schema.Money>) -> Schema.Money? {
    money.reduce(0) { sum, item in sum?.adding(item[keyPath: amount]) }
  }
}
