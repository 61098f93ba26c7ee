import Bus
import Foundation
import Schema
import Service
import Testing
import ZeroMQ

@testable import xaso

extension SystemTests {
  /// Keys that are replaced while people work, and what is left of the old ones.
  @Suite("Key rotation") struct KeyRotationTests {
    @Test("one's own key: the new one works, the old one does not any more, wherever it was interrupted before")
    func own() async throws {
      try await House.open { house in
        let account = House.focal(House.communes[0])
        let profile = house.installation.profilePath(account)
        let path = house.installation.profileKeyPath(account)
        var old = try CurveKeys.load(from: path)

        for interruption in Interruption.allCases {
          try await house.leave(interruption, of: account)
          let rotated = try await house.xaso(["key", "rotate", "--profile", profile])
          #expect(rotated.status == 0, "\(interruption): \(rotated.output)")
          let new = try CurveKeys.load(from: path)
          #expect(new.publicKey != old.publicKey, "\(interruption)")
          #expect(try await house.mayList(old) == false, "\(interruption)")
          #expect(try await house.mayList(new), "\(interruption)")
          for leftover in [".next", ".old"] { #expect(!FileManager.default.fileExists(atPath: path + leftover)) }
          old = new
        }
        #expect(try await house.xaso(["plan", "list", "--profile", profile]).status == 0)
      }
    }

    @Test("the last key is not given up, and nobody gives up another's")
    func last() async throws {
      try await House.open { house in
        let (own, other) = (House.focal(House.communes[0]), House.clerk(House.communes[0]))
        let client = try house.client(own)
        for (account, status) in [(own, Status.conflict), (other, .notFound)] {
          let key = try CurveKeys.load(from: house.installation.profileKeyPath(account)).publicKey
          let request = WithdrawKey(key: try key.asIdentityKey)
          let refusal = await #expect(throws: Refusal.self) { try await client.send(request, to: nil) }
          #expect(refusal?.status == status)
        }
        let key = try CurveKeys.load(from: house.installation.profileKeyPath(other)).publicKey
        let request = AddKey(key: try key.asIdentityKey)
        let refusal = await #expect(throws: Refusal.self) { try await client.send(request, to: nil) }
        #expect(refusal?.status == .conflict)
      }
    }

    @Test("a service's key: refused while the stack runs; afterwards all processes know each other")
    func service() async throws {
      try await House.open { house in
        let folder = ["--dir", house.installation.directory.path, "--lang", "en"]
        let rotate = ["key", "rotate", "--service", "plans"] + folder
        #expect(try await house.xaso(rotate).output.contains("The stack is running"))
        #expect(try await house.xaso(["key", "rotate", "--service", "gateway"] + folder).status == 64)
        _ = try await house.issue("before", rows: 1)
        for name in House.all.reversed() { #expect(try await house.terminate(name).status == 0) }
        let rotated = try await house.xaso(rotate)
        #expect(rotated.status == 0, "\(rotated.output)")
        try house.installation.prepare(port: try house.installation.port())
        let registry = try Registry.load(from: house.installation.path("registry.yaml"))
        #expect(registry[Plans.name]?.key.z85 == rotated.output)
        for name in House.all { try house.start(name) }
        for name in House.all { try await house.health(of: name) }
        _ = try await house.issue("after", rows: 1)
        try await house.caughtUp()
      }
    }

    @Test("the gateway's key: who pinned the old one is told of the new door in session, and goes there by itself")
    func gateway() async throws {
      try await House.open { house in
        let account = House.focal(House.communes[0])
        let path = house.installation.profilePath(account)
        let before = try Profile.load(from: path).0
        let port = try #require(Int(before.server.split(separator: ":").last ?? "")) + 1
        let next = CurveKeys.generate()
        try await house.open(door: next, at: port)

        // A door that is announced and not there moves nobody.
        try await house.announce(at: 1)
        let list = ["plan", "list", "--lang", "en", "--profile", path]
        #expect(try await house.xaso(list).status == 0)
        #expect(try Profile.load(from: path).0.serverKey == before.serverKey)

        try await house.announce(at: port)
        let told = try await house.xaso(list)
        #expect(told.status == 0, "\(told.output)")
        #expect(told.output.contains("changes its key"))
        let after = try Profile.load(from: path).0
        #expect(after.serverKey == next.publicKey)
        #expect(after.server == "tcp://127.0.0.1:\(port)")

        try house.kill([House.gateway])
        #expect(try await house.xaso(list).status == 0, "the old door is gone")
      }
    }
  }
}

/// Where an earlier rotation stopped.
private enum Interruption: CaseIterable {
  case none, newPairMade, newKeyAdded, oldOneKept, placeTaken
}

extension House {
  fileprivate func leave(_ interruption: Interruption, of account: Caller.Account) async throws {
    let path = installation.profileKeyPath(account)
    let (old, new) = (try CurveKeys.load(from: path), CurveKeys.generate())
    guard interruption != .none else { return }
    try new.save(to: path + ".next")
    guard interruption != .newPairMade else { return }
    let client = try anotherClient(account)
    _ = try await client.send(AddKey(key: try new.publicKey.asIdentityKey), to: nil)
    await client.close()
    guard interruption != .newKeyAdded else { return }
    try old.save(to: path + ".old")
    guard interruption != .oldOneKept else { return }
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: path + ".next", toPath: path)
  }

  fileprivate func mayList(_ keys: CurveKeys) async throws -> Bool {
    let profile = try Profile.load(from: installation.profilePath("operator")).0
    let client = Client(
      to: profile.server, security: .client(keys: keys, server: profile.serverKey), in: House.context, on: House.loop)
    var status = Status.ok
    do throws(Refusal) {
      _ = try await client.send(ListPlans(), to: House.communes[0], ttl: .seconds(5))
    } catch {
      status = error.status
    }
    await client.close()
    return status == .ok
  }

  /// A second front door beside the first, with a key of its own, once all services know it.
  fileprivate func open(door keys: CurveKeys, at port: Int) async throws {
    let folder = Installation(installation.path("next"))
    for name in ["run", "logs", "stores"] {
      try FileManager.default.createDirectory(atPath: folder.path(name), withIntermediateDirectories: true)
    }
    try keys.save(to: folder.path("gateway.key"))
    let path = installation.path("registry.yaml")
    var registry = try Registry.load(from: path)
    registry.entries["gateway-next"] = Registry.Entry(key: keys.publicKey)
    try registry.yaml.write(toFile: path, atomically: true, encoding: .utf8)
    try installation.prepare(port: try installation.port())
    #expect(try Registry.load(from: path).entries["gateway-next"] != nil, "prepare keeps it")
    try kill(House.all)
    for name in House.all { try start(name) }
    var environment = try installation.environment(of: House.gateway)
    environment["XASO_KEY_FILE"] = folder.path("gateway.key")
    environment["XASO_STORE"] = folder.path("stores", "gateway.sqlite")
    environment["XASO_LISTEN_REQUESTS"] = "tcp://127.0.0.1:\(port)"
    try Daemon(House.gateway, in: folder).start(environment: environment)
    try await ready(keys.publicKey, at: port)
  }

  private func ready(_ key: PublicKey, at port: Int) async throws {
    let keys = try CurveKeys.load(from: installation.profileKeyPath("operator"))
    let client = Client(
      to: "tcp://127.0.0.1:\(port)", security: .client(keys: keys, server: key), in: House.context, on: House.loop)
    _ = try await client.send(Health<Gateways>(), to: nil, ttl: .seconds(20))
    await client.close()
  }

  /// Has the first door tell its clients of another one.
  fileprivate func announce(at port: Int) async throws {
    try kill([House.gateway])
    try start(House.gateway, ["XASO_SUCCESSOR_PORT": "\(port)"])
    try await health(of: House.gateway)
    // Asked once a day: this is another day.
    let path = installation.profilePath(House.focal(House.communes[0]))
    var profile = try Profile.load(from: path).0
    profile.asked = nil
    try profile.save(to: path)
  }
}
