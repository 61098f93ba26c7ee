import FoundationEssentials
import GRDB

/// One of the pool's connections, for as long as the pool lends it.
struct SQLiteConnection: Connection {
  let database: GRDB.Database

  var isInTransaction: Bool { database.isInsideTransaction }

  func begin() throws(StorageError) { try execute("BEGIN IMMEDIATE", []) }

  @discardableResult
  func execute(_ sql: String, _ values: [Value]) throws(StorageError) -> Int {
    do {
      try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(values.map(\.databaseValue)))
      return database.changesCount
    } catch {
      throw StorageError(error)
    }
  }

  func each(_ sql: String, _ values: [Value], _ body: (Row) throws(StorageError) -> Bool) throws(StorageError) {
    do {
      let statement = try database.cachedStatement(sql: sql)
      let columns = statement.columnNames
      let cursor = try GRDB.Row.fetchCursor(statement, arguments: StatementArguments(values.map(\.databaseValue)))
      while let row = try cursor.next() {
        let values = try row.databaseValues.map(Value.init(databaseValue:))
        guard try body(Row(columns: columns, values: values)) else { break }
      }
    } catch {
      throw StorageError(error)
    }
  }
}

extension Value {
  fileprivate var databaseValue: DatabaseValue {
    switch self {
    case .null: .null
    case .integer(let number): number.databaseValue
    case .text(let text): text.databaseValue
    case .blob(let data): data.databaseValue
    }
  }

  fileprivate init(databaseValue: DatabaseValue) throws(StorageError) {
    switch databaseValue.storage {
    case .null: self = .null
    case .int64(let number): self = .integer(number)
    case .string(let text): self = .text(text)
    case .blob(let data): self = .blob(data)
    case .double: throw StorageError(.failed, "a floating-point number in the store")
    }
  }
}
