/// A database below us: one writer, and readers beside it that each see one moment.
///
/// Bodies run on the engine's own threads, never on those that tasks share: they may block.
protocol Engine: AnyObject, Sendable {
  /// Runs with the one connection that writes, after whatever was handed in before. No transaction is open.
  func write(_ body: @escaping @Sendable (any Connection) -> Void)

  /// Runs with a connection that sees the store as of its first query, whatever is written meanwhile.
  func read(_ body: @escaping @Sendable (Result<any Connection, StorageError>) -> Void)

  /// Writes the store, as it is at one moment, into a new file that stands alone. Writers go on meanwhile.
  ///
  /// - Parameter isWanted: Asked now and then; once it is false the copy ends with `StorageError.closed`.
  func copy(to path: String, while isWanted: @escaping @Sendable () -> Bool) async throws(StorageError)

  /// What the store takes on the disk.
  var sizeInBytes: Int64 { get }

  /// Waits for the bodies under way. None may be handed in any more.
  func close() async throws(StorageError)
}

extension Engine {
  func writing<T: Sendable>(
    _ body: @escaping @Sendable (any Connection) throws(StorageError) -> T
  ) async throws(StorageError) -> T {
    let result = await withCheckedContinuation { continuation in
      write { connection in
        continuation.resume(returning: Result { () throws(StorageError) in try body(connection) })
      }
    }
    return try result.get()
  }
}
