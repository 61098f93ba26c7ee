import ArgumentParser
import Bus
import Schema

/// What has no number: verdicts in words, with evidence.
extension IndicatorCommand {
  struct Judge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đánh giá một chỉ tiêu định tính. (Judge an objective without a number.)",
      discussion: """
        Đánh giá của một kỳ được đưa vào báo cáo của kỳ ấy và các kỳ sau trong năm kế hoạch, đến khi có đánh giá mới.
        Không ghi --period thì tính đến hôm nay. Các đánh giá trước được giữ: xaso indicator verdicts.
        A verdict on a period stands in the report of that period and of those after it in the plan's year, until there
        is another. Without --period it is as of today. Those before it are kept: xaso indicator verdicts.
        """, aliases: ["danh-gia"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Argument(help: "achieved, partly, not-achieved.") var verdict: Indicator.Verdict
    @Option(help: "Kết quả bằng lời. (The result in words.)") var text: String
    @Option(help: "Minh chứng. (The evidence.)") var evidence: String
    @Option(help: "Kỳ được đánh giá: 2026-Q3. (The period that it is about.)") var period: Period?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let indicator = try await indicator.resolve(session, in: unit, of: plan)
          let request = JudgeIndicator(
            indicator: indicator, verdict: Open(verdict), text: text, evidence: evidence, period: period)
          return try await session.ask(request, in: unit, key: key).value
        }, namedBy: { ($0.target.plan, $0.unit) }, show: { IndicatorTable.of([$0], $1, change.options.lang) })
    }
  }

  struct Verdicts: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mọi đánh giá của một chỉ tiêu định tính. (Every verdict on an objective without a number.)",
      aliases: ["cac-danh-gia"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let indicator = try await indicator.resolve(session, in: unit, of: plan)
        let judgements: [Indicator.Judgement] = try await session.all(in: unit) {
          ListJudgements(indicator: indicator, after: $0)
        }
        options.show(JudgementTable.of(judgements, options.lang), json: judgements)
      }
    }
  }
}

/// Verdicts, a line each, the last one first.
enum JudgementTable {
  static func of(_ judgements: [Indicator.Judgement], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Năm kế hoạch", en: "Plan's year"), isNumber: true),
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Đánh giá", en: "Verdict")),
      .init(title: Text(vi: "Kết quả", en: "Result"), isLong: true),
      .init(title: Text(vi: "Minh chứng", en: "Evidence")),
      .init(title: Text(vi: "Cơ quan", en: "Office")),
      .init(title: Text(vi: "Người đánh giá", en: "By")),
      .init(title: Text(vi: "Ngày", en: "On")),
    ])
    for judgement in judgements {
      table.add(
        Table.Cell(judgement.year), Table.Cell(judgement.about(lang)), Table.Cell(judgement.verdict.text(lang)),
        Table.Cell(judgement.text), Table.Cell(judgement.evidence), "\(judgement.office)",
        "\(judgement.account?.description ?? "")", "\(judgement.time.day.written)")
    }
    return table
  }
}
