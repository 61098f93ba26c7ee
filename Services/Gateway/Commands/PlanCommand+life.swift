import ArgumentParser
import Bus
import FoundationEssentials
import Schema
import Storage

/// What every step of a plan's life takes.
struct PlanOptions: ParsableArguments {
  @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference
  @OptionGroup var unit: UnitOption
  @OptionGroup var version: VersionOption
  @OptionGroup var change: ChangeOptions

  func take<Message: Request>(_ request: (Plan.ID) -> Message) async throws where Message.Reply == PlanSummary {
    try await take(request) { $0 }
  }

  func take<Message: Request>(_ request: (Plan.ID) -> Message) async throws where Message.Reply == PlanDetail {
    try await take(request) { $0.summary }
  }

  private func take<Message: Request>(
    _ request: (Plan.ID) -> Message, _ summary: (Message.Reply) -> PlanSummary
  ) async throws {
    try await change.make(
      { session, key in
        let unit = try unit.resolve(session)
        let plan = try await plan.resolve(session, in: unit)
        return summary(
          try await session.ask(request(plan), in: unit, key: key, expecting: version.expecting).value)
      }, show: { PlanTable.of([$0], change.options.lang) })
  }
}

/// The document by which something is decided.
struct DecisionOptions: ParsableArguments {
  @Option(help: "Số, ký hiệu văn bản: 310/BC-UBND. (The document's number.)") var number: DocumentNumber
  @Option(help: "Ngày văn bản: 28/12/2026. (The document's date.)") var on: Day
  @Option(help: "Lý do. (Why.)") var reason: String?

  var decision: Decision { Decision(number: number, day: on, reason: reason) }
}

extension PlanCommand {
  struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Trình lãnh đạo. (Lay the draft before the leaders.)", aliases: ["trinh"])

    @OptionGroup var step: PlanOptions

    func run() async throws { try await step.take { SubmitPlan(plan: $0) } }
  }

  struct Return: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Trả lại để sửa. (Return it for changes.)", aliases: ["tra-lai"])

    @OptionGroup var step: PlanOptions
    @Option(help: "Lý do. (Why.)") var reason: String

    func run() async throws { try await step.take { ReturnPlan(plan: $0, reason: reason) } }
  }

  struct Approve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Phê duyệt; văn thư ghi nhận từ văn bản đã ký. (Approve; a clerk names the signed document.)",
      aliases: ["phe-duyet"])

    @OptionGroup var step: PlanOptions
    @Option(help: "Người ký: Phó Chủ tịch Nguyễn Văn A. (Who signed.)") var signer: String?
    @Option(help: "Tệp văn bản đã ký; chỉ mã băm được gửi. (The signed file; its hash alone is sent.)")
    var file: String?
    @Option(
      help: "Chấp nhận lỗi của các kiểm tra vì một lý do: P1,T1=lý do. Có thể nhiều lần. (Accept errors for a reason.)")
    var accept: [Acceptance] = []

    func validate() throws {
      guard (signer == nil) == (file == nil) else {
        throw ValidationError("--signer và --file đi cùng nhau. (--signer and --file go together.)")
      }
    }

    func run() async throws {
      var signed: SignedDocument?
      if let signer, let file {
        signed = SignedDocument(signer: signer, hash: try Fingerprint(ofFile: file, step.change.options.lang))
      }
      try await step.take { ApprovePlan(plan: $0, signed: signed, accepted: accept.isEmpty ? nil : accept) }
    }
  }

  struct Issue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Văn thư ghi số, ngày và phát hành. (Record number and date, and release.)", aliases: ["ban-hanh"])

    @OptionGroup var step: PlanOptions
    @Option(help: "Số, ký hiệu: 119/KH-UBND. (The document's number.)") var number: DocumentNumber
    @Option(help: "Ngày ban hành: 14/11/2025. (The date of issue.)") var on: Day

    func run() async throws { try await step.take { IssuePlan(plan: $0, number: number, issuedOn: on) } }
  }

  struct Close: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Kết thúc bằng báo cáo năm. (Close it with the year's report.)", aliases: ["ket-thuc"])

    @OptionGroup var step: PlanOptions
    @OptionGroup var report: DecisionOptions

    func run() async throws { try await step.take { ClosePlan(plan: $0, report: report.decision) } }
  }

  struct Revoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thu hồi bằng văn bản. (Withdraw it by a document.)", aliases: ["thu-hoi"])

    @OptionGroup var step: PlanOptions
    @OptionGroup var decision: DecisionOptions

    func run() async throws { try await step.take { RevokePlan(plan: $0, decision: decision.decision) } }
  }

  struct Discard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bỏ một bản dự thảo. (Give up a draft.)", aliases: ["bo"])

    @OptionGroup var step: PlanOptions

    func run() async throws { try await step.take { DiscardPlan(plan: $0) } }
  }
}

extension Fingerprint {
  /// Of a file, which stays where it is.
  init(ofFile path: String, _ lang: Language) throws {
    guard let bytes = try? Data(contentsOf: URL(filePath: path)) else {
      Failure.complain(Text(vi: "Không đọc được tệp \(path).", en: "The file \(path) cannot be read.")(lang))
      throw ExitCode(66)
    }
    self.init(of: bytes)
  }
}
