import ArgumentParser
import Bench
import Foundation
import Schema
import Testing
import ZeroMQ

@testable import xaso

@Suite("A profile")
struct ProfileTests {
  private let place: Place
  private let keys = CurveKeys.generate()
  private let server = CurveKeys.generate().publicKey

  init() throws {
    place = try Place()
    try keys.save(to: place.path("lan.key"))
  }

  private func write(_ text: String) throws -> String {
    try text.write(toFile: place.path("lan.yaml"), atomically: true, encoding: .utf8)
    return place.path("lan.yaml")
  }

  @Test("is read as it was saved, with the key beside it") func saved() throws {
    let profile = Profile(server: "tcp://127.0.0.1:7400", serverKey: server, keyFile: "lan.key", unit: "38/15043")
    try profile.save(to: place.path("lan.yaml"))
    let (read, found) = try Profile.load(from: place.path("lan.yaml"))
    #expect(read.server == profile.server)
    #expect(read.serverKey == server)
    #expect(read.unit == "38/15043")
    #expect(found.publicKey == keys.publicKey)
  }

  @Test("may name its key by an absolute path, and no unit") func absolute() throws {
    let path = try write("server: tcp://x:1\nserverKey: '\(server)'\nkeyFile: \(place.path("lan.key"))\n")
    let (profile, found) = try Profile.load(from: path)
    #expect(profile.unit == nil)
    #expect(found.publicKey == keys.publicKey)
  }

  @Test(
    "with a mistake says what to do, in both languages",
    arguments: [
      "", "server: x", "just text", "server: tcp://x:1\nserverKey: short\nkeyFile: lan.key\n",
      "server: tcp://x:1\nserverKey: '…KEY…'\nkeyFile: nobody.key\n",
      "server: tcp://x:1\nserverKey: '…KEY…'\nkeyFile: lan.key\nunit: nowhere\n",
    ])
  func mistakes(_ text: String) throws {
    let path = try write(text.replacing("…KEY…", with: server.z85))
    let complaint = #expect(throws: Complaint.self) { try Profile.load(from: path) }
    #expect(complaint?.code.rawValue == 78)
    #expect(complaint?.text.en.isEmpty == false)
    #expect(complaint?.text.vi.isEmpty == false)
  }

  @Test("that is not there says how to name one") func missing() {
    let complaint = #expect(throws: Complaint.self) { try Profile.load(from: place.path("nobody.yaml")) }
    #expect(complaint?.text.en.contains("--profile") == true)
  }

  @Test("with a key that others can read is not used") func exposed() throws {
    chmod(place.path("lan.key"), 0o644)
    let path = try write("server: tcp://x:1\nserverKey: '\(server)'\nkeyFile: lan.key\n")
    #expect(throws: Complaint.self) { try Profile.load(from: path) }
  }
}
