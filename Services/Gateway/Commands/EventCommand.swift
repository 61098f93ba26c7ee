import ArgumentParser
import Bus
import FoundationEssentials
import Schema

/// `xaso event`: streams of events, and what subscribers could not apply.
struct EventCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "event", abstract: "Luồng sự kiện. (Streams of events.)",
    subcommands: [Follow.self, Parked.self, Retry.self, Drop.self], aliases: ["su-kien"])

  struct Follow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Theo dõi sự kiện, mỗi dòng một CloudEvent. (Follow a stream, one CloudEvent a line.)")

    @Option(help: "Dịch vụ phát sự kiện. (The service whose stream it is.)") var service = "plans"
    @Option(help: "Đọc từ sau số thứ tự này; 0 là từ đầu. (Start after this sequence.)") var after: Int64?
    @Flag(help: "Dừng khi đã đọc hết. (Stop at the end of the stream.)") var once = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      let contract = try Catalogue.contract(named: service)
      try await options.session { session in
        try await follow(contract, session, in: try unit.resolve(session))
      }
    }

    private func follow<S: Contract>(_ contract: S.Type, _ session: Session, in unit: Unit) async throws {
      var epoch: UUIDv7?
      var start = after.map(StreamStart.sequence) ?? .now
      while true {
        let request = ReadEvents<S>(epoch: epoch, after: start, waitms: once ? 0 : 20_000)
        let batch = try await session.ask(request, in: unit, ttl: .seconds(60)).value
        for event in batch.events { Output.data(String(decoding: event, as: UTF8.self)) }
        (epoch, start) = (batch.epoch, .sequence(batch.through))
        if once, batch.through >= batch.head { return }
      }
    }
  }

  struct Parked: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sự kiện mà một dịch vụ chưa áp dụng được. (Events that a service could not apply.)")

    @Option(help: "Dịch vụ đọc luồng. (The service that reads the stream.)") var service = "notifications"
    @OptionGroup var options: Options

    func run() async throws {
      let contract = try Catalogue.contract(named: service)
      try await options.session { session in
        let parked = try await list(contract, session)
        var table = Table([
          .init(title: Text(vi: "Luồng", en: "Stream")),
          .init(title: Text(vi: "Số thứ tự", en: "Sequence"), isNumber: true),
          .init(title: Text(vi: "Loại", en: "Type")),
          .init(title: Text(vi: "Nhóm", en: "Partition")),
          .init(title: Text(vi: "Số lần thử", en: "Attempts"), isNumber: true),
          .init(title: Text(vi: "Lý do", en: "Reason"), isLong: true),
        ])
        for event in parked {
          table.add(
            "\(event.stream)", Table.Cell(event.sequence), "\(event.type)", "\(event.partition)",
            Table.Cell(event.attempts), "\(event.reason ?? "")")
        }
        options.show(table, json: parked)
      }
    }

    private func list<S: Contract>(_ contract: S.Type, _ session: Session) async throws -> [ParkedEvent] {
      try await session.all(in: nil) { ListParked<S>(after: $0) }
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thử lại ngay một sự kiện. (Try an event again now.)")

    @Argument(help: "Luồng. (The stream.)") var stream: String
    @Argument(help: "Số thứ tự. (The sequence.)") var sequence: Int64
    @Option(help: "Dịch vụ đọc luồng. (The service that reads the stream.)") var service = "notifications"
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let contract = try Catalogue.contract(named: service)
      try await change.make({ try await retry(contract, $0, $1) }, show: { _ in Table.done })
    }

    private func retry<S: Contract>(_ contract: S.Type, _ session: Session, _ key: UUIDv7) async throws -> Done {
      let request = RetryParked<S>(stream: ServiceName(stream), sequence: sequence)
      return try await session.ask(request, in: nil, key: key).value
    }
  }

  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bỏ một sự kiện, có lý do. (Give up an event, for a reason.)")

    @Argument(help: "Luồng. (The stream.)") var stream: String
    @Argument(help: "Số thứ tự. (The sequence.)") var sequence: Int64
    @Option(help: "Lý do. (The reason.)") var reason: String
    @Option(help: "Dịch vụ đọc luồng. (The service that reads the stream.)") var service = "notifications"
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let contract = try Catalogue.contract(named: service)
      try await change.make({ try await drop(contract, $0, $1) }, show: { _ in Table.done })
    }

    private func drop<S: Contract>(_ contract: S.Type, _ session: Session, _ key: UUIDv7) async throws -> Done {
      let request = DropParked<S>(stream: ServiceName(stream), sequence: sequence, reason: reason)
      return try await session.ask(request, in: nil, key: key).value
    }
  }
}

extension Catalogue {
  fileprivate static func contract(named name: String) throws -> any Contract.Type {
    guard let contract = contracts.first(where: { $0.name.description == name }) else {
      let names = contracts.map { $0.name.description }.joined(separator: ", ")
      throw ValidationError("\(name): \(names)")
    }
    return contract
  }
}

extension Table {
  /// For a change that has nothing to show.
  fileprivate static var done: Table { Table([.init(title: Text(vi: "Đã xong.", en: "Done."))]) }
}
