import Bench
import Bus
import Foundation
import Schema
import Service
import Storage
import Testing
import ZeroMQ

@testable import xaso

/// A front door on a bench of its own, with accounts in a file, towards services that the test plays.
final class House: Sendable {
  let bench: Bench
  let door: Door
  let directory: Directory
  let audit: Database
  let endpoint: String
  private let accounts: String

  /// Lan (focal), Hoa (clerk), a machine that follows, and the operator.
  static let people = [
    "lan": "unit: 38/15043, office: vh-xh, roles: [focal]", "hoa": "unit: 38/15043, office: vp, roles: [clerk]",
    "may": "unit: 38/15043, roles: [subscriber]", "op": "roles: [operator]",
  ]

  static func open(_ place: Place, keys: Keys, plans: String, notifications: String) async throws -> House {
    let accounts = place.path("accounts.yaml")
    try write(people, keys, to: accounts)
    let directory = try Directory(path: accounts)
    let bench = try await Bench(keys: keys)
    let audit = try await Database.open(place.path("gateway.sqlite"), service: Gateways.name, migrations: [])
    let door = Door(directory, audit: audit, in: bench.context, on: bench.loop, log: bench.log)
    let registry = Registry(entries: [
      "plans": .init(key: keys["plans"].publicKey, requests: plans),
      "notifications": .init(key: keys["notifications"].publicKey, requests: notifications),
    ])
    let endpoint = try await door.open("tcp://127.0.0.1:*", registry, keys: keys["gateway"])
    try await door.serve()
    return House(bench, door, directory, audit, endpoint, accounts)
  }

  private init(
    _ bench: Bench, _ door: Door, _ directory: Directory, _ audit: Database, _ endpoint: String, _ accounts: String
  ) {
    (self.bench, self.door, self.directory, self.audit) = (bench, door, directory, audit)
    (self.endpoint, self.accounts) = (endpoint, accounts)
  }

  func close() async {
    await door.close()
    await audit.close()
    await bench.close()
  }

  /// Returns when a service is there, or is not: as often as it was so until now.
  func wait(for line: String, times: Int = 1) async throws {
    try await bench.lines.lines.wait { $0.count { $0.contains(line) } >= times }
  }

  /// A connection of one of the people.
  func visitor(_ name: String, on bench: Bench) async throws -> RawDealer {
    try await RawDealer.connect(to: endpoint, bench.keys.client(name, of: "gateway"), on: bench)
  }

  /// Strikes somebody off.
  func withdraw(_ name: String) throws {
    try Self.write(Self.people.filter { $0.key != name }, bench.keys, to: accounts)
    try directory.reload()
  }

  private static func write(_ people: [String: String], _ keys: Keys, to path: String) throws {
    let lines = people.map { "- {account: \($0), keys: ['\(keys[$0].publicKey)'], \($1)}" }
    try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
  }
}
