import Schema
import Storage

/// Values: what is read before one is entered, and how one is kept.
extension IndicatorsStore {
  /// What rows are entered into: all of the unit's indicators that they may name, and what is there for their periods.
  static func ground(
    for rows: [ObserveIndicator], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> EntryGround {
    let today = transaction.time.day
    var ground = EntryGround(unit: unit, today: today)
    ground.subjects = try subjects(in: unit, on: today, transaction)
    ground.mergedOn = try mergedOn(unit, transaction)
    let periods = Set(rows.map(\.period))
    for period in periods { try read(period, into: &ground, transaction) }
    let history = periods.flatMap(\.withHistory)
    for period in Set(history).subtracting(periods) { try readStated(period, into: &ground, transaction) }
    for origin in Set(ground.subjects.values.compactMap(\.share?.origin)) {
      let months = try months(with: origin, in: unit, transaction)
      ground.counted[origin] = Set(months.flatMap(\.endingTogether))
    }
    if rows.contains(where: { $0.village != nil }) {
      let villages = try transaction.rows(
        "SELECT code FROM village WHERE province = ? AND commune = ?", unit.province, unit.communeColumn)
      ground.villages = Set(try villages.map { try $0["code"] })
    }
    ground.locks = try Set(periods.flatMap(\.containing)).flatMap { try locks(in: unit, for: $0, transaction) }
    return ground
  }

  /// The nearest target that has not passed judges each indicator, as `IndicatorsRules.judged` says.
  static func subjects(
    in unit: Unit, on today: Day, _ transaction: borrowing Transaction
  ) throws -> [Indicator.ID: EntryGround.Subject] {
    let rows = try transaction.rows(
      """
      SELECT indicator.name, indicator.measure, indicator.folded, indicator.folded_measure, indicator.population,
        indicator.kind, indicator.over_time, counted_indicator.share, plan.focal, target.*,
        (SELECT COUNT(*) FROM met_target WHERE met_target.target = target.id) AS met
      FROM indicator JOIN target ON target.id = COALESCE(
          (SELECT next.id FROM target AS next WHERE next.indicator = indicator.id AND next.day = (
            SELECT MIN(ahead.day) FROM target AS ahead WHERE ahead.indicator = indicator.id AND ahead.day >= ?)
            ORDER BY next.sequence DESC LIMIT 1),
          (SELECT past.id FROM target AS past WHERE past.indicator = indicator.id
            ORDER BY past.day DESC, past.sequence DESC LIMIT 1))
        JOIN plan ON plan.id = target.plan
        LEFT JOIN counted_indicator ON counted_indicator.indicator = indicator.id
      WHERE indicator.province = ? AND indicator.commune = ?
      """, today, unit.province, unit.communeColumn)
    var subjects: [Indicator.ID: EntryGround.Subject] = [:]
    for row in rows {
      let id: Indicator.ID = try row["indicator"]
      let (share, population, met): (String?, String?, Int) = (
        try row["share"], try row["population"], try row["met"]
      )
      subjects[id] = EntryGround.Subject(
        id: id, name: IndicatorName(name: try row["name"], measure: try row["measure"]),
        key: try IndicatorKey(row),
        target: try Milestone(row), isTargetMet: met > 0, focal: try row["focal"],
        share: share.flatMap(CountedShare.init(rawValue:)), kind: try Indicator.Kind(row),
        overTime: try Indicator.OverTime(row),
        population: population.flatMap(Population.init(rawValue:)))
    }
    return subjects
  }

  private static func read(
    _ period: Period, into ground: inout EntryGround, _ transaction: borrowing Transaction
  ) throws {
    try readStated(period, into: &ground, transaction)
    for row in try transaction.rows(
      "SELECT indicator FROM village_sum WHERE province = ? AND commune = ? AND period = ?", ground.unit.province,
      ground.unit.communeColumn, period)
    {
      ground.summed.insert(EntryGround.Place(indicator: try row["indicator"], period: period))
    }
    for row in try transaction.rows(
      "SELECT indicator FROM nothing_arose WHERE province = ? AND commune = ? AND period = ?", ground.unit.province,
      ground.unit.communeColumn, period)
    {
      ground.nothing.insert(EntryGround.Place(indicator: try row["indicator"], period: period))
    }
  }

  private static func readStated(
    _ period: Period, into ground: inout EntryGround, _ transaction: borrowing Transaction
  ) throws {
    let rows = try transaction.rows(
      """
      SELECT indicator, village, revision, numerator, denominator, estimated_as_of FROM observation
      WHERE province = ? AND commune = ? AND period = ? AND superseded = 0
      """, ground.unit.province, ground.unit.communeColumn, period)
    for row in rows {
      let (village, estimated): (String, Day?) = (try row["village"], try row["estimated_as_of"])
      let place = EntryGround.Place(
        indicator: try row["indicator"], period: period, village: Office.Code(village))
      ground.stated[place] = EntryGround.Stated(
        revision: try row["revision"], figure: Figure(try row["numerator"], of: try row["denominator"]),
        isEstimate: estimated != nil)
    }
  }

  /// Adds a value, and moves the sums; the one that it corrects is kept, superseded.
  static func append(
    _ observation: Observation, of subject: EntryGround.Subject, on ground: inout EntryGround,
    _ transaction: borrowing Transaction
  ) throws {
    let whole = EntryGround.Place(indicator: subject.id, period: observation.period)
    let place = EntryGround.Place(
      indicator: subject.id, period: observation.period, village: observation.village)
    let earlier = ground.stated[place]
    let after = EntryGround.Stated(
      revision: observation.revision, figure: observation.figure, isEstimate: observation.estimatedAsOf != nil)
    // Neither is it a part of another period's value, nor are parts of it its value before.
    let restsAlone =
      subject.overTime == .none
      || observation.period.parts.isEmpty && subject.overTime.periods(restingOn: observation.period).count == 1
    if subject.share != nil || !restsAlone || place.village != nil || ground.summed.contains(whole) {
      let rolled = RolledSubject(id: subject.id, unit: ground.unit, key: subject.key, overTime: subject.overTime)
      try shifting(rolled, for: observation.period, transaction) {
        try write(observation, of: subject.id, in: ground.unit, isFirst: earlier == nil, transaction)
        if place.village != nil {
          try sumVillages(of: subject.id, in: ground.unit, for: observation.period, transaction)
          ground.summed.insert(whole)
        }
      }
    } else {
      try write(observation, of: subject.id, in: ground.unit, isFirst: earlier == nil, transaction)
      func counted(_ stated: EntryGround.Stated?) -> Figure? { stated?.isEstimate == false ? stated?.figure : nil }
      try shift(
        subject.key, in: ground.unit, for: observation.period, from: counted(earlier), to: counted(after), transaction)
    }
    ground.stated[place] = after
    if ground.nothing.remove(whole) != nil {
      try transaction.execute(
        "DELETE FROM nothing_arose WHERE indicator = ? AND period = ?", subject.id, observation.period)
    }
  }

  private static func write(
    _ observation: Observation, of indicator: Indicator.ID, in unit: Unit, isFirst: Bool,
    _ transaction: borrowing Transaction
  ) throws {
    let village = observation.village?.description ?? ""
    if !isFirst {
      try transaction.execute(
        "UPDATE observation SET superseded = 1 WHERE indicator = ? AND period = ? AND village = ?", indicator,
        observation.period, village)
    }
    let days = observation.period.days
    try transaction.execute(
      """
      INSERT INTO observation (indicator, period, village, revision, province, commune, year, first_day, last_day,
        numerator, denominator, note, evidence, reason, estimated_as_of, office, time, superseded)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
      """,
      indicator, observation.period, village, observation.revision, unit.province, unit.communeColumn,
      observation.period.year, days.lowerBound, days.upperBound, observation.figure.numerator,
      observation.figure.denominator, observation.note, observation.evidence, observation.reason,
      observation.estimatedAsOf, observation.office, observation.time)
  }

  /// What the villages' values come to, where any of them was counted. Without a denominator of each there is none.
  private static func sumVillages(
    of indicator: Indicator.ID, in unit: Unit, for period: Period, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute("DELETE FROM village_sum WHERE indicator = ? AND period = ?", indicator, period)
    try transaction.execute(
      """
      INSERT INTO village_sum (indicator, period, province, commune, year, first_day, last_day, villages, revision,
        numerator, denominator, time, office)
      SELECT indicator, period, province, commune, year, first_day, last_day, COUNT(*),
        CAST(SUM(revision) AS BIGINT), CAST(SUM(numerator) AS BIGINT),
        CASE WHEN COUNT(denominator) = COUNT(*) THEN CAST(SUM(denominator) AS BIGINT) END, MAX(time),
        (SELECT last.office FROM observation AS last
          WHERE last.indicator = observation.indicator AND last.period = observation.period AND last.village <> ''
            AND last.superseded = 0 AND last.estimated_as_of IS NULL
          ORDER BY last.time DESC, last.village LIMIT 1)
      FROM observation
      WHERE indicator = ? AND period = ? AND village <> '' AND superseded = 0 AND estimated_as_of IS NULL
      GROUP BY indicator, period, province, commune, year, first_day, last_day
      """, indicator, period)
  }

  static func keep(
    _ nothing: DeclareNothing, by office: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  )
    throws
  {
    try transaction.execute(
      """
      INSERT INTO nothing_arose (indicator, period, province, commune, note, office, time) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (indicator, period) DO UPDATE SET note = excluded.note, office = excluded.office, time = excluded.time
      """, nothing.indicator, nothing.period, unit.province, unit.communeColumn, nothing.note, office, transaction.time)
  }

  /// Marks a target as met. False when it was met before.
  static func announce(_ target: Target.ID, _ transaction: borrowing Transaction) throws -> Bool {
    try transaction.execute(
      "INSERT INTO met_target (target, time) VALUES (?, ?) ON CONFLICT (target) DO NOTHING", target, transaction.time)
      > 0
  }

  // MARK: Reading

  static func list(_ request: ListObservations, _ transaction: borrowing Transaction) throws -> Page<Observation> {
    var condition = Condition()
    condition.add("indicator = ? AND first_day <= ?", values: [request.indicator, transaction.time.day])
    if let village = request.village { condition.add("village = ?", village) } else { condition.add("village IS NULL") }
    if let after = request.after {
      let position: ObservationPosition = try after.position()
      let days = position.period.days
      // Sums come after what was entered for the period.
      condition.add(
        """
        (last_day < ? OR (last_day = ? AND (first_day > ? OR (first_day = ? AND (source > ?
          OR (source = ? AND revision < ?))))))
        """,
        days.upperBound, days.upperBound, days.lowerBound, days.lowerBound, position.source, position.source,
        position.revision)
    }
    let rows = try transaction.rows(
      """
      SELECT * FROM every_observation WHERE \(condition.sql)
      ORDER BY last_day DESC, first_day, source, revision DESC LIMIT \(Page<Sourced>.limit(pageSize))
      """, values: condition.values)
    let page = try Page(
      rows, size: pageSize, { Sourced(observation: try Observation($0), source: try $0["source"]) },
      position: { ObservationPosition($0.observation, source: $0.source).description })
    return Page(items: page.items.map(\.observation), next: page.next)
  }

  /// A value, and where it came from: entered, villages, counts.
  private struct Sourced: Codable, Hashable, Sendable {
    var observation: Observation
    var source: Int
  }
}

/// Where a page of observations ended: `2026-Q1/2`, or `2026-M03/counts`, `/villages`, `/spending` and `/tasks` for sums.
private struct ObservationPosition: LosslessStringConvertible {
  let period: Period
  let source: Int
  let revision: Int

  private static let sums = ["villages", "counts", "spending", "tasks"]

  init(_ observation: Observation, source: Int) {
    period = observation.period
    self.source = source
    revision = observation.revision
  }

  init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let period = Period(String(parts[0])) else { return nil }
    self.period = period
    if let sum = Self.sums.firstIndex(of: String(parts[1])) {
      // A period has one sum of each kind: after it there is no other.
      (source, revision) = (sum + 1, 0)
    } else {
      guard let revision = Int(parts[1]) else { return nil }
      (source, self.revision) = (0, revision)
    }
  }

  var description: String { "\(period)/\(source == 0 ? "\(revision)" : Self.sums[source - 1])" }
}

extension Observation {
  init(_ row: Row) throws {
    self.init(
      period: try row["period"], revision: try row["revision"],
      figure: Figure(try row["numerator"], of: try row["denominator"]), note: try row["note"],
      evidence: try row["evidence"], reason: try row["reason"], village: try row["village"],
      estimatedAsOf: try row["estimated_as_of"], office: try row["office"], time: try row["time"],
      superseded: try row["superseded"], villages: try Villages(row), source: try Source(row))
  }
}

extension Observation.Source {
  /// Nil for what was entered.
  fileprivate init?(_ row: Row) throws {
    switch try row["source"] as Int {
    case 1: self = .villages
    case 2: self = .counts
    case 3: self = .spending
    case 4: self = .tasks
    default: return nil
    }
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

extension Period {
  /// It, and what its values are compared with.
  fileprivate var withHistory: [Period] {
    var periods = [self] + accumulated
    var period = self
    for _ in 0..<3 {
      guard let previous = period.previous else { break }
      periods.append(previous)
      period = previous
    }
    return periods
  }
}
