import ArgumentParser
import Bus
import Schema
import Units

/// `xaso indicator`: what plans promise by number, and what was counted since.
struct IndicatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "indicator", abstract: "Chỉ tiêu và số liệu. (Indicators and their figures.)",
    subcommands: [
      List.self, Observe.self, Sheet.self, Import.self, Nothing.self, History.self, Why.self, Judge.self, Verdicts.self,
      Overview.self, RollUp.self, RollUpAll.self, Catalogue.self, Show.self, Define.self, Adopt.self, Merge.self,
      Unmerge.self,
      WhyLocked.self,
    ], aliases: ["chi-tieu"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các chỉ tiêu, số liệu gần nhất và đánh giá. (Indicators, their last figure, where they stand.)")

    @Option(help: "Chỉ của kế hoạch này. (Of this plan only.)") var plan: PlanReference?
    @Option(help: "Chỉ của cơ quan này. (Of this office only.)") var office: Office.Code?
    @Option(help: "Chỉ những chỉ tiêu như vậy. (Only those that stand so.)") var standing: Indicator.Standing?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let indicators: [IndicatorSummary] = try await session.all(in: unit) {
          ListIndicators(plan: plan, office: office, standing: standing.map { Open($0) }, after: $0)
        }
        let offices =
          options.json ? OfficeNames() : await session.offices(of: indicators.map { ($0.target.plan, $0.unit) })
        options.show(IndicatorTable.of(indicators, offices, options.lang), json: indicators)
        if indicators.contains(where: { session.isAbove($0.unit) }) { options.say(Open(.sent)) }
      }
    }
  }

  struct Observe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nhập số liệu của một kỳ. (Enter the figure of a period.)", aliases: ["nhap"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Argument(help: "Tử số/mẫu số: 85/100, hoặc số đếm: 12. (Numerator/denominator, or a count.)")
    var figure: WrittenFigure
    @Option(help: "Kỳ: 2026-M03, 2026-Q1, 2026-6M, 2026-9M, 2026-Y; nd09:2026-Q1. (The period.)") var period: Period
    @Option(help: "Ghi chú: nguồn số liệu. (A note.)") var note: String?
    @Option(help: "Minh chứng: số văn bản, tên biểu. (The evidence.)") var evidence: String?
    @Option(help: "Lý do nhập khác số tổng hợp từ Đề án 06. (Why it is not what counts give.)") var reason: String?
    @Option(help: "Nhập thay thôn, trường, trạm này. (For this village, school or station.)") var village: Office.Code?
    @Option(help: "Là số ước thực hiện tính đến ngày này. (An estimate as of this day.)") var estimated: Day?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let figure = try figure.resolve()
          let (unit, plan) = try await place.resolve(session)
          let indicator = try await indicator.resolve(session, in: unit, of: plan)
          let request = ObserveIndicator(
            indicator: indicator, period: period, figure: figure, note: note, evidence: evidence, reason: reason,
            village: village, estimatedAsOf: estimated)
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, namedBy: { ($0.indicator.target.plan, $0.indicator.unit) },
        show: { entry, offices in
          for warning in entry.warnings ?? [] { Failure.complain(warning(change.options.lang)) }
          return EnteredTable.of(entry, offices, change.options.lang)
        })
    }
  }

  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mọi số liệu đã nhập của một chỉ tiêu. (Every figure of an indicator.)", aliases: ["lich-su"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Option(help: "Của thôn này. (Of this village.)") var village: Office.Code?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let indicator = try await indicator.resolve(session, in: unit, of: plan)
        let observations: [Observation] = try await session.all(in: unit) {
          ListObservations(indicator: indicator, village: village, after: $0)
        }
        if !options.json, !options.csv, let line = Sparkline(observations) { Output.write(line.text) }
        options.show(ObservationTable.of(observations, options.lang), json: observations)
        if session.isAbove(unit) { options.say(Open(.sent)) }
      }
    }
  }

  struct Overview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Bao nhiêu chỉ tiêu đạt, chưa đạt, chưa có số liệu. (How many are met, behind, without data.)",
      aliases: ["tong-hop"])

    @Option(help: "Năm của kế hoạch (mặc định: năm nay). (The plans' year.)")
    var year: Int = Timestamp.now.day.components.year
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let overview = try await session.ask(OverviewIndicators(year: year), in: unit).value
        options.show(OverviewTable.of(overview), json: overview)
        if unit != session.home || unit.commune == nil { options.say(Open(.entered)) }
      }
    }
  }

  struct RollUp: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rollup",
      abstract: "Cộng một chỉ tiêu của các xã trong một kỳ. (One indicator over all communes for a period.)",
      aliases: ["cong-don"])

    @Argument(help: "Tên chỉ tiêu hoặc một phần, không cần dấu. (The name or a part of it.)") var name: String
    @Option(help: "Kỳ: 2026-Q1, nd09:2026-Q1 … (The period.)") var period: Period
    @Option(help: "Đơn vị tính, khi một tên có nhiều. (The measure, where a name has several.)") var measure: String?
    @Flag(help: "Chỉ số liệu cấp trên đã tiếp nhận. (Only what was received.)") var received = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let request = RollUpIndicator(
          name: name, measure: measure, period: period, received: received ? true : nil)
        let rollUp = try await session.ask(request, in: unit.orCountry(session)).value
        options.show(RollUpTable.of(rollUp, options.lang), json: rollUp)
        options.say(rollUp.basis)
      }
    }
  }
}
