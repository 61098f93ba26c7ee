import Glibc

extension CurveKeys {
  private static let permissions: mode_t = 0o600
  private static let sizeLimit = 4096

  /// Writes the pair to a new file that only its owner can read; after a crash there is the whole file or none.
  ///
  /// It blocks on the disk. A file that exists is never replaced.
  public func save(to path: String) throws(KeyFileError) {
    let draft = "\(path).\(getpid()).\(UInt32.random(in: .min ... .max)).new"
    let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, Self.permissions)
    guard file >= 0 else { throw .failed(call: "open", path: path, code: errno) }
    defer { unlink(draft) }
    do throws(KeyFileError) {
      try Self.write(fileText, to: file, path: path)
    } catch {
      close(file)
      throw error
    }
    guard close(file) == 0 else { throw .failed(call: "close", path: path, code: errno) }
    // Unlike rename, link refuses to replace what is there.
    guard link(draft, path) == 0 else {
      throw errno == EEXIST ? .exists(path: path) : .failed(call: "link", path: path, code: errno)
    }
    try Self.syncDirectory(of: path)
  }

  /// The pair in the file, or a new one saved there when there is no file.
  public static func loadOrMake(at path: String) throws(KeyFileError) -> CurveKeys {
    guard access(path, F_OK) != 0 else { return try load(from: path) }
    let keys = generate()
    try keys.save(to: path)
    return keys
  }

  /// Reads the pair that `save` wrote. It blocks on the disk, and refuses a file on which group or others have rights.
  public static func load(from path: String) throws(KeyFileError) -> CurveKeys {
    // Without O_NONBLOCK the open of a pipe would wait for a writer.
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw .failed(call: "open", path: path, code: errno) }
    defer { close(file) }

    var status = stat()
    guard fstat(file, &status) == 0 else { throw .failed(call: "fstat", path: path, code: errno) }
    guard status.st_mode & S_IFMT == S_IFREG, status.st_size <= sizeLimit else { throw .malformed(path: path) }
    guard status.st_mode & 0o077 == 0 else { throw .exposed(path: path) }

    var buffer = [UInt8](repeating: 0, count: sizeLimit)
    let count = read(file, &buffer, buffer.count)
    guard count >= 0 else { throw .failed(call: "read", path: path, code: errno) }
    guard let text = String(validating: buffer.prefix(count), as: UTF8.self) else { throw .malformed(path: path) }
    return try parse(text, path: path)
  }

  private var fileText: String {
    """
    # The public key: others may know it.
    public \(publicKey.z85)
    # The secret key: it never leaves this file.
    secret \(secretKey.revealed())

    """
  }

  private static func parse(_ text: String, path: String) throws(KeyFileError) -> CurveKeys {
    var values: [Substring: String] = [:]
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let words = line.split(separator: " ")
      guard words.count == 2, values.updateValue(String(words[1]), forKey: words[0]) == nil else {
        throw .malformed(path: path)
      }
    }
    guard values.count == 2, let publicText = values["public"], let secretText = values["secret"] else {
      throw .malformed(path: path)
    }
    guard Z85.published.isDisjoint(with: values.values) else { throw .published(path: path) }
    guard let secret = SecretKey(z85: secretText) else { throw .malformed(path: path) }
    let keys = CurveKeys(secret: secret)
    guard keys.publicKey.z85 == publicText else { throw .malformed(path: path) }
    return keys
  }

  private static func write(_ text: String, to file: Int32, path: String) throws(KeyFileError) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if written < 0 {
        if errno == EINTR { continue }
        throw .failed(call: "write", path: path, code: errno)
      }
      rest = rest.dropFirst(written)
    }
    guard fsync(file) == 0 else { throw .failed(call: "fsync", path: path, code: errno) }
  }

  /// The name of a file is on disk only when its directory is.
  private static func syncDirectory(of path: String) throws(KeyFileError) {
    let directory = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .failed(call: "open", path: directory, code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw .failed(call: "fsync", path: directory, code: errno) }
  }
}
