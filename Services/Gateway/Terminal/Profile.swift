import FoundationEssentials
import Schema
import Yams
import ZeroMQ

/// How one account reaches one front door: the address, the door's public key, and where the account's secret key is.
///
/// A YAML file; nothing in it is secret:
/// ```yaml
/// server: tcp://xaso.thanhhoa.example:7400
/// serverKey: "…40 characters…"
/// keyFile: giao-an.focal.key
/// unit: 38/15043
/// ```
struct Profile: Codable {
  var server: String
  var serverKey: PublicKey
  /// Beside the profile, unless it is absolute.
  var keyFile: String
  /// The unit that is meant when a command names none.
  var unit: Unit?
  /// The day on which the front door was last asked whether another one takes its place.
  var asked: Day?

  /// - Returns: The profile, and the keys that it names.
  static func load(from path: String) throws -> (Profile, CurveKeys) {
    let url = URL(filePath: path)
    guard let yaml = try? Data(contentsOf: url) else {
      throw Complaint(
        vi: "Chưa có hồ sơ kết nối ở \(path); hãy nêu một hồ sơ bằng --profile hoặc biến XASO_PROFILE.",
        en: "There is no connection profile at \(path); name one with --profile or XASO_PROFILE.")
    }
    guard let profile = try? YAMLDecoder().decode(Profile.self, from: yaml) else {
      throw Complaint(
        vi: "Hồ sơ kết nối \(path) không đọc được: cần có server, serverKey và keyFile.",
        en: "The connection profile \(path) cannot be read: it needs server, serverKey and keyFile.")
    }
    let key = profile.keyPath(beside: path)
    do throws(KeyFileError) {
      return (profile, try CurveKeys.load(from: key))
    } catch {
      throw Complaint(vi: "Không dùng được khóa: \(error)", en: "The key cannot be used: \(error)")
    }
  }

  func keyPath(beside path: String) -> String {
    URL(filePath: keyFile, relativeTo: URL(filePath: path).deletingLastPathComponent()).path
  }

  func save(to path: String) throws {
    try YAMLEncoder().encode(self).write(toFile: path, atomically: true, encoding: .utf8)
  }

  /// `XASO_PROFILE`, or the one in the user's own settings.
  static var defaultPath: String {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["XASO_PROFILE"], !path.isEmpty { return path }
    let settings = environment["XDG_CONFIG_HOME"] ?? (environment["HOME"] ?? "") + "/.config"
    return settings + "/xaso/profile.yaml"
  }
}
