import ArgumentParser
import Bus
import Schema
import Units

/// What moves money.
extension BudgetCommand {
  struct Allocate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi phân bổ theo quyết định. (Record an allocation.)", aliases: ["phan-bo"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Quyết định phân bổ: 12/QĐ-UBND. (The decision's number.)") var document: DocumentNumber
    @Option(help: "Ngày quyết định: 20/01/2026. (The date.)") var on: Day
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let amount = try amount.resolve()
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = AllocateMoney(line: line, amount: amount, document: document, day: on)
        return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
      }
    }
  }

  struct Disburse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi giải ngân, không vượt số đã phân bổ. (Record spending, never above what is allocated.)",
      aliases: ["giai-ngan"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Số chứng từ kho bạc. (The payment's reference at the treasury.)") var reference: String
    @Option(help: "Ngày chi: 31/03/2026. (The date.)") var on: Day
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let amount = try amount.resolve()
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = DisburseMoney(line: line, amount: amount, day: on, reference: reference)
        return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
      }
    }
  }

  struct Book: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi một bút toán: giao, cam kết, tạm ứng, thu hồi, quyết toán… (Book any entry.)", aliases: ["ghi"])

    @Argument(help: "Nghiệp vụ: \(PhaseWord.list). (The phase.)") var phase: PhaseWord
    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Ngày có hiệu lực. (The date.)") var on: Day
    @Option(help: "Văn bản quyết định: 03/NQ-HĐND. (The document.)") var document: DocumentNumber?
    @Option(help: "Cơ quan ban hành: \(IssuerWord.list). (Who issued it.)") var issuer: IssuerWord?
    @Option(help: "Số chứng từ kho bạc. (The reference at the treasury.)") var reference: String?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.record { session, key in
        let amount = try amount.resolve()
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = BookMoney(
          line: line, phase: Open(phase.word), amount: amount, day: on, document: document,
          issuer: issuer.map { Open($0.word) }, reference: reference)
        return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
      }
    }
  }

  struct Move: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Điều chỉnh tăng, giảm, giữa hai dòng; chuyển nguồn sang năm sau. (Adjust, or carry over.)",
      aliases: ["dieu-chinh"])

    @Argument(help: "Số tiền: \"40 triệu\", 40.000.000. (The amount.)") var amount: Amount
    @Option(help: "Dòng giảm. (The line that gives.)") var from: LineReference?
    @Option(help: "Dòng tăng. (The line that gets.)") var to: LineReference?
    @Flag(help: "Phần đã giao mà chưa phân bổ. (Of what is approved and not allocated.)") var unallocated = false
    @Option(help: "Văn bản quyết định: 57/QĐ-UBND. (The document.)") var document: DocumentNumber
    @Option(help: "Cơ quan ban hành: \(IssuerWord.list). (Who issued it.)") var issuer: IssuerWord
    @Option(help: "Ngày văn bản. (The date.)") var on: Day
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.recordLines { session, key in
        let amount = try amount.resolve()
        let (unit, plan) = try await place.resolve(session)
        let from = try await from?.resolve(session, in: unit, of: plan)
        let to = try await to?.resolve(session, in: unit, of: plan)
        let request = MoveMoney(
          from: from, to: to, stage: Open(unallocated ? .approved : .allocated), amount: amount, day: on,
          document: document, issuer: Open(issuer.word))
        return try await session.ask(request, in: unit, key: key).value
      }
    }
  }

  struct Reverse: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đảo một bút toán ghi sai. (Take a wrong entry back.)", aliases: ["dao"])

    @Argument(help: "Số thứ tự nhiệm vụ, hoặc mã. (The task's number, or an id.)") var line: LineReference
    @Argument(help: "Mã bút toán, xem bằng entries. (The entry's id.)") var entry: BudgetEntry.ID
    @Option(help: "Lý do. (Why.)") var reason: String
    @Option(help: "Văn bản: 58/QĐ-UBND. (The document.)") var document: DocumentNumber
    @Option(help: "Ngày văn bản. (The date.)") var on: Day
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.recordLines { session, key in
        let (unit, plan) = try await place.resolve(session)
        let line = try await line.resolve(session, in: unit, of: plan)
        let request = ReverseEntry(line: line, entry: entry, reason: reason, document: document, day: on)
        return try await session.ask(request, in: unit, key: key).value
      }
    }
  }
}

extension ChangeOptions {
  /// Runs a change of one line, and shows the line as it stands then.
  func record(_ change: (Session, UUIDv7) async throws -> LineSummary) async throws {
    var offices = OfficeNames()
    try await make(
      { session, key in
        let line = try await change(session, key)
        offices = await session.offices(of: [line])
        return line
      }, show: { LineTable.of([$0], offices, options.lang) })
  }

  /// The same for a change that may touch several.
  func recordLines(_ change: (Session, UUIDv7) async throws -> MoneyMoved) async throws {
    var offices = OfficeNames()
    try await make(
      { session, key in
        let moved = try await change(session, key)
        offices = await session.offices(of: moved.lines)
        return moved
      }, show: { LineTable.of($0.lines, offices, options.lang) })
  }
}

extension Session {
  /// What the plans of lines call the offices that lead them.
  func offices(of lines: [LineSummary]) async -> OfficeNames {
    await offices(of: lines.compactMap { line in line.plan.map { ($0, line.unit) } })
  }
}
