import ArgumentParser
import Bus
import FoundationEssentials
import Schema
import Storage
import Units

/// `xaso submission`: a report on its way from an office to the commune, and from the commune to the Sở.
struct SubmissionCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "submission", abstract: "Báo cáo gửi đi và nhận về. (Reports that are sent and received.)",
    subcommands: [
      List.self, Show.self, Prepare.self, Confirm.self, Receive.self, Review.self, Recall.self,
    ], aliases: ["gui-bao-cao"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Các báo cáo. (The submissions.)")

    @Option(help: "Của chế độ này. (Of this regime.)") var regime: Regime.Code?
    @Option(help: "Của kỳ này. (Of this period.)") var period: Period?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let submissions: [SubmissionSummary] = try await session.all(in: unit) {
          ListSubmissions(regime: regime, period: period, after: $0)
        }
        options.show(SubmissionTable.of(submissions, options.lang), json: submissions)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Từng số liệu của một báo cáo. (The cells of a submission.)", aliases: ["xem"])

    @Argument(help: "Mã báo cáo. (The submission's id.)") var submission: Submission.ID
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let detail = try await session.ask(ShowSubmission(submission: submission), in: unit.resolve(session)).value
        options.show(CellTable.of(detail, options.lang), json: detail)
        guard !options.json, !options.csv else { return }
        for line in detail.remarks.lines(options.lang) { Output.write(line) }
        Output.write("")
        options.show(StepTable.of(detail, options.lang))
      }
    }
  }

  struct Prepare: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lập báo cáo từ số liệu đã nhập, và đóng băng. (Put a report together and freeze it.)",
      discussion: """
        Nhiệm vụ, kinh phí, vướng mắc của ngày lập được đóng băng cùng số liệu. Lập lại thì phần lời không ghi được giữ
        như bản trước; ghi "" để bỏ.
        Tasks, money and obstacles of the day are frozen with the figures. Put together again, words that are not given
        are those of the version before; "" takes them back.
        """,
      aliases: ["lap"])

    @Argument(help: "Mã chế độ. (The regime's code.)") var regime: Regime.Code
    @Option(help: "Kỳ. (The period.)") var period: Period
    @Flag(help: "Gửi tỉnh, theo chế độ của tỉnh. (For the province's regime.)") var province = false
    @Option(help: "Chỉ đạo, điều hành. (Direction.)") var direction: String?
    @Option(help: "Khó khăn, vướng mắc. (Obstacles.)") var obstacles: String?
    @Option(help: "Đề xuất, kiến nghị. (Proposals.)") var proposals: String?
    @Option(help: "Nhiệm vụ kỳ tới. (The next period's work.)") var next: String?
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await SubmissionCommand.take(change, expecting: version.expecting) { session, unit in
        PrepareSubmission(
          keeper: province ? unit.provinceUnit : unit, regime: regime, period: period,
          remarks: SubmissionRemarks(
            direction: direction, obstacles: obstacles, proposals: proposals, next: next,
            work: try await SubmissionWork.gather(of: period.year, in: unit, session)))
      }
    }
  }

  struct Confirm: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Xác nhận và gửi: lãnh đạo cơ quan, lãnh đạo UBND. (Confirm and send.)", aliases: ["xac-nhan"])

    @Argument(help: "Mã báo cáo. (The submission's id.)") var submission: Submission.ID
    @OptionGroup var signed: SignedOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let signed = try signed.document(change.options.lang)
      try await SubmissionCommand.take(change, expecting: version.expecting) { _, _ in
        ConfirmSubmission(submission: submission, signed: signed)
      }
    }
  }

  struct Receive: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tiếp nhận. (Receive it.)", aliases: ["tiep-nhan"])

    @Argument(help: "Mã báo cáo. (The submission's id.)") var submission: Submission.ID
    @Option(help: "Bản đã xem: chỉ tiếp nhận đúng bản ấy. (The version seen: it is received, and no other.)")
    var expecting: Int
    @OptionGroup var signed: SignedOptions
    @OptionGroup var change: ChangeOptions

    func validate() throws {
      guard expecting >= 1 else {
        throw ValidationError("--expecting là số bản, từ 1. (--expecting names a version, from 1 on.)")
      }
    }

    func run() async throws {
      let signed = try signed.document(change.options.lang)
      try await SubmissionCommand.take(change, expecting: expecting) { _, _ in
        AnswerSubmission(submission: submission, isReceived: true, signed: signed)
      }
    }
  }

  struct Review: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đề nghị rà soát, bổ sung, nêu chỉ tiêu. (Ask to review it, naming indicators.)",
      aliases: ["ra-soat"])

    @Argument(help: "Mã báo cáo. (The submission's id.)") var submission: Submission.ID
    @Option(help: "Lý do. (Why.)") var reason: String
    @Option(help: "Tên hoặc mã chỉ tiêu, nhiều lần được. (The indicators, by name or id.)") var cell: [String]
    @OptionGroup var signed: SignedOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let signed = try signed.document(change.options.lang)
      try await change.make(
        { session, key in
          let detail = try await session.ask(ShowSubmission(submission: submission), in: session.home).value
          let request = AnswerSubmission(
            submission: submission, isReceived: false, reason: reason, cells: try cell.map { try find($0, in: detail) },
            signed: signed)
          return try await session.ask(request, in: session.home, key: key, expecting: version.expecting).value
        }, show: { SubmissionTable.of([$0.summary], change.options.lang) })
    }

    private func find(_ text: String, in detail: SubmissionDetail) throws -> Indicator.ID {
      let found = detail.cells.filter { $0.indicator.description == text || $0.name.folded.contains(text.folded) }
      guard let cell = found.first, found.count == 1 else {
        throw Complaint(
          vi: "«\(text)» không chỉ đúng một chỉ tiêu của báo cáo này.",
          en: "“\(text)” is not exactly one indicator of this submission.", code: ExitCode(65))
      }
      return cell.indicator
    }
  }

  struct Recall: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Thu hồi khi chưa được tiếp nhận. (Take it back before it is received.)", aliases: ["thu-hoi"])

    @Argument(help: "Mã báo cáo. (The submission's id.)") var submission: Submission.ID
    @Option(help: "Lý do. (Why.)") var reason: String
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await SubmissionCommand.take(change, expecting: version.expecting) { _, _ in
        RecallSubmission(submission: submission, reason: reason)
      }
    }
  }

  private static func take<Message: Schema.Request>(
    _ change: ChangeOptions, expecting version: Int?, _ request: (Session, Unit) async throws -> Message
  ) async throws where Message.Reply == SubmissionDetail {
    try await change.make(
      { session, key in
        guard let home = session.home else { throw Refusal(.forbidden) }
        return try await session.ask(try await request(session, home), in: home, key: key, expecting: version).value
      }, show: { SubmissionTable.of([$0.summary], change.options.lang) })
  }
}

/// The signed document that a step is recorded from.
struct SignedOptions: ParsableArguments {
  @Option(help: "Tệp văn bản đã ký; chỉ mã băm được gửi. (The signed file; its hash alone is sent.)") var file: String?
  @Option(help: "Người ký. (Who signed.)") var signer: String?

  func validate() throws {
    guard (signer == nil) == (file == nil) else {
      throw ValidationError("--signer và --file đi cùng nhau. (--signer and --file go together.)")
    }
  }

  func document(_ lang: Language) throws -> SignedDocument? {
    guard let file, let signer else { return nil }
    return SignedDocument(signer: signer, hash: try Fingerprint(ofFile: file, lang))
  }
}

/// Submissions, a line each.
enum SubmissionTable {
  static func of(_ submissions: [SubmissionSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Id")), .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Cơ quan", en: "Office")), .init(title: Text(vi: "Chế độ", en: "Regime")),
      .init(title: Text(vi: "Kỳ", en: "Period")), .init(title: Text(vi: "Trạng thái", en: "Status")),
      .init(title: Text(vi: "Bản", en: "Version"), isNumber: true),
      .init(title: Text(vi: "Số liệu", en: "Cells"), isNumber: true),
      .init(title: Text(vi: "Ngày gửi", en: "Sent on")), .init(title: Text(vi: "Mã băm", en: "Hash")),
    ])
    for submission in submissions {
      table.add(
        "\(submission.id)", "\(Units[submission.unit]?.name ?? "\(submission.unit)")",
        "\(submission.office?.description ?? "")", "\(submission.regime)", "\(submission.period)",
        Table.Cell(submission.status.text(lang)), Table.Cell(submission.version),
        "\(submission.answered)/\(submission.cells)", "\(submission.sentOn?.written ?? "")",
        "\(submission.hash.description.prefix(12))")
    }
    return table
  }
}

/// The cells of a submission.
enum CellTable {
  static func of(_ detail: SubmissionDetail, _ lang: Language) -> Table {
    let asked = Set(detail.steps.last?.cells ?? [])
    var table = Table([
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Kết quả", en: "Result"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Đánh giá", en: "Standing")), .init(title: Text(vi: "Ghi chú", en: "Note")),
      .init(title: Text(vi: "Kết quả bằng lời", en: "In words")),
      .init(title: Text(vi: "Minh chứng", en: "Evidence")),
    ])
    for cell in detail.cells {
      let notes =
        [
          cell.isNothing ? Text(vi: "không phát sinh", en: "nothing arose") : nil,
          cell.estimatedAsOf.map { Text(vi: "ước đến \($0.written)", en: "estimated as of \($0.written)") },
          cell.judgement?.about, asked.contains(cell.indicator) ? Text(vi: "cần rà soát", en: "to be reviewed") : nil,
        ].compactMap { $0?(lang) } + [cell.villages].compactMap { $0.flatMap { $0.isComplete ? nil : $0.text(lang) } }
      table.add(
        "\(cell.name)", Table.Cell(result: cell.figure, in: cell.measure), Table.Cell(cell.figure?.numerator),
        Table.Cell(cell.figure?.denominator), Table.Cell(cell.standingText(lang)),
        Table.Cell(notes.joined(separator: "; ")), Table.Cell(cell.judgement?.text ?? ""),
        Table.Cell(cell.judgement?.evidence ?? ""))
    }
    return table
  }
}

extension Submission.Cell {
  /// With the verdict on what has no number.
  func standingText(_ lang: Language) -> String {
    [standing.text(lang), judgement?.verdict.text(lang)].compactMap(\.self).joined(separator: "; ")
  }
}
