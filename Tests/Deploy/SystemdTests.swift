import ArgumentParser
import Bench
import Foundation
import Schema
import Service
import Testing

@testable import xaso

/// That the units run what there is, each process as its own user with its own key, and with no right to spare.
@Suite("The systemd units") struct SystemdTests {
  private func unit(of name: String) throws -> UnitFile {
    switch name {
    case "gateway-next":
      try UnitFile("xaso@.service", "xaso@gateway-next.service.d/10-gateway-next.conf", instance: name)
    case "gateway": try UnitFile("xaso@.service", "xaso@gateway.service.d/10-gateway.conf", instance: name)
    case "identity": try UnitFile("xaso@.service", "xaso@identity.service.d/10-identity.conf", instance: name)
    default: try UnitFile("xaso@.service", instance: name)
    }
  }

  @Test("the target starts every process") func target() throws {
    let wanted = try #require(try UnitFile("xaso.target")["Wants"]).joined(separator: " ").split(separator: " ")
    #expect(Set(wanted.map(String.init)) == Set(Groundwork.processes.map { "xaso@\($0).service" }))
  }

  private static let instances = Groundwork.processes + [Gateways.successorName]

  @Test("each runs an executable that is installed, and is started again", arguments: instances)
  func executable(name: String) throws {
    let unit = try unit(of: name)
    let command = try #require(unit["ExecStart"])
    #expect(command == [name.hasPrefix("gateway") ? "/usr/local/bin/xaso serve" : "/usr/local/bin/xaso-\(name)"])
    let file = try #require(command[0].split(separator: " ").first?.split(separator: "/").last)
    #expect(try Files.executables().contains(String(file)))
    #expect(unit["Restart"] == ["always"])
    #expect(unit["Requires"] == ["xaso-setup.service"])
    #expect(unit["PartOf"] == ["xaso.target"])
  }

  @Test("each has a user, a key and a store of its own", arguments: instances)
  func own(name: String) throws {
    let unit = try unit(of: name)
    #expect(unit["User"] == ["xaso-\(name)"])
    #expect(unit["StateDirectory"] == ["xaso/\(name)"])
    #expect(unit["StateDirectoryMode"] == ["0700"])
    #expect(unit.environment["XASO_KEY_FILE"] == "/etc/xaso/keys/\(name)/\(name).key")
    #expect(unit.environment["XASO_STORE"] == "/var/lib/xaso/\(name)/\(name).sqlite")
    #expect(unit.environment["XASO_REGISTRY_FILE"] == "/etc/xaso/public/registry.yaml")
    // A copy for backups is its own too; figures are for others to read.
    #expect(unit.environment["XASO_BACKUP"] == "/var/lib/xaso/\(name)/copy")
    #expect(unit.environment["XASO_METRICS"] == (name == Gateways.successorName ? "" : "/run/xaso/\(name)"))
    #expect(unit["RuntimeDirectory"] == ["xaso/\(name)"])
    #expect(unit["RuntimeDirectoryMode"] == ["0755"])
    let users = try Files.text("deploy/systemd/sysusers.conf").split(separator: "\n")
    #expect(users.contains { $0.hasPrefix("u xaso-\(name) ") })
    let owners = try Files.text("deploy/systemd/tmpfiles.conf").split(separator: "\n")
    #expect(owners.contains("Z /etc/xaso/keys/\(name) ~0700 xaso-\(name) xaso-\(name)"))
  }

  @Test("no process has a right that it does not need", arguments: instances)
  func hardening(name: String) throws {
    let unit = try unit(of: name)
    let yes = [
      "NoNewPrivileges", "ProtectHome", "PrivateTmp", "PrivateDevices", "PrivateUsers", "PrivateMounts",
      "ProtectClock", "ProtectControlGroups", "ProtectHostname", "ProtectKernelLogs", "ProtectKernelModules",
      "ProtectKernelTunables", "LockPersonality", "MemoryDenyWriteExecute", "RestrictNamespaces", "RestrictRealtime",
      "RestrictSUIDSGID", "RemoveIPC",
    ]
    for key in yes { #expect(unit[key] == ["yes"], "\(key)") }
    #expect(unit["ProtectSystem"] == ["strict"])
    #expect(unit["ProtectProc"] == ["invisible"])
    #expect(unit["InaccessiblePaths"] == ["-/etc/xaso/operator"])
    #expect(unit["CapabilityBoundingSet"] == [])
    #expect(unit["AmbientCapabilities"] == [])
    #expect(unit["SystemCallFilter"]?.first == "@system-service")
    #expect(unit["UMask"] == ["0077"])
    #expect(unit["MemoryMax"]?.isEmpty == false)
    #expect(unit["TasksMax"]?.isEmpty == false)
  }

  @Test("only the gateway hears other machines, and all may bind what they have to") func network() throws {
    let place = try Place()
    try Groundwork(place.folder.path).lay(at: .loopback)
    let registry = try Registry.load(from: place.path("public/registry.yaml"))
    for name in Groundwork.processes {
      let unit = try unit(of: name)
      #expect(unit["IPAddressDeny"] == (name == "gateway" ? [] : ["any"]))
      #expect(unit["SocketBindDeny"] == ["any"])
      let allowed = try #require(unit["SocketBindAllow"]?.first).split { ":-".contains($0) }.compactMap { Int($0) }
      let entry = try #require(registry.entries[name])
      let endpoints = [entry.requests, entry.events].compactMap(\.self)
      let ports = endpoints.compactMap { Int($0.split(separator: ":").last ?? "") }
      #expect(ports.count == endpoints.count && ports.allSatisfy((allowed[0]...allowed[1]).contains))
      #expect(endpoints.allSatisfy { $0.hasPrefix("tcp://127.0.0.1:") })
    }
    let gateway = try unit(of: "gateway")
    #expect(gateway.environment["XASO_LISTEN_REQUESTS"] == "tcp://*:7400")
    let next = try self.unit(of: Gateways.successorName)
    #expect(next.environment["XASO_LISTEN_REQUESTS"] == "tcp://*:7401")
    #expect(next["IPAddressDeny"] == [])
  }

  @Test("the setup is a command that there is, and may do no more than make files and give them away") func setup()
    throws
  {
    let unit = try UnitFile("xaso-setup.service")
    let command = try #require(unit["ExecStart"]?.first).split(separator: " ").map(String.init)
    #expect(command.first == "/usr/local/bin/xaso")
    let parsed = try #require(try Xaso.parseAsRoot(Array(command.dropFirst())) as? SetupCommand)
    #expect(parsed.dir == "/etc/xaso" && parsed.loopback)
    #expect(unit["CapabilityBoundingSet"] == ["CAP_CHOWN CAP_DAC_OVERRIDE CAP_FOWNER"])
    #expect(unit["PrivateNetwork"] == ["yes"])
    #expect(unit["EnvironmentFile"] == ["-/etc/xaso/xaso.env"], "which may name the successor's port")
    #expect(unit["ProtectSystem"] == ["strict"])
  }
}
