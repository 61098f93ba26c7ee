import Bench
import Bus
import Foundation
import GRDB
import SampleMessages
import Schema
import Service
import ZeroMQ

@testable import xaso

/// The real executables, one account for each role in one commune and another one in its neighbour, and an issued plan.
final class Town: Sendable {
  static let home = Samples.commune
  static let neighbour: Schema.Unit = "38/14797"

  let installation: Installation
  let registry: Registry
  private let stack: Stack

  /// An account of the commune, of the province, or of nobody: whoever has the role.
  static func account(_ role: Role) -> Caller.Account { "a-\(role.rawValue)".slug }

  static func neighbour(_ role: Role) -> Caller.Account { "b-\(role.rawValue)".slug }

  /// Who administers the whole province.
  static let administrator: Caller.Account = "c-administrator"

  static func start(in place: Place) async throws -> Town {
    let installation = Installation(place.path("xaso"))
    let stack = Stack(in: installation)
    try await stack.start(port: 0)
    // The one who started the stack is an administrator too.
    try await installation.enroll([.init(account: account(.operator), unit: nil, office: nil, roles: [.operator])])
    for role in Role.allCases where role != .operator && role != .invited {
      let unit: Schema.Unit = role == .province ? home.provinceUnit : home
      try await installation.enroll([.init(account: account(role), unit: unit, office: Samples.office, roles: [role])])
      guard role != .province else { continue }
      try await installation.enroll([
        .init(account: neighbour(role), unit: neighbour, office: Samples.office, roles: [role])
      ])
    }
    try await installation.enroll([
      .init(account: administrator, unit: home.provinceUnit, office: Samples.office, roles: [.administrator])
    ])
    try await invite(in: installation)
    return Town(installation, stack, try Registry.load(from: installation.path("registry.yaml")))
  }

  /// Somebody who has joined, and keeps the invitation.
  private static func invite(in installation: Installation) async throws {
    let invitation = CurveKeys.generate()
    try invitation.save(to: installation.profileKeyPath(account(.invited)))
    try await Session.with(installation.profilePath("operator")) { session in
      let request = Invite(
        key: try invitation.publicKey.asIdentityKey, account: "joined", office: nil, roles: [Open(.auditor)],
        expires: Timestamp(milliseconds: Timestamp.now.milliseconds + 3_600_000))
      _ = try await session.ask(request, in: home)
    }
    try await Session.with(installation.profile(of: "joined", unit: home), invitation) { session in
      _ = try await session.ask(Join(key: try CurveKeys.generate().publicKey.asIdentityKey), in: nil)
    }
  }

  private init(_ installation: Installation, _ stack: Stack, _ registry: Registry) {
    (self.installation, self.stack, self.registry) = (installation, stack, registry)
  }

  func stop() async throws { try await stack.stop() }

  func endpoint(of service: ServiceName) throws -> String {
    guard let endpoint = registry[service]?.requests else { throw SettingsError("\(service) is nowhere") }
    return endpoint
  }

  func key(of service: ServiceName) throws -> PublicKey {
    guard let key = registry[service]?.key else { throw SettingsError("\(service) has no key") }
    return key
  }

  /// What an account of the town has in its profile.
  func security(of account: Caller.Account) throws -> Security {
    .client(keys: try .load(from: installation.path("profiles", "\(account).key")), server: try key(of: Gateways.name))
  }

  /// One process as another one knows it.
  func security(of process: ServiceName, towards service: ServiceName) throws -> Security {
    .client(keys: try .load(from: installation.path("keys", "\(process).key")), server: try key(of: service))
  }

  func log(of process: ServiceName) throws -> String {
    try String(contentsOfFile: installation.path("logs", "\(process).log"), encoding: .utf8)
  }

  /// All rows of all tables of all stores, by table; but the audit, and what commands were answered and said in refusal.
  func dump() async throws -> [String: [String]] {
    var tables: [String: [String]] = [:]
    for service in Catalogue.contracts.map({ $0.name }) {
      let rows = try await rows(of: service) { database -> [String: [String]] in
        let names = try String.fetchAll(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
        return try names.filter { $0 != "audit" }.reduce(into: [String: [String]]()) { rows, name in
          let condition =
            switch name {
            case "command_record": "WHERE status = 200"
            case "outbox": "WHERE topic NOT LIKE '%/entry.refused'"
            // How far what budget says was read; it has said nothing else than its refusals.
            case "stream_cursor", "inbox": "WHERE stream <> 'budget'"
            // What notifications says by the clock, and where it has looked.
            case "notice": "WHERE stream <> 'notifications'"
            case "round", "standing", "telling", "letter", "letter_notice": "WHERE 1 = 0"
            // On which day somebody came, whatever was answered.
            case "account_seen", "key_seen": "WHERE 1 = 0"
            default: ""
            }
          rows[name] = try Row.fetchAll(database, sql: "SELECT * FROM \(name) \(condition)").map(\.description).sorted()
        }
      }
      for (name, content) in rows { tables["\(service).\(name)"] = content }
    }
    return tables
  }

  /// `status method note` of each audit row.
  func audit(of service: ServiceName) async throws -> [String] {
    try await rows(of: service) { database in
      try Row.fetchAll(database, sql: "SELECT status, method, note FROM audit ORDER BY seq").map { row in
        let (status, method, note): (Int, String, String?) = (row["status"], row["method"], row["note"])
        return "\(status) \(method) \(note ?? "")"
      }
    }
  }

  private func rows<Rows: Sendable>(
    of service: ServiceName, _ read: @escaping @Sendable (GRDB.Database) throws -> Rows
  ) async throws -> Rows {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: installation.path("stores", "\(service).sqlite"), configuration: configuration)
    return try await queue.read(read)
  }
}

extension String {
  fileprivate var slug: Slug { Slug(stringLiteral: self) }
}
