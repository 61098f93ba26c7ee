import ArgumentParser
import Bus
import Schema

/// `xaso status`: how each service is.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Tình trạng các dịch vụ. (How each service is.)", aliases: ["tinh-trang"])

  @Flag(help: "Một dòng cho mỗi loại yêu cầu. (A line for each method.)") var methods = false
  @Flag(help: "Xem liên tục, mỗi 2 giây; Ctrl-C để dừng. (Again every 2 seconds, until Ctrl-C.)") var watch = false
  @OptionGroup var options: Options

  func run() async throws {
    try await options.session { session in
      guard watch else { return try await look(session) }
      while true {
        do {
          try await look(session)
        } catch let refusal as Refusal {
          // The front door may be starting again: that too is what one watches for.
          Failure.complain(refusal.text(options.lang))
        } catch is ExitCode {}
        try await Task.sleep(for: .seconds(2))
      }
    }
  }

  private func look(_ session: Session) async throws {
    let healths = try await session.healths()
    if watch, !options.json { Output.clear() }
    options.show(
      methods ? MethodTable.of(healths) : HealthTable.of(healths, options.lang), json: healths)
    if healths.contains(where: { $0.health == nil }) { throw ExitCode(69) }
  }
}

/// A service, and how it says it is; nil when it does not answer.
struct Checkup: Sendable {
  var service: ServiceName
  var health: ServiceHealth?
}

extension Checkup: Encodable {
  private enum CodingKeys: CodingKey { case service }

  /// What it says; of one that does not answer, its name alone.
  func encode(to encoder: any Encoder) throws {
    if let health { return try health.encode(to: encoder) }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(service, forKey: .service)
  }
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
      .init(title: Text(vi: "Yêu cầu", en: "Requests"), isNumber: true),
      .init(title: Text(vi: "Từ chối", en: "Refused"), isNumber: true),
      .init(title: Text(vi: "Chờ ghi (ms)", en: "Queue (ms)"), isNumber: true),
      .init(title: Text(vi: "Ghi đĩa p50/p99 (ms)", en: "Sync p50/p99 (ms)"), isNumber: true),
      .init(title: Text(vi: "Đọc luồng", en: "Streams read")),
    ])
    let heads = Dictionary(uniqueKeysWithValues: checkups.map { ($0.service, $0.health?.head) })
    for checkup in checkups {
      guard let health = checkup.health else {
        let silence = Text(vi: "không trả lời", en: "no answer")(lang)
        table.add("\(checkup.service)", "\(silence)", "", "", "", "", "", "", "", "")
        continue
      }
      let streams = health.streams.map { $0.written(head: heads[$0.stream] ?? nil, lang) }
      let load = health.load
      table.add(
        "\(health.service)", "\(health.version)", Table.Cell(health.uptimeSeconds),
        Table.Cell(health.storeBytes / 1024), Table.Cell(health.head),
        "\(load.map { $0.methods.reduce(0) { $0 + $1.count }.description } ?? "")",
        "\(load.map { $0.methods.reduce(0) { $0 + $1.refused }.description } ?? "")",
        "\(load.map { $0.queuedMilliseconds.description } ?? "")", "\(load?.commits.written ?? "")",
        "\(streams.joined(separator: "; "))")
    }
    return table
  }
}

/// Methods, a line each.
enum MethodTable {
  static func of(_ checkups: [Checkup]) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dịch vụ", en: "Service")),
      .init(title: Text(vi: "Yêu cầu", en: "Method")),
      .init(title: Text(vi: "Số lần", en: "Count"), isNumber: true),
      .init(title: Text(vi: "Từ chối", en: "Refused"), isNumber: true),
      .init(title: Text(vi: "p50/p99 (ms)", en: "p50/p99 (ms)"), isNumber: true),
      .init(title: Text(vi: "Mã trả lời", en: "Codes")),
    ])
    for health in checkups.compactMap(\.health) {
      for method in health.load?.methods ?? [] {
        let codes = method.answers.map { "\($0.code): \($0.count)" }
        table.add(
          "\(health.service)", "\(method.method.isEmpty ? "?" : method.method)", Table.Cell(method.count),
          Table.Cell(method.refused), "\(method.took.written)", "\(codes.joined(separator: ", "))")
      }
    }
    return table
  }
}

extension Durations {
  /// In milliseconds; nothing when nothing was measured.
  fileprivate var written: String { count == 0 ? "" : "\(Self.milliseconds(p50us))/\(Self.milliseconds(p99us))" }

  private static func milliseconds(_ microseconds: Int64) -> String {
    microseconds < 10_000 ? "\(microseconds / 1000).\(microseconds % 1000 / 100)" : "\(microseconds / 1000)"
  }
}

extension StreamPosition {
  /// - Parameter head: As the stream's own service says; what the subscriber has heard may be less.
  fileprivate func written(head: Int64?, _ lang: Language) -> String {
    let lag = head.map { String(max(0, $0 - cursor)) } ?? "?"
    return Text(vi: "\(stream): trễ \(lag), chờ \(parked)", en: "\(stream): lag \(lag), parked \(parked)")(lang)
  }
}
