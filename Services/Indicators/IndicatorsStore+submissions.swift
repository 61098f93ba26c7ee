import Schema
import Storage

/// Submissions: their frozen cells and their steps.
extension IndicatorsStore {
  // MARK: Putting one together

  /// What a regime asks a reporter for, as it stands.
  static func cells(
    of record: RegimeRecord, _ period: Period, from reporter: SubmissionRules.Reporter, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws -> [Submission.Cell] {
    var cells: [Submission.Cell] = []
    let verdicts = try verdicts(in: unit, transaction)
    for asked in try asked(by: record, of: reporter, for: period, in: unit, transaction) {
      let value = try value(of: asked, for: period, in: unit, transaction)
      let nothing = try transaction.row(
        "SELECT 1 AS one FROM nothing_arose WHERE indicator = ? AND period = ?", asked.id, period)
      let judgement = verdict(on: asked, for: period, among: verdicts)
      // What is only to be reported owes no figure; a verdict on it is told.
      guard asked.target.value != nil || value != nil || judgement != nil else { continue }
      let standing = try standing(of: asked, with: value, in: unit, for: period, transaction)
      cells.append(
        Submission.Cell(
          indicator: asked.id, name: asked.name.name, measure: asked.name.measure, figure: value?.figure,
          revision: value?.revision, estimatedAsOf: value?.estimatedAsOf, isNothing: value == nil && nothing != nil,
          standing: Open(standing), target: asked.target, villages: value?.villages, judgement: judgement))
    }
    return cells
  }

  /// What stood at the end of a period of what is judged in words.
  static func verdict(
    on subject: EntryGround.Subject, for period: Period, among verdicts: [Indicator.ID: Verdicts]
  ) -> Indicator.Judgement? {
    guard IndicatorsRules.isInWords(subject) else { return nil }
    return verdicts[subject.id]?.last(for: subject.target.year, upTo: period.days.upperBound)
  }

  /// The indicators that a regime asks a reporter for, in the order of their plans, each with the milestone that was the
  /// nearest at the end of the period: a year's report is not about what the next year's plan promises.
  static func asked(
    by record: RegimeRecord, of reporter: SubmissionRules.Reporter, for period: Period, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws -> [EntryGround.Subject] {
    let subjects = try subjects(in: unit, on: period.days.upperBound, transaction)
    let order = try transaction.rows(
      "SELECT id FROM indicator WHERE province = ? AND commune = ? ORDER BY sequence", unit.province,
      unit.communeColumn)
    return try order.compactMap { row in
      guard let subject = subjects[try row["id"]], record.asks(for: subject.key) else { return nil }
      if case .office(let office) = reporter, !subject.target.leads.contains(office) { return nil }
      return subject
    }
  }

  /// Where an indicator stands by the value of a period, and by those before it. An estimate is no result.
  private static func standing(
    of subject: EntryGround.Subject, with value: Observation?, in unit: Unit, for period: Period,
    _ transaction: borrowing Transaction
  ) throws -> Indicator.Standing {
    guard let value, value.estimatedAsOf == nil else {
      return IndicatorsRules.standing(
        of: subject.target, in: subject.name.measure, kind: subject.kind, after: [], on: period.days.upperBound)
    }
    let row = try transaction.row("SELECT * FROM indicator WHERE id = ?", subject.id)
    let course = try row.map { try record($0, on: period.days.upperBound, transaction).course } ?? []
    let earlier = course.filter { $0.period.days.upperBound < period.days.upperBound }
    return IndicatorsRules.standing(
      of: subject.target, in: subject.name.measure, kind: subject.kind, after: [value] + earlier,
      on: period.days.upperBound)
  }

  /// The value that stands for a period: what was entered, or what takes its place; an estimate too.
  static func value(
    of subject: EntryGround.Subject, for period: Period, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Observation? {
    let rows = try transaction.rows(
      """
      SELECT * FROM every_observation
      WHERE province = ? AND commune = ? AND indicator = ? AND year = ? AND village IS NULL AND superseded = 0
        AND first_day <= ?
      ORDER BY source
      """, unit.province, unit.communeColumn, subject.id, period.year, transaction.time.day)
    let values = try rows.map(Observation.init)
    let counted = Dictionary(
      values.filter { $0.estimatedAsOf == nil }.map { ($0.period, $0) }, uniquingKeysWith: { first, _ in first })
    return subject.overTime.value(for: period, of: counted)
      ?? values.first { $0.period == period && $0.estimatedAsOf != nil }
  }

  /// Figures that another submission of the same period has differently, in the version that stands.
  static func contradictions(
    of cells: [Submission.Cell], for period: Period, besides id: Submission.ID?, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws -> [SubmissionRules.Contradiction] {
    let rows = try transaction.rows(
      """
      SELECT submission.id, submission.regime, submission_cell.indicator, submission_cell.numerator,
        submission_cell.denominator
      FROM submission JOIN submission_cell ON submission_cell.submission = submission.id
        AND submission_cell.version = submission.version
      WHERE submission.province = ? AND submission.commune = ? AND submission.period = ?
        AND submission.status IN ('sent', 'received') AND submission_cell.numerator IS NOT NULL
      ORDER BY submission.sequence, submission_cell.position
      """, unit.province, unit.communeColumn, period)
    let own = Dictionary(cells.map { ($0.indicator, $0) }, uniquingKeysWith: { first, _ in first })
    return try rows.compactMap { row in
      guard try row["id"] != id, let cell = own[try row["indicator"]], let figure = cell.figure else { return nil }
      let other = Figure(try row["numerator"], of: try row["denominator"])
      guard figure != other else { return nil }
      return SubmissionRules.Contradiction(name: cell.name, own: figure, other: other, regime: try row["regime"])
    }
  }

  /// The one that a reporter has put together for a period, if any.
  static func submission(
    of record: RegimeRecord, _ period: Period, from reporter: SubmissionRules.Reporter, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws -> SubmissionSummary? {
    try transaction.row(
      """
      SELECT * FROM submission WHERE province = ? AND commune = ? AND office = ? AND keeper_commune = ?
        AND regime = ? AND period = ?
      """, unit.province, unit.communeColumn, reporter.column, record.keeper.communeColumn, record.regime.code, period
    ).map(SubmissionSummary.init)
  }

  /// Freezes a version of a submission.
  static func keep(
    _ summary: SubmissionSummary, _ cells: [Submission.Cell], _ remarks: SubmissionRemarks, by caller: Caller,
    _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO submission (id, sequence, province, commune, office, keeper_commune, regime, period, last_day, status,
        version, answered, cells, hash, sent_on, preparer, remarks)
      VALUES (?, (SELECT COALESCE(MAX(sequence), 0) + 1 FROM submission), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, ?, ?)
      ON CONFLICT (province, commune, office, keeper_commune, regime, period) DO UPDATE SET status = excluded.status,
        version = excluded.version, answered = excluded.answered, cells = excluded.cells, hash = excluded.hash,
        sent_on = NULL, preparer = excluded.preparer, remarks = excluded.remarks
      """,
      summary.id, summary.unit.province, summary.unit.communeColumn, summary.office?.description ?? "",
      summary.keeper.communeColumn, summary.regime, summary.period, summary.period.days.upperBound, summary.status,
      summary.version, summary.answered, summary.cells, summary.hash.description, caller.account, JSONColumn(remarks))
    for (position, cell) in cells.enumerated() {
      try transaction.execute(
        """
        INSERT INTO submission_cell (submission, version, position, indicator, cell, numerator, denominator)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """, summary.id, summary.version, position, cell.indicator, JSONColumn(cell), cell.figure?.numerator,
        cell.figure?.denominator)
    }
    try add(
      .init(status: summary.status, account: caller.account, office: caller.office, time: transaction.time),
      to: summary, transaction)
  }

  // MARK: Its way

  /// Takes a submission a step on.
  static func move(
    _ summary: SubmissionSummary, _ step: Submission.Step, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE submission SET status = ?, sent_on = ? WHERE id = ?", summary.status, summary.sentOn, summary.id)
    try add(step, to: summary, transaction)
  }

  private static func add(
    _ step: Submission.Step, to summary: SubmissionSummary, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO submission_step (submission, number, version, status, step)
      VALUES (?, (SELECT COUNT(*) + 1 FROM submission_step WHERE submission = ?), ?, ?, ?)
      """, summary.id, summary.id, summary.version, step.status, JSONColumn(step))
  }

  static func steps(
    of submission: Submission.ID, _ transaction: borrowing Transaction
  ) throws -> [Submission.Step] {
    try transaction.rows("SELECT step FROM submission_step WHERE submission = ? ORDER BY number", submission)
      .map { try $0.json("step") }
  }

  /// A submission of the unit or, for a province, of one of its communes: of what it was sent, nothing else.
  ///
  /// - Parameter asker: The unit of who asks; a province may name one of its communes.
  static func submission(
    _ id: Submission.ID, in unit: Unit, for asker: Unit? = nil, _ transaction: borrowing Transaction
  ) throws -> (detail: SubmissionDetail, preparer: Caller.Account) {
    var condition = visible(in: unit, to: asker ?? unit)
    condition.add("id = ?", id)
    let row = try transaction.rows("SELECT * FROM submission WHERE \(condition.sql)", values: condition.values).first
    guard let row else { throw Refusal.notFound("báo cáo", "submission", id) }
    let summary = try SubmissionSummary(row)
    let detail = SubmissionDetail(
      summary: summary, remarks: try row.json("remarks"),
      cells: try cells(of: id, version: summary.version, transaction), steps: try steps(of: id, transaction))
    return (detail, try row["preparer"])
  }

  /// The frozen cells of a version.
  static func cells(
    of submission: Submission.ID, version: Int, _ transaction: borrowing Transaction
  ) throws -> [Submission.Cell] {
    try transaction.rows(
      "SELECT cell FROM submission_cell WHERE submission = ? AND version = ? ORDER BY position", submission, version
    ).map { try $0.json("cell") }
  }

  /// A province sees what its communes owe it once it is sent: what is still being put together is theirs.
  private static func visible(in unit: Unit, to asker: Unit) -> Condition {
    var condition = Condition.within(unit, of: "submission")
    if asker.commune == nil {
      condition.add(
        "keeper_commune = '00000' AND status IN ('sent', 'received', 'in-review')")
    }
    return condition
  }

  static func list(
    _ request: ListSubmissions, in unit: Unit, for asker: Unit?, _ transaction: borrowing Transaction
  ) throws -> Page<SubmissionSummary> {
    var condition = visible(in: unit, to: asker ?? unit)
    if let regime = request.regime { condition.add("regime = ?", regime) }
    if let period = request.period { condition.add("period = ?", period) }
    if let after = request.after {
      condition.add(
        "(last_day, sequence) < (SELECT last_day, sequence FROM submission WHERE id = ?)",
        try after.position(as: Submission.ID.self))
    }
    let rows = try transaction.rows(
      """
      SELECT * FROM submission WHERE \(condition.sql)
      ORDER BY last_day DESC, sequence DESC LIMIT \(Page<SubmissionSummary>.limit(pageSize))
      """, values: condition.values)
    return try Page(rows, size: pageSize, SubmissionSummary.init, position: { $0.id.description })
  }

  /// The focal offices of a unit's plans.
  static func focals(of unit: Unit, _ transaction: borrowing Transaction) throws -> Set<Office.Code> {
    let rows = try transaction.rows(
      """
      SELECT DISTINCT plan.focal FROM plan JOIN target ON target.plan = plan.id
        JOIN indicator ON indicator.id = target.indicator
      WHERE indicator.province = ? AND indicator.commune = ?
      """, unit.province, unit.communeColumn)
    return Set(try rows.map { try $0["focal"] })
  }

  /// The offices that lead some of a submission's indicators.
  static func leads(
    of indicators: [Indicator.ID], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Office.Code] {
    let subjects = try subjects(in: unit, on: transaction.time.day, transaction)
    return Set(indicators.flatMap { subjects[$0]?.target.leads ?? [] }).sorted()
  }
}

extension SubmissionRules.Reporter {
  var office: Office.Code? {
    if case .office(let office) = self { office } else { nil }
  }

  /// Empty for the commune.
  var column: String { office?.description ?? "" }
}

extension SubmissionSummary {
  init(_ row: Row) throws {
    let unit = try Unit(row)
    let (office, keeper, hash): (String, String, String) = (
      try row["office"], try row["keeper_commune"], try row["hash"]
    )
    guard let hash = Fingerprint(hash) else { throw StorageError(.corrupt, "not a fingerprint: \(hash)") }
    self.init(
      id: try row["id"], keeper: keeper == "00000" ? unit.provinceUnit : unit, regime: try row["regime"],
      period: try row["period"], unit: unit, office: Office.Code(office), status: try row["status"],
      version: try row["version"], answered: try row["answered"], cells: try row["cells"], hash: hash,
      sentOn: try row["sent_on"])
  }
}
