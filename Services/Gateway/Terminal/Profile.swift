import FoundationEssentials
import Schema
import Service
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

  /// - Returns: The profile, and the keys that it names.
  static func load(from path: String) throws -> (Profile, CurveKeys) {
    let url = URL(filePath: path)
    let profile: Profile
    do {
      profile = try YAMLDecoder().decode(Profile.self, from: Data(contentsOf: url))
    } catch {
      throw SettingsError(
        "the profile \(path) cannot be read (\(error)); name one with --profile or XASO_PROFILE")
    }
    let key = URL(filePath: profile.keyFile, relativeTo: url.deletingLastPathComponent())
    return (profile, try CurveKeys.load(from: key.path))
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
