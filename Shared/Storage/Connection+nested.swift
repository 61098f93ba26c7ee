extension Connection {
  /// Runs the body in a savepoint: an error takes back what it did, and leaves the transaction as it was before.
  ///
  /// Throws always when the transaction is gone at the end, even if the body has caught the error that ended it.
  func nested<T>(_ body: () throws -> T) throws -> T {
    try standing()
    try execute("SAVEPOINT step", [])
    do {
      let result = try body()
      try standing()
      try execute("RELEASE SAVEPOINT step", [])
      return result
    } catch {
      if isInTransaction {
        do {
          try execute("ROLLBACK TO SAVEPOINT step", [])
          try execute("RELEASE SAVEPOINT step", [])
        } catch {
          // What cannot be taken back alone must not be committed with the rest: then all of it goes.
          try? rollback()
          throw error
        }
      }
      throw error
    }
  }

  /// To be asked before each statement of a transaction: the first one after its end would be committed alone.
  func standing() throws(StorageError) {
    guard isInTransaction else { throw StorageError(.failed, "the transaction was given up by the database") }
  }
}
