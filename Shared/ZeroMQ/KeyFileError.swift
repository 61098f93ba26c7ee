import Glibc

/// Why a key file was not written or not believed. Its text is for the person at the terminal.
public enum KeyFileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A system call failed: its name, the path and errno.
  case failed(call: String, path: String, code: Int32)
  /// There is a file already; a key is never overwritten.
  case exists(path: String)
  /// Group or others have rights on it.
  case exposed(path: String)
  /// It does not hold one key pair.
  case malformed(path: String)
  /// It holds a test key published in zmq_curve(7).
  case published(path: String)

  /// The path, what is wrong and what to do about it.
  public var description: String {
    switch self {
    case .failed(let call, let path, let code): "\(path): \(call): \(String(cString: strerror(code)))"
    case .exists(let path): "\(path): exists already, and a key is never overwritten"
    case .exposed(let path): "\(path): others could read this secret key; run: chmod 600 \(path)"
    case .malformed(let path): "\(path): not a key file"
    case .published(let path): "\(path): this is the test key of a manual page, known to everybody; make a new one"
    }
  }
}
