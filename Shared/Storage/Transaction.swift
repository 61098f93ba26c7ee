public import Schema

/// The store as one handler sees it: what it writes is kept together or not at all.
///
/// It is lent for the time of a closure. Its SQL is what SQLite and PostgreSQL both speak, with `?` for values:
///
///     try store.execute("UPDATE task SET percent = ? WHERE id = ? AND unit = ?", 40, id, unit)
///     let rows = try store.rows("SELECT id, due FROM task WHERE unit = ? ORDER BY id", unit)
public struct Transaction: ~Copyable {
  let connection: any Connection
  let service: ServiceName
  let cause: Cause
  /// When it began, by the store's clock: the time that everything written here should carry.
  public let time: Timestamp

  init(_ connection: any Connection, service: ServiceName, time: Timestamp, cause: Cause = Cause()) {
    self.connection = connection
    self.service = service
    self.time = time
    self.cause = cause
  }

  /// Runs one statement and tells how many rows it changed.
  @discardableResult
  public func execute(_ sql: String, _ values: any Storable...) throws(StorageError) -> Int {
    try connection.standing()
    return try connection.execute(sql, values.map { $0.stored })
  }

  /// Runs one statement that was put together, with its values in order.
  @discardableResult
  public func execute(_ sql: String, values: [any Storable]) throws(StorageError) -> Int {
    try connection.standing()
    return try connection.execute(sql, values.map { $0.stored })
  }

  /// All rows of a query.
  public func rows(_ sql: String, _ values: any Storable...) throws(StorageError) -> [Row] {
    try connection.standing()
    return try connection.rows(sql, values.map { $0.stored })
  }

  /// All rows of a query that was put together, with its values in order.
  public func rows(_ sql: String, values: [any Storable]) throws(StorageError) -> [Row] {
    try connection.standing()
    return try connection.rows(sql, values.map { $0.stored })
  }

  /// The first row of a query.
  public func row(_ sql: String, _ values: any Storable...) throws(StorageError) -> Row? {
    try connection.standing()
    return try connection.row(sql, values.map { $0.stored })
  }

  /// Does the body's work or, when it throws, none of it; what was written before stays.
  public func nested<T>(_ body: (borrowing Transaction) throws -> T) throws -> T {
    try connection.nested { try body(Transaction(connection, service: service, time: time, cause: cause)) }
  }

  /// The same transaction, working for another cause.
  func caused(by cause: Cause) -> Transaction {
    Transaction(connection, service: service, time: time, cause: cause)
  }
}
