import FoundationEssentials
import Glibc

/// A file system of a few megabytes, in memory, for as long as a test needs it.
final class SmallDisk: Sendable {
  /// Whether this user may mount one.
  static let isPermitted: Bool = {
    let probe = "/tmp/house-probe-\(getpid())"
    defer { rmdir(probe) }
    guard mkdir(probe, 0o700) == 0, mount("tmpfs", probe, "tmpfs", 0, "size=64k") == 0 else { return false }
    return umount2(probe, Int32(MNT_DETACH)) == 0
  }()

  private let path: String

  /// - Parameter path: A folder that is not there yet.
  init(at path: String, kibibytes: Int) throws {
    self.path = path
    guard mkdir(path, 0o700) == 0 else { throw CallFailure("mkdir \(path)") }
    guard mount("tmpfs", path, "tmpfs", 0, "size=\(kibibytes)k") == 0 else { throw CallFailure("mount \(path)") }
  }

  deinit { umount2(path, Int32(MNT_DETACH)) }

  /// A file that takes room away, until `release`.
  func fill(kibibytes: Int) throws {
    try Data(count: kibibytes * 1024).write(to: URL(filePath: "\(path)/filler"))
  }

  func release() throws { try FileManager.default.removeItem(atPath: "\(path)/filler") }
}
