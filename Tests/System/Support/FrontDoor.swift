import Bus
import FoundationEssentials
import Glibc
import Schema
import Service
import ZeroMQ

@testable import xaso

/// Where clients come in.
struct FrontDoor {
  let endpoint: String
  let key: PublicKey

  func client(with keys: CurveKeys) -> Client {
    Client(to: endpoint, security: .client(keys: keys, server: key), in: House.context, on: House.loop)
  }

  /// Whether anything answers at its port.
  var isOpen: Bool {
    get throws {
      guard let port = endpoint.split(separator: ":").last.flatMap({ UInt16($0) }) else {
        throw CallFailure("\(endpoint) has no port", 0)
      }
      let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
      defer { close(descriptor) }
      var address = sockaddr_in()
      address.sin_family = sa_family_t(AF_INET)
      address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
      address.sin_port = port.bigEndian
      return withUnsafePointer(to: &address) { address in
        address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
          connect(descriptor, address, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
        }
      }
    }
  }
}

extension House {
  /// The one that the stack has.
  func frontDoor() throws -> FrontDoor {
    let profile = try Profile.load(from: installation.profilePath("operator")).0
    return FrontDoor(endpoint: profile.server, key: profile.serverKey)
  }

  /// Another one beside it, with a key of its own.
  func anotherFrontDoor() async throws -> FrontDoor {
    let folder = try folder("door")
    let keys = CurveKeys.generate()
    try keys.save(to: folder.path("gateway.key"))
    let path = installation.path("registry.yaml")
    var registry = try Registry.load(from: path)
    registry.entries["gateway-2"] = Registry.Entry(key: keys.publicKey)
    try registry.yaml.write(toFile: path, atomically: true, encoding: .utf8)
    // Who is whose peer is read at the start.
    try kill(House.all)
    for name in House.all { try start(name) }
    let endpoint = "ipc://" + folder.path("run", "requests")
    _ = try start(
      House.gateway, in: folder,
      [
        "XASO_STORE": folder.path("stores", "gateway.sqlite"), "XASO_KEY_FILE": folder.path("gateway.key"),
        "XASO_LISTEN_REQUESTS": endpoint,
      ])
    for name in House.all { try await health(of: name) }
    return FrontDoor(endpoint: endpoint, key: keys.publicKey)
  }
}
