import Schema
import Storage

/// The SQL of where offices are written to.
extension NotificationsStore {
  static func keep(_ channels: Channels, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO channel_set (id, body) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body",
      JSONColumn(channels))
  }

  /// What is in force: those that were kept last.
  static func channels(_ transaction: borrowing Transaction) throws -> Channels {
    guard let row = try transaction.row("SELECT body FROM channel_set") else { return Channels() }
    let body: String = try row["body"]
    return JSONColumn<Channels>(stored: .text(body))?.content ?? Channels()
  }

  static func countAddresses(_ transaction: borrowing Transaction) throws -> Int {
    try transaction.row("SELECT COUNT(*) AS count FROM address")?["count"] ?? 0
  }

  static func mailRoutes(
    of office: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Route] {
    let row = try transaction.row(
      "SELECT * FROM address WHERE province = ? AND commune = ? AND office = ?", unit.province, unit.communeColumn,
      office)
    return try [row].compactMap(\.self).map { row in
      let address = try OfficeAddress(row, isServed: true)
      return Route(
        channel: .mail, address: address.mail.description, language: address.language.known ?? .vietnamese)
    }
  }

  static func keep(_ request: KeepAddress, in unit: Unit, _ transaction: borrowing Transaction) throws {
    // An address that is there can always be removed.
    if request.mail != nil { try check(request.office, in: unit, on: transaction.time.day, transaction) }
    guard let mail = request.mail else {
      try transaction.execute(
        "DELETE FROM address WHERE province = ? AND commune = ? AND office = ?", unit.province, unit.communeColumn,
        request.office)
      return
    }
    try transaction.execute(
      """
      INSERT INTO address (province, commune, office, mail, language) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, office) DO UPDATE SET mail = excluded.mail, language = excluded.language
      """,
      unit.province, unit.communeColumn, request.office, mail, request.language?.known?.rawValue ?? "vi")
  }

  static func addresses(
    in unit: Unit, after: String?, _ transaction: borrowing Transaction
  ) throws -> Page<OfficeAddress> {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", unit.province, unit.communeColumn)
    if let after { condition.add("office > ?", try after.position(as: Office.Code.self)) }
    let rows = try transaction.rows(
      "SELECT * FROM address WHERE \(condition.sql) ORDER BY office LIMIT \(Page<OfficeAddress>.limit(pageSize))",
      values: condition.values)
    let isServed = try channels(transaction).mail != nil
    return try Page(rows, size: pageSize, { try OfficeAddress($0, isServed: isServed) }, position: \.office.description)
  }
}

extension OfficeAddress {
  fileprivate init(_ row: Row, isServed: Bool) throws {
    let language: Open<Language> = try row["language"]
    self.init(
      office: try row["office"], mail: try row["mail"], language: language.known ?? .vietnamese, isServed: isServed)
  }
}
