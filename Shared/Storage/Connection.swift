/// A connection to an engine, used by one thread at a time.
///
/// SQL is what SQLite and PostgreSQL both speak: BIGINT, TEXT, BYTEA, SMALLINT for Booleans, `ON CONFLICT`, `RETURNING`,
/// `?` for values; no ROWID, no AUTOINCREMENT, no `INSERT OR`, no function of SQLite's own.
protocol Connection {
  /// Runs one statement and tells how many rows it changed.
  @discardableResult
  func execute(_ sql: String, _ values: [Value]) throws(StorageError) -> Int

  /// Hands over the rows one by one, until the body returns false. The body runs no SQL.
  func each(_ sql: String, _ values: [Value], _ body: (Row) throws(StorageError) -> Bool) throws(StorageError)

  /// Begins a transaction that holds the writer's lock from its start.
  func begin() throws(StorageError)

  /// False once the engine has given up the transaction by itself, as SQLite does when the disk is full.
  var isInTransaction: Bool { get }
}

extension Connection {
  func rows(_ sql: String, _ values: [Value] = []) throws(StorageError) -> [Row] {
    var rows: [Row] = []
    try each(sql, values) { row in
      rows.append(row)
      return true
    }
    return rows
  }

  func row(_ sql: String, _ values: [Value] = []) throws(StorageError) -> Row? {
    var first: Row?
    try each(sql, values) { row in
      first = row
      return false
    }
    return first
  }

  func commit() throws(StorageError) { try execute("COMMIT", []) }

  func rollback() throws(StorageError) { try execute("ROLLBACK", []) }

  /// One transaction of its own: all of the body or nothing.
  func transaction<T>(_ body: () throws(StorageError) -> T) throws(StorageError) -> T {
    try begin()
    do {
      let result = try body()
      try commit()
      return result
    } catch {
      if isInTransaction { try rollback() }
      throw error
    }
  }
}
