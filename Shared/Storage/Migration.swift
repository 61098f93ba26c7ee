import FoundationEssentials
import Schema

/// One step of a store's schema. Once released it is never edited: what is to change is a new one.
public struct Migration: Hashable, Sendable {
  /// Unique within the store, such as `plans-1`.
  public let name: String
  /// Applied in order, in one transaction.
  public let statements: [String]

  public init(_ name: String, _ statements: [String]) {
    self.name = name
    self.statements = statements
  }

  var hash: Data {
    var canonical = Canonical()
    for statement in statements { canonical.append(statement) }
    return canonical.hash
  }
}

extension Connection {
  /// What the store still lacks of the schema that the program needs, and whether it has any of it.
  ///
  /// Throws `StorageError` for a store of a newer program, or with an edited migration.
  func pending(_ migrations: [Migration]) throws(StorageError) -> (migrations: [Migration], isNew: Bool) {
    try execute(
      "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, hash BYTEA NOT NULL, time BIGINT NOT NULL)", [])
    var applied: [String: Data] = [:]
    for row in try rows("SELECT name, hash FROM migration") {
      applied[try row["name"]] = try row["hash"] as Data
    }
    let known = Set(migrations.map(\.name))
    guard known.count == migrations.count else { throw StorageError(.failed, "two migrations have the same name") }
    let newer = applied.keys.filter { !known.contains($0) }.sorted()
    guard newer.isEmpty else {
      throw StorageError(
        .failed,
        """
        Kho do chương trình mới hơn ghi (\(newer.joined(separator: ", "))); hãy nâng cấp chương trình này. \
        (The store was written by a newer program; upgrade this one.)
        """)
    }
    for migration in migrations {
      guard applied[migration.name].map({ $0 == migration.hash }) != false else {
        throw StorageError(.failed, "the migration \(migration.name) was edited after this store had applied it")
      }
    }
    return (migrations.filter { applied[$0.name] == nil }, applied.isEmpty)
  }

  /// Brings the schema a step further: all of it or nothing.
  func apply(_ migration: Migration, at time: Timestamp) throws(StorageError) {
    try transaction { () throws(StorageError) in
      for statement in migration.statements { try execute(statement, []) }
      try execute(
        "INSERT INTO migration (name, hash, time) VALUES (?, ?, ?)",
        [migration.name.stored, migration.hash.stored, time.stored])
    }
  }
}
