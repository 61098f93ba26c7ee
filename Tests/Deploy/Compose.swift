import Yams

/// What the tests look at in docker-compose.yml. What is not set is not there: no default of the engine's is taken for ours.
struct Compose: Decodable {
  struct Service: Decodable {
    struct Build: Decodable {
      var context: String
      var dockerfile: String
    }

    struct Logging: Decodable {
      var driver: String
      var options: [String: String]
    }

    struct Healthcheck: Decodable {
      var test: [String]
    }

    struct Dependency: Decodable {
      var condition: String
    }

    var image: String
    var build: Build
    var profiles: [String]?
    var entrypoint: [String]?
    var command: [String]
    var initial: Bool
    var user: String
    var readOnly: Bool
    var ipc: String
    var tmpfs: [String]
    var capDrop: [String]
    var capAdd: [String]?
    var ulimits: [String: Int]
    var privileged: Bool?
    var securityOpt: [String]
    var memory: String
    var swap: String
    var pids: String
    var logging: Logging
    var restart: String
    var networks: [String]?
    var networkMode: String?
    var ports: [String]?
    var environment: [String: String]?
    var volumes: [String]
    var healthcheck: Healthcheck?
    var dependencies: [String: Dependency]?

    enum CodingKeys: String, CodingKey {
      case image, build, command, user, ipc, tmpfs, privileged, logging, restart, networks, ports, environment, volumes
      case healthcheck, profiles, entrypoint, ulimits
      case initial = "init"
      case readOnly = "read_only"
      case capDrop = "cap_drop"
      case capAdd = "cap_add"
      case securityOpt = "security_opt"
      case memory = "mem_limit"
      case swap = "memswap_limit"
      case pids = "pids_limit"
      case networkMode = "network_mode"
      case dependencies = "depends_on"
    }

    var mounts: [Mount] { volumes.map(Mount.init) }
  }

  struct Mount: Equatable {
    var volume: String
    var place: String
    var isReadOnly: Bool

    /// Of a volume that a setting names, the setting's default.
    init(_ text: String) {
      let parts = text.replacing(/\$\{\w+:-([^}]*)\}/) { $0.1 }.split(separator: ":").map(String.init)
      volume = parts[0]
      place = parts.count > 1 ? parts[1] : ""
      isReadOnly = parts.count > 2 && parts[2] == "ro"
    }
  }

  struct Network: Decodable {
    var isInternal: Bool?

    enum CodingKeys: String, CodingKey { case isInternal = "internal" }
  }

  var services: [String: Service]
  var networks: [String: Network]
  var volumes: [String: String?]

  static func read() throws -> Compose {
    try YAMLDecoder().decode(Compose.self, from: try Files.text("docker-compose.yml"))
  }
}
