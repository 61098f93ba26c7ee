import Bench
import Bus
import Foundation
import Schema
import Service
import Storage
import Testing
import ZeroMQ

@testable import xaso

/// A front door on a bench of its own, with a directory that the test tells, towards services that the test plays.
final class House: Sendable {
  let bench: Bench
  let door: Door
  let directory: Directory
  let audit: Database
  let endpoint: String

  /// Lan (focal), Hoa (clerk), a machine that follows, the operator, and an administrator.
  static let people = [
    "lan 38/15043 vh-xh focal", "hoa 38/15043 vp clerk", "may 38/15043 - subscriber", "op - - operator",
    "minh 38/15043 vp administrator",
  ]

  /// - Parameter identity: Where identity answers; nowhere unless the test says so.
  static func open(
    _ place: Place, keys: Keys, plans: String, notifications: String, identity: String? = nil,
    clock: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) async throws -> House {
    let directory = Directory(clock: clock)
    try directory.admit(people.map { try #require(Caller($0)) }.map { ($0, keys["\($0.account)"].publicKey) })
    directory.confirm(.zero)
    let bench = try await Bench(keys: keys)
    let audit = try await Database.open(place.path("gateway.sqlite"), service: Gateways.name, migrations: [])
    let door = Door(
      directory, audit: audit, copier: StoreCopier(of: audit, to: nil), in: bench.context, on: bench.loop,
      log: bench.log)
    var played: [ServiceName: String] = [Plans.name: plans, Notifications.name: notifications]
    played[Identity.name] = identity
    var registry = Registry(entries: [:])
    for contract in Catalogue.contracts where contract.name != Gateways.name {
      // Nobody is where those are that the test does not play.
      let name = contract.name.description
      let requests = played[contract.name] ?? "ipc://" + place.path("nobody.\(name)")
      registry.entries[name] = Registry.Entry(key: keys[name].publicKey, requests: requests)
    }
    let endpoint = try await door.open("tcp://127.0.0.1:*", registry, keys: keys["gateway"])
    try await door.serve()
    return House(bench, door, directory, audit, endpoint)
  }

  private init(_ bench: Bench, _ door: Door, _ directory: Directory, _ audit: Database, _ endpoint: String) {
    (self.bench, self.door, self.directory, self.audit) = (bench, door, directory, audit)
    self.endpoint = endpoint
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

  /// Shuts somebody out, as identity would tell it.
  func withdraw(_ name: String) throws {
    let account = try #require(Caller.Account(name))
    try directory.tell(AccountRevoked(unit: "38/15043", account: account, reason: "left"))
  }
}

extension Directory {
  /// What identity would tell, as the next event of its stream.
  func tell(_ event: some Event) throws {
    let sequence = sequence + 1
    let told = CloudEvent(event, id: UUIDv7(), time: .now, sequence: sequence, correlation: nil)
    try apply([Codec.encode(told)], through: sequence)
  }

  func admit(_ people: [(Caller, PublicKey)]) throws {
    for (caller, key) in people {
      let seat = Seat(
        key: try key.asIdentityKey, account: caller.account, unit: caller.unit, office: caller.office,
        roles: caller.roles.map { Open($0) })
      try tell(KeyAdmitted(unit: caller.unit ?? Identity.nowhere, seat: seat))
    }
  }
}
