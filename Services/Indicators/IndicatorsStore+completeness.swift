import Schema
import Storage
import WorkingDays

/// Who still owes a report, and what was received.
extension IndicatorsStore {
  /// - Parameters:
  ///   - unit: Whose lines: a commune's own of its province's regime.
  ///   - caller: Who asks: those above a unit know of what it sent them alone.
  static func completeness(
    of record: RegimeRecord, _ period: Period, for unit: Unit, to caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Completeness {
    let today = transaction.time.day
    let dates = record.dates(of: period)
    var lines: [Completeness.Line] = []
    for (reporter, reporterUnit) in try reporters(to: record, period, for: unit, transaction) {
      var line = Completeness.Line(
        unit: reporterUnit, office: reporter.office, answered: 0, cells: 0, late: 0, reviews: 0)
      let steps = try submission(of: record, period, from: reporter, in: reporterUnit, transaction)
        .map { (summary: $0, steps: try self.steps(of: $0.id, transaction)) }
      if let (summary, steps) = steps,
        caller.isAtHome(in: reporterUnit) || steps.contains(where: { $0.status == .sent })
      {
        try describe(summary, steps, isAtHome: caller.isAtHome(in: reporterUnit), in: &line, transaction)
      } else {
        try describe(
          try asked(by: record, of: reporter, for: period, in: reporterUnit, transaction), for: period, in: &line,
          transaction)
      }
      if let due = dates.due {
        line.late = WorkingDays.official.count(
          after: due, through: (line.isSent ? line.sentOn : nil) ?? max(today, due))
      }
      lines.append(line)
    }
    return Completeness(name: record.regime.name, period: period, dates: dates, lines: lines)
  }

  /// What was put together.
  ///
  /// - Parameter isAtHome: False for those above, who know of the steps that reached them.
  private static func describe(
    _ summary: SubmissionSummary, _ steps: [Submission.Step], isAtHome: Bool, in line: inout Completeness.Line,
    _ transaction: borrowing Transaction
  ) throws {
    line.status = isAtHome ? summary.status : steps.last(where: { $0.status.known != .prepared })?.status
    (line.answered, line.cells, line.sentOn) = (summary.answered, summary.cells, summary.sentOn)
    line.firstSentOn = steps.first { $0.status == .sent }?.time.day
    line.reviews = steps.count { $0.status == .inReview }
    // A key of a cell: within a text its quotes would be escaped.
    let estimated: Int =
      try transaction.row(
        """
        SELECT COUNT(*) AS cells FROM submission_cell
        WHERE submission = ? AND version = ? AND cell LIKE '%"estimatedAsOf":"%'
        """, summary.id, summary.version)?["cells"] ?? 0
    line.count(estimated: estimated, of: summary.answered)
  }

  /// What is entered of it, as nothing was put together yet.
  private static func describe(
    _ asked: [EntryGround.Subject], for period: Period, in line: inout Completeness.Line,
    _ transaction: borrowing Transaction
  ) throws {
    let entered = try indicators(with: period, in: line.unit, transaction)
    let verdicts = try verdicts(in: line.unit, transaction)
    var estimated = 0
    for subject in asked {
      // What has no number is asked for as soon as it is judged, and is answered by that.
      if verdict(on: subject, for: period, among: verdicts) != nil {
        line.cells += 1
        line.answered += 1
        continue
      }
      guard subject.target.value != nil else { continue }
      line.cells += 1
      let value =
        entered.counted.contains(subject.id)
        ? nil
        : subject.overTime != .none || entered.estimated.contains(subject.id)
          ? try value(of: subject, for: period, in: line.unit, transaction) : nil
      if value?.estimatedAsOf != nil { estimated += 1 }
      if value != nil || entered.counted.contains(subject.id) { line.answered += 1 }
    }
    line.count(estimated: estimated, of: line.answered)
  }

  /// The indicators of a unit for which something was entered, for the whole unit or for a village, or nothing arose; and
  /// those for which there is an estimate.
  private static func indicators(
    with period: Period, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> (counted: Set<Indicator.ID>, estimated: Set<Indicator.ID>) {
    let rows = try transaction.rows(
      """
      SELECT indicator, 0 AS estimate FROM observation
        WHERE province = ? AND commune = ? AND period = ? AND superseded = 0 AND estimated_as_of IS NULL
      UNION SELECT indicator, 0 FROM nothing_arose WHERE province = ? AND commune = ? AND period = ?
      UNION SELECT indicator, 1 FROM observation
        WHERE province = ? AND commune = ? AND period = ? AND superseded = 0 AND estimated_as_of IS NOT NULL
      """, unit.province, unit.communeColumn, period, unit.province, unit.communeColumn, period, unit.province,
      unit.communeColumn, period)
    var (counted, estimated): (Set<Indicator.ID>, Set<Indicator.ID>) = ([], [])
    for row in rows {
      let isEstimate: Bool = try row["estimate"]
      if isEstimate { estimated.insert(try row["indicator"]) } else { counted.insert(try row["indicator"]) }
    }
    return (counted, estimated)
  }

  /// Everybody that a regime expects: the communes that promise what it asks for and are there at the end of the period;
  /// the offices that lead it.
  static func reporters(
    to record: RegimeRecord, _ period: Period, for unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [(SubmissionRules.Reporter, Unit)] {
    guard record.isOfCommunes else {
      let subjects = try subjects(in: record.keeper, on: period.days.upperBound, transaction).values
        .filter { record.asks(for: $0.key) && $0.target.value != nil }
      return Set(subjects.flatMap(\.target.leads)).sorted().map { (.office($0), record.keeper) }
        .filter { record.asks($0.0, of: $0.1) }
    }
    var condition = Condition.within(unit, of: "indicator")
    condition.add("indicator.commune <> '00000'")
    condition.add(
      """
      NOT EXISTS (SELECT 1 FROM merger WHERE merger.province = indicator.province
        AND merger.commune = indicator.commune AND merger.day <= ?)
      """, period.days.upperBound)
    if let names = record.names {
      condition.add(
        "indicator.folded IN (\(names.map { _ in "?" }.joined(separator: ", ")))", values: names.sorted())
    }
    let rows = try transaction.rows(
      "SELECT DISTINCT province, commune FROM indicator WHERE \(condition.sql) ORDER BY province, commune",
      values: condition.values)
    return try rows.map { (.commune, try Unit($0)) }.filter { record.asks($0.0, of: $0.1) }
  }
}

extension Completeness.Line {
  /// Ước is no answer: it is counted apart.
  fileprivate mutating func count(estimated: Int, of all: Int) {
    answered = all - estimated
    self.estimated = estimated == 0 ? nil : estimated
  }
}
