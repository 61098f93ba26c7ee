public import Schema

extension Database {
  /// Copies the store, as it is at one moment, into a file of its own. Reads and writes go on meanwhile.
  ///
  /// - Parameter path: What is there is replaced, once the copy is whole and on the disk.
  ///
  /// Throws `StorageError`: `full` when there is no room, `closed` when the store is closed before the copy is whole.
  public func copy(to path: String) async throws(StorageError) -> StoreCopy {
    guard reads.enter() else { throw StorageError.closed }
    defer { reads.leave() }
    let draft = path + ".part"
    // What is recorded while the copy is being made is not in it.
    let taken = clock()
    do throws(StorageError) {
      try DurableFile.remove(draft)
      try await engine.copy(to: draft) { [reads] in !reads.isClosed }
      let copy = try await StoreFile(draft).summary(taken: taken)
      try DurableFile.put(draft, at: path)
      return copy
    } catch {
      try? DurableFile.remove(draft)
      throw error
    }
  }
}
