import Schema
import Storage
import WorkingDays

/// Who still owes a report, and what was received.
extension IndicatorsStore {
  /// - Parameter unit: Who asks: a commune sees its own line of its province's regime.
  static func completeness(
    of record: RegimeRecord, _ period: Period, for unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Completeness {
    let today = transaction.time.day
    let dates = record.dates(of: period)
    var lines: [Completeness.Line] = []
    for (reporter, reporterUnit) in try reporters(to: record, period, for: unit, transaction) {
      var line = Completeness.Line(
        unit: reporterUnit, office: reporter.office, answered: 0, cells: 0, late: 0, reviews: 0)
      if let summary = try submission(of: record, period, from: reporter, in: reporterUnit, transaction) {
        (line.status, line.answered, line.cells) = (summary.status, summary.answered, summary.cells)
        line.sentOn = summary.sentOn
        line.firstSentOn = try steps(of: summary.id, transaction).first { $0.status == .sent }?.time.day
        line.reviews =
          try transaction.row(
            "SELECT COUNT(*) AS reviews FROM submission_step WHERE submission = ? AND status = 'in-review'", summary.id)?[
            "reviews"] ?? 0
      } else {
        let all = try asked(by: record, of: reporter, for: period, in: reporterUnit, transaction)
        let verdicts = try verdicts(in: reporterUnit, transaction)
        let judged = all.count {
          $0.target.value == nil && verdict(on: $0, for: period, among: verdicts) != nil
        }
        let asked = all.filter { $0.target.value != nil }
        line.cells = asked.count + judged
        let entered = try indicators(with: period, in: reporterUnit, transaction)
        line.answered = try asked.count { subject in
          try entered.contains(subject.id)
            || subject.overTime != .none && value(of: subject, for: period, transaction) != nil
            || verdict(on: subject, for: period, among: verdicts) != nil
        }
        line.answered += judged
      }
      if let due = dates.due {
        line.late = WorkingDays.official.count(
          after: due, through: (line.isSent ? line.sentOn : nil) ?? max(today, due))
      }
      lines.append(line)
    }
    return Completeness(name: record.regime.name, period: period, dates: dates, lines: lines)
  }

  /// The indicators of a unit for which something was entered, for the whole unit or for a village, or nothing arose.
  private static func indicators(
    with period: Period, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Set<Indicator.ID> {
    let rows = try transaction.rows(
      """
      SELECT indicator FROM observation WHERE province = ? AND commune = ? AND period = ?
      UNION SELECT indicator FROM nothing_arose WHERE province = ? AND commune = ? AND period = ?
      """, unit.province, unit.communeColumn, period, unit.province, unit.communeColumn, period)
    return Set(try rows.map { try $0["indicator"] })
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

  /// What communes' received submissions say of an indicator for a period, by unit; an estimate is no result.
  static func received(
    _ name: IndicatorName, for period: Period, in unit: Unit?, _ transaction: borrowing Transaction
  ) throws -> [Unit: Figure] {
    var condition = Condition()
    condition.add("indicator.folded = ? AND indicator.folded_measure = ?", name.folded, name.foldedMeasure)
    condition.add("submission.status = 'received' AND submission.keeper_commune = '00000'")
    condition.add("submission.period = ? AND submission_cell.numerator IS NOT NULL", period)
    if let unit { condition.add("indicator.province = ?", unit.province) }
    let rows = try transaction.rows(
      """
      SELECT indicator.province, indicator.commune, submission_cell.cell
      FROM indicator JOIN submission_cell ON submission_cell.indicator = indicator.id
        JOIN submission ON submission.id = submission_cell.submission AND submission.version = submission_cell.version
      WHERE \(condition.sql) ORDER BY submission.sequence
      """, values: condition.values)
    var figures: [Unit: Figure] = [:]
    for row in rows {
      let cell: Submission.Cell = try row.json("cell")
      if cell.estimatedAsOf == nil { figures[try Unit(row)] = cell.figure }
    }
    return figures
  }
}
