import FoundationEssentials
import GRDB
import GRDBSQLite

/// One of the pool's connections, for as long as the pool lends it.
///
/// Values go straight into SQLite's statements and out of them: by way of GRDB's own, each would be made twice, and that
/// costs more than what SQLite does with it.
struct SQLiteConnection: Connection {
  let database: GRDB.Database

  var isInTransaction: Bool { database.isInsideTransaction }

  func begin() throws(StorageError) { try execute("BEGIN IMMEDIATE", []) }

  @discardableResult
  func execute(_ sql: String, _ values: [Value]) throws(StorageError) -> Int {
    do {
      let statement = try database.cachedStatement(sql: sql)
      if values.isEmpty {
        // Of transactions, and of changes to the tables, GRDB keeps account.
        try statement.execute()
      } else {
        defer { statement.end() }
        try statement.bind(values)
        while try statement.step() {}
      }
      return database.changesCount
    } catch {
      throw StorageError(error)
    }
  }

  func each(_ sql: String, _ values: [Value], _ body: (Row) throws(StorageError) -> Bool) throws(StorageError) {
    do {
      let statement = try database.cachedStatement(sql: sql)
      let columns = statement.columnNames
      defer { statement.end() }
      try statement.bind(values)
      while try statement.step() {
        guard try body(Row(columns: columns, values: statement.values(columns.count))) else { break }
      }
    } catch {
      throw StorageError(error)
    }
  }
}

extension Statement {
  fileprivate func bind(_ values: [Value]) throws {
    guard values.count == sqlite3_bind_parameter_count(sqliteStatement) else {
      throw StorageError(.failed, "\(values.count) values for \(sql)")
    }
    for (index, value) in zip(Int32(1)..., values) {
      let code =
        switch value {
        case .null: sqlite3_bind_null(sqliteStatement, index)
        case .integer(let number): sqlite3_bind_int64(sqliteStatement, index, number)
        case .text(let text): bind(text, at: index)
        case .blob(let data): bind(data, at: index)
        }
      guard code == SQLITE_OK else { throw error(code) }
    }
  }

  private func bind(_ text: String, at index: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      bytes.withMemoryRebound(to: CChar.self) { bytes in
        // No address at all would be a null.
        bytes.isEmpty
          ? sqlite3_bind_text(sqliteStatement, index, "", 0, copied)
          : sqlite3_bind_text(sqliteStatement, index, bytes.baseAddress, Int32(bytes.count), copied)
      }
    }
  }

  private func bind(_ data: Data, at index: Int32) -> Int32 {
    data.withUnsafeBytes { bytes in
      bytes.isEmpty
        ? sqlite3_bind_zeroblob(sqliteStatement, index, 0)
        : sqlite3_bind_blob(sqliteStatement, index, bytes.baseAddress, Int32(bytes.count), copied)
    }
  }

  /// Tells whether there is a row.
  fileprivate func step() throws -> Bool {
    switch sqlite3_step(sqliteStatement) {
    case SQLITE_ROW: true
    case SQLITE_DONE: false
    case let code: throw error(code)
    }
  }

  /// Of the row that it stands on.
  fileprivate func values(_ count: Int) throws(StorageError) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(count)
    for index in 0..<Int32(count) { values.append(try value(at: index)) }
    return values
  }

  private func value(at index: Int32) throws(StorageError) -> Value {
    switch sqlite3_column_type(sqliteStatement, index) {
    case SQLITE_NULL: return .null
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(sqliteStatement, index))
    case SQLITE_TEXT:
      let text = sqlite3_column_text(sqliteStatement, index)
      let count = Int(sqlite3_column_bytes(sqliteStatement, index))
      return .text(String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self))
    case SQLITE_BLOB:
      let bytes = sqlite3_column_blob(sqliteStatement, index)
      let count = Int(sqlite3_column_bytes(sqliteStatement, index))
      return .blob(bytes.map { Data(bytes: $0, count: count) } ?? Data())
    default: throw StorageError(.failed, "a floating-point number in the store")
    }
  }

  /// Lets go of its locks and its values. What went wrong was told by the step.
  fileprivate func end() {
    sqlite3_reset(sqliteStatement)
    sqlite3_clear_bindings(sqliteStatement)
  }

  private func error(_ code: Int32) -> DatabaseError {
    let connection = sqlite3_db_handle(sqliteStatement)
    let last = sqlite3_extended_errcode(connection)
    return DatabaseError(
      resultCode: ResultCode(rawValue: last & 0xFF == code & 0xFF ? last : code),
      message: String(cString: sqlite3_errmsg(connection)), sql: sql)
  }
}

/// SQLITE_TRANSIENT, a macro that is not imported: SQLite copies what it is given.
private let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
