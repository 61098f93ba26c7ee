import Schema
import Storage

/// Adding up over communes. The sums of each province are kept up in the transaction of every value: a sum of a whole
/// country is a few thousand rows to read, and grouping its observations afresh would be millions.
///
/// `rolled_up` and `promised` hold nothing that is not in the other tables: `rebuild` makes them again.
extension IndicatorsStore {
  /// What a commune's value of a period is made of, in this order: what was entered for the commune, what was entered for
  /// its villages, what was counted; else what the parts of the period make of it.
  static func figure(
    of indicator: Indicator.ID, in unit: Unit, over time: Indicator.OverTime, for period: Period,
    _ transaction: borrowing Transaction
  ) throws -> Figure? {
    try figures(of: indicator, in: unit, over: time, for: [period], transaction)[0]
  }

  /// - Parameter periods: Of one year.
  static func figures(
    of indicator: Indicator.ID, in unit: Unit, over time: Indicator.OverTime, for periods: [Period],
    _ transaction: borrowing Transaction
  ) throws -> [Figure?] {
    let values =
      """
      SELECT period, numerator, denominator FROM every_observation
      WHERE province = ? AND commune = ? AND indicator = ? AND village IS NULL AND superseded = 0
        AND estimated_as_of IS NULL
      """
    let (province, commune) = (unit.province, unit.communeColumn)
    guard let period = periods.first else { return [] }
    let rows =
      time == .none
      ? try transaction.rows("\(values) AND period = ?", province, commune, indicator, period)
      : try transaction.rows("\(values) AND year = ?", province, commune, indicator, period.year)
    var own: [Period: Figure] = [:]
    for row in rows { own[try row["period"]] = Figure(try row["numerator"], of: try row["denominator"]) }
    return periods.map { time.value(for: $0, of: own) }
  }

  /// Does something that changes the values of an indicator, and moves the sums by the difference.
  ///
  /// - Parameter period: The one whose value changes.
  static func shifting(
    _ subject: RolledSubject, for period: Period, _ transaction: borrowing Transaction, _ change: () throws -> Void
  ) throws {
    // A longer period may end when the unit is part of another one, which reports it.
    let end = subject.overTime == .sum ? try mergedOn(subject.unit, transaction) : nil
    let periods = subject.overTime.periods(restingOn: period).filter { period in
      end.map { period.days.upperBound < $0 } ?? true
    }
    let before = try figures(of: subject.id, in: subject.unit, over: subject.overTime, for: periods, transaction)
    try change()
    let after = try figures(of: subject.id, in: subject.unit, over: subject.overTime, for: periods, transaction)
    for (period, (before, after)) in zip(periods, zip(before, after)) {
      try shift(subject.key, in: subject.unit, for: period, from: before, to: after, transaction)
    }
  }

  /// Puts one value in another's place in the sums. A province's own indicators are in none.
  static func shift(
    _ key: IndicatorKey, in unit: Unit, for period: Period, from before: Figure?, to after: Figure?,
    _ transaction: borrowing Transaction
  ) throws {
    guard unit.commune != nil, before != after else { return }
    func change(_ part: (Figure) -> Int64) -> Int64 { (after.map(part) ?? 0) - (before.map(part) ?? 0) }
    let reported = change { _ in 1 }
    try transaction.execute(
      """
      INSERT INTO rolled_up (period, province, folded, folded_measure, reported, shares, numerator, denominator, plain)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (period, province, folded, folded_measure) DO UPDATE SET
        reported = rolled_up.reported + excluded.reported, shares = rolled_up.shares + excluded.shares,
        numerator = rolled_up.numerator + excluded.numerator,
        denominator = rolled_up.denominator + excluded.denominator, plain = rolled_up.plain + excluded.plain
      """,
      period, unit.province, key.folded, key.measure, reported, change { $0.denominator == nil ? 0 : 1 },
      change { $0.denominator == nil ? 0 : $0.numerator }, change { $0.denominator ?? 0 },
      change { $0.denominator == nil ? $0.numerator : 0 })
    guard reported < 0 else { return }
    try transaction.execute(
      """
      DELETE FROM rolled_up
      WHERE period = ? AND province = ? AND folded = ? AND folded_measure = ? AND reported = 0
      """, period, unit.province, key.folded, key.measure)
  }

  /// A commune promises the indicator from here on, with all that is known of it.
  static func join(
    _ subject: RolledSubject, called name: IndicatorName, _ transaction: borrowing Transaction
  ) throws {
    guard subject.unit.commune != nil else { return }
    try transaction.execute(
      """
      INSERT INTO promised (province, folded, folded_measure, name, measure, communes) VALUES (?, ?, ?, ?, ?, 1)
      ON CONFLICT (province, folded, folded_measure) DO UPDATE SET communes = promised.communes + 1,
        name = CASE WHEN excluded.name < promised.name THEN excluded.name ELSE promised.name END
      """, subject.unit.province, subject.key.folded, subject.key.measure, name.name, name.measure)
    for (period, figure) in try figures(of: subject, transaction) {
      try shift(subject.key, in: subject.unit, for: period, from: nil, to: figure, transaction)
    }
  }

  /// A commune promises it no longer.
  static func leave(_ subject: RolledSubject, _ transaction: borrowing Transaction) throws {
    guard subject.unit.commune != nil else { return }
    for (period, figure) in try figures(of: subject, transaction) {
      try shift(subject.key, in: subject.unit, for: period, from: figure, to: nil, transaction)
    }
    let whole = [subject.unit.province, subject.key.folded, subject.key.measure]
    try transaction.execute(
      "UPDATE promised SET communes = communes - 1 WHERE province = ? AND folded = ? AND folded_measure = ?",
      whole[0], whole[1], whole[2])
    try transaction.execute(
      "DELETE FROM promised WHERE province = ? AND folded = ? AND folded_measure = ? AND communes = 0", whole[0],
      whole[1], whole[2])
  }

  /// The values of all periods that have one, and that the unit still reports itself.
  static func figures(
    of subject: RolledSubject, _ transaction: borrowing Transaction
  ) throws -> [Period: Figure] {
    let stated = try transaction.rows(
      """
      SELECT DISTINCT period FROM every_observation
      WHERE province = ? AND commune = ? AND indicator = ? AND village IS NULL
      """, subject.unit.province, subject.unit.communeColumn, subject.id)
    let end = try mergedOn(subject.unit, transaction)
    var figures: [Period: Figure] = [:]
    for row in stated {
      let stated: Period = try row["period"]
      // What rests on it is not shorter, and ends no earlier.
      let periods = subject.overTime.periods(restingOn: stated).filter { period in
        end.map { period.days.upperBound < $0 } ?? true
      }
      guard periods.contains(where: { figures[$0] == nil }) else { continue }
      let values = try self.figures(of: subject.id, in: subject.unit, over: subject.overTime, for: periods, transaction)
      for (period, figure) in zip(periods, values) { figures[period] = figure }
    }
    return figures
  }

  /// Makes the sums again of all that is there.
  static func rebuild(_ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM rolled_up")
    try transaction.execute("DELETE FROM promised")
    try transaction.execute(
      """
      INSERT INTO promised (province, folded, folded_measure, name, measure, communes)
      SELECT province, folded, folded_measure, MIN(name), MIN(measure), COUNT(*) FROM indicator
      WHERE commune <> '00000' GROUP BY province, folded, folded_measure
      """)
    for row in try transaction.rows("SELECT DISTINCT province FROM promised") {
      let province: String = try row["province"]
      let catalogue = try catalogue(of: Unit(stringLiteral: province), transaction)
      for row in try transaction.rows("SELECT DISTINCT folded, name FROM promised WHERE province = ?", province) {
        let (folded, name): (String, String) = (try row["folded"], try row["name"])
        let common = catalogue.common(IndicatorName(name: name, measure: nil))
        guard common.folded == folded, common.name != name else { continue }
        try transaction.execute(
          "UPDATE promised SET name = ? WHERE province = ? AND folded = ?", common.name, province, folded)
      }
    }
    // One province after the other: what is grouped at a time fits in memory.
    for row in try transaction.rows("SELECT DISTINCT province FROM promised") {
      let province: String = try row["province"]
      try add(
        "observation",
        where: "observation.village = '' AND observation.superseded = 0 AND observation.estimated_as_of IS NULL",
        in: province, transaction)
      try add(
        "village_sum",
        where: """
          NOT EXISTS (SELECT 1 FROM observation WHERE observation.province = village_sum.province
            AND observation.commune = village_sum.commune AND observation.indicator = village_sum.indicator
            AND observation.period = village_sum.period AND observation.village = '' AND observation.superseded = 0
            AND observation.estimated_as_of IS NULL)
          """, in: province, transaction)
    }
    for row in try transaction.rows("SELECT * FROM indicator WHERE over_time <> 'none'") {
      let subject = try RolledSubject(row)
      for (period, figure) in try figures(of: subject, transaction) {
        try shift(subject.key, in: subject.unit, for: period, from: nil, to: figure, transaction)
      }
    }
  }

  /// Adds the values of a table that count, of the indicators whose periods are each for itself.
  private static func add(
    _ table: String, where condition: String, in province: String, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO rolled_up (period, province, folded, folded_measure, reported, shares, numerator, denominator, plain)
      SELECT \(table).period, indicator.province, indicator.folded, indicator.folded_measure, COUNT(*),
        COUNT(\(table).denominator),
        CAST(SUM(CASE WHEN \(table).denominator IS NULL THEN 0 ELSE \(table).numerator END) AS BIGINT),
        CAST(COALESCE(SUM(\(table).denominator), 0) AS BIGINT),
        CAST(SUM(CASE WHEN \(table).denominator IS NULL THEN \(table).numerator ELSE 0 END) AS BIGINT)
      FROM \(table) JOIN indicator ON indicator.id = \(table).indicator
      WHERE \(table).province = ? AND indicator.over_time = 'none' AND \(condition)
        AND indicator.commune <> '00000'
        AND NOT EXISTS (SELECT 1 FROM merger WHERE merger.province = indicator.province
          AND merger.commune = indicator.commune AND merger.day <= \(table).last_day)
      GROUP BY \(table).period, indicator.province, indicator.folded, indicator.folded_measure
      ON CONFLICT (period, province, folded, folded_measure) DO UPDATE SET
        reported = rolled_up.reported + excluded.reported, shares = rolled_up.shares + excluded.shares,
        numerator = rolled_up.numerator + excluded.numerator,
        denominator = rolled_up.denominator + excluded.denominator, plain = rolled_up.plain + excluded.plain
      """, province)
  }
}

/// An indicator of a commune, as far as sums ask.
struct RolledSubject {
  var id: Indicator.ID
  var unit: Unit
  var key: IndicatorKey
  var overTime: Indicator.OverTime

  init(id: Indicator.ID, unit: Unit, key: IndicatorKey, overTime: Indicator.OverTime) {
    (self.id, self.unit, self.key, self.overTime) = (id, unit, key, overTime)
  }

  /// - Parameter row: Of the table `indicator`.
  init(_ row: Row) throws {
    id = try row["id"]
    unit = try Unit(row)
    key = try IndicatorKey(row)
    overTime = try Indicator.OverTime(row)
  }
}

extension Indicator.OverTime {
  /// - Parameter row: Of the table `indicator`.
  init(_ row: Row) throws {
    let word: String = try row["over_time"]
    guard let known = Self(rawValue: word) else { throw StorageError(.corrupt, "not a way to add up: \(word)") }
    self = known
  }
}
