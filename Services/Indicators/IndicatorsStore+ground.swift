import Schema
import Storage

/// What is read before a value is entered.
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
    try readCorrected(period, into: &ground, transaction)
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
      SELECT indicator, period, NULLIF(village, '') AS village, revision, numerator, denominator, note, evidence, reason,
        estimated_as_of, office, time, superseded, NULL AS villages, NULL AS expected, 0 AS source
      FROM observation WHERE province = ? AND commune = ? AND period = ? AND superseded = 0
      """, ground.unit.province, ground.unit.communeColumn, period)
    for row in rows { ground.stated[try EntryGround.Place(row, period)] = EntryGround.Stated(try Observation(row)) }
  }

  private static func readCorrected(
    _ period: Period, into ground: inout EntryGround, _ transaction: borrowing Transaction
  ) throws {
    let rows = try transaction.rows(
      """
      SELECT indicator, NULLIF(village, '') AS village, numerator, denominator FROM observation
      WHERE province = ? AND commune = ? AND period = ? AND superseded = 1
      """, ground.unit.province, ground.unit.communeColumn, period)
    for row in rows {
      let figure = Figure(try row["numerator"], of: try row["denominator"])
      ground.corrected[try EntryGround.Place(row, period), default: []].insert(figure)
    }
  }
}

extension EntryGround.Place {
  /// - Parameter row: Of this period; its village is nil for the whole unit.
  fileprivate init(_ row: Row, _ period: Period) throws {
    self.init(indicator: try row["indicator"], period: period, village: try row["village"])
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
