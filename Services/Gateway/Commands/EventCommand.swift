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
      abstract: "Theo dõi sự kiện kế hoạch, mỗi dòng một CloudEvent. (Follow the plans' events, one a line.)")

    @Option(help: "Đọc từ sau số thứ tự này; 0 là từ đầu. (Start after this sequence.)") var after: Int64?
    @Flag(help: "Dừng khi đã đọc hết. (Stop at the end of the stream.)") var once = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session, options.lang)
        var epoch: UUIDv7?
        var start = after.map(StreamStart.sequence) ?? .now
        while true {
          let request = ReadEvents<Plans>(epoch: epoch, after: start, waitms: once ? 0 : 20_000)
          let batch = try await session.ask(request, in: unit, ttl: .seconds(60)).value
          for event in batch.events { Output.write(String(decoding: event, as: UTF8.self)) }
          (epoch, start) = (batch.epoch, .sequence(batch.through))
          if once, batch.through >= batch.head { return }
        }
      }
    }
  }

  struct Parked: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Sự kiện chưa áp dụng được. (Events that could not be applied.)")

    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let parked: [ParkedEvent] = try await session.all(in: nil) { ListParked<Notifications>(after: $0) }
        var table = Table([
          .init(title: Text(vi: "Luồng", en: "Stream")),
          .init(title: Text(vi: "Số", en: "Sequence"), isNumber: true),
          .init(title: Text(vi: "Loại", en: "Type")),
          .init(title: Text(vi: "Khóa", en: "Partition")),
          .init(title: Text(vi: "Số lần thử", en: "Attempts"), isNumber: true),
          .init(title: Text(vi: "Lý do", en: "Reason"), isLong: true),
        ])
        for event in parked {
          table.add(
            "\(event.stream)", "\(event.sequence)", event.type, event.partition, "\(event.attempts)", event.reason ?? ""
          )
        }
        options.show(table, json: parked)
      }
    }
  }

  struct Retry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thử lại ngay một sự kiện. (Try an event again now.)")

    @Argument(help: "Luồng. (The stream.)") var stream: String
    @Argument(help: "Số thứ tự. (The sequence.)") var sequence: Int64
    @OptionGroup var options: Options
    @OptionGroup var key: KeyOption

    func run() async throws {
      try await options.session { session in
        try await key.under(options.lang) { key in
          let request = RetryParked<Notifications>(stream: ServiceName(stream), sequence: sequence)
          _ = try await session.ask(request, in: nil, key: key)
        }
      }
    }
  }

  struct Drop: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bỏ một sự kiện, có lý do. (Give up an event, for a reason.)")

    @Argument(help: "Luồng. (The stream.)") var stream: String
    @Argument(help: "Số thứ tự. (The sequence.)") var sequence: Int64
    @Option(help: "Lý do. (The reason.)") var reason: String
    @OptionGroup var options: Options
    @OptionGroup var key: KeyOption

    func run() async throws {
      try await options.session { session in
        try await key.under(options.lang) { key in
          let request = DropParked<Notifications>(stream: ServiceName(stream), sequence: sequence, reason: reason)
          _ = try await session.ask(request, in: nil, key: key)
        }
      }
    }
  }
}
