import Schema
import Storage

/// What communes come to: of one indicator commune by commune, of all of them by the sums that are kept.
extension IndicatorsStore {
  /// The names of the indicators of the communes; a commune's own when it is asked itself, all when no unit is.
  static func names(in unit: Unit?, _ transaction: borrowing Transaction) throws -> [IndicatorName] {
    let rows =
      if let unit, unit.commune != nil {
        try transaction.rows(
          """
          SELECT promised.name, promised.measure FROM indicator JOIN promised ON promised.province = indicator.province
            AND promised.folded = indicator.folded AND promised.folded_measure = indicator.folded_measure
          WHERE indicator.province = ? AND indicator.commune = ? ORDER BY indicator.folded, indicator.folded_measure
          """, unit.province, unit.communeColumn)
      } else {
        try transaction.rows(
          """
          SELECT MIN(name) AS name, MIN(measure) AS measure FROM promised \(unit == nil ? "" : "WHERE province = ?")
          GROUP BY folded, folded_measure ORDER BY folded, folded_measure
          """, values: unit.map { [$0.province] } ?? [])
      }
    return try rows.map { IndicatorName(name: try $0["name"], measure: try $0["measure"]) }
  }

  /// What each commune that promises the indicator reported for the period.
  ///
  /// One that was merged by the period's last day is not expected: the merged unit reports the whole of it. Asked for one
  /// commune, there are those that went on in it after the period too, through others or at once.
  static func parts(
    of name: IndicatorName, in unit: Unit?, for period: Period, _ transaction: borrowing Transaction
  ) throws -> [IndicatorsRules.Part] {
    var condition = Condition()
    condition.add("indicator.commune <> '00000'")
    condition.add("indicator.folded = ? AND indicator.folded_measure = ?", name.folded, name.foldedMeasure)
    if let unit { condition.add("indicator.province = ?", unit.province) }
    if let unit, unit.commune != nil {
      let communes = try predecessors(of: unit, since: period, transaction) + [unit.communeColumn]
      condition.add(
        "indicator.commune IN (\(communes.map { _ in "?" }.joined(separator: ", ")))", values: communes)
    }
    condition.add(
      """
      NOT EXISTS (SELECT 1 FROM merger WHERE merger.province = indicator.province
        AND merger.commune = indicator.commune AND merger.day <= ?)
      """, period.days.upperBound)
    let rows = try transaction.rows(
      """
      SELECT indicator.id, indicator.province, indicator.commune, indicator.over_time,
        CASE WHEN observation.indicator IS NULL THEN village_sum.numerator ELSE observation.numerator END AS numerator,
        CASE WHEN observation.indicator IS NULL THEN village_sum.denominator ELSE observation.denominator END
          AS denominator,
        CASE WHEN observation.indicator IS NULL THEN village_sum.villages END AS villages
      FROM indicator LEFT JOIN observation ON observation.province = indicator.province
          AND observation.commune = indicator.commune AND observation.indicator = indicator.id AND observation.period = ?
          AND observation.village = '' AND observation.superseded = 0 AND observation.estimated_as_of IS NULL
        LEFT JOIN village_sum ON village_sum.province = indicator.province
          AND village_sum.commune = indicator.commune AND village_sum.indicator = indicator.id AND village_sum.period = ?
      WHERE \(condition.sql) ORDER BY indicator.province, indicator.commune
      """, values: [period, period] + condition.values)
    return try rows.map { row in
      let id: Indicator.ID = try row["id"]
      let (numerator, overTime): (Int64?, Indicator.OverTime) = (try row["numerator"], try Indicator.OverTime(row))
      var part = IndicatorsRules.Part(unit: try Unit(row))
      if let numerator {
        part.figure = Figure(numerator, of: try row["denominator"])
        let villages: Int? = try row["villages"]
        part.isPartial = try villages != nil && isPartial(id, of: part.unit, for: period, transaction)
      } else if overTime != .none {
        part.figure = try figure(of: id, in: part.unit, over: overTime, for: period, transaction)
        part.isPartial = try unit != nil && isPartial(id, of: part.unit, for: period, transaction)
      }
      if part.figure == nil { part.lastDenominator = try lastDenominator(of: id, in: part.unit, transaction) }
      return part
    }
  }

  /// Whether a sum over villages stands for the period, or for the part of it that ends then, and some are missing.
  private static func isPartial(
    _ indicator: Indicator.ID, of unit: Unit, for period: Period, _ transaction: borrowing Transaction
  ) throws -> Bool {
    for part in period.endingTogether.reversed().drop(while: { $0 != period }) {
      let row = try transaction.row(
        """
        SELECT * FROM every_observation
        WHERE province = ? AND commune = ? AND indicator = ? AND period = ? AND village IS NULL AND superseded = 0
          AND estimated_as_of IS NULL
        """, unit.province, unit.communeColumn, indicator, part)
      if let row { return try !Observation(row).isWhole }
    }
    return false
  }

  private static func lastDenominator(
    of indicator: Indicator.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Int64? {
    try transaction.row(
      """
      SELECT denominator FROM every_observation
      WHERE province = ? AND commune = ? AND indicator = ? AND village IS NULL AND superseded = 0
        AND denominator IS NOT NULL
      ORDER BY last_day DESC LIMIT 1
      """, unit.province, unit.communeColumn, indicator)?["denominator"]
  }

  /// A line for each indicator of a province, or of the country.
  static func table(
    _ request: ShowRollUpTable, in unit: Unit?, _ transaction: borrowing Transaction
  ) throws -> RollUpSummary {
    let size = 150
    let start = try request.after.map { after throws(Refusal) in try after.position(as: Int.self) } ?? 0
    // Two lists, each grouped along its key: joined row by row they take SQLite five times as long.
    var (promised, rolled) = (Condition(), Condition())
    rolled.add("period = ?", request.period)
    if let unit {
      promised.add("province = ?", unit.province)
      rolled.add("province = ?", unit.province)
    }
    let rows = try transaction.rows(
      """
      SELECT folded, folded_measure, MIN(name) AS name, MIN(measure) AS measure,
        CAST(SUM(communes) AS BIGINT) AS expected
      FROM promised WHERE \(promised.sql) GROUP BY folded, folded_measure ORDER BY folded, folded_measure
      LIMIT ? OFFSET ?
      """, values: promised.values + [size + 1, start])
    var sums: [IndicatorKey: Row] = [:]
    for row in try transaction.rows(
      """
      SELECT folded, folded_measure, CAST(SUM(reported) AS BIGINT) AS reported, CAST(SUM(shares) AS BIGINT) AS shares,
        CAST(SUM(numerator) AS BIGINT) AS numerator, CAST(SUM(denominator) AS BIGINT) AS denominator,
        CAST(SUM(plain) AS BIGINT) AS plain
      FROM rolled_up WHERE \(rolled.sql) GROUP BY folded, folded_measure
      """, values: rolled.values)
    {
      sums[try IndicatorKey(row)] = row
    }
    let merged = try mergedAway(in: unit, by: request.period, transaction)
    let catalogue = try catalogue(of: unit, transaction)
    let lines = try rows.prefix(size).map { row in
      let name = IndicatorName(name: try row["name"], measure: try row["measure"])
      let key = try IndicatorKey(row)
      let sums = try sums[key].map { try KeptSums($0, over: catalogue.definition(of: name)?.overUnits.known) }
      return RollUpSummary.Line(
        name: name.name, measure: name.measure, reported: sums?.reported ?? 0,
        expected: try row["expected"] - (merged[key] ?? 0), total: sums?.total, sum: sums?.sum)
    }
    return RollUpSummary(
      period: request.period, lines: lines, next: rows.count > size ? String(start + size) : nil)
  }

  /// The communes that were merged into one after a period, and those that had been merged into these after it.
  private static func predecessors(
    of unit: Unit, since period: Period, _ transaction: borrowing Transaction
  ) throws -> [String] {
    let mergers = try transaction.rows(
      "SELECT commune, into_commune FROM merger WHERE province = ? AND day > ? ORDER BY commune", unit.province,
      period.days.upperBound)
    var found: [String] = []
    var next = [unit.communeColumn]
    while let into = next.popLast() {
      let from = try mergers.filter { try $0["into_commune"] == into }.map { try $0["commune"] as String }
        .filter { !found.contains($0) }
      found += from
      next += from
    }
    return found
  }

  /// How many of the communes that promise an indicator are not expected any more.
  private static func mergedAway(
    in unit: Unit?, by period: Period, _ transaction: borrowing Transaction
  ) throws -> [IndicatorKey: Int] {
    let province = unit?.province ?? ""
    // Mergers are few: joined the other way round, all indicators of the country are looked at.
    let rows = try transaction.rows(
      """
      SELECT indicator.folded, indicator.folded_measure, COUNT(*) AS communes
      FROM merger CROSS JOIN indicator
      WHERE indicator.province = merger.province AND indicator.commune = merger.commune AND merger.day <= ? AND (merger.province = ? OR ? = '')
      GROUP BY indicator.folded, indicator.folded_measure
      """, period.days.upperBound, province, province)
    var merged: [IndicatorKey: Int] = [:]
    for row in rows {
      merged[try IndicatorKey(row)] = try row["communes"]
    }
    return merged
  }

  /// What each province has of an indicator, by the sums that are kept.
  static func provinces(
    of name: IndicatorName, for period: Period, over units: Indicator.OverUnits?, _ transaction: borrowing Transaction
  ) throws -> [RollUp.Province] {
    let rows = try transaction.rows(
      """
      SELECT promised.province, promised.communes, COALESCE(rolled_up.reported, 0) AS reported,
        COALESCE(rolled_up.shares, 0) AS shares, COALESCE(rolled_up.numerator, 0) AS numerator,
        COALESCE(rolled_up.denominator, 0) AS denominator, COALESCE(rolled_up.plain, 0) AS plain,
        (SELECT COUNT(*) FROM merger JOIN indicator ON indicator.province = merger.province
            AND indicator.commune = merger.commune
          WHERE merger.province = promised.province AND merger.day <= ? AND indicator.folded = promised.folded
            AND indicator.folded_measure = promised.folded_measure) AS merged
      FROM promised LEFT JOIN rolled_up ON rolled_up.period = ? AND rolled_up.province = promised.province
        AND rolled_up.folded = promised.folded AND rolled_up.folded_measure = promised.folded_measure
      WHERE promised.folded = ? AND promised.folded_measure = ? ORDER BY promised.province
      """, period.days.upperBound, period, name.folded, name.foldedMeasure)
    return try rows.map { row in
      let merged: Int = try row["merged"]
      let (province, sums): (String, KeptSums) = (try row["province"], try KeptSums(row, over: units))
      return RollUp.Province(
        unit: Unit(stringLiteral: province), reported: sums.reported, expected: try row["communes"] - merged,
        total: sums.total, sum: sums.sum)
    }
  }

  // MARK: Mergers

  /// What the one that ends had for periods that the merged unit reports is in no sum any more. False where it has ended
  /// before.
  static func keep(_ merger: Merger, _ transaction: borrowing Transaction) throws -> Bool {
    let from = merger.from
    guard try mergedOn(from, transaction) == nil else { return false }
    let rows = try transaction.rows(
      "SELECT * FROM indicator WHERE province = ? AND commune = ?", from.province, from.communeColumn)
    for row in rows {
      let subject = try RolledSubject(row)
      for (period, figure) in try figures(of: subject, transaction) where period.days.upperBound >= merger.day {
        try shift(subject.key, in: from, for: period, from: figure, to: nil, transaction)
      }
    }
    try transaction.execute(
      "INSERT INTO merger (province, commune, into_commune, day, document) VALUES (?, ?, ?, ?, ?)", from.province,
      from.communeColumn, merger.into.communeColumn, merger.day, merger.document)
    return true
  }

  /// The day from which a unit is part of another one.
  static func mergedOn(_ unit: Unit, _ transaction: borrowing Transaction) throws -> Day? {
    try transaction.row(
      "SELECT day FROM merger WHERE province = ? AND commune = ?", unit.province, unit.communeColumn)?["day"]
  }
}

/// What the sums that are kept come to, of a province or of several.
private struct KeptSums {
  var reported: Int
  /// Nil where a value has no denominator, where there is none, and where nothing is to be added up.
  var total: Ratio?
  var sum: Int64?

  /// - Parameter units: By the catalogue; nil where it does not know.
  init(_ row: Row, over units: Indicator.OverUnits?) throws {
    reported = try row["reported"]
    let shares: Int = try row["shares"]
    if shares == reported, units != Indicator.OverUnits.none {
      total = Ratio(try row["numerator"], of: try row["denominator"])
    }
    if units == .sum, shares == 0, reported > 0 { sum = try row["plain"] }
  }
}
