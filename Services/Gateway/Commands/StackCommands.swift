import ArgumentParser
import Bus
import Schema

/// Where a stack on this machine lives.
struct DirectoryOption: ParsableArguments {
  @Option(help: "Thư mục của hệ thống trên máy này (mặc định: XASO_DIR). (The stack's folder.)")
  var dir: String = Installation.defaultPath

  var installation: Installation { Installation(dir) }
}

/// `xaso up`: the whole stack on this machine.
struct UpCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "up",
    abstract: "Chạy toàn bộ hệ thống trên máy này, không cần container. (Run the whole stack on this machine.)")

  @OptionGroup var directory: DirectoryOption
  @Option(help: "Cổng trên 127.0.0.1; 0 là cổng bất kỳ. (The port; 0 for any.)") var port = 7400

  func run() async throws {
    let installation = directory.installation
    try await Stack(in: installation).start(port: port)
    print("export XASO_PROFILE=\(installation.profilePath("operator"))")
  }
}

/// `xaso down`: stops what `up` started.
struct DownCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "down", abstract: "Dừng hệ thống trên máy này. (Stop the stack on this machine.)")

  @OptionGroup var directory: DirectoryOption

  func run() async throws {
    try await Stack(in: directory.installation).stop()
    print("Đã dừng. (Stopped.)")
  }
}

/// `xaso status`: how each service is.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tình trạng các dịch vụ. (How each service is.)", aliases: ["tinh-trang"])

  @OptionGroup var options: Options

  func run() async throws {
    try await options.session { session in
      let healths = try await session.healths()
      options.show(HealthTable.of(healths, options.lang), json: healths.compactMap(\.health))
      if healths.contains(where: { $0.health == nil }) { throw ExitCode(69) }
    }
  }
}

/// A service, and how it says it is; nil when it does not answer.
struct Checkup: Sendable {
  var service: ServiceName
  var health: ServiceHealth?
}

extension Session {
  /// All services at once: one that does not answer holds up no other.
  ///
  /// Throws what is wrong with the connection or the account, which no service can be blamed for.
  func healths() async throws -> [Checkup] {
    _ = try await health(of: Gateways.self)
    return await withTaskGroup(of: Checkup.self) { group in
      for contract in Catalogue.contracts {
        group.addTask { Checkup(service: contract.name, health: try? await health(of: contract)) }
      }
      let checkups = await group.reduce(into: [:]) { $0[$1.service] = $1 }
      return Catalogue.contracts.compactMap { checkups[$0.name] }
    }
  }

  func health<S: Contract>(of contract: S.Type, ttl: Duration = .seconds(2)) async throws(Refusal) -> ServiceHealth {
    try await ask(Health<S>(), in: nil, ttl: ttl).value
  }
}

/// Services, a line each.
enum HealthTable {
  static func of(_ checkups: [Checkup], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dịch vụ", en: "Service")),
      .init(title: Text(vi: "Phiên bản", en: "Version")),
      .init(title: Text(vi: "Chạy (s)", en: "Up (s)"), isNumber: true),
      .init(title: Text(vi: "Kho (KiB)", en: "Store (KiB)"), isNumber: true),
      .init(title: Text(vi: "Sự kiện", en: "Events"), isNumber: true),
      .init(title: Text(vi: "Đọc luồng", en: "Streams read")),
    ])
    let heads = Dictionary(uniqueKeysWithValues: checkups.map { ($0.service, $0.health?.head) })
    for checkup in checkups {
      guard let health = checkup.health else {
        table.add("\(checkup.service)", "\(Text(vi: "không trả lời", en: "no answer")(lang))", "", "", "", "")
        continue
      }
      let streams = health.streams.map { $0.written(head: heads[$0.stream] ?? nil, lang) }
      table.add(
        "\(health.service)", "\(health.version)", Table.Cell(health.uptimeSeconds),
        Table.Cell(health.storeBytes / 1024), Table.Cell(health.head), "\(streams.joined(separator: "; "))")
    }
    return table
  }
}

extension StreamPosition {
  /// - Parameter head: As the stream's own service says; what the subscriber has heard may be less.
  fileprivate func written(head: Int64?, _ lang: Language) -> String {
    let lag = head.map { String(max(0, $0 - cursor)) } ?? "?"
    return Text(vi: "\(stream): trễ \(lag), chờ \(parked)", en: "\(stream): lag \(lag), parked \(parked)")(lang)
  }
}
