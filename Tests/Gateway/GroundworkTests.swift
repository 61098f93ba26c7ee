import Bench
import Foundation
import Schema
import Service
import Testing
import Yams
import ZeroMQ

@testable import xaso

@Suite("The groundwork of an installation") struct GroundworkTests {
  private let place: Place

  init() throws { place = try Place() }

  private func lay() throws -> Registry {
    try Groundwork(place.folder.path).lay(at: .loopback)
    return try Registry.load(from: place.path("public/registry.yaml"))
  }

  private func keyPath(_ name: String) -> String { place.path("keys/\(name)/\(name).key") }

  @Test("is a key for each process in a folder of its own, and a registry that names them") func keys() throws {
    let registry = try lay()
    #expect(Set(registry.entries.keys) == Set(Catalogue.contracts.map { $0.name.description }))
    for (name, entry) in registry.entries {
      #expect(try CurveKeys.load(from: keyPath(name)).publicKey == entry.key)
      #expect(try FileManager.default.contentsOfDirectory(atPath: place.path("keys/\(name)")) == ["\(name).key"])
    }
    let endpoints = registry.entries.values.flatMap { [$0.requests, $0.events] }.compactMap(\.self)
    #expect(Set(endpoints).count == endpoints.count)
  }

  @Test("names the first administrator to identity, and gives who operates a profile") func administrator() throws {
    let registry = try lay()
    let (profile, keys) = try Profile.load(from: place.path("operator/profile.yaml"))
    #expect(profile.serverKey == registry[Gateways.name]?.key)
    let settings = try String(contentsOfFile: place.path("public/identity.yaml"), encoding: .utf8)
    let read = try YAMLDecoder().decode([String: [String: [String: String]]].self, from: settings)
    #expect(read == ["xaso": ["first": ["administrator": keys.publicKey.z85]]])
    #expect(!settings.contains(keys.secretKey.revealed()))
  }

  @Test("laid again keeps every key, and what was changed by hand") func again() throws {
    var registry = try lay()
    let keys = registry.entries.mapValues(\.key)
    let administrator = try Profile.load(from: place.path("operator/profile.yaml")).1
    registry.entries["plans"]?.requests = "tcp://10.0.0.5:7420"
    registry.entries["gateway-2"] = Registry.Entry(key: CurveKeys.generate().publicKey)
    try registry.yaml.write(toFile: place.path("public/registry.yaml"), atomically: true, encoding: .utf8)

    let later = try lay()
    #expect(later.entries.mapValues(\.key).filter { $0.key != "gateway-2" } == keys)
    #expect(later.entries["plans"]?.requests == "tcp://10.0.0.5:7420")
    #expect(later.entries["gateway-2"]?.key == registry.entries["gateway-2"]?.key)
    #expect(try Profile.load(from: place.path("operator/profile.yaml")).1.publicKey == administrator.publicKey)
  }

  @Test("a key that was lost is made anew, and the registry names it") func lost() throws {
    let before = try lay()
    try FileManager.default.removeItem(atPath: keyPath("plans"))
    let after = try lay()
    #expect(after.entries["plans"]?.key != before.entries["plans"]?.key)
    #expect(after.entries["plans"]?.key == (try CurveKeys.load(from: keyPath("plans")).publicKey))
    #expect(after.entries["budget"]?.key == before.entries["budget"]?.key)
  }

  @Test("a successor of the gateway gets a key, which becomes the gateway's in the end, and not by chance")
  func successor()
    throws
  {
    let before = try lay()
    let groundwork = Groundwork(place.folder.path)
    #expect(throws: Complaint.self) { try groundwork.succeed() }
    try groundwork.lay(at: .loopback, hasSuccessor: true)
    let during = try Registry.load(from: place.path("public/registry.yaml"))
    let next = try #require(during.entries["gateway-next"]?.key)
    #expect(try CurveKeys.load(from: keyPath("gateway-next")).publicKey == next)
    #expect(during.entries.filter { $0.key != "gateway-next" }.mapValues(\.key) == before.entries.mapValues(\.key))
    #expect(try Profile.load(from: place.path("operator/profile.yaml")).0.serverKey == before[Gateways.name]?.key)

    // Who took the setting away before the end would strand those who went to the new door.
    #expect(throws: Complaint.self) { try lay() }
    try groundwork.succeed()
    let after = try lay()
    #expect(after.entries["gateway-next"] == nil)
    #expect(after[Gateways.name]?.key == next)
    #expect(after[Gateways.name]?.requests == before[Gateways.name]?.requests)
    #expect(try CurveKeys.load(from: keyPath("gateway")).publicKey == next)
    #expect(!FileManager.default.fileExists(atPath: keyPath("gateway-next")))
    #expect(try Profile.load(from: place.path("operator/profile.yaml")).0.serverKey == next)
  }

  @Test("who operates is told the address at which the registry has the gateway") func address() throws {
    try Groundwork(place.folder.path).lay(at: .named)
    #expect(try Profile.load(from: place.path("operator/profile.yaml")).0.server == "tcp://gateway:7400")
  }
}
