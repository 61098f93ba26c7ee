import Schema
import Storage

/// The SQL of indicators. Every look-up takes the unit, so that another unit's id is simply not found.
enum IndicatorsStore {
  private static let pageSize = 50

  // MARK: From the plans' stream

  /// Clears what came from the plans' stream, and nothing else: what was observed stays.
  static func resetPlans(_ transaction: borrowing Transaction) throws {
    for table in ["counted_indicator", "target_office", "target", "indicator", "plan"] {
      try transaction.execute("DELETE FROM \(table)")
    }
  }

  static func keep(_ plan: PlanIssued, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO plan (id, focal, offices) VALUES (?, ?, ?)", plan.plan, plan.focal,
      JSONColumn(plan.shares.map(\.office)))
  }

  /// What a plan promised counts no more. An indicator that nothing else promises goes with it; its values stay, under
  /// the id that its name gives it again.
  static func endTargets(of plan: Plan.ID, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "DELETE FROM target_office WHERE target IN (SELECT id FROM target WHERE plan = ?)", plan)
    try transaction.execute("DELETE FROM target WHERE plan = ?", plan)
    let unpromised = "NOT EXISTS (SELECT 1 FROM target WHERE target.indicator ="
    try transaction.execute("DELETE FROM counted_indicator WHERE \(unpromised) counted_indicator.indicator)")
    try transaction.execute("DELETE FROM indicator WHERE \(unpromised) indicator.id)")
  }

  /// Hangs a target under its indicator, which is there with its first one.
  static func keep(_ event: CloudEvent<TargetPromised>, _ transaction: borrowing Transaction) throws {
    let (row, unit, milestone) = (event.data.row, event.data.unit, IndicatorsRules.milestone(of: event.data))
    // A target that was parked meanwhile changes no order.
    let sequence = try event.position
    let name = IndicatorsRules.name(of: row)
    let id = IndicatorsRules.id(of: name, in: unit)
    try transaction.execute(
      """
      INSERT INTO indicator (id, province, commune, sequence, name, folded, measure, folded_measure)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, name = excluded.name, measure = excluded.measure
      WHERE excluded.sequence < indicator.sequence
      """,
      id, unit.province, unit.communeColumn, sequence, name.name, name.folded, name.measure, name.foldedMeasure)
    try match(id, name, transaction)
    try transaction.execute(
      """
      INSERT INTO target (id, indicator, plan, sequence, year, number, comparator, value, due, day, leads)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      milestone.target, id, milestone.plan, sequence, milestone.year, milestone.number, milestone.comparator,
      milestone.value, milestone.due, IndicatorsRules.day(of: milestone),
      milestone.leads.map(\.description).joined(separator: ","))
    for office in Set(row.leads + row.coordinating) {
      try transaction.execute("INSERT INTO target_office (target, office) VALUES (?, ?)", milestone.target, office)
    }
  }

  static func plan(_ id: Plan.ID, _ transaction: borrowing Transaction) throws -> PlanRecord {
    let row = try transaction.row("SELECT focal, offices FROM plan WHERE id = ?", id)
    guard let row else { throw StorageError(.failed, "a target of a plan that was never issued: \(id)") }
    return PlanRecord(focal: try row["focal"], offices: try row.json("offices"))
  }

  // MARK: Indicators

  /// An indicator of this unit, as it stands.
  static func indicator(
    _ id: Indicator.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> IndicatorSummary {
    let row = try transaction.row(
      "SELECT * FROM indicator WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("chỉ tiêu", "indicator", id) }
    return try summary(row, on: transaction.time.day, transaction)
  }

  static func list(
    _ request: ListIndicators, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<IndicatorSummary> {
    var page = Page<IndicatorSummary>(items: [], next: nil)
    var bytes = 0
    var after = try request.after.map { after throws(Refusal) in try after.position(as: Indicator.ID.self) }
    // Where an indicator stands is known only when it has been read.
    while true {
      let rows = try self.rows(of: request, in: unit, after: after, transaction)
      for row in rows {
        let summary = try summary(row, on: transaction.time.day, transaction)
        after = summary.id
        guard request.standing == nil || request.standing == summary.standing else { continue }
        bytes += Codec.encode(summary).count
        guard page.items.count < pageSize, bytes <= 160 * 1024 || page.items.isEmpty else {
          page.next = page.items.last?.id.description
          return page
        }
        page.items.append(summary)
      }
      guard rows.count == pageSize else { return page }
    }
  }

  private static func rows(
    of request: ListIndicators, in unit: Unit, after: Indicator.ID?, _ transaction: borrowing Transaction
  ) throws -> [Row] {
    var condition = Condition.within(unit, of: "indicator")
    if request.plan != nil || request.number != nil {
      var promised = Condition()
      if let plan = request.plan { promised.add("plan = ?", plan) }
      if let number = request.number { promised.add("number = ?", number) }
      condition.add("indicator.id IN (SELECT indicator FROM target WHERE \(promised.sql))", values: promised.values)
    }
    if let office = request.office {
      condition.add(
        """
        indicator.id IN (SELECT target.indicator FROM target JOIN target_office ON target_office.target = target.id
          WHERE target_office.office = ?)
        """, office)
    }
    if let after {
      condition.add(
        "(indicator.commune, indicator.sequence) > (SELECT commune, sequence FROM indicator WHERE id = ?)", after)
    }
    return try transaction.rows(
      "SELECT * FROM indicator WHERE \(condition.sql) ORDER BY commune, sequence LIMIT \(pageSize)",
      values: condition.values)
  }

  /// - Parameter day: The day on which it stands so.
  static func summary(
    _ row: Row, on day: Day, _ transaction: borrowing Transaction
  ) throws -> IndicatorSummary {
    let id: Indicator.ID = try row["id"]
    let milestones = try transaction.rows("SELECT * FROM target WHERE indicator = ? ORDER BY day, sequence", id)
    let last = try transaction.row(
      """
      SELECT * FROM every_observation WHERE indicator = ? AND superseded = 0
      ORDER BY last_day DESC, first_day LIMIT 1
      """, id)
    let record = IndicatorRecord(
      id: id, unit: try Unit(row), name: try row["name"], measure: try row["measure"],
      milestones: try milestones.map(Milestone.init), last: try last.map(Observation.init))
    guard let summary = IndicatorsRules.summary(of: record, on: day) else {
      throw StorageError(.failed, "an indicator without a target: \(id)")
    }
    return summary
  }

  // MARK: Observations

  /// The value that was entered for a period and stands.
  static func observation(
    of indicator: Indicator.ID, for period: Period, _ transaction: borrowing Transaction
  ) throws -> Observation? {
    try transaction.row(
      "SELECT * FROM every_observation WHERE indicator = ? AND period = ? AND superseded = 0 AND counted = 0",
      indicator,
      period
    ).map(Observation.init)
  }

  /// Adds a value; the one that it corrects is kept, superseded.
  static func append(
    _ observation: Observation, of indicator: IndicatorSummary, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE observation SET superseded = 1 WHERE indicator = ? AND period = ?", indicator.id, observation.period)
    let days = observation.period.days
    try transaction.execute(
      """
      INSERT INTO observation (indicator, period, revision, province, commune, year, first_day, last_day, numerator,
        denominator, note, office, time, superseded)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
      """,
      indicator.id, observation.period, observation.revision, indicator.unit.province, indicator.unit.communeColumn,
      observation.period.year, days.lowerBound, days.upperBound, observation.figure.numerator,
      observation.figure.denominator, observation.note, observation.office, observation.time)
  }

  static func list(_ request: ListObservations, _ transaction: borrowing Transaction) throws -> Page<Observation> {
    var condition = Condition()
    condition.add("indicator = ?", request.indicator)
    if let after = request.after {
      let position: ObservationPosition = try after.position()
      let days = position.period.days
      // What was counted comes after what was entered for the month.
      condition.add(
        """
        (last_day < ? OR (last_day = ? AND (first_day > ? OR (first_day = ? AND (counted > ?
          OR (counted = ? AND revision < ?))))))
        """,
        days.upperBound, days.upperBound, days.lowerBound, days.lowerBound, position.isCounted, position.isCounted,
        position.revision)
    }
    let rows = try transaction.rows(
      """
      SELECT * FROM every_observation WHERE \(condition.sql)
      ORDER BY last_day DESC, first_day, counted, revision DESC LIMIT \(Page<Observation>.limit(pageSize))
      """, values: condition.values)
    return try Page(
      rows, size: pageSize, Observation.init,
      position: { ObservationPosition($0).description })
  }

  /// Marks a target as met. False when it was met before.
  static func announce(_ target: Target.ID, _ transaction: borrowing Transaction) throws -> Bool {
    try transaction.execute(
      "INSERT INTO met_target (target, time) VALUES (?, ?) ON CONFLICT (target) DO NOTHING", target, transaction.time)
      > 0
  }

  // MARK: Adding up

  /// What plans up to a year promise, with the last value of a period up to that year.
  static func records(
    in unit: Unit, upTo year: Int, _ transaction: borrowing Transaction
  ) throws -> [IndicatorRecord] {
    var targets = Condition.within(unit, of: "indicator")
    targets.add("target.year <= ?", year)
    let promised = try transaction.rows(
      """
      SELECT indicator.province, indicator.commune, indicator.name, indicator.measure, target.*
      FROM indicator JOIN target ON target.indicator = indicator.id
      WHERE \(targets.sql) ORDER BY target.indicator, target.day, target.sequence
      """, values: targets.values)

    var observed = Condition.within(unit, of: "every_observation")
    observed.add("superseded = 0 AND year <= ?", year)
    var last: [Indicator.ID: Observation] = [:]
    let observations = try transaction.rows(
      "SELECT * FROM every_observation WHERE \(observed.sql) ORDER BY last_day, first_day DESC", values: observed.values
    )
    for row in observations { last[try row["indicator"]] = try Observation(row) }

    var records: [IndicatorRecord] = []
    for row in promised {
      let id: Indicator.ID = try row["indicator"]
      if records.last?.id != id {
        records.append(
          IndicatorRecord(
            id: id, unit: try Unit(row), name: try row["name"], measure: try row["measure"], milestones: [],
            last: last[id]))
      }
      records[records.count - 1].milestones.append(try Milestone(row))
    }
    return records
  }

  /// The names of the indicators of the communes; a commune's own when it is asked itself.
  static func names(in unit: Unit, _ transaction: borrowing Transaction) throws -> [IndicatorName] {
    let condition = communes(of: unit)
    let rows = try transaction.rows(
      """
      SELECT MIN(name) AS name, MIN(measure) AS measure FROM indicator WHERE \(condition.sql)
      GROUP BY folded, folded_measure ORDER BY folded, folded_measure
      """, values: condition.values)
    return try rows.map { IndicatorName(name: try $0["name"], measure: try $0["measure"]) }
  }

  /// What each commune that promises the indicator reported for the period.
  static func parts(
    of name: IndicatorName, in unit: Unit, for period: Period, _ transaction: borrowing Transaction
  ) throws -> [IndicatorsRules.Part] {
    var promised = communes(of: unit)
    promised.add("indicator.folded = ? AND indicator.folded_measure = ?", name.folded, name.foldedMeasure)
    let indicators = try transaction.rows(
      "SELECT id, province, commune FROM indicator WHERE \(promised.sql) ORDER BY commune", values: promised.values)

    // What was entered for the period comes last, and stands. Of what is counted, a value says what there is on the last
    // day: without one of its own, a period has that of a part of it which ends then.
    let observations = try transaction.rows(
      """
      SELECT indicator, numerator, denominator FROM every_observation
      WHERE superseded = 0 AND (period = ?
          OR (last_day = ? AND first_day > ? AND indicator IN (SELECT indicator FROM counted_indicator)))
        AND indicator IN (SELECT id FROM indicator WHERE \(promised.sql))
      ORDER BY first_day DESC
      """, values: [period, period.days.upperBound, period.days.lowerBound] + promised.values)
    var figures: [Indicator.ID: Figure] = [:]
    for row in observations {
      figures[try row["indicator"]] = Figure(try row["numerator"], of: try row["denominator"])
    }
    return try indicators.map { IndicatorsRules.Part(unit: try Unit($0), figure: figures[try $0["id"]]) }
  }

  private static func communes(of unit: Unit) -> Condition {
    var condition = Condition.within(unit, of: "indicator")
    condition.add("indicator.commune <> '00000'")
    return condition
  }
}

/// Where a page of observations ended: `2026-Q1/2`, or `2026-M03/counts` for what was counted.
private struct ObservationPosition: LosslessStringConvertible {
  let period: Period
  let isCounted: Bool
  let revision: Int

  init(_ observation: Observation) {
    period = observation.period
    isCounted = observation.villages != nil
    revision = observation.revision
  }

  init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let period = Period(String(parts[0])) else { return nil }
    isCounted = parts[1] == "counts"
    // A month has one sum of counts: after it there is no other.
    guard let revision = isCounted ? 0 : Int(parts[1]) else { return nil }
    self.period = period
    self.revision = revision
  }

  var description: String { "\(period)/\(isCounted ? "counts" : "\(revision)")" }
}

extension Milestone {
  fileprivate init(_ row: Row) throws {
    let leads: String = try row["leads"]
    self.init(
      target: try row["id"], plan: try row["plan"], year: try row["year"], number: try row["number"],
      comparator: try row["comparator"], value: try row["value"], due: try row["due"],
      leads: leads.split(separator: ",").compactMap { Office.Code(String($0)) })
  }
}

extension Observation {
  fileprivate init(_ row: Row) throws {
    self.init(
      period: try row["period"], revision: try row["revision"],
      figure: Figure(try row["numerator"], of: try row["denominator"]), note: try row["note"],
      office: try row["office"], time: try row["time"], superseded: try row["superseded"],
      villages: try Villages(row))
  }
}

extension Observation.Villages {
  /// Nil for what was entered.
  fileprivate init?(_ row: Row) throws {
    let (reported, expected): (Int?, Int?) = (try row["villages"], try row["expected"])
    guard let reported, let expected else { return nil }
    self.init(reported: reported, expected: expected)
  }
}
