import FoundationEssentials
import Schema
import Service
import Synchronization
import Units
import Yams
import ZeroMQ

/// The accounts that may come in, by public key.
///
/// They stand in a file, read at start and again at SIGHUP:
/// ```yaml
/// - account: giao-an.van-thu
///   keys: ["…40 characters…"]
///   unit: 38/15043
///   office: vp
///   roles: [clerk]
/// ```
final class Directory: Sendable {
  private struct Entry: Codable {
    var account: Caller.Account
    var keys: [PublicKey]
    var unit: Unit?
    var office: Office.Code?
    var roles: [Role]
  }

  private let path: String
  private let callers: Mutex<[PublicKey: Caller]>

  init(path: String) throws {
    self.path = path
    callers = Mutex(try Self.read(path))
  }

  subscript(key: PublicKey) -> Caller? { callers.withLock { $0[key] } }

  /// Takes the file as it is now. A file with a mistake changes nothing.
  func reload() throws {
    let fresh = try Self.read(path)
    callers.withLock { $0 = fresh }
  }

  private static func read(_ path: String) throws -> [PublicKey: Caller] {
    let entries: [Entry]
    do {
      entries = try YAMLDecoder().decode([Entry].self, from: Data(contentsOf: URL(filePath: path)))
    } catch {
      throw SettingsError("the accounts in \(path) cannot be read: \(error)")
    }
    var callers: [PublicKey: Caller] = [:]
    var names: Set<Caller.Account> = []
    for entry in entries {
      guard names.insert(entry.account).inserted else {
        throw SettingsError("\(path): the account \(entry.account) is there twice")
      }
      if let unit = entry.unit, Units[unit] == nil {
        throw SettingsError("\(path): \(entry.account): there is no unit \(unit)")
      }
      let caller = Caller(
        account: entry.account, unit: entry.unit, office: entry.office, roles: Set(entry.roles))
      for key in entry.keys {
        guard callers.updateValue(caller, forKey: key) == nil else {
          throw SettingsError("\(path): a key of \(entry.account) belongs to another account too")
        }
      }
    }
    return callers
  }
}
