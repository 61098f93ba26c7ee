import Glibc
import Synchronization

/// A locked file beside the store: one process at a time owns it, and the file remembers how far the store had come.
final class Ownership: Sendable {
  /// One write of one small block, which no crash leaves half done.
  private static let length = 96

  private let store: String
  private let path: String
  private let descriptor: Mutex<CInt?>

  /// Throws `StorageError.busy` when another process, or another part of this one, has the store open.
  init(of store: String) throws(StorageError) {
    self.store = store
    path = store + ".owner"
    let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Self.failure("open", path) }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(file)
      throw StorageError(.busy, "\(store) is open in another process")
    }
    descriptor = Mutex(file)
  }

  deinit { release() }

  /// What was last written; nil when that was never done, or by nothing of ours.
  var mark: Mark? {
    descriptor.withLock { descriptor in
      guard let descriptor else { return nil }
      var bytes = [UInt8](repeating: 0, count: Self.length)
      let count = pread(descriptor, &bytes, bytes.count, 0)
      guard count == Self.length else { return nil }
      return Mark(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
  }

  /// The number of the store's file; 0 while there is none.
  var inode: Int64 {
    var status = stat()
    return stat(store, &status) == 0 ? Int64(bitPattern: UInt64(status.st_ino)) : 0
  }

  /// On the disk when it returns.
  func write(_ mark: Mark) throws(StorageError) {
    let failed = descriptor.withLock { descriptor in
      guard let descriptor else { return false }
      return !Self.put(mark, into: descriptor) || fsync(descriptor) != 0
    }
    if failed { throw Self.failure("write", path) }
  }

  /// The same without waiting for the disk: it outlives the process, if not the power. For after each commit.
  func note(_ mark: Mark) {
    descriptor.withLock { descriptor in
      if let descriptor { _ = Self.put(mark, into: descriptor) }
    }
  }

  private static func put(_ mark: Mark, into descriptor: CInt) -> Bool {
    var bytes = Array("\(mark)\n".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "\n"), count: length - bytes.count)
    return pwrite(descriptor, bytes, bytes.count, 0) == bytes.count
  }

  /// Lets another process have the store. Nothing happens the second time.
  func release() {
    descriptor.withLock { descriptor in
      if let descriptor { Glibc.close(descriptor) }
      descriptor = nil
    }
  }

  private static func failure(_ call: String, _ path: String) -> StorageError {
    let code = errno
    return StorageError(code == ENOSPC ? .full : .failed, "\(call) \(path): \(String(cString: strerror(code)))")
  }
}
