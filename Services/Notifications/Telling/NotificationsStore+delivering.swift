import FoundationEssentials
import Schema
import Storage
import WorkingDays

/// The SQL of letters on their way, and what became of them.
extension NotificationsStore {
  /// The receivers for whom a letter's next attempt is due, or waits for longer than any does: a wrong clock made it wait.
  ///
  /// - Parameter longestWait: Minutes.
  static func lanes(
    at now: Timestamp, longestWait: Int, _ transaction: borrowing Transaction
  ) throws -> Set<Lane> {
    let rows = try transaction.rows(
      """
      SELECT DISTINCT channel, CASE channel WHEN 'mail' THEN NULL ELSE address END AS receiver FROM letter
      WHERE next_at <= ? OR next_at > ?
      """, now, now.after(minutes: longestWait))
    return Set(
      try rows.compactMap { row in
        let (channel, receiver): (Open<Notice.Channel>, String?) = (try row["channel"], try row["receiver"])
        return channel.known.map { Lane(channel: $0, receiver: receiver) }
      })
  }

  /// A receiver's letters whose next attempt is due: first those that were never tried, the longest waiting first.
  static func dueLetters(
    in lane: Lane, at now: Timestamp, longestWait: Int, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [LetterSummary.ID] {
    var condition = Condition()
    condition.add("channel = ?", lane.channel.rawValue)
    if let receiver = lane.receiver { condition.add("address = ?", receiver) }
    condition.add("(next_at <= ? OR next_at > ?)", now, now.after(minutes: longestWait))
    return try transaction.rows(
      """
      SELECT id FROM letter WHERE \(condition.sql)
      ORDER BY CASE attempts WHEN 0 THEN 0 ELSE 1 END, next_at, id LIMIT \(limit)
      """, values: condition.values
    ).map { try $0["id"] }
  }

  /// The letter as it is to be said now: without what was settled or silenced since it was written, and without what a
  /// later letter says again. Nil when nothing is left.
  static func envelope(
    _ id: LetterSummary.ID, on today: Day, _ book: RuleBook, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws -> Envelope? {
    let row = try transaction.row("SELECT * FROM letter WHERE id = ? AND next_at IS NOT NULL", id)
    guard let row else { return nil }
    let (unit, office): (Unit, Office.Code) = (try Unit(row), try row["office"])
    let rows = try transaction.rows(
      """
      SELECT notice.* FROM letter_notice JOIN notice ON notice.id = letter_notice.notice
      WHERE letter_notice.letter = ? ORDER BY notice.time, notice.id
      """, id)
    let notices = try rows.map { try NoticeRecord($0) }
    let standing = try standing(notices, of: unit, on: today, book, days, transaction)
    guard !standing.isEmpty else { return nil }
    let channel: String = try row["channel"]
    let language: String = try row["language"]
    guard let channel = Notice.Channel(rawValue: channel) else {
      throw StorageError(.corrupt, "not a channel: \(channel)")
    }
    let letter = Letter(
      id: id, unit: unit,
      office: Office(
        code: office, name: try name(of: office, in: unit, transaction) ?? office.leaderName ?? "\(office)"),
      isDigest: try row["is_digest"], day: today,
      notices: standing.map { notice in
        Letter.Item(
          notice: notice.id, fingerprint: notice.fingerprint?.uuid ?? notice.id.uuid, rule: notice.content.rule,
          severity: book[notice.content.rule].severity, subject: notice.subject, time: notice.time,
          text: notice.content.text)
      })
    return Envelope(
      letter: letter, channel: channel, address: try row["address"],
      language: Language(rawValue: language) ?? .vietnamese, attempts: try row["attempts"],
      enclosed: Set(notices.map(\.id)))
  }

  private static func standing(
    _ notices: [NoticeRecord], of unit: Unit, on today: Day, _ book: RuleBook, _ days: WorkingDays,
    _ transaction: borrowing Transaction
  ) throws -> [NoticeRecord] {
    let quiets = try quiets(of: unit, on: today, transaction)
    var alarms: Set<Alarm.Fingerprint>?
    return try notices.filter { notice in
      let rule = notice.content.rule
      if book[rule].severity != .critical,
        quiets.contains(where: { $0.covers(rule, notice.subject, notice.office, on: today) })
      {
        return false
      }
      guard let fingerprint = notice.fingerprint else { return true }
      let newer = try transaction.row(
        "SELECT 1 AS newer FROM notice WHERE fingerprint = ? AND time > ? AND time <= ? LIMIT 1", fingerprint,
        notice.time, transaction.time)
      guard newer == nil else { return false }
      if alarms == nil {
        let addressees = try addressees(of: unit, on: today, transaction)
        alarms = Set(
          try matters(of: unit, transaction).flatMap { $0.alarms(on: today, book, days, addressees) }.map(\.fingerprint)
        )
      }
      return alarms?.contains(fingerprint) == true
    }
  }

  /// Gives up a letter with nothing left to say, unless something has joined it meanwhile.
  static func withdraw(
    _ id: LetterSummary.ID, on today: Day, _ book: RuleBook, _ days: WorkingDays, _ transaction: borrowing Transaction
  ) throws {
    guard try envelope(id, on: today, book, days, transaction) == nil else { return }
    try transaction.execute("UPDATE letter SET state = 'withdrawn', next_at = NULL WHERE id = ?", id)
  }

  /// What an attempt came to. A repetition counts from the day on which the office may have got to know: a letter whose
  /// receiver broke off may have arrived all the same, and be withdrawn before it is tried again.
  ///
  /// - Parameter next: Nil for the last attempt, and for one that succeeded.
  static func record(
    _ outcome: Delivery, of envelope: Envelope, next: Timestamp?, _ transaction: borrowing Transaction
  ) throws {
    let id = envelope.letter.id
    let state: LetterSummary.State = outcome.isDelivered ? .delivered : next == nil ? .dead : .pending
    try transaction.execute(
      "UPDATE letter SET state = ?, attempts = attempts + 1, next_at = ?, outcome = ? WHERE id = ?", state.rawValue,
      outcome.isDelivered ? Timestamp?.none : next, outcome.description, id)
    try transaction.execute(
      """
      INSERT INTO attempt (letter, number, time, outcome)
      SELECT id, attempts, ?, ? FROM letter WHERE id = ?
      """, transaction.time, outcome.description, id)
    if state != .pending { try passOn(envelope, isDelivered: outcome.isDelivered, transaction) }
    for item in envelope.letter.notices {
      try transaction.execute(
        "UPDATE standing SET said = ? WHERE fingerprint = ? AND said < ?", transaction.time.day, item.fingerprint,
        transaction.time.day)
    }
  }

  /// What joined a letter while its last attempt ran was not in it: a letter of its own takes it, at once, unless what
  /// was delivered said the same.
  private static func passOn(
    _ envelope: Envelope, isDelivered: Bool, _ transaction: borrowing Transaction
  ) throws {
    let letter = envelope.letter
    let said = Set(isDelivered ? letter.notices.map(\.fingerprint) : [])
    let joined = try transaction.rows(
      """
      SELECT notice.id, notice.fingerprint FROM letter_notice JOIN notice ON notice.id = letter_notice.notice
      WHERE letter_notice.letter = ? ORDER BY notice.time, notice.id
      """, letter.id
    ).compactMap { row -> Notice.ID? in
      let (id, fingerprint): (Notice.ID, UUIDv7?) = (try row["id"], try row["fingerprint"])
      return envelope.enclosed.contains(id) || fingerprint.map { said.contains($0) } == true ? nil : id
    }
    guard !joined.isEmpty else { return }
    for notice in joined {
      try transaction.execute("DELETE FROM letter_notice WHERE letter = ? AND notice = ?", letter.id, notice)
    }
    let route = Route(channel: envelope.channel, address: envelope.address, language: envelope.language)
    try write(
      joined, to: letter.office.code, in: letter.unit, isDigest: letter.isDigest, route, at: transaction.time,
      transaction)
  }

  static func retry(
    _ id: LetterSummary.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> LetterSummary {
    let letter = try letter(id, in: unit, transaction)
    guard letter.state == .dead else {
      throw Refusal(
        .conflict, vi: "Chỉ gửi lại được thư đã bỏ; thư này đang ở trạng thái khác.",
        en: "Only a letter that was given up can be tried again; this one was not.", at: "letter")
    }
    try transaction.execute(
      "UPDATE letter SET state = 'pending', next_at = ? WHERE id = ?", transaction.time, id)
    return try self.letter(id, in: unit, transaction)
  }

  // MARK: Looking

  static func letter(
    _ id: LetterSummary.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> LetterSummary {
    var condition = Condition()
    condition.add("id = ?", id)
    guard let letter = try letters(in: unit, condition, limit: 1, transaction).first else {
      throw Refusal.notFound("thư", "letter", id, at: "letter")
    }
    return try LetterSummary(letter)
  }

  static func letters(
    _ request: ListLetters, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<LetterSummary> {
    var condition = Condition()
    if let state = request.state { condition.add("state = ?", state) }
    if let after = request.after { condition.add("id < ?", try after.position(as: LetterSummary.ID.self)) }
    return try Page(
      try letters(in: unit, condition, limit: Page<LetterSummary>.limit(pageSize), transaction), size: pageSize,
      LetterSummary.init, position: \.id.description)
  }

  private static func letters(
    in unit: Unit, _ asked: Condition, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [Row] {
    try transaction.rows(
      """
      SELECT letter.*, (SELECT COUNT(*) FROM letter_notice WHERE letter = letter.id) AS notices FROM letter
      WHERE province = ? AND commune = ? AND \(asked.sql) ORDER BY id DESC LIMIT \(limit)
      """, values: [unit.province, unit.communeColumn] + asked.values)
  }

  static func trace(
    _ notice: NoticeRecord, _ transaction: borrowing Transaction
  ) throws -> NoticeTrace {
    var condition = Condition()
    condition.add("id IN (SELECT letter FROM letter_notice WHERE notice = ?)", notice.id)
    let letters = try letters(in: notice.unit, condition, limit: 20, transaction).map { try LetterSummary($0) }
    let attempts = try transaction.rows(
      """
      SELECT attempt.* FROM attempt JOIN letter_notice ON letter_notice.letter = attempt.letter
      WHERE letter_notice.notice = ? ORDER BY attempt.time, attempt.letter, attempt.number LIMIT 100
      """, notice.id)
    let answer = try transaction.row("SELECT account, note FROM acknowledgement WHERE notice = ?", notice.id)
    let standing = try notice.fingerprint.flatMap { try self.standing($0, transaction) }
    return NoticeTrace(
      notice: try summary(notice.id, transaction), subject: notice.subject, cause: notice.cause,
      fingerprint: notice.fingerprint?.uuid, times: standing?.times ?? 1, acknowledgedBy: try answer?["account"],
      note: try answer?["note"], snoozedUntil: standing?.snoozed, settled: standing?.settled, letters: letters,
      attempts: try attempts.map { row in
        NoticeTrace.Attempt(
          letter: try row["letter"], number: try row["number"], time: try row["time"], outcome: try row["outcome"])
      })
  }
}

extension Timestamp {
  /// One minute more than an attempt ever waits.
  fileprivate func after(minutes: Int) -> Timestamp {
    Timestamp(milliseconds: milliseconds + Int64(minutes + 1) * 60_000)
  }
}

extension LetterSummary {
  fileprivate init(_ row: Row) throws {
    let (channel, state): (Open<Notice.Channel>, Open<State>) = (try row["channel"], try row["state"])
    self.init(
      id: try row["id"], office: try row["office"], channel: channel.known ?? .mail, address: try row["address"],
      state: state.known ?? .dead, attempts: try row["attempts"], next: try row["next_at"],
      outcome: try row["outcome"], notices: try row["notices"], time: try row["time"])
  }
}

extension Office.Code {
  /// What the leaders' inboxes are called; nil for an office.
  var leaderName: String? {
    switch self {
    case .viceChair: "Phó Chủ tịch phụ trách"
    case .chair: "Chủ tịch"
    default: nil
    }
  }
}
