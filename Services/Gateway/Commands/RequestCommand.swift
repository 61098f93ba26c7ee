import ArgumentParser
import Bus
import Schema

/// `xaso request`: what people ask about their own data, and by when it has to be answered.
struct RequestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request", abstract: "Yêu cầu của chủ thể dữ liệu, hạn trả lời. (Data-subject requests.)",
    subcommands: [List.self, Open.self, Acknowledge.self, Extend.self, Answer.self], defaultSubcommand: List.self,
    aliases: ["yeu-cau"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các yêu cầu, mới nhất trước. (The requests.)", aliases: ["liet-ke"])

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let requests: [SubjectRequestSummary] = try await session.all(in: try unit.resolve(session)) {
          ListSubjectRequests(after: $0)
        }
        options.show(SubjectTable.of(requests, options.lang), json: requests)
      }
    }
  }

  struct Open: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi nhận một yêu cầu. (Record a request.)", aliases: ["ghi"])

    @Argument(help: "Loại: \(SubjectRequest.Kind.allCases.map(\.rawValue).joined(separator: ", ")). (The kind.)")
    var kind: SubjectRequest.Kind
    @Option(help: "Ngày nhận. (Received.)") var received: Day
    @Option(help: "Mã người trong sổ, nếu có. (The person's reference.)") var person: Person.Reference?
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = OpenSubjectRequest(kind: Schema.Open(kind), received: received, person: person)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { SubjectTable.of([$0], change.options.lang) })
    }
  }

  struct Acknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đã báo nhận cho người yêu cầu. (It was acknowledged.)", aliases: ["bao-nhan"])

    @Argument(help: "Mã yêu cầu. (The request.)") var request: SubjectRequest.ID
    @Option(help: "Ngày. (The day.)") var on: Day
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = AcknowledgeSubjectRequest(request: request, on: on)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { SubjectTable.of([$0], change.options.lang) })
    }
  }

  struct Extend: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Gia hạn trả lời một lần; do lãnh đạo làm. (Take the time once more.)", aliases: ["gia-han"])

    @Argument(help: "Mã yêu cầu. (The request.)") var request: SubjectRequest.ID
    @Option(help: "Lý do. (The reason.)") var reason: String
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = ExtendSubjectRequest(request: request, reason: reason)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { SubjectTable.of([$0], change.options.lang) })
    }
  }

  struct Answer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đã trả lời. (It was answered.)", aliases: ["tra-loi"])

    @Argument(help: "Mã yêu cầu. (The request.)") var request: SubjectRequest.ID
    @Option(help: "Số văn bản trả lời. (The document.)") var document: DocumentNumber
    @Option(help: "Ngày. (The day.)") var on: Day
    @Flag(help: "Từ chối; không có cờ này: đáp ứng. (It was declined.)") var declined = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let request = AnswerSubjectRequest(request: request, document: document, on: on, granted: !declined)
          return try await session.ask(request, in: try unit.resolve(session), key: key).value
        }, show: { SubjectTable.of([$0], change.options.lang) })
    }
  }
}

enum SubjectTable {
  static func of(_ requests: [SubjectRequestSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Yêu cầu", en: "Request")), .init(title: Text(vi: "Loại", en: "Kind")),
      .init(title: Text(vi: "Nhận", en: "Received")), .init(title: Text(vi: "Báo nhận trước", en: "Acknowledge by")),
      .init(title: Text(vi: "Đã báo nhận", en: "Acknowledged")), .init(title: Text(vi: "Trả lời trước", en: "Due")),
      .init(title: Text(vi: "Trả lời", en: "Answered")),
      .init(title: Text(vi: "Tình trạng", en: "State"), isLong: true),
    ])
    for request in requests {
      table.add(
        "\(request.id)", "\(request.kind.text(lang))", "\(request.received.written)",
        "\(request.acknowledgeBy.written)", "\(request.acknowledged?.written ?? "—")", "\(request.due.written)",
        "\(request.answered.map { "\($0.written) (\(request.document?.description ?? ""))" } ?? "—")",
        "\(state(of: request)(lang))")
    }
    return table
  }

  private static func state(of request: SubjectRequestSummary) -> Text {
    if request.isLate(on: Timestamp.now.day) { return Text(vi: "quá hạn", en: "late") }
    switch request.granted {
    case true?: return Text(vi: "đã đáp ứng", en: "granted")
    case false?: return Text(vi: "đã từ chối", en: "declined")
    case nil: return Text(vi: "đang xử lý", en: "under way")
    }
  }
}

extension Schema.Open where Word == SubjectRequest.Kind {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.view): Text(vi: "xem", en: "view")(lang)
    case .known(.correct): Text(vi: "chỉnh sửa", en: "correct")(lang)
    case .known(.copy): Text(vi: "bản sao", en: "copy")(lang)
    case .known(.withdraw): Text(vi: "rút đồng ý", en: "withdraw consent")(lang)
    case .known(.restrict): Text(vi: "hạn chế xử lý", en: "restrict")(lang)
    case .known(.object): Text(vi: "phản đối", en: "object")(lang)
    case .known(.erase): Text(vi: "xóa", en: "erase")(lang)
    case .unknown(let word): word
    }
  }
}
