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

  func run() async throws { try await Stack(in: directory.installation).stop() }
}

/// `xaso status`: how each service is.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tình trạng các dịch vụ. (How each service is.)", aliases: ["tinh-trang"])

  @OptionGroup var options: Options

  func run() async throws {
    try await options.session { session in
      var healths: [ServiceHealth] = []
      for contract in Catalogue.contracts { healths.append(try await session.health(of: contract)) }
      options.show(HealthTable.of(healths), json: healths)
    }
  }
}

extension Session {
  func health<S: Contract>(of contract: S.Type) async throws(Refusal) -> ServiceHealth {
    try await ask(Health<S>(), in: nil).value
  }
}

/// Services, a line each.
enum HealthTable {
  static func of(_ healths: [ServiceHealth]) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dịch vụ", en: "Service")),
      .init(title: Text(vi: "Phiên bản", en: "Version")),
      .init(title: Text(vi: "Chạy (s)", en: "Up (s)"), isNumber: true),
      .init(title: Text(vi: "Kho (KiB)", en: "Store (KiB)"), isNumber: true),
      .init(title: Text(vi: "Sự kiện", en: "Events"), isNumber: true),
      .init(title: Text(vi: "Luồng đang đọc: trễ, chờ", en: "Streams read: lag, parked")),
    ])
    for health in healths {
      let streams = health.streams.map { "\($0.stream): \($0.head - $0.cursor), \($0.parked)" }
      table.add(
        "\(health.service)", health.version, "\(health.uptimeSeconds)", "\(health.storeBytes / 1024)", "\(health.head)",
        streams.joined(separator: "; "))
    }
    return table
  }
}
