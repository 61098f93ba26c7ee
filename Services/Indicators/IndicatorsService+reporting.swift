import Bus
import Schema
import Storage

/// Regimes, and the way of what is submitted under them.
extension IndicatorsService {
  static func registerRegimes(in handlers: inout Handlers<Indicators>) {
    handlers.on(KeepRegime.self) { request, call, transaction in
      let keeper = try keeper(call)
      let warnings = try RegimeRules.warnings(about: request.regime, in: keeper, on: transaction.time.day)
      let before = try IndicatorsStore.regimes(over: keeper, transaction)
        .first { $0.keeper == keeper && $0.regime.code == request.regime.code }
      try RegimeRules.check(request.regime, replacing: before?.regime)
      try IndicatorsStore.keep(request.regime, of: keeper, transaction)
      var summary = try IndicatorsStore.regime(request.regime.code, of: keeper, transaction).summary
      let all = try warnings + IndicatorsStore.unpromised(request.regime.indicators, beneath: keeper, transaction)
      summary.warnings = all.isEmpty ? nil : all
      return .accepted(summary, events: try expected(request.regime.code, of: keeper, transaction))
    }
    handlers.on(ListRegimes.self) { request, call, transaction in
      try IndicatorsStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(MoveDueDay.self) { request, call, transaction in
      let keeper = try keeper(call)
      let record = try IndicatorsStore.regime(request.regime, of: keeper, transaction)
      try RegimeRules.check(request.move, of: record)
      try IndicatorsStore.keep(request.move, of: request.regime, of: keeper, transaction)
      return .accepted(
        try IndicatorsStore.regime(request.regime, of: keeper, transaction).summary,
        events: try expected(request.regime, of: keeper, transaction))
    }
    handlers.on(GrantException.self) { request, call, transaction in
      let keeper = try keeper(call)
      let record = try IndicatorsStore.regime(request.regime, of: keeper, transaction)
      try RegimeRules.check(request, of: record, on: transaction.time.day)
      try request.reason.check(atMost: 2000, at: "reason")
      let reporter =
        if keeper.commune == nil {
          request.unit.flatMap { $0.commune != nil && keeper.contains($0) ? $0.description : nil }
        } else {
          request.office?.description
        }
      guard let reporter else {
        throw Refusal(
          .invalid, vi: "Hãy nêu xã (chế độ của tỉnh) hoặc cơ quan (chế độ của xã) được mở.",
          en: "Name the commune (of a province's regime) or the office (of a commune's).", at: "unit")
      }
      try IndicatorsStore.keep(request, for: reporter, by: call.caller.account, of: keeper, transaction)
      return .accepted(Done())
    }
    handlers.on(ShowCompleteness.self) { request, call, transaction in
      let unit = try call.home()
      let record = try IndicatorsStore.regime(request.regime, of: try above(request.keeper, unit), transaction)
      // What offices owe each other inside a commune is nobody else's.
      guard record.isOfCommunes || call.caller.isAtHome(in: record.keeper) else {
        throw Refusal.notFound("chế độ báo cáo", "regime", request.regime, at: "regime")
      }
      guard record.asks(for: request.period) else {
        throw Refusal(
          .invalid, vi: "Chế độ này không báo cáo \(request.period.text.vi).",
          en: "This regime does not ask for \(request.period.text.en).", at: "period")
      }
      return try IndicatorsStore.completeness(of: record, request.period, for: unit, to: call.caller, transaction)
    }
    handlers.on(ExplainLock.self) { request, call, transaction in
      let unit = try call.home()
      let subject = try IndicatorsStore.subjects(in: unit, on: transaction.time.day, transaction)[request.indicator]
      guard let subject else { throw Refusal.notFound("chỉ tiêu", "indicator", request.indicator, at: "indicator") }
      let locks = try request.period.containing
        .flatMap { try IndicatorsStore.locks(in: unit, for: $0, transaction) }
        .filter { $0.covers(subject, request.period, by: subject.target.leads) }
      let causes = locks.flatMap { lock in
        lock.causes.sorted { $0.day < $1.day } + [.init(day: transaction.time.day, text: lock.remedy)]
      }
      let openings = try request.period.containing.flatMap { period in
        try IndicatorsStore.regimes(over: unit, transaction).flatMap { record in
          RegimeRules.openings(of: record, period, for: unit, on: transaction.time.day)
        }
      }
      return LockExplained(isLocked: !locks.isEmpty, causes: causes + openings)
    }
  }

  static func registerSubmissions(in handlers: inout Handlers<Indicators>) {
    handlers.on(PrepareSubmission.self) { request, call, transaction in
      let unit = try call.home()
      let record = try IndicatorsStore.regime(request.regime, of: try above(request.keeper, unit), transaction)
      let focals = try IndicatorsStore.focals(of: unit, transaction)
      let reporter = try SubmissionRules.reporter(of: record, by: call.caller, focals: focals)
      let existing = try IndicatorsStore.submission(of: record, request.period, from: reporter, in: unit, transaction)
      try call.expects(existing?.version ?? 0)
      let lock = RegimeRules.lock(by: record, of: request.period, for: unit, on: transaction.time.day)
        .flatMap { lock in
          // Who asked for a review opened it.
          existing?.status.known == .inReview || reporter.office.map(lock.exempt.contains) == true ? nil : lock
        }
      try SubmissionRules.checkPrepare(
        record, request.period, from: reporter, of: unit, status: existing?.status.known, lock: lock,
        on: transaction.time.day)
      let earlier = try existing.map { try IndicatorsStore.submission($0.id, in: unit, transaction).detail.remarks }
      let remarks = SubmissionRules.remarks(request.remarks, after: earlier)
      try SubmissionRules.check(remarks)
      let cells = try IndicatorsStore.cells(of: record, request.period, from: reporter, in: unit, transaction)
      try SubmissionRules.check(cells, of: record)
      try SubmissionRules.check(
        try IndicatorsStore.contradictions(
          of: cells, for: request.period, besides: existing?.id, in: unit, transaction))
      let summary = SubmissionSummary(
        id: existing?.id ?? Submission.ID(), keeper: record.keeper, regime: request.regime, period: request.period,
        unit: unit, office: reporter.office, status: Open(.prepared), version: (existing?.version ?? 0) + 1,
        answered: cells.count { $0.isAnswered }, cells: cells.count,
        hash: SubmissionRules.hash(of: cells, remarks, for: request.period))
      try IndicatorsStore.keep(summary, cells, remarks, by: call.caller, transaction)
      return try moved(summary.id, in: unit, transaction)
    }
    handlers.on(ConfirmSubmission.self) { request, call, transaction in
      let unit = try call.home()
      let (detail, preparer) = try IndicatorsStore.submission(request.submission, in: unit, transaction)
      var summary = detail.summary
      try call.expects(summary.version)
      try SubmissionRules.checkConfirm(summary, preparer: preparer, signed: request.signed, by: call.caller)
      try SubmissionRules.check(
        try IndicatorsStore.contradictions(
          of: detail.cells, for: summary.period, besides: summary.id, in: unit, transaction))
      summary.status = Open(.sent)
      summary.sentOn = transaction.time.day
      try IndicatorsStore.move(summary, step(summary, call, transaction, signed: request.signed), transaction)
      return try moved(summary.id, in: unit, transaction)
    }
    handlers.on(AnswerSubmission.self) { request, call, transaction in
      let unit = try call.home()
      let (detail, _) = try IndicatorsStore.submission(request.submission, in: unit, transaction)
      var summary = detail.summary
      let focals = try IndicatorsStore.focals(of: unit, transaction)
      summary.status = Open(try SubmissionRules.answered(request, detail, by: call.caller, focals: focals))
      try SubmissionRules.checkSeen(request, call.expected, of: detail) { version in
        try IndicatorsStore.cells(of: detail.summary.id, version: version, transaction)
      }
      try IndicatorsStore.move(
        summary,
        step(
          summary, call, transaction, signed: request.signed, reason: request.reason,
          cells: request.isReceived ? [] : request.cells), transaction)
      return try moved(summary.id, in: unit, transaction)
    }
    handlers.on(RecallSubmission.self) { request, call, transaction in
      let unit = try call.home()
      let (detail, _) = try IndicatorsStore.submission(request.submission, in: unit, transaction)
      var summary = detail.summary
      try call.expects(summary.version)
      try request.reason.check(atMost: 2000, at: "reason")
      try SubmissionRules.checkRecall(summary, by: call.caller)
      summary.status = Open(.recalled)
      try IndicatorsStore.move(summary, step(summary, call, transaction, reason: request.reason), transaction)
      return try moved(summary.id, in: unit, transaction)
    }
    handlers.on(ListSubmissions.self) { request, call, transaction in
      try IndicatorsStore.list(request, in: try call.home(), for: call.caller.unit, transaction)
    }
    handlers.on(ShowSubmission.self) { request, call, transaction in
      let unit = try call.home()
      return try IndicatorsStore.submission(request.submission, in: unit, for: call.caller.unit, transaction).detail
    }
  }

  // MARK: What several of them do

  /// A commune's regimes are its focal office's, a province's are its own.
  static func keeper(_ call: Call) throws(Refusal) -> Unit {
    let unit = try call.home()
    guard call.caller.roles.contains(unit.commune == nil ? .province : .focal) else { throw Refusal(.forbidden) }
    return unit
  }

  /// A keeper that the unit is under; 404 for any other.
  private static func above(_ keeper: Unit, _ unit: Unit) throws(Refusal) -> Unit {
    guard keeper.contains(unit) else {
      throw Refusal.notFound("chế độ báo cáo của", "regime of", keeper, at: "keeper")
    }
    return keeper
  }

  private static func step(
    _ summary: SubmissionSummary, _ call: Call, _ transaction: borrowing Transaction, signed: SignedDocument? = nil,
    reason: String? = nil, cells: [Indicator.ID] = []
  ) -> Submission.Step {
    Submission.Step(
      status: summary.status, account: call.caller.account, office: call.caller.office, time: transaction.time,
      signed: signed, reason: reason, cells: cells)
  }

  /// Shows a submission after a step, and tells of it.
  private static func moved(
    _ id: Submission.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Outcome<SubmissionDetail> {
    let detail = try IndicatorsStore.submission(id, in: unit, transaction).detail
    let summary = detail.summary
    let record = try IndicatorsStore.regime(summary.regime, of: summary.keeper, transaction)
    let last = detail.steps.last
    let moved = SubmissionMoved(
      unit: summary.unit, submission: summary, title: record.regime.name, due: record.dates(of: summary.period).due,
      reason: last?.reason,
      offices: try IndicatorsStore.leads(of: last?.cells ?? [], in: summary.unit, transaction),
      focal: try IndicatorsStore.focals(of: summary.unit, transaction).sorted().first)
    let expected = try IndicatorsStore.announceReports(
      of: record, on: transaction.time.day, only: (summary.unit, summary.office), transaction)
    // What is still being put together is the reporter's own.
    let isSaid = summary.status.known != .prepared && detail.steps.contains { $0.status == .sent }
    return .accepted(detail, events: (isSaid ? [moved] : []) + expected)
  }

  /// What a regime expects since it is kept so.
  private static func expected(
    _ code: Regime.Code, of keeper: Unit, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    try IndicatorsStore.announceReports(
      of: try IndicatorsStore.regime(code, of: keeper, transaction), on: transaction.time.day, transaction)
  }
}
