import Foundation
import GRDB

/// A store as SQL text: small, readable in a review, and no binary in the repository.
enum StoreText {
  /// One folder for each released version, one file for each store.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

  static func dump(_ path: String) throws -> String {
    var configuration = Configuration()
    configuration.readonly = true
    return try DatabaseQueue(path: path, configuration: configuration).read { database in
      let tables = "FROM sqlite_master WHERE sql IS NOT NULL"
      var lines = try String.fetchAll(database, sql: "SELECT sql \(tables) ORDER BY type DESC, name").map { "\($0);" }
      for table in try String.fetchAll(database, sql: "SELECT name \(tables) AND type = 'table' ORDER BY name") {
        let columns = try database.columns(in: table).map { "quote(\"\($0.name)\")" }.joined(separator: " || ', ' || ")
        for values in try String.fetchAll(database, sql: "SELECT \(columns) FROM \"\(table)\" ORDER BY rowid") {
          lines.append("INSERT INTO \"\(table)\" VALUES (\(values));")
        }
      }
      return lines.joined(separator: "\n") + "\n"
    }
  }

  static func load(_ text: String, into path: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.inTransaction(.immediate) { database in
      // Tables stand in the order of their names: what one refers to may come after it.
      try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
      try database.execute(sql: text)
      return .commit
    }
    try queue.close()
  }
}
