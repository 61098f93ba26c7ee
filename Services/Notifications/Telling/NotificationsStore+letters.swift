import FoundationEssentials
import Schema
import Storage
import WorkingDays

/// The SQL of what goes out: notices that nobody was sent yet, and the letters in which they go.
extension NotificationsStore {
  /// An untold notice, as far as it decides whether it goes now.
  private struct Untold {
    var notice: Notice.ID
    var office: Office.Code
    var rule: Notice.Rule
  }

  /// Where an office is written to.
  struct Route: Sendable {
    var channel: Notice.Channel
    var address: String
    var language: Language
  }

  // MARK: Writing

  /// The units where something waits that may not wait for the morning.
  static func urgentUnits(_ bag: Mailbag, _ transaction: borrowing Transaction) throws -> Set<Unit> {
    let rows = try transaction.rows("SELECT DISTINCT province, commune, rule FROM telling WHERE is_told = 0")
    return Set(
      try rows.compactMap { row in
        let rule: String = try row["rule"]
        return Notice.Rule(rawValue: rule).map(bag.goesAtOnce) == true ? try Unit(row) : nil
      })
  }

  /// Writes the unit's letters: one for each office and each of its addresses, with all that goes at this moment.
  ///
  /// Without a mail server nothing is written to an address: what is there is in the inbox, and a letter that nobody can
  /// take would only be given up.
  ///
  /// - Parameter isDigest: All that waits goes; else only what may not wait.
  /// - Returns: How many letters.
  @discardableResult
  static func writeLetters(
    of unit: Unit, isDigest: Bool, _ bag: Mailbag, _ channels: Channels, _ transaction: borrowing Transaction
  ) throws -> Int {
    let rows = try transaction.rows(
      """
      SELECT telling.notice, telling.office, telling.rule FROM telling JOIN notice ON notice.id = telling.notice
      WHERE telling.province = ? AND telling.commune = ? AND is_told = 0 ORDER BY telling.office, notice.time, notice.id
      """,
      unit.province, unit.communeColumn)
    let waiting = try rows.map { row in
      let rule: String = try row["rule"]
      return Untold(
        notice: try row["notice"], office: try row["office"], rule: Notice.Rule(rawValue: rule) ?? .news)
    }
    let going = waiting.filter { isDigest || bag.goesAtOnce($0.rule) }
    let routes = channels.routes(of: unit)
    var count = 0
    for (office, notices) in Dictionary(grouping: going, by: \.office).sorted(by: { $0.key < $1.key }) {
      let mail = channels.mail == nil ? [] : try mailRoutes(of: office, in: unit, transaction)
      for route in mail + routes {
        let fresh = try notices.map(\.notice).filter { try !joins($0, office, in: unit, route, transaction) }
        guard !fresh.isEmpty else { continue }
        try write(fresh, to: office, in: unit, isDigest: isDigest, route, at: bag.now, transaction)
        count += 1
      }
      for untold in notices {
        try transaction.execute("UPDATE telling SET is_told = 1 WHERE notice = ?", untold.notice)
      }
    }
    return count
  }

  /// Puts a reminder into the letter in which an earlier one of the same fingerprint is still being tried, and says whether
  /// there is one. A receiver that broke off may have taken that letter: under its id the reminder cannot come too soon.
  private static func joins(
    _ notice: Notice.ID, _ office: Office.Code, in unit: Unit, _ route: Route, _ transaction: borrowing Transaction
  ) throws -> Bool {
    let row = try transaction.row(
      """
      SELECT letter.id FROM notice JOIN notice AS earlier ON earlier.fingerprint = notice.fingerprint
      JOIN letter_notice ON letter_notice.notice = earlier.id JOIN letter ON letter.id = letter_notice.letter
      WHERE notice.id = ? AND earlier.id <> notice.id AND letter.next_at IS NOT NULL AND letter.attempts > 0
        AND letter.province = ? AND letter.commune = ? AND letter.office = ? AND letter.channel = ?
        AND letter.address = ? LIMIT 1
      """, notice, unit.province, unit.communeColumn, office, route.channel.rawValue, route.address)
    guard let row else { return false }
    let letter: LetterSummary.ID = try row["id"]
    try transaction.execute("INSERT INTO letter_notice (letter, notice) VALUES (?, ?)", letter, notice)
    return true
  }

  static func write(
    _ notices: [Notice.ID], to office: Office.Code, in unit: Unit, isDigest: Bool, _ route: Route, at now: Timestamp,
    _ transaction: borrowing Transaction
  ) throws {
    let id = LetterSummary.ID()
    try transaction.execute(
      """
      INSERT INTO letter (id, province, commune, office, channel, address, language, is_digest, state, attempts,
        next_at, time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'pending', 0, ?, ?)
      """,
      id, unit.province, unit.communeColumn, office, route.channel.rawValue, route.address, route.language.rawValue,
      isDigest, now, now)
    for notice in notices {
      try transaction.execute("INSERT INTO letter_notice (letter, notice) VALUES (?, ?)", id, notice)
    }
  }
}
