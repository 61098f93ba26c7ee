import Schema
import Storage

/// What communes come to: of one indicator commune by commune, of all of them by the sums that are kept.
extension IndicatorsStore {
  /// The names of the indicators of the communes; a commune's own when it is asked itself, all when no unit is.
  static func names(in unit: Unit?, _ transaction: borrowing Transaction) throws -> [IndicatorName] {
    let rows =
      if let unit, unit.commune != nil {
        try transaction.rows(
          "SELECT name, measure FROM indicator WHERE province = ? AND commune = ? ORDER BY folded, folded_measure",
          unit.province, unit.communeColumn)
      } else {
        try transaction.rows(
          """
          SELECT MIN(name) AS name, MIN(measure) AS measure FROM promised WHERE province = ? OR ? = ''
          GROUP BY folded, folded_measure ORDER BY folded, folded_measure
          """, unit?.province ?? "", unit?.province ?? "")
      }
    return try rows.map { IndicatorName(name: try $0["name"], measure: try $0["measure"]) }
  }

  /// What each commune that promises the indicator reported for the period.
  ///
  /// One that was merged before the period began is not expected. Asked for one commune, there are those that were merged
  /// into it after the period too.
  static func parts(
    of name: IndicatorName, in unit: Unit?, for period: Period, _ transaction: borrowing Transaction
  ) throws -> [IndicatorsRules.Part] {
    var condition = Condition()
    condition.add("indicator.commune <> '00000'")
    condition.add("indicator.folded = ? AND indicator.folded_measure = ?", name.folded, name.foldedMeasure)
    if let unit { condition.add("indicator.province = ?", unit.province) }
    if let unit, unit.commune != nil {
      condition.add(
        """
        (indicator.commune = ? OR EXISTS (SELECT 1 FROM merger WHERE merger.province = indicator.province
          AND merger.commune = indicator.commune AND merger.into_commune = ? AND merger.day > ?))
        """, unit.communeColumn, unit.communeColumn, period.days.upperBound)
    }
    condition.add(
      """
      NOT EXISTS (SELECT 1 FROM merger WHERE merger.province = indicator.province
        AND merger.commune = indicator.commune AND merger.day <= ?)
      """, period.days.lowerBound)
    let rows = try transaction.rows(
      """
      SELECT indicator.id, indicator.province, indicator.commune, counted_indicator.share AS share,
        CASE WHEN observation.indicator IS NULL THEN village_sum.numerator ELSE observation.numerator END AS numerator,
        CASE WHEN observation.indicator IS NULL THEN village_sum.denominator ELSE observation.denominator END
          AS denominator
      FROM indicator LEFT JOIN counted_indicator ON counted_indicator.indicator = indicator.id
        LEFT JOIN observation ON observation.indicator = indicator.id AND observation.period = ?
          AND observation.village = '' AND observation.superseded = 0 AND observation.estimated_as_of IS NULL
        LEFT JOIN village_sum ON village_sum.indicator = indicator.id AND village_sum.period = ?
      WHERE \(condition.sql) ORDER BY indicator.province, indicator.commune
      """, values: [period, period] + condition.values)
    return try rows.map { row in
      let id: Indicator.ID = try row["id"]
      let (numerator, share): (Int64?, String?) = (try row["numerator"], try row["share"])
      var part = IndicatorsRules.Part(unit: try Unit(row))
      if let numerator {
        part.figure = Figure(numerator, of: try row["denominator"])
      } else if share != nil {
        part.figure = try figure(of: id, isCounted: true, for: period, transaction)
      }
      if part.figure == nil { part.lastDenominator = try lastDenominator(of: id, transaction) }
      return part
    }
  }

  private static func lastDenominator(
    of indicator: Indicator.ID, _ transaction: borrowing Transaction
  ) throws -> Int64? {
    try transaction.row(
      """
      SELECT denominator FROM every_observation
      WHERE indicator = ? AND village IS NULL AND superseded = 0 AND denominator IS NOT NULL
      ORDER BY last_day DESC LIMIT 1
      """, indicator)?["denominator"]
  }

  /// A line for each indicator of a province, or of the country.
  static func table(
    _ request: ShowRollUpTable, in unit: Unit?, _ transaction: borrowing Transaction
  ) throws -> RollUpSummary {
    let size = 150
    let start = try request.after.map { after throws(Refusal) in try after.position(as: Int.self) } ?? 0
    let province = unit?.province ?? ""
    let rows = try transaction.rows(
      """
      SELECT promised.folded, promised.folded_measure, MIN(promised.name) AS name, MIN(promised.measure) AS measure,
        CAST(SUM(promised.communes) AS BIGINT) AS expected,
        CAST(COALESCE(SUM(rolled_up.reported), 0) AS BIGINT) AS reported,
        CAST(COALESCE(SUM(rolled_up.shares), 0) AS BIGINT) AS shares,
        CAST(COALESCE(SUM(rolled_up.numerator), 0) AS BIGINT) AS numerator,
        CAST(COALESCE(SUM(rolled_up.denominator), 0) AS BIGINT) AS denominator
      FROM promised LEFT JOIN rolled_up ON rolled_up.period = ? AND rolled_up.province = promised.province
        AND rolled_up.folded = promised.folded AND rolled_up.folded_measure = promised.folded_measure
      WHERE promised.province = ? OR ? = ''
      GROUP BY promised.folded, promised.folded_measure ORDER BY promised.folded, promised.folded_measure
      LIMIT ? OFFSET ?
      """, request.period, province, province, size + 1, start)
    let merged = try mergedAway(in: unit, before: request.period, transaction)
    let lines = try rows.prefix(size).map { row in
      let reported: Int = try row["reported"]
      let isAddable = try row["shares"] == reported
      let key = IndicatorKey(folded: try row["folded"], measure: try row["folded_measure"])
      return RollUpSummary.Line(
        name: try row["name"], measure: try row["measure"], reported: reported,
        expected: try row["expected"] - (merged[key] ?? 0),
        total: isAddable ? Ratio(try row["numerator"], of: try row["denominator"]) : nil)
    }
    return RollUpSummary(
      period: request.period, lines: lines, next: rows.count > size ? String(start + size) : nil)
  }

  /// How many of the communes that promise an indicator are not expected any more.
  private static func mergedAway(
    in unit: Unit?, before period: Period, _ transaction: borrowing Transaction
  ) throws -> [IndicatorKey: Int] {
    let province = unit?.province ?? ""
    let rows = try transaction.rows(
      """
      SELECT indicator.folded, indicator.folded_measure, COUNT(*) AS communes
      FROM merger JOIN indicator ON indicator.province = merger.province AND indicator.commune = merger.commune
      WHERE merger.day <= ? AND (merger.province = ? OR ? = '')
      GROUP BY indicator.folded, indicator.folded_measure
      """, period.days.lowerBound, province, province)
    var merged: [IndicatorKey: Int] = [:]
    for row in rows {
      merged[IndicatorKey(folded: try row["folded"], measure: try row["folded_measure"])] = try row["communes"]
    }
    return merged
  }

  /// What each province has of an indicator, by the sums that are kept.
  static func provinces(
    of name: IndicatorName, for period: Period, _ transaction: borrowing Transaction
  ) throws -> [RollUp.Province] {
    let rows = try transaction.rows(
      """
      SELECT promised.province, promised.communes, rolled_up.reported, rolled_up.shares, rolled_up.numerator,
        rolled_up.denominator
      FROM promised LEFT JOIN rolled_up ON rolled_up.period = ? AND rolled_up.province = promised.province
        AND rolled_up.folded = promised.folded AND rolled_up.folded_measure = promised.folded_measure
      WHERE promised.folded = ? AND promised.folded_measure = ? ORDER BY promised.province
      """, period, name.folded, name.foldedMeasure)
    return try rows.map { row in
      let (reported, shares): (Int?, Int?) = (try row["reported"], try row["shares"])
      let (numerator, denominator): (Int64?, Int64?) = (try row["numerator"], try row["denominator"])
      var total: Ratio?
      if let numerator, let denominator, reported == shares { total = Ratio(numerator, of: denominator) }
      let province: String = try row["province"]
      return RollUp.Province(
        unit: Unit(stringLiteral: province), reported: reported ?? 0, expected: try row["communes"], total: total)
    }
  }

  // MARK: Mergers

  static func keep(_ merger: Merger, _ transaction: borrowing Transaction) throws -> Bool {
    try transaction.execute(
      """
      INSERT INTO merger (province, commune, into_commune, day, document) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (province, commune) DO NOTHING
      """, merger.from.province, merger.from.communeColumn, merger.into.communeColumn, merger.day, merger.document) > 0
  }

  /// The day from which a unit is part of another one.
  static func mergedOn(_ unit: Unit, _ transaction: borrowing Transaction) throws -> Day? {
    try transaction.row(
      "SELECT day FROM merger WHERE province = ? AND commune = ?", unit.province, unit.communeColumn)?["day"]
  }
}
