/// Villages that were founded or have ended: of a period those are expected that there were at its end, so that what is
/// known of the past stays as it was.
extension IndicatorsMigrations {
  static let founding = [
    "ALTER TABLE village ADD COLUMN since TEXT",
    "ALTER TABLE village ADD COLUMN until TEXT",
    "DROP VIEW every_observation",
    """
    CREATE VIEW every_observation AS
    SELECT observation.indicator, observation.period, observation.revision, NULLIF(observation.village, '') AS village,
      observation.province, observation.commune, observation.year, observation.first_day, observation.last_day,
      observation.numerator, observation.denominator, observation.note, observation.evidence, observation.reason,
      observation.estimated_as_of, observation.office, observation.time, observation.superseded, 0 AS source,
      NULL AS villages, NULL AS expected
    FROM observation
    UNION ALL
    SELECT village_sum.indicator, village_sum.period, village_sum.revision, NULL, village_sum.province,
      village_sum.commune, village_sum.year, village_sum.first_day, village_sum.last_day, village_sum.numerator,
      village_sum.denominator, NULL, NULL, NULL, NULL, village_sum.office, village_sum.time,
      CASE WHEN EXISTS (SELECT 1 FROM observation WHERE observation.indicator = village_sum.indicator
        AND observation.period = village_sum.period AND observation.village = '' AND observation.superseded = 0
        AND observation.estimated_as_of IS NULL) THEN 1 ELSE 0 END,
      1, village_sum.villages,
      (SELECT COUNT(*) FROM village
        WHERE village.province = village_sum.province AND village.commune = village_sum.commune
          AND (village.since IS NULL OR village.since <= village_sum.last_day)
          AND (village.until IS NULL OR village.until >= village_sum.last_day))
    FROM village_sum
    UNION ALL
    SELECT counted_indicator.indicator, month_count.month, month_count.revision, NULL, month_count.province,
      month_count.commune, month_count.year, month_count.first_day, month_count.last_day,
      CASE counted_indicator.share WHEN 'issued' THEN month_count.issued
        WHEN 'activated' THEN month_count.activated ELSE month_count.signatures END,
      month_count.adults, NULL, NULL, NULL, NULL, month_count.office, month_count.time,
      CASE WHEN EXISTS (SELECT 1 FROM observation WHERE observation.indicator = counted_indicator.indicator
        AND observation.period = month_count.month AND observation.village = '' AND observation.superseded = 0
        AND observation.estimated_as_of IS NULL)
        OR EXISTS (SELECT 1 FROM village_sum WHERE village_sum.indicator = counted_indicator.indicator
          AND village_sum.period = month_count.month) THEN 1 ELSE 0 END,
      2, month_count.villages,
      (SELECT COUNT(*) FROM village
        WHERE village.province = month_count.province AND village.commune = month_count.commune
          AND (village.since IS NULL OR village.since <= month_count.last_day)
          AND (village.until IS NULL OR village.until >= month_count.last_day))
    FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
      JOIN month_count ON month_count.province = indicator.province AND month_count.commune = indicator.commune
    WHERE month_count.adults > 0
    """,
  ]
}
