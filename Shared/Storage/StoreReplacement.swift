import FoundationEssentials
import Glibc

/// Puts copies in the place of stores: of all of them or of none, whatever dies meanwhile.
///
/// Each copy is laid beside its store as `.restored`; then each store gets a note `.restoring`, which keeps its process
/// out. When all have one, and not before, the copies take the places of the stores, and the notes go. What was
/// interrupted is finished or taken back by `settle`: it was decided on as soon as every store had its note, and a
/// note without a copy beside it shows that it was.
public struct StoreReplacement: Sendable {
  /// A store, there or not, and the copy that is to take its place.
  public struct Item: Sendable {
    public let store: String
    public let copy: String
    /// Of the copy, in hexadecimal.
    public let sha256: String

    public init(store: String, copy: String, sha256: String) {
      self.store = store
      self.copy = copy
      self.sha256 = sha256
    }
  }

  /// What became of one that was interrupted.
  public enum Settlement: Sendable {
    case nothing
    case finished
    case takenBack
  }

  private let stores: [String]
  /// Held to the end: no process opens one of the stores meanwhile.
  private let owners: [Ownership]
  /// Called before each change on the disk, for tests that die there.
  private let step: @Sendable (String) throws -> Void

  /// Takes hold of the stores.
  ///
  /// Throws `StorageError.busy` when a process has one of them open.
  public init(of stores: [String]) throws(StorageError) {
    try self.init(of: stores, step: { _ in })
  }

  init(of stores: [String], step: @escaping @Sendable (String) throws -> Void) throws(StorageError) {
    self.stores = stores
    self.step = step
    owners = try stores.map { store throws(StorageError) in
      let owner = try Ownership(of: store)
      for suffix in [".owner", ".mark"] { try Self.give(store + suffix) }
      return owner
    }
  }

  /// Lets the stores go.
  public func release() {
    for owner in owners { owner.release() }
  }

  /// Replaces the stores, one item for each, after whatever was interrupted before has been settled.
  ///
  /// Throws `StorageError.corrupt` for a copy that is not what it should be; then nothing has changed.
  public func run(_ items: [Item]) throws {
    precondition(items.map(\.store) == stores, "all stores or none")
    do {
      for item in items { try stage(item) }
      for store in stores {
        try step("announce")
        try DurableFile.write("A restore is under way: xaso restore finishes it, or takes it back.\n", to: store.note)
      }
    } catch let error as StorageError {
      try takeBack()
      throw error
    }
    try finish()
  }

  /// Finishes what was interrupted, or takes it back: afterwards all stores are as they were, or all are the copies.
  public func settle() throws -> Settlement {
    let noted = stores.filter { DurableFile.exists($0.note) }
    let isDecided =
      noted.count == stores.count || noted.contains { !DurableFile.exists($0.staged) }
    if isDecided {
      try finish()
      return .finished
    }
    let isBegun = stores.contains { DurableFile.exists($0.staged) || DurableFile.exists($0.note) }
    try takeBack()
    return isBegun ? .takenBack : .nothing
  }

  /// Whether a store must not be opened before that.
  static func isUnderWay(at store: String) -> Bool { DurableFile.exists(store.note) }

  // MARK: Steps

  private func stage(_ item: Item) throws {
    try step("stage")
    try DurableFile.copy(item.copy, to: item.store.staged)
    guard try SHA256.hash(file: item.store.staged).hash.hexadecimal == item.sha256 else {
      throw StorageError(.corrupt, "\(item.copy) is not the file that was written: its hash is another one")
    }
  }

  private func finish() throws {
    for store in stores where DurableFile.exists(store.staged) {
      // The log of the store that goes would be taken for the log of the one that comes. Without its mark a store
      // begins a new epoch, so that all who read its stream begin again.
      for suffix in ["-wal", "-shm", ".mark"] {
        try step("clear")
        try DurableFile.remove(store + suffix)
      }
      try step("replace")
      try Self.give(store.staged)
      try DurableFile.put(store.staged, at: store)
    }
    for store in stores {
      try step("conclude")
      try DurableFile.remove(store.note)
      try DurableFile.sync(DurableFile.folder(of: store))
    }
  }

  /// Notes before copies: a note without a copy would mean that all was decided.
  private func takeBack() throws {
    for store in stores {
      try step("take back")
      try DurableFile.remove(store.note)
      try DurableFile.remove(store.note + ".part")
      try DurableFile.sync(DurableFile.folder(of: store))
    }
    for store in stores {
      try step("take back")
      try DurableFile.remove(store.staged)
      try DurableFile.remove(store.staged + ".part")
    }
  }

  /// Root restores for the one whose folder it is. What is theirs already is not touched: a lock that changes is taken
  /// for another store's.
  private static func give(_ path: String) throws(StorageError) {
    guard geteuid() == 0 else { return }
    var (folder, file) = (stat(), stat())
    guard stat(DurableFile.folder(of: path), &folder) == 0, stat(path, &file) == 0 else {
      throw DurableFile.failure("stat", path)
    }
    guard (file.st_uid, file.st_gid) != (folder.st_uid, folder.st_gid) else { return }
    guard chown(path, folder.st_uid, folder.st_gid) == 0 else { throw DurableFile.failure("chown", path) }
  }
}

extension String {
  fileprivate var staged: String { self + ".restored" }
  fileprivate var note: String { self + ".restoring" }
}
