import ArgumentParser
import Bench
import Foundation
import Schema
import Service
import Testing

@testable import xaso

/// That a stack of containers is what the operations manual promises, as far as the file itself can tell.
@Suite("The compose file") struct ComposeTests {
  let compose: Compose

  init() throws { compose = try Compose.read() }

  private var processes: [(name: String, service: Compose.Service)] {
    get throws { try Groundwork.processes.map { ($0, try #require(compose.services[$0])) } }
  }

  @Test("runs each process and the setup, by executables and commands that there are") func commands() throws {
    #expect(Set(compose.services.keys) == Set(Groundwork.processes + ["setup", "gateway-next", "keeper"]))
    let executables = try Files.executables()
    for (name, service) in compose.services {
      let command = (service.entrypoint ?? []) + service.command
      #expect(executables.contains(try #require(command.first)), "\(name)")
      switch name {
      case "setup": #expect(try Xaso.parseAsRoot(Array(service.command.dropFirst())) is SetupCommand)
      case "keeper": #expect(command == ["xaso", "backup", "--help"])
      case "gateway", "gateway-next": #expect(try Xaso.parseAsRoot(Array(service.command.dropFirst())) is ServeCommand)
      default: #expect(service.command == ["xaso-\(name)"])
      }
    }
  }

  @Test("asks each process how it is, by its own command") func healthchecks() throws {
    for (name, service) in try processes {
      #expect(service.healthcheck?.test == ["CMD", try #require(service.command.first), "health"], "\(name)")
    }
    #expect(try Xaso.parseAsRoot(["health"]) is HealthCommand)
  }

  @Test("the setup comes first, and the gateway when the services are healthy") func order() throws {
    for (name, service) in try processes {
      var expected = ["setup": "service_completed_successfully"]
      if name == "gateway" {
        for other in Groundwork.processes where other != name { expected[other] = "service_healthy" }
      }
      #expect(service.dependencies?.mapValues(\.condition) == expected, "\(name)")
      #expect(service.restart == "always", "\(name): whatever ended it, the host's next start brings it back")
    }
    #expect(compose.services["setup"]?.restart == "no")
    #expect(compose.services["setup"]?.dependencies == nil)
  }

  @Test("each container sees its own secret key, which it cannot change, and no other's") func secrets() throws {
    for (name, service) in try processes {
      let keys = service.mounts.filter { $0.place.hasPrefix("/etc/xaso/keys") || $0.volume.hasSuffix("-key") }
      #expect(keys == [Compose.Mount("\(name)-key:/etc/xaso/keys/\(name):ro")], "\(name)")
      #expect(service.environment?["XASO_KEY_FILE"] == "/etc/xaso/keys/\(name)/\(name).key", "\(name)")
      #expect(service.mounts.contains(Compose.Mount("public:/etc/xaso/public:ro")), "\(name)")
      #expect(service.environment?["XASO_REGISTRY_FILE"] == "/etc/xaso/public/registry.yaml", "\(name)")
      // By which a change of it starts them again, and has them read the registry anew.
      #expect(service.environment?["XASO_SUCCESSOR_PORT"] == "${XASO_SUCCESSOR_PORT:-}", "\(name)")
      #expect(service.mounts.contains { $0.volume == "operator" } == (name == "gateway"), "\(name)")
    }
  }

  @Test(
    "each keeps its store and the copy of it in a volume of its own; besides it writes its figures, and nothing else")
  func stores() throws {
    let metrics = Compose.Mount("metrics:/var/lib/xaso-metrics")
    for (name, service) in try processes {
      let store = Compose.Mount("\(name):/var/lib/xaso/\(name)")
      #expect(service.mounts.filter { !$0.isReadOnly } == [store, metrics], "\(name)")
      #expect(service.environment?["XASO_STORE"] == "\(store.place)/\(name).sqlite", "\(name)")
      #expect(service.environment?["XASO_BACKUP"] == "\(store.place)/copy", "\(name)")
      #expect(service.environment?["XASO_METRICS"] == metrics.place, "\(name)")
    }
    let setup = try #require(compose.services["setup"])
    #expect(!setup.mounts.contains { Groundwork.processes.contains($0.volume) }, "it has no business with the stores")
    #expect(setup.networkMode == "none")
    let used = Set(compose.services.values.flatMap(\.mounts).map(\.volume))
    #expect(Set(compose.volumes.keys) == used)
  }

  @Test("the person register's keys outlive their container, where identity can write them") func registerKeys() throws
  {
    let identity = try #require(compose.services["identity"])
    let path = try #require(identity.environment?["XASO_REGISTER_KEYS"])
    let mount = identity.mounts.first { path.hasPrefix($0.place + "/") }
    #expect(mount?.isReadOnly == false)
    #expect(mount.map { compose.volumes.keys.contains($0.volume) } == true)
  }

  @Test("the keeper finds every store and copy where its process puts them, and is alone with the backups")
  func keeper() throws {
    let keeper = try #require(compose.services["keeper"])
    #expect(keeper.profiles == ["keeping"] && keeper.restart == "no")
    let mounts = Dictionary(uniqueKeysWithValues: keeper.mounts.map { ($0.volume, $0) })
    #expect(Set(mounts.keys) == Set(Groundwork.processes + ["backup", "operator"]))
    for (name, service) in try processes {
      #expect(mounts[name] == Compose.Mount("\(name):/var/lib/xaso/\(name)"))
      for (own, pattern) in [("XASO_STORE", "XASO_STORES"), ("XASO_BACKUP", "XASO_BACKUP")] {
        let expanded = keeper.environment?[pattern]?.replacing("{service}", with: name)
        #expect(expanded == service.environment?[own], "\(name)")
      }
      #expect(!service.mounts.contains { $0.volume == "backup" }, "\(name)")
    }
    #expect(mounts["operator"]?.isReadOnly == true)
    #expect(keeper.networks == ["inside"])
  }

  @Test("the gateway's successor is started in a rotation only, with a key and a port of its own") func successor()
    throws
  {
    let (next, gateway) = (try #require(compose.services["gateway-next"]), try #require(compose.services["gateway"]))
    #expect(next.profiles == ["rotation"])
    #expect(compose.services.filter { $0.value.profiles == nil }.count == Groundwork.processes.count + 1)
    let keys = next.mounts.filter { $0.volume.hasSuffix("-key") }
    #expect(keys == [Compose.Mount("gateway-next-key:/etc/xaso/keys/gateway-next:ro")])
    #expect(next.environment?["XASO_KEY_FILE"] == "/etc/xaso/keys/gateway-next/gateway-next.key")
    #expect(next.mounts.filter { !$0.isReadOnly } == [Compose.Mount("gateway-next:/var/lib/xaso/gateway-next")])
    #expect(next.environment?["XASO_METRICS"] == "", "the figures of the gateway are the other one's")
    #expect(next.ports == ["${XASO_BIND:-0.0.0.0}:${XASO_SUCCESSOR_PORT:-}:7400"])
    #expect(next.dependencies?.mapValues(\.condition) == gateway.dependencies?.mapValues(\.condition))
    #expect(next.restart == gateway.restart && next.networks == gateway.networks && next.command == gateway.command)
    #expect(next.healthcheck?.test == gateway.healthcheck?.test)
  }

  @Test("only the gateway's port is published, and only it is on a network that leads out") func network() throws {
    #expect(compose.networks["inside"]?.isInternal == true)
    for (name, service) in try processes {
      #expect((service.ports?.count ?? 0) == (name == "gateway" ? 1 : 0), "\(name)")
      #expect(service.networks == (name == "gateway" ? ["inside", "outside"] : ["inside"]), "\(name)")
      #expect(service.networkMode == nil, "\(name)")
    }
  }

  @Test("no container has a right that it does not need") func hardening() {
    for (name, service) in compose.services {
      #expect(service.user == "10001:10001", "\(name)")
      #expect(service.initial && service.readOnly, "\(name)")
      #expect(service.ipc == "none", "\(name)")
      #expect(service.tmpfs.count == 1 && service.tmpfs[0].hasPrefix("/tmp:"), "\(name)")
      #expect(service.capDrop == ["ALL"] && service.capAdd == nil && service.privileged == nil, "\(name)")
      #expect(service.securityOpt == ["no-new-privileges:true"], "\(name)")
      #expect(service.memory == service.swap, "\(name): no swap beyond its memory")
      #expect(!service.pids.isEmpty, "\(name)")
      #expect(service.ulimits["msgqueue"] == 0, "\(name)")
      #expect(service.logging.driver == "json-file", "\(name)")
      #expect(Set(service.logging.options.keys) == ["max-size", "max-file"], "\(name)")
    }
  }

  @Test("every container is of one image, which is named by the version") func image() throws {
    for (name, service) in compose.services {
      #expect(service.image == "${XASO_IMAGE:-xaso:\(version)}", "\(name)")
      #expect(service.build.context == "." && service.build.dockerfile == "deploy/Dockerfile", "\(name)")
    }
  }

  @Test("they listen where the registry says that they are") func endpoints() throws {
    let place = try Place()
    try Groundwork(place.folder.path).lay(at: .named)
    let registry = try Registry.load(from: place.path("public/registry.yaml"))
    for (name, service) in try processes {
      let entry = try #require(registry.entries[name])
      let everywhere = { (endpoint: String) in endpoint.replacing("//\(name):", with: "//*:") }
      #expect(service.environment?["XASO_LISTEN_REQUESTS"] == entry.requests.map(everywhere), "\(name)")
      #expect(service.environment?["XASO_LISTEN_EVENTS"] == entry.events.map(everywhere), "\(name)")
    }
    #expect(compose.services["gateway"]?.ports?.first?.hasSuffix(":7400") == true)
    #expect(registry.entries["gateway"]?.requests == "tcp://gateway:7400")
  }

  @Test("every setting stands in xaso.env with the same default, under words that say what it is for")
  func settings() throws {
    var expected: [String: String] = [:]
    for match in try Files.text("docker-compose.yml").matches(of: /\$\{(\w+):-([^}]*)\}/) {
      let (name, value) = (String(match.1), String(match.2))
      #expect(expected[name] == nil || expected[name] == value, "\(name) has two defaults")
      expected[name] = value
    }
    #expect(!(try Files.text("docker-compose.yml")).contains(/\$(?!\{\w+:-)/), "a setting without a default")
    var found: [String: String] = [:]
    for block in try Files.text("deploy/xaso.env").split(separator: "\n\n") {
      #expect(block.hasPrefix("# "))
      for line in block.split(separator: "\n") where !line.hasPrefix("#") {
        let parts = line.split(separator: "=", maxSplits: 1).map(String.init)
        found[parts[0]] = parts.count > 1 ? parts[1] : ""
      }
    }
    // Compose's own.
    #expect(found.removeValue(forKey: "COMPOSE_PROFILES") == "")
    #expect(found == expected)
    let linked = try Files.text(".env")
    #expect(try linked == Files.text("deploy/xaso.env"), ".env is a link to it")
  }
}
