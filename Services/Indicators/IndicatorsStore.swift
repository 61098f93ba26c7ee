import Schema
import Storage

/// The SQL of indicators. Every look-up takes the unit, so that another unit's id is simply not found.
enum IndicatorsStore {
  static let pageSize = 50

  // MARK: From the plans' stream

  /// Clears what came from the plans' stream, and nothing else: what was observed stays.
  static func resetPlans(_ transaction: borrowing Transaction) throws {
    for table in [
      "counted_indicator", "target_office", "target", "indicator", "plan", "task", "month_task", "rolled_up",
      "promised",
    ] {
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
    let gone = try transaction.rows("SELECT * FROM indicator WHERE \(unpromised) indicator.id)")
    for row in gone { try leave(RolledSubject(row), transaction) }
    try transaction.execute("DELETE FROM counted_indicator WHERE \(unpromised) counted_indicator.indicator)")
    try transaction.execute("DELETE FROM indicator WHERE \(unpromised) indicator.id)")
    for unit in Set(try gone.map { try Unit($0) }) { try restate(in: unit, transaction) }
  }

  /// Hangs a target under its indicator, which is there with its first one.
  static func keep(_ event: CloudEvent<TargetPromised>, _ transaction: borrowing Transaction) throws {
    let (row, unit, milestone) = (event.data.row, event.data.unit, IndicatorsRules.milestone(of: event.data))
    // A target that was parked meanwhile changes no order.
    let sequence = try event.position
    let name = IndicatorsRules.name(of: row)
    let id = IndicatorsRules.id(of: name, in: unit)
    let isNew = try transaction.row("SELECT 1 AS one FROM indicator WHERE id = ?", id) == nil
    let catalogue = try catalogue(of: unit, transaction)
    let key = try key(of: name, in: unit, by: catalogue, besides: id, transaction)
    try transaction.execute(
      """
      INSERT INTO indicator (id, province, commune, sequence, name, folded, measure, folded_measure)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET sequence = excluded.sequence, name = excluded.name, measure = excluded.measure
      WHERE excluded.sequence < indicator.sequence
      """,
      id, unit.province, unit.communeColumn, sequence, name.name, key.folded, name.measure, key.measure)
    let meaning = try match(id, name, by: catalogue, transaction)
    if isNew {
      let called = key == name.key ? name : catalogue.common(name)
      try join(RolledSubject(id: id, unit: unit, key: key, overTime: meaning.overTime), called: called, transaction)
      if meaning.share?.origin == .tasks { try countTasks(in: unit, transaction) }
    }
    try transaction.execute(
      """
      INSERT INTO target (id, indicator, plan, sequence, year, number, comparator, value, upper, due, day, leads)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      milestone.target, id, milestone.plan, sequence, milestone.year, milestone.number, milestone.comparator,
      milestone.value, milestone.upper, milestone.due, IndicatorsRules.day(of: milestone),
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

  /// - Parameter caller: Who asks: of a commune below it, it is shown what was sent.
  static func list(
    _ request: ListIndicators, in unit: Unit, for caller: Caller, _ transaction: borrowing Transaction
  ) throws -> Page<IndicatorSummary> {
    var page = Page<IndicatorSummary>(items: [], next: nil)
    var bytes = 0
    var after = try request.after.map { after throws(Refusal) in try after.position(as: Indicator.ID.self) }
    // Where an indicator stands is known only when it has been read.
    while true {
      let rows = try self.rows(of: request, in: unit, after: after, transaction)
      for row in rows {
        let summary = try summary(row, on: transaction.time.day, for: caller, transaction)
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

  /// - Parameters:
  ///   - day: The day on which it stands so.
  ///   - caller: Who asks; nil for the service itself.
  static func summary(
    _ row: Row, on day: Day, for caller: Caller? = nil, _ transaction: borrowing Transaction
  ) throws -> IndicatorSummary {
    let record = try record(row, on: day, for: caller, transaction)
    guard let summary = IndicatorsRules.summary(of: record, on: day) else {
      throw StorageError(.failed, "an indicator without a target: \(record.id)")
    }
    return summary
  }

  /// With as many values as a forecast looks at, and some that are of other lengths of period. What spending comes to in
  /// months that have not begun is no value yet.
  ///
  /// - Parameter caller: Who asks: above the unit it is shown what was sent; nil for the service itself.
  static func record(
    _ row: Row, on day: Day, for caller: Caller? = nil, _ transaction: borrowing Transaction
  ) throws -> IndicatorRecord {
    let (id, unit): (Indicator.ID, Unit) = (try row["id"], try Unit(row))
    let isAtHome = caller.map { $0.isAtHome(in: unit) } ?? true
    let milestones = try transaction.rows("SELECT * FROM target WHERE indicator = ? ORDER BY day, sequence", id)
    let values =
      isAtHome
      ? try transaction.rows(
        """
        SELECT * FROM every_observation
        WHERE province = ? AND commune = ? AND indicator = ? AND village IS NULL AND superseded = 0 AND first_day <= ?
        ORDER BY last_day DESC, first_day LIMIT 12
        """, unit.province, unit.communeColumn, id, day
      ).map(Observation.init)
      : try sent(id, transaction).filter { !$0.superseded && $0.period.days.lowerBound <= day }
    let course = values.filter { $0.estimatedAsOf == nil }
    return IndicatorRecord(
      id: id, unit: unit, name: try row["name"], measure: try row["measure"], kind: try Indicator.Kind(row),
      milestones: try milestones.map(Milestone.init), isSent: !isAtHome, course: course,
      estimate: values.first.flatMap { $0.estimatedAsOf == nil ? nil : $0 },
      verdicts: try verdicts(on: id, transaction))
  }

  /// An indicator of this unit, with all that its standing rests on.
  ///
  /// - Parameters:
  ///   - caller: Who asks.
  ///   - period: As it stood by the value of this one, as a report of the period has it; without one by the latest.
  static func record(
    _ id: Indicator.ID, in unit: Unit, for caller: Caller, as period: Period?, _ transaction: borrowing Transaction
  ) throws -> IndicatorRecord {
    let row = try transaction.row(
      "SELECT * FROM indicator WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("chỉ tiêu", "indicator", id) }
    guard let period else { return try record(row, on: transaction.time.day, for: caller, transaction) }
    try IndicatorsRules.checkBegun(period, on: transaction.time.day)
    var record = try record(row, on: period.days.upperBound, for: caller, transaction)
    let subject = try subjects(in: unit, on: period.days.upperBound, transaction)[id]
    let value =
      record.isSent
      ? record.course.first { $0.period == period }
      : try subject.flatMap { try Self.value(of: $0, for: period, in: unit, transaction) }
    let counted = value.flatMap { $0.estimatedAsOf == nil ? $0 : nil }
    // Without a value of its own a period stands by none before it.
    record.course =
      counted.map { value in
        [value] + record.course.filter { $0.period.days.upperBound < period.days.upperBound }
      } ?? []
    record.estimate = value?.estimatedAsOf == nil ? nil : value
    return record
  }

  /// What plans up to a year promise, with the values of the periods up to that year.
  static func records(
    in unit: Unit, upTo year: Int, _ transaction: borrowing Transaction
  ) throws -> [IndicatorRecord] {
    var targets = Condition.within(unit, of: "indicator")
    targets.add("target.year <= ?", year)
    let promised = try transaction.rows(
      """
      SELECT indicator.province, indicator.commune, indicator.name, indicator.measure, indicator.kind, target.*
      FROM indicator JOIN target ON target.indicator = indicator.id
      WHERE \(targets.sql) ORDER BY target.indicator, target.day, target.sequence
      """, values: targets.values)

    var observed = Condition.within(unit, of: "every_observation")
    observed.add("village IS NULL AND superseded = 0 AND estimated_as_of IS NULL AND year <= ?", year)
    observed.add("first_day <= ?", transaction.time.day)
    var courses: [Indicator.ID: [Observation]] = [:]
    let observations = try transaction.rows(
      "SELECT * FROM every_observation WHERE \(observed.sql) ORDER BY last_day DESC, first_day",
      values: observed.values)
    for row in observations { courses[try row["indicator"], default: []].append(try Observation(row)) }
    let verdicts = try verdicts(in: unit, transaction)

    var records: [IndicatorRecord] = []
    for row in promised {
      let id: Indicator.ID = try row["indicator"]
      if records.last?.id != id {
        records.append(
          IndicatorRecord(
            id: id, unit: try Unit(row), name: try row["name"], measure: try row["measure"],
            kind: try Indicator.Kind(row), milestones: [], course: courses[id] ?? [],
            verdicts: verdicts[id] ?? Verdicts()))
      }
      records[records.count - 1].milestones.append(try Milestone(row))
    }
    return records
  }
}

extension Milestone {
  init(_ row: Row) throws {
    let leads: String = try row["leads"]
    self.init(
      target: try row["id"], plan: try row["plan"], year: try row["year"], number: try row["number"],
      comparator: try row["comparator"], value: try row["value"], upper: try row["upper"], due: try row["due"],
      leads: leads.split(separator: ",").compactMap { Office.Code(String($0)) })
  }
}
