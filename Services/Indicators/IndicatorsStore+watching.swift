import Schema
import Storage

/// What is said as days pass: reports whose form has opened, targets that their course misses. Each is said once; what
/// was said is kept, so that the same day looked at again says nothing.
extension IndicatorsStore {
  /// A report that was said to be expected.
  private struct Expected: Hashable {
    var reporter: SubmissionRules.Reporter
    var unit: Unit

    var order: String { "\(unit)/\(reporter.column)" }
  }

  // MARK: Reports

  /// Every regime, with who keeps it.
  static func regimes(_ transaction: borrowing Transaction) throws -> [RegimeRecord] {
    let rows = try transaction.rows("SELECT province, commune, code FROM regime ORDER BY province, commune, code")
    return try rows.map { try regime(try $0["code"], of: try Unit($0), transaction) }
  }

  /// What is to be said of a regime's reports on a day, and kept as said.
  ///
  /// - Parameter only: One reporter's unit and office, where nothing else has changed.
  static func announceReports(
    of record: RegimeRecord, on today: Day, only: (unit: Unit, office: Office.Code?)? = nil,
    _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    let year = today.components.year
    let asked = Set((year - 1...year).flatMap { RegimeRules.periods(of: record.regime, in: $0) })
    let said: [Period] = try transaction.rows(
      "SELECT DISTINCT period FROM expected_report WHERE province = ? AND keeper_commune = ? AND regime = ?",
      record.keeper.province, record.keeper.communeColumn, record.regime.code
    ).map { try $0["period"] }
    return try asked.union(said).sorted { "\($0)" < "\($1)" }.flatMap { period in
      try announceReports(of: record, period, on: today, only: only, transaction)
    }
  }

  private static func announceReports(
    of record: RegimeRecord, _ period: Period, on today: Day, only: (unit: Unit, office: Office.Code?)?,
    _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    let dates = record.dates(of: period)
    func concerns(_ unit: Unit, _ reporter: SubmissionRules.Reporter) -> Bool {
      only.map { $0.unit == unit && $0.office == reporter.office } ?? true
    }
    let said = try expected(by: record, period, transaction)
    let isFresh = RegimeRules.isFresh(dates, on: today)
    guard isFresh || !said.isEmpty else { return [] }
    var waited: Set<Expected> = []
    if record.asks(for: period), RegimeRules.opening(of: dates) <= today {
      for (reporter, unit) in try reporters(to: record, period, for: record.keeper, transaction)
      where concerns(unit, reporter) {
        let status = try submission(of: record, period, from: reporter, in: unit, transaction)?.status.known
        let expected = Expected(reporter: reporter, unit: unit)
        guard status != .sent, status != .received, isFresh || said[expected] != nil else { continue }
        waited.insert(expected)
      }
    }
    var events: [any Event] = []
    for expected in waited.sorted(by: { $0.order < $1.order }) where said[expected] != .some(dates.due) {
      try keep(expected, of: record, period, due: dates.due, transaction)
      events.append(
        ReportExpected(
          unit: expected.unit, office: expected.reporter.office, keeper: record.keeper, regime: record.regime.code,
          title: record.regime.name, period: period, cutoff: dates.cutoff, due: dates.due,
          focal: try focals(of: expected.unit, transaction).sorted().first))
    }
    let settled = said.keys.filter { concerns($0.unit, $0.reporter) && !waited.contains($0) }
    for expected in settled.sorted(by: { $0.order < $1.order }) {
      try forget(expected, of: record, period, transaction)
      events.append(
        ReportSettled(
          unit: expected.unit, office: expected.reporter.office, keeper: record.keeper, regime: record.regime.code,
          period: period))
    }
    return events
  }

  /// By who reports, with the due day that was said; a report without one has nil.
  private static func expected(
    by record: RegimeRecord, _ period: Period, _ transaction: borrowing Transaction
  ) throws -> [Expected: Day?] {
    let rows = try transaction.rows(
      """
      SELECT province, commune, office, due FROM expected_report
      WHERE province = ? AND keeper_commune = ? AND regime = ? AND period = ?
      """, record.keeper.province, record.keeper.communeColumn, record.regime.code, period)
    var said: [Expected: Day?] = [:]
    for row in rows {
      let (unit, office, due): (Unit, String, Day?) = (try Unit(row), try row["office"], try row["due"])
      said.updateValue(due, forKey: Expected(reporter: Office.Code(office).map { .office($0) } ?? .commune, unit: unit))
    }
    return said
  }

  private static func keep(
    _ expected: Expected, of record: RegimeRecord, _ period: Period, due: Day?, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO expected_report (province, commune, office, keeper_commune, regime, period, due)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, office, keeper_commune, regime, period) DO UPDATE SET due = excluded.due
      """,
      expected.unit.province, expected.unit.communeColumn, expected.reporter.column, record.keeper.communeColumn,
      record.regime.code, period, due)
  }

  private static func forget(
    _ expected: Expected, of record: RegimeRecord, _ period: Period, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      DELETE FROM expected_report WHERE province = ? AND commune = ? AND office = ? AND keeper_commune = ?
        AND regime = ? AND period = ?
      """,
      expected.unit.province, expected.unit.communeColumn, expected.reporter.column, record.keeper.communeColumn,
      record.regime.code, period)
  }

  // MARK: Targets

  /// The communes that promise something.
  static func promisingUnits(_ transaction: borrowing Transaction) throws -> [Unit] {
    try transaction.rows(
      """
      SELECT DISTINCT province, commune FROM indicator UNION SELECT province, commune FROM endangered_target
      ORDER BY province, commune
      """
    ).map { try Unit($0) }
  }

  /// What has changed in a unit since it was last looked at: targets that came into danger, and out of it.
  static func endangerment(
    in unit: Unit, on today: Day, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    var said: [Target.ID: Indicator.ID] = [:]
    for row in try transaction.rows(
      "SELECT target, indicator FROM endangered_target WHERE province = ? AND commune = ?", unit.province,
      unit.communeColumn)
    { said[try row["target"]] = try row["indicator"] }
    var (endangered, events): (Set<Target.ID>, [any Event]) = ([], [])
    for record in try records(in: unit, upTo: today.components.year, transaction) where record.unit == unit {
      guard let summary = IndicatorsRules.summary(of: record, on: today), summary.standing == .atRisk,
        let last = record.judged.first
      else { continue }
      endangered.insert(summary.target.target)
      guard said[summary.target.target] == nil else { continue }
      let forecast = Forecast(
        of: record.judged, in: record.measure, by: IndicatorsRules.day(of: summary.target))
      events.append(
        TargetEndangered(
          unit: unit, indicator: record.id, title: record.name, measure: record.measure, milestone: summary.target,
          period: last.period, figure: last.figure, forecast: forecast?.quantity,
          focal: try plan(summary.target.plan, transaction).focal))
    }
    for (target, indicator) in said.sorted(by: { $0.key < $1.key }) where !endangered.contains(target) {
      events.append(TargetRecovered(unit: unit, indicator: indicator, target: target))
    }
    return events
  }

  /// Keeps what is said, so that it is said once.
  static func keep(endangerment events: [any Event], _ transaction: borrowing Transaction) throws {
    for event in events {
      switch event {
      case let event as TargetEndangered:
        try transaction.execute(
          """
          INSERT INTO endangered_target (target, indicator, province, commune) VALUES (?, ?, ?, ?)
          ON CONFLICT (target) DO NOTHING
          """, event.milestone.target, event.indicator, event.unit.province, event.unit.communeColumn)
      case let event as TargetRecovered:
        try transaction.execute("DELETE FROM endangered_target WHERE target = ?", event.target)
      default: break
      }
    }
  }
}
