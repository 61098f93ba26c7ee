import Schema
import Storage

/// What those above a unit know of its values: what it sent them, in every version that they have. What was only entered,
/// or was taken back, is the unit's own.
extension IndicatorsStore {
  /// A version that was sent to the province, and was not recalled.
  private static let isSent =
    """
    submission.keeper_commune = '00000' AND sent.status = 'sent' AND NOT EXISTS (
      SELECT 1 FROM submission_step AS back WHERE back.submission = submission.id
        AND back.version = sent.version AND back.status = 'recalled')
    """
  /// There is a later one.
  private static let isReplaced =
    """
    EXISTS (SELECT 1 FROM submission_step AS later WHERE later.submission = submission.id
      AND later.version > sent.version AND later.status = 'sent' AND NOT EXISTS (
        SELECT 1 FROM submission_step AS back WHERE back.submission = submission.id
          AND back.version = later.version AND back.status = 'recalled'))
    """

  /// The values of an indicator that were sent, in the order of `list`; a later version supersedes those before it.
  static func sent(_ indicator: Indicator.ID, _ transaction: borrowing Transaction) throws -> [Observation] {
    let rows = try transaction.rows(
      """
      SELECT submission.period, submission_cell.version, submission_cell.cell, sent.step, prepared.step AS prepared,
        CASE WHEN \(isReplaced) THEN 1 ELSE 0 END AS replaced
      FROM submission_cell JOIN submission ON submission.id = submission_cell.submission
        JOIN submission_step AS sent ON sent.submission = submission.id AND sent.version = submission_cell.version
        JOIN submission_step AS prepared ON prepared.submission = submission.id
          AND prepared.version = submission_cell.version AND prepared.status = 'prepared'
      WHERE submission_cell.indicator = ? AND submission_cell.numerator IS NOT NULL AND \(isSent)
      """, indicator)
    var versions: [(value: Observation, version: Int)] = []
    for row in rows {
      let (cell, step, prepared): (Submission.Cell, Submission.Step, Submission.Step) = (
        try row.json("cell"), try row.json("step"), try row.json("prepared")
      )
      guard let figure = cell.figure, let office = prepared.office else { continue }
      let value = Observation(
        period: try row["period"], revision: cell.revision ?? 0, figure: figure, estimatedAsOf: cell.estimatedAsOf,
        office: office, time: step.time, superseded: try row["replaced"], villages: cell.villages)
      versions.append((value, try row["version"]))
    }
    versions.sort { one, other in
      let (days, others) = (one.value.period.days, other.value.period.days)
      return (others.upperBound, days.lowerBound, other.value.time, other.version)
        < (days.upperBound, others.lowerBound, one.value.time, one.version)
    }
    var standing: Set<Period> = []
    // Several regimes may have asked for it.
    return versions.map(\.value).filter { $0.superseded || standing.insert($0.period).inserted }
  }

  /// What communes sent of an indicator for a period, by unit: the latest version that those above them have. An estimate
  /// is no result.
  ///
  /// - Parameters:
  ///   - unit: Of its whole province: those that were merged into it have their own.
  ///   - received: Only what stands received.
  static func sent(
    _ name: IndicatorName, for period: Period, in unit: Unit?, received: Bool, _ transaction: borrowing Transaction
  ) throws -> [Unit: Figure] {
    var condition = Condition()
    condition.add("indicator.folded = ? AND indicator.folded_measure = ?", name.folded, name.foldedMeasure)
    condition.add("submission.period = ? AND submission_cell.numerator IS NOT NULL", period)
    condition.add("\(isSent) AND NOT \(isReplaced)")
    if received { condition.add("submission.status = 'received' AND submission.version = submission_cell.version") }
    if let unit { condition.add("indicator.province = ?", unit.province) }
    let rows = try transaction.rows(
      """
      SELECT indicator.province, indicator.commune, submission_cell.cell
      FROM indicator JOIN submission_cell ON submission_cell.indicator = indicator.id
        JOIN submission ON submission.id = submission_cell.submission
        JOIN submission_step AS sent ON sent.submission = submission.id AND sent.version = submission_cell.version
      WHERE \(condition.sql) ORDER BY submission.sequence
      """, values: condition.values)
    var figures: [Unit: Figure] = [:]
    for row in rows {
      let cell: Submission.Cell = try row.json("cell")
      if cell.estimatedAsOf == nil { figures[try Unit(row)] = cell.figure }
    }
    return figures
  }

  /// A page of what was sent.
  static func page(
    _ values: [Observation], after: String?
  ) throws(Refusal) -> Page<Observation> {
    let start = try after?.position(as: Int.self) ?? 0
    let end = min(values.count, start + pageSize)
    return Page(
      items: start < end ? Array(values[start..<end]) : [], next: end < values.count ? String(end) : nil)
  }
}
