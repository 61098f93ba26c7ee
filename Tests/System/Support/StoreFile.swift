import FoundationEssentials
import GRDB
import Schema

/// A service's store as SQLite sees it, beside the process that owns it.
struct StoreFile {
  private let queue: DatabaseQueue

  /// - Parameter atOneMoment: Whether all that is read is of the moment of the first query, whatever is written
  ///   meanwhile.
  init(_ path: String, atOneMoment: Bool = false) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
    if atOneMoment { try queue.inDatabase { try $0.execute(sql: "BEGIN") } }
  }

  func rows<Item>(_ sql: String, _ read: (Row) throws -> Item) throws -> [Item] {
    try queue.inDatabase { database in
      var items: [Item] = []
      let cursor = try Row.fetchCursor(database, sql: sql)
      while let row = try cursor.next() { items.append(try read(row)) }
      return items
    }
  }

  /// One number.
  func count(_ sql: String) throws -> Int { try rows(sql) { $0[0] as Int }.first ?? 0 }

  /// One column of text.
  func texts(_ sql: String) throws -> [String] { try rows(sql) { $0[0] as String } }

  /// One column of identifiers.
  func ids(_ sql: String) throws -> [UUIDv7] { try rows(sql) { try $0.id(0) } }

  /// Everything in these tables, in an order that the content alone decides.
  func dump(_ tables: some Sequence<String>) throws -> [String: [[DatabaseValue]]] {
    var dump: [String: [[DatabaseValue]]] = [:]
    for table in tables {
      let columns = try count("SELECT COUNT(*) FROM pragma_table_info('\(table)')")
      let order = (1...columns).map(String.init).joined(separator: ", ")
      dump[table] = try rows("SELECT * FROM \(table) ORDER BY \(order)") { Array($0.databaseValues) }
    }
    return dump
  }
}

extension Row {
  func id(_ index: Int) throws -> UUIDv7 {
    let bytes: Data = self[index]
    guard let id = UUIDv7(bytes: bytes) else { throw CallFailure("not an identifier in column \(index)") }
    return id
  }
}

/// Keeps everybody else from writing to a store.
struct StoreLock {
  private let queue: DatabaseQueue

  init(_ path: String) throws {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    queue = try DatabaseQueue(path: path, configuration: configuration)
    try queue.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
  }

  func release() throws { try queue.inDatabase { try $0.execute(sql: "ROLLBACK") } }
}
