import Glibc

/// Files that are whole and on the disk, or not there, whatever dies meanwhile. All of it blocks on the disk.
public enum DurableFile {
  /// Gives a file that was written under another name its own, in the place of what is there.
  public static func put(_ draft: String, at path: String) throws(StorageError) {
    try sync(draft)
    guard rename(draft, path) == 0 else { throw failure("rename", path) }
    try sync(folder(of: path))
  }

  /// Writes a small file.
  public static func write(_ text: String, to path: String) throws(StorageError) {
    let draft = path + ".part"
    let file = try open(draft, O_WRONLY | O_CREAT | O_TRUNC)
    do throws(StorageError) {
      defer { close(file) }
      try write(Array(text.utf8)[...], to: file, path)
    } catch {
      unlink(draft)
      throw error
    }
    try put(draft, at: path)
  }

  /// Adds a line to a file, which there need not be; on disk when it returns. What an earlier call left unfinished when
  /// the machine died stays on a line of its own.
  public static func append(_ line: String, to path: String) throws(StorageError) {
    let isNew = !exists(path)
    let file = try open(path, O_WRONLY | O_CREAT | O_APPEND)
    defer { close(file) }
    try write(Array("\n\(line)\n".utf8)[...], to: file, path)
    guard fsync(file) == 0 else { throw failure("fsync", path) }
    if isNew { try sync(folder(of: path)) }
  }

  /// Copies a file in the place of what is there; readable by its owner alone.
  public static func copy(_ source: String, to path: String) throws(StorageError) {
    let draft = path + ".part"
    let output = try open(draft, O_WRONLY | O_CREAT | O_TRUNC)
    do throws(StorageError) {
      defer { close(output) }
      try read(source) { block throws(StorageError) in try write(block, to: output, path) }
    } catch {
      unlink(draft)
      throw error
    }
    try put(draft, at: path)
  }

  /// Moves a file, to another disk too. What is there is replaced.
  public static func move(_ source: String, to path: String) throws(StorageError) {
    guard rename(source, path) != 0 else { return try sync(folder(of: path)) }
    guard errno == EXDEV else { throw failure("rename", path) }
    try copy(source, to: path)
    try remove(source)
  }

  /// Nothing happens when it is not there.
  public static func remove(_ path: String) throws(StorageError) {
    guard unlink(path) == 0 || errno == ENOENT else { throw failure("remove", path) }
  }

  /// Makes the folder that a file is to be in, for its owner alone, where there is none.
  public static func makeFolder(of path: String) throws(StorageError) {
    let folder = folder(of: path)
    guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw failure("mkdir", folder) }
  }

  public static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// A file's content, block by block.
  static func read(
    _ path: String, _ body: (ArraySlice<UInt8>) throws(StorageError) -> Void
  ) throws(StorageError) {
    let file = try open(path, O_RDONLY)
    defer { close(file) }
    var buffer = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let count = Glibc.read(file, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("read", path) }
      guard count > 0 else { return }
      try body(buffer[..<count])
    }
  }

  private static func write(_ bytes: ArraySlice<UInt8>, to file: CInt, _ path: String) throws(StorageError) {
    var rest = bytes
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure("write", path) }
      rest = rest.dropFirst(count)
    }
  }

  static func open(_ path: String, _ flags: CInt) throws(StorageError) -> CInt {
    let file = Glibc.open(path, flags | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure("open", path) }
    return file
  }

  /// A file's content, or the names in a folder.
  static func sync(_ path: String) throws(StorageError) {
    let file = try open(path, O_RDONLY)
    defer { close(file) }
    guard fsync(file) == 0 else { throw failure("fsync", path) }
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  static func failure(_ call: String, _ path: String, _ code: CInt = errno) -> StorageError {
    StorageError(code == ENOSPC ? .full : .failed, "\(call) \(path): \(String(cString: strerror(code)))")
  }
}
