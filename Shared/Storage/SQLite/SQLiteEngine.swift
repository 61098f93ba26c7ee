import Dispatch
import GRDB
import Glibc

/// SQLite in write-ahead mode: a file that needs nothing installed, one writer, readers that never wait for it.
final class SQLiteEngine: Engine {
  private let pool: DatabasePool

  private init(pool: DatabasePool) { self.pool = pool }

  static func open(_ path: String, options: Database.Options) async throws(StorageError) -> SQLiteEngine {
    try await elsewhere {
      var configuration = Configuration()
      configuration.label = "storage"
      configuration.maximumReaderCount = options.readers
      // A backup may hold the lock for a moment.
      configuration.busyMode = .timeout(5)
      // A rollback that fails must not end the process: the writer tries it again before the next group.
      configuration.allowsUnsafeTransactions = true
      let pool = try DatabasePool(path: path, configuration: configuration)
      try pool.writeWithoutTransaction { database in
        // Here and not in `prepareDatabase`: opening a pool sets NORMAL after that, and NORMAL loses what was acknowledged
        // when the power fails.
        try database.execute(sql: "PRAGMA synchronous = FULL")
        // So that a savepoint's rollback needs no room on the disk.
        try database.execute(sql: "PRAGMA temp_store = MEMORY")
        // A log that once grew large gives its room back.
        try database.execute(sql: "PRAGMA journal_size_limit = 67108864")
        if let cache = options.writerCache { try database.execute(sql: "PRAGMA cache_size = -\(cache * 1024)") }
        if options.erases { try database.execute(sql: "PRAGMA secure_delete = ON") }
        if let pages = options.maxPages { try database.execute(sql: "PRAGMA max_page_count = \(pages)") }
      }
      return SQLiteEngine(pool: pool)
    }
  }

  func write(_ body: @escaping @Sendable (any Connection) -> Void) {
    pool.asyncWriteWithoutTransaction { body(SQLiteConnection(database: $0)) }
  }

  func read(_ body: @escaping @Sendable (Result<any Connection, StorageError>) -> Void) {
    pool.asyncRead { database in
      body(database.map { SQLiteConnection(database: $0) }.mapError(StorageError.init))
    }
  }

  func copy(to path: String, while isWanted: @escaping @Sendable () -> Bool) async throws(StorageError) {
    try await Self.elsewhere { [pool] in
      // A connection of its own: the copy neither waits for the writer, nor sees what is written meanwhile.
      let moment = try pool.makeSnapshot()
      let copy = try DatabaseQueue(path: path)
      // The whole file is synced when it is whole.
      try copy.inDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
      try moment.backup(to: copy, pagesPerStep: 512) { _ in
        guard isWanted() else { throw StorageError.closed }
      }
      // The copy has the store's mode; without it no log stands beside the file.
      try copy.inDatabase { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
      try copy.close()
      try moment.close()
    }
  }

  var sizeInBytes: Int64 {
    ["", "-wal"].reduce(0) { sum, suffix in
      var file = stat()
      return stat(pool.path + suffix, &file) == 0 ? sum + Int64(file.st_size) : sum
    }
  }

  func close() async throws(StorageError) {
    try await Self.elsewhere { [pool] in
      // Readers first: the log goes into the store when the last connection leaves, and a reader cannot put it there.
      try pool.barrierWriteWithoutTransaction { _ in }
      pool.invalidateReadOnlyConnections()
      try pool.close()
    }
  }

  /// On a thread that may block.
  static func elsewhere<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
  ) async throws(StorageError) -> T {
    let result = await withCheckedContinuation { continuation in
      DispatchQueue.global().async { continuation.resume(returning: Result { try body() }) }
    }
    return try result.mapError(StorageError.init).get()
  }
}
