import Schema
import Storage
import WorkingDays

/// The SQL of what was said, acknowledged, put off and silenced.
extension NotificationsStore {
  // MARK: The book

  static func keep(_ book: RuleBook, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO rule_book (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
      JSONColumn(book))
  }

  /// What is in force: the one that was kept last.
  static func book(_ transaction: borrowing Transaction) throws -> RuleBook {
    guard let row = try transaction.row("SELECT body FROM rule_book") else { return .supplied }
    let body: String = try row["body"]
    guard let book = JSONColumn<RuleBook>(stored: .text(body)) else { return .supplied }
    return book.content
  }

  // MARK: Standings

  /// One round in a unit: what is so now is said, what is so no more is settled, in this transaction.
  static func round(
    of unit: Unit, on today: Day, _ book: RuleBook, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws {
    // What was said on a day that is to come was said by a wrong clock: repetitions count from today.
    try transaction.execute(
      "UPDATE standing SET said = ? WHERE province = ? AND commune = ? AND said > ?", today, unit.province,
      unit.communeColumn, today)
    let matters = try matters(of: unit, transaction)
    let steps = Round(today: today, book: book, days: days).steps(
      matters, known: try standings(of: unit, matters, transaction), try quiets(of: unit, on: today, transaction),
      try addressees(of: unit, on: today, transaction))
    for step in steps {
      switch step {
      case .say(let alarm): try say(alarm, on: today, book, days, transaction)
      case .settle(let standing, let tell): try settle(standing, of: unit, on: today, tell: tell, transaction)
      }
    }
  }

  private static func say(
    _ alarm: Alarm, on today: Day, _ book: RuleBook, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws {
    let entry = book[alarm.rule]
    let ended = entry.ended?.filled { alarm.values(on: today, days, in: $0) }
    guard let text = entry.text?.filled(with: { alarm.values(on: today, days, in: $0) }) else { return }
    let notice = NoticeRecord(
      id: Notice.ID(derivedFrom: "notice", "\(alarm.fingerprint)", "\(today)"), unit: alarm.matter.unit,
      office: alarm.office, time: transaction.time,
      content: .reminder(rule: Open(alarm.rule), text: text), subject: alarm.matter.subject, cause: alarm.matter.cause,
      fingerprint: alarm.fingerprint)
    try post([notice], from: Notifications.name, transaction)
    try stand(alarm.fingerprint, alarm.rule, of: alarm.matter, for: alarm.office, on: today, ended, transaction)
  }

  /// What an event's own notices have said need not be said by the next round.
  static func said(_ notices: [NoticeRecord], of matter: Matter, _ transaction: borrowing Transaction) throws {
    let book = try book(transaction)
    for notice in notices {
      guard let fingerprint = notice.fingerprint else { continue }
      let known = try transaction.row("SELECT said FROM standing WHERE fingerprint = ?", fingerprint)
      guard known == nil else { continue }
      let rule = notice.content.rule
      let ended = book[rule].ended?.filled { matter.content.values(in: $0) }
      try stand(fingerprint, rule, of: matter, for: notice.office, on: notice.time.day, ended, transaction)
    }
  }

  private static func stand(
    _ fingerprint: Alarm.Fingerprint, _ rule: Notice.Rule, of matter: Matter, for office: Office.Code, on day: Day,
    _ ended: Text?, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO standing
        (fingerprint, rule, matter, subject, province, commune, office, said, times, is_acknowledged, ended)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, 0, ?) ON CONFLICT (fingerprint) DO UPDATE SET
        said = excluded.said, times = standing.times + 1, ended = excluded.ended, subject = excluded.subject,
        is_acknowledged = CASE WHEN settled IS NULL THEN is_acknowledged ELSE 0 END, settled = NULL
      """,
      fingerprint, rule.rawValue, matter.id, matter.subject, matter.unit.province, matter.unit.communeColumn, office,
      day, ended.map { JSONColumn($0) })
  }

  private static func settle(
    _ standing: Standing, of unit: Unit, on today: Day, tell: Bool, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute("UPDATE standing SET settled = ? WHERE fingerprint = ?", today, standing.fingerprint)
    guard tell, let text = standing.ended else { return }
    let notice = NoticeRecord(
      id: Notice.ID(derivedFrom: "settled", "\(standing.fingerprint)", "\(standing.times)"), unit: unit,
      office: standing.office, time: transaction.time,
      content: .reminder(rule: Open(.news), text: text), subject: standing.subject)
    try post([notice], from: Notifications.name, transaction)
  }

  /// Those that stand, and those of what is open, that know when they were last said.
  private static func standings(
    of unit: Unit, _ matters: [Matter], _ transaction: borrowing Transaction
  ) throws -> [Standing] {
    let open = Set(matters.map(\.id))
    return try transaction.rows(
      "SELECT * FROM standing WHERE province = ? AND commune = ? ORDER BY fingerprint", unit.province,
      unit.communeColumn
    ).map { try Standing($0) }.filter { $0.settled == nil || open.contains($0.matter) }
  }

  static func standing(
    _ fingerprint: Alarm.Fingerprint, _ transaction: borrowing Transaction
  ) throws -> Standing? {
    try transaction.row("SELECT * FROM standing WHERE fingerprint = ?", fingerprint).map { try Standing($0) }
  }

  /// Keeps when an office first took note, and what it said of it last.
  static func acknowledge(
    _ notice: NoticeRecord, by account: Caller.Account, _ note: String?, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO acknowledgement (notice, account, time, note) VALUES (?, ?, ?, ?)
      ON CONFLICT (notice) DO UPDATE SET account = excluded.account, note = excluded.note WHERE excluded.note IS NOT NULL
      """, notice.id, account, transaction.time, note)
    guard let fingerprint = notice.fingerprint else { return }
    try transaction.execute("UPDATE standing SET is_acknowledged = 1 WHERE fingerprint = ?", fingerprint)
  }

  static func snooze(
    _ fingerprint: Alarm.Fingerprint, until day: Day, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute("UPDATE standing SET snoozed = ? WHERE fingerprint = ?", day, fingerprint)
  }

  // MARK: Silences

  static func quiets(of unit: Unit, on today: Day, _ transaction: borrowing Transaction) throws -> [Quiet] {
    try transaction.rows(
      "SELECT body FROM silence WHERE province = ? AND commune = ? AND until >= ? AND lifted IS NULL", unit.province,
      unit.communeColumn, today
    ).map { row in
      let silence: Silence = try row.json("body")
      return Quiet(rule: silence.rule?.known, subject: silence.subject, office: silence.office, until: silence.until)
    }
  }

  static func keep(_ silence: Silence, in unit: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO silence (id, province, commune, until, lifted, body) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET lifted = excluded.lifted, body = excluded.body
      """,
      silence.id, unit.province, unit.communeColumn, silence.until, silence.lifted, JSONColumn(silence))
  }

  static func silence(_ id: Silence.ID, in unit: Unit, _ transaction: borrowing Transaction) throws -> Silence {
    let row = try transaction.row(
      "SELECT body FROM silence WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("lệnh im lặng", "silence", id, at: "silence") }
    return try row.json("body")
  }

  static func silences(
    in unit: Unit, after: String?, _ transaction: borrowing Transaction
  ) throws -> Page<Silence> {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", unit.province, unit.communeColumn)
    if let after { condition.add("id < ?", try after.position(as: Silence.ID.self)) }
    let rows = try transaction.rows(
      "SELECT body FROM silence WHERE \(condition.sql) ORDER BY id DESC LIMIT \(Page<Silence>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, { try $0.json("body") }, position: \.id.description)
  }

  // MARK: Rounds

  /// The units in which something has changed since they were last looked at.
  static func staleUnits(_ transaction: borrowing Transaction) throws -> [Unit] {
    try transaction.rows("SELECT province, commune FROM round WHERE is_stale = 1").map { try Unit($0) }
  }

  /// The units that have not been looked at this morning: those with offices or matters. A morning that is to come was a
  /// wrong clock's.
  static func units(without morning: Day, _ transaction: borrowing Transaction) throws -> [Unit] {
    try transaction.rows(
      """
      SELECT known.province, known.commune FROM
        (SELECT province, commune FROM office UNION SELECT province, commune FROM telling WHERE is_told = 0
         UNION SELECT province, commune FROM round) AS known
      LEFT JOIN round ON round.province = known.province AND round.commune = known.commune
      WHERE round.morning IS NULL OR round.morning <> ? ORDER BY 1, 2
      """, morning
    ).map { try Unit($0) }
  }

  /// - Parameter morning: Nil where only something had changed.
  static func looked(at unit: Unit, morning: Day?, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO round (province, commune, morning, is_stale) VALUES (?, ?, ?, 0)
      ON CONFLICT (province, commune) DO UPDATE SET
        is_stale = 0, morning = CASE WHEN excluded.morning = '' THEN round.morning ELSE excluded.morning END
      """, unit.province, unit.communeColumn, morning?.description ?? "")
  }
}

extension Standing {
  fileprivate init(_ row: Row) throws {
    let rule: String = try row["rule"]
    let ended: JSONColumn<Text>? = try row["ended"]
    self.init(
      fingerprint: try row["fingerprint"], rule: Notice.Rule(rawValue: rule) ?? .news, matter: try row["matter"],
      office: try row["office"], said: try row["said"], times: try row["times"],
      isAcknowledged: try row["is_acknowledged"], snoozed: try row["snoozed"], settled: try row["settled"],
      ended: ended?.content, subject: try row["subject"])
  }
}

extension Text {
  /// The sentence with its names filled in; the book has checked them.
  func filled(with values: (Language) -> [String: Template.Value]) -> Text? {
    func fill(_ text: String, in language: Language) -> String? {
      let values = values(language)
      let names = Set(values.keys).union(Notice.Rule.everyName)
      return (try? Template(text, named: "rules.yaml", knows: names))?(values)
    }
    guard let vi = fill(vi, in: .vietnamese), let en = fill(en, in: .english) else { return nil }
    return Text(vi: vi, en: en)
  }
}

extension Notice.Rule {
  static let everyName = Set(allCases.flatMap(\.names))
}

extension NotificationsStore {
  // MARK: Working days

  static func workingDays(_ transaction: borrowing Transaction) throws -> WorkingDays {
    WorkingDays(
      try transaction.rows("SELECT * FROM working_day").map { row in
        WorkingDays.Exception(day: try row["day"], isWorking: try row["working"], name: try row["name"])
      })
  }

  static func keep(_ days: WorkingDays, _ transaction: borrowing Transaction) throws {
    try transaction.execute("DELETE FROM working_day")
    for day in days.all {
      try transaction.execute(
        "INSERT INTO working_day (day, working, name) VALUES (?, ?, ?)", day.day, day.isWorking, day.name)
    }
  }

  // MARK: Foreseeing

  /// What the rules would find on a day, silenced or not; those who know already are told again only by the rules.
  static func foresee(
    _ request: ForeseeNotices, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<Foreseen> {
    let (book, days) = (try book(transaction), try workingDays(transaction))
    let addressees = try addressees(of: unit, on: request.day, transaction)
    let first = try request.after.map { try $0.position(as: Int.self) } ?? 0
    let alarms = try matters(of: unit, transaction)
      .flatMap { $0.alarms(on: request.day, book, days, addressees) }
      .sorted { ($0.office, $0.since, $0.fingerprint) < ($1.office, $1.since, $1.fingerprint) }
    let items = alarms.dropFirst(max(0, first)).prefix(pageSize).compactMap { alarm -> Foreseen? in
      guard let text = book[alarm.rule].text?.filled(with: { alarm.values(on: request.day, days, in: $0) })
      else { return nil }
      return Foreseen(
        rule: alarm.rule, severity: book[alarm.rule].severity, office: alarm.office, subject: alarm.matter.subject,
        since: alarm.since, text: text)
    }
    let next = max(0, first) + pageSize
    return Page(items: items, next: next < alarms.count ? "\(next)" : nil)
  }
}
