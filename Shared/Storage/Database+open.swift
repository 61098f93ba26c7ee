public import Schema

extension Database {
  /// Opens the store of a service, made if there is none, and brings its schema up to date. What it was before that stays
  /// beside it, as `.before-` and the name of the first step that was new.
  ///
  /// - Parameters:
  ///   - path: The store's file. Beside it `.owner` is locked as long as the store is open, and `.mark` remembers how far it had come.
  ///   - migrations: The service's own, in order; the tables that every store has come before them.
  ///   - clock: The time of day, for what is recorded; nothing is decided by it but when parked events are due.
  ///   - committed: Told of each group's events, in order, once they are on the disk and before their writers are: on the
  ///     writer's thread, which must not be held up.
  ///
  /// Throws `StorageError`: `busy` when another process has the store, `failed` for a store of another service, of a
  /// newer program or with an edited migration, or in the middle of a restore, `corrupt` when it is none.
  public static func open(
    _ path: String, service: ServiceName, migrations: [Migration], options: Options = Options(),
    clock: @escaping @Sendable () -> Timestamp = { .now },
    committed: @escaping @Sendable ([OutboxRow]) -> Void = { _ in }
  ) async throws(StorageError) -> Database {
    let ownership = try Ownership(of: path)
    let mark = ownership.mark
    guard !StoreReplacement.isUnderWay(at: path) else {
      throw StorageError(
        .failed,
        """
        Việc khôi phục \(path) bị dở dang; hãy chạy xaso restore để làm xong. \
        (A restore of it was interrupted: run xaso restore to settle it.)
        """)
    }
    let engine = try await SQLiteEngine.open(path, options: options)
    do {
      let steps = try await engine.writing { connection throws(StorageError) in
        try connection.pending(Migration.storage + migrations)
      }
      if let first = steps.migrations.first, !steps.isNew {
        try await engine.keep(at: "\(path).before-\(first.name)")
      }
      let boot = try await engine.writing { connection throws(StorageError) in
        let time = clock()
        for migration in steps.migrations { try connection.apply(migration, at: time) }
        return try Boot(connection, service: service, beside: mark, seal: ownership.seal, at: time)
      }
      try ownership.write(boot.mark)
      return Database(
        service: service, engine: engine, ownership: ownership, boot: boot, options: options, clock: clock,
        committed: committed)
    } catch {
      try? await engine.close()
      throw error
    }
  }
}

extension Engine {
  /// Copies the store as it is before an upgrade, in the place of a copy that is there: it was made before an earlier
  /// try, or before a way back after which the store has gone on.
  fileprivate func keep(at path: String) async throws(StorageError) {
    let draft = path + ".part"
    try DurableFile.remove(draft)
    try await copy(to: draft) { true }
    try DurableFile.put(draft, at: path)
  }
}
