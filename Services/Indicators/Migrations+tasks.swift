/// What is done of the tasks of plans, as values of the indicators that are about it.
extension IndicatorsMigrations {
  static let tasks = [
    // One with a day of its own; `due` is nothing until it has one. `ended` where its plan is.
    """
    CREATE TABLE task (
      id BYTEA PRIMARY KEY,
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      plan BYTEA NOT NULL,
      due TEXT,
      status TEXT NOT NULL,
      done_on TEXT,
      ended SMALLINT NOT NULL CHECK (ended IN (0, 1)),
      office TEXT NOT NULL,
      time BIGINT NOT NULL
    )
    """,
    "CREATE INDEX task_by_unit ON task (province, commune, due)",
    "CREATE INDEX task_by_plan ON task (plan)",
    // Those that are due from the year's first day to the month's last, of communes that follow it.
    """
    CREATE TABLE month_task (
      province TEXT NOT NULL,
      commune TEXT NOT NULL,
      month TEXT NOT NULL,
      year BIGINT NOT NULL,
      first_day TEXT NOT NULL,
      last_day TEXT NOT NULL,
      due BIGINT NOT NULL,
      done BIGINT NOT NULL,
      in_time BIGINT NOT NULL,
      office TEXT NOT NULL,
      time BIGINT NOT NULL,
      PRIMARY KEY (province, commune, month)
    )
    """,
    // Schools and health stations are counted for like villages.
    "ALTER TABLE village ADD COLUMN kind TEXT NOT NULL DEFAULT 'village'",
    "DROP VIEW every_observation",
    "DROP TABLE counted_indicator",
    // Filled again at each start.
    """
    CREATE TABLE counted_indicator (
      indicator BYTEA PRIMARY KEY REFERENCES indicator (id),
      share TEXT NOT NULL CHECK (share IN ('issued', 'activated', 'signatures', 'disbursed', 'done', 'in-time'))
    )
    """,
    everyObservation,
  ]

  static let everyObservation = """
    CREATE VIEW every_observation AS
    \(observations(counts: "counted_indicator.share IN ('issued', 'activated', 'signatures')", villages: alike))
    UNION ALL
    SELECT counted_indicator.indicator, month_task.month, month_task.due + month_task.done, NULL, month_task.province,
      month_task.commune, month_task.year, month_task.first_day, month_task.last_day,
      CASE counted_indicator.share WHEN 'done' THEN month_task.done ELSE month_task.in_time END, month_task.due,
      NULL, NULL, NULL, NULL, month_task.office, month_task.time, \(isSuperseded("month_task")), 4, NULL, NULL
    FROM counted_indicator JOIN indicator ON indicator.id = counted_indicator.indicator
      JOIN month_task ON month_task.province = indicator.province AND month_task.commune = indicator.commune
    WHERE counted_indicator.share IN ('done', 'in-time') AND \(isReported("month_task"))
    """

  /// How many there were at the period's end of the kind that the values are of: villages, or schools, or stations.
  private static func alike(_ table: String) -> String {
    let kind =
      table == "village_sum"
      ? """
      (SELECT MIN(own.kind) FROM observation AS entered JOIN village AS own ON own.province = entered.province
        AND own.commune = entered.commune AND own.code = entered.village
      WHERE entered.indicator = village_sum.indicator AND entered.period = village_sum.period
        AND entered.superseded = 0)
      """ : "'village'"
    return """
      (SELECT COUNT(*) FROM village
        WHERE village.province = \(table).province AND village.commune = \(table).commune
          AND village.kind = \(kind)
          AND (village.since IS NULL OR village.since <= \(table).last_day)
          AND (village.until IS NULL OR village.until >= \(table).last_day))
      """
  }
}
