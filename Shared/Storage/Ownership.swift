import Glibc
import Synchronization

/// Two files beside the store. One is locked, so that one process at a time owns the store, and is never written; the other
/// remembers how far the store had come, and beside which lock.
///
/// A copy brings other files under the same names. What a copy cannot bring is when its files last changed: that of the
/// lock tells whether the files here were put here. (An inode does not: a new file gets the number of one just removed.)
final class Ownership: Sendable {
  private struct Files {
    let lock: CInt
    let mark: CInt

    func close() {
      Glibc.close(mark)
      // Closing alone does not free it while a child that was just forked still has the file, before its exec.
      flock(lock, LOCK_UN)
      Glibc.close(lock)
    }
  }

  /// One write of one small block, which no crash leaves half done.
  private static let length = 96

  private let path: String
  private let files: Mutex<Files?>
  /// Of the lock: when it was last changed, in nanoseconds.
  let seal: Int64

  /// Throws `StorageError.busy` when another process, or another part of this one, has the store open.
  init(of store: String) throws(StorageError) {
    path = store + ".mark"
    let lock = try Self.open(store + ".owner")
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      Glibc.close(lock)
      throw StorageError(.busy, "\(store) is open in another process")
    }
    var status = stat()
    do throws(StorageError) {
      guard fstat(lock, &status) == 0 else { throw Self.failure("stat", store + ".owner") }
      files = Mutex(Files(lock: lock, mark: try Self.open(path)))
    } catch {
      Glibc.close(lock)
      throw error
    }
    seal = Int64(status.st_ctim.tv_sec) * 1_000_000_000 + Int64(status.st_ctim.tv_nsec)
  }

  deinit { release() }

  private static func open(_ path: String) throws(StorageError) -> CInt {
    let file = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("open", path) }
    return file
  }

  /// What was last written; nil when that was never done, or by nothing of ours.
  var mark: Mark? {
    files.withLock { files in
      guard let files else { return nil }
      var bytes = [UInt8](repeating: 0, count: Self.length)
      let count = pread(files.mark, &bytes, bytes.count, 0)
      guard count == Self.length else { return nil }
      return Mark(String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
    }
  }

  /// On the disk when it returns.
  func write(_ mark: Mark) throws(StorageError) {
    let failed = files.withLock { files in
      guard let files else { return false }
      return !Self.put(mark, into: files.mark) || fsync(files.mark) != 0
    }
    if failed { throw Self.failure("write", path) }
  }

  /// The same without waiting for the disk: it outlives the process, if not the power. For after each commit.
  func note(_ mark: Mark) {
    files.withLock { files in
      if let files { _ = Self.put(mark, into: files.mark) }
    }
  }

  private static func put(_ mark: Mark, into file: CInt) -> Bool {
    var bytes = Array("\(mark)\n".utf8)
    bytes += [UInt8](repeating: UInt8(ascii: "\n"), count: length - bytes.count)
    return pwrite(file, bytes, bytes.count, 0) == bytes.count
  }

  /// Lets another process have the store. Nothing happens the second time.
  func release() { files.withLock { $0.take()?.close() } }

  private static func failure(_ call: String, _ path: String) -> StorageError {
    let code = errno
    return StorageError(code == ENOSPC ? .full : .failed, "\(call) \(path): \(String(cString: strerror(code)))")
  }
}
