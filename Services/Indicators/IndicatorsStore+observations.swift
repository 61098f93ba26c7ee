import Schema
import Storage

/// How a value is kept.
extension IndicatorsStore {
  /// Adds a value, and moves the sums; the one that it corrects is kept, superseded.
  static func append(
    _ observation: Observation, of subject: EntryGround.Subject, on ground: inout EntryGround,
    _ transaction: borrowing Transaction
  ) throws {
    let whole = EntryGround.Place(indicator: subject.id, period: observation.period)
    let place = EntryGround.Place(
      indicator: subject.id, period: observation.period, village: observation.village)
    let earlier = ground.stated[place]
    let after = EntryGround.Stated(observation)
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
        """
        UPDATE observation SET superseded = 1
        WHERE province = ? AND commune = ? AND indicator = ? AND period = ? AND village = ?
        """, unit.province, unit.communeColumn, indicator, observation.period, village)
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
    try transaction.execute(
      "DELETE FROM village_sum WHERE province = ? AND commune = ? AND indicator = ? AND period = ?", unit.province,
      unit.communeColumn, indicator, period)
    try transaction.execute(
      """
      INSERT INTO village_sum (indicator, period, province, commune, year, first_day, last_day, villages, revision,
        numerator, denominator, time, office)
      SELECT indicator, period, province, commune, year, first_day, last_day, COUNT(*),
        CAST(SUM(revision) AS BIGINT), CAST(SUM(numerator) AS BIGINT),
        CASE WHEN COUNT(denominator) = COUNT(*) THEN CAST(SUM(denominator) AS BIGINT) END, MAX(time),
        (SELECT last.office FROM observation AS last
          WHERE last.province = observation.province AND last.commune = observation.commune
            AND last.indicator = observation.indicator AND last.period = observation.period AND last.village <> ''
            AND last.superseded = 0 AND last.estimated_as_of IS NULL
          ORDER BY last.time DESC, last.village LIMIT 1)
      FROM observation
      WHERE province = ? AND commune = ? AND indicator = ? AND period = ? AND village <> '' AND superseded = 0
        AND estimated_as_of IS NULL
      GROUP BY indicator, period, province, commune, year, first_day, last_day
      """, unit.province, unit.communeColumn, indicator, period)
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
}
