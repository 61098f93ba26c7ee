import Schema
import Storage

/// The SQL of what is watched. Every change of a unit's matters asks for a new look at them.
extension NotificationsStore {
  /// Opens a matter, or keeps it open.
  ///
  /// - Parameter scope: What ends it with itself, such as `plan/<id>`.
  static func open(
    _ matter: Matter, from stream: ServiceName, in scope: String, _ transaction: borrowing Transaction
  ) throws {
    let again = matter.beginsAnew ? ", since = excluded.since, cause = excluded.cause" : ""
    try transaction.execute(
      """
      INSERT INTO matter
        (id, stream, topic, subject, scope, province, commune, since, due, is_dated, is_waiting, cause, content)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?) ON CONFLICT (id) DO UPDATE SET
        due = excluded.due, is_dated = excluded.is_dated, content = excluded.content\(again)
      """,
      matter.id, stream, matter.topic.rawValue, matter.subject, scope, matter.unit.province,
      matter.unit.communeColumn, matter.since, matter.due, matter.isDated, matter.cause, JSONColumn(matter.content))
    try stale(matter.unit, transaction)
  }

  static func matter(
    _ topic: Matter.Topic, of subject: String, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Matter? {
    try transaction.row("SELECT * FROM matter WHERE id = ?", Matter.ID(topic, subject, in: unit)).map { try Matter($0) }
  }

  /// Waits for somebody else, or is paused: still there, and nobody is reminded.
  static func suspend(
    _ isWaiting: Bool, _ topic: Matter.Topic, of subject: String, in unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE matter SET is_waiting = ? WHERE id = ?", isWaiting, Matter.ID(topic, subject, in: unit))
    try stale(unit, transaction)
  }

  static func close(
    _ topic: Matter.Topic, of subject: String, in unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute("DELETE FROM matter WHERE id = ?", Matter.ID(topic, subject, in: unit))
    try stale(unit, transaction)
  }

  /// Closes all of a scope.
  static func close(scope: String, in unit: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "DELETE FROM matter WHERE scope = ? AND province = ? AND commune = ?", scope, unit.province, unit.communeColumn)
    try stale(unit, transaction)
  }

  /// What somebody could be reminded of; in a province also what its communes have not sent.
  static func matters(of unit: Unit, _ transaction: borrowing Transaction) throws -> [Matter] {
    let own = try transaction.rows(
      "SELECT * FROM matter WHERE province = ? AND commune = ? AND is_waiting = 0 ORDER BY id", unit.province,
      unit.communeColumn
    ).map { try Matter($0) }
    return unit.commune == nil ? own + (try late(in: unit, transaction)) : own
  }

  private static func late(in province: Unit, _ transaction: borrowing Transaction) throws -> [Matter] {
    let open = try transaction.rows(
      """
      SELECT * FROM matter WHERE province = ? AND commune <> ? AND topic IN ('report', 'subplan') AND is_waiting = 0
      ORDER BY id
      """, province.province, province.communeColumn
    ).map { try Matter($0) }
    return NotificationsRules.late(open.filter { $0.content.asker == province }, in: province)
  }

  /// Asks for a new look: what is open there, or who is to be told of it, is not what it was.
  static func stale(_ unit: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO round (province, commune, morning, is_stale) VALUES (?, ?, '', 1)
      ON CONFLICT (province, commune) DO UPDATE SET is_stale = 1
      """,
      unit.province, unit.communeColumn)
  }

  static func addressees(
    of unit: Unit, on day: Day, _ transaction: borrowing Transaction
  ) throws -> Addressees {
    // Villages, schools and stations read nothing unless somebody there has an account.
    let rows = try transaction.rows(
      """
      SELECT code, name FROM office
      WHERE province = ? AND commune = ? AND (until IS NULL OR until >= ?)
        AND (kind NOT IN ('village', 'school', 'station') OR EXISTS
          (SELECT 1 FROM account WHERE account.province = office.province AND account.commune = office.commune
             AND account.office = office.code))
      """,
      unit.province, unit.communeColumn, day)
    var offices: [Office.Code: String] = [:]
    for row in rows { offices[try row["code"]] = try row["name"] }
    return Addressees(offices: offices, focal: try focal(of: unit, on: day, transaction))
  }

  // MARK: Counts

  /// Keeps a village's counts.
  ///
  /// - Returns: Its two latest months, the later one first; nil where they are what they were, and where there are not two.
  static func keep(
    _ counts: CountsRecorded, _ transaction: borrowing Transaction
  ) throws -> (now: EnrolmentShare, before: EnrolmentShare)? {
    let (unit, village) = (counts.unit, counts.village.code)
    let known = try latestShares(of: village, in: unit, transaction)
    try transaction.execute(
      """
      INSERT INTO village_count (province, commune, village, month, adults, activated) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, village, month) DO UPDATE SET
        adults = excluded.adults, activated = excluded.activated
      """,
      unit.province, unit.communeColumn, village, counts.month, counts.counts.adults, counts.counts.activated)
    let shares = try latestShares(of: village, in: unit, transaction)
    return shares.count == 2 && shares != known ? (shares[0], shares[1]) : nil
  }

  private static func latestShares(
    of village: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [EnrolmentShare] {
    try transaction.rows(
      """
      SELECT adults, activated FROM village_count WHERE province = ? AND commune = ? AND village = ?
      ORDER BY month DESC LIMIT 2
      """,
      unit.province, unit.communeColumn, village
    ).map { EnrolmentShare(activated: try $0["activated"], adults: try $0["adults"]) }
  }
}

/// Activated accounts among adults.
struct EnrolmentShare: Hashable {
  var activated: Int64
  var adults: Int64

  /// Whole numbers are multiplied, so that nothing is rounded.
  func isBelow(_ other: EnrolmentShare) -> Bool {
    let (own, others) = (
      activated.multipliedFullWidth(by: other.adults), other.activated.multipliedFullWidth(by: adults)
    )
    return (own.high, own.low) < (others.high, others.low)
  }

  /// `350/400 (87,5%)`
  var written: String {
    guard adults > 0 else { return "\(activated)/\(adults)" }
    let tenths = Int64(adults.dividingFullWidth(activated.multipliedFullWidth(by: 1000)).quotient)
    return "\(activated)/\(adults) (\(tenths / 10),\(tenths % 10)%)"
  }
}

extension Matter.ID {
  init(_ topic: Matter.Topic, _ subject: String, in unit: Unit) {
    self.init(derivedFrom: "matter", topic.rawValue, "\(unit)", subject)
  }
}

extension Matter {
  init(
    _ topic: Topic, _ subject: String, in unit: Unit, since: Day, due: Day? = nil, cause: UUIDv7, _ content: Content
  ) {
    self.init(
      id: ID(topic, subject, in: unit), topic: topic, subject: subject, unit: unit, since: since, due: due,
      isDated: due != nil,
      cause: cause, content: content)
  }

  fileprivate init(_ row: Row) throws {
    let topic: String = try row["topic"]
    guard let topic = Topic(rawValue: topic) else { throw StorageError(.corrupt, "not a topic: \(topic)") }
    self.init(
      id: try row["id"], topic: topic, subject: try row["subject"], unit: try Unit(row), since: try row["since"],
      due: try row["due"], isDated: try row["is_dated"], cause: try row["cause"], content: try row.json("content"))
  }
}
