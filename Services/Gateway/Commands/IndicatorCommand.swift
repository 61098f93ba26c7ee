import ArgumentParser
import Bus
import Schema
import Units

/// `xaso indicator`: what plans promise by number, and what was counted since.
struct IndicatorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "indicator", abstract: "Chỉ tiêu và số liệu. (Indicators and their figures.)",
    subcommands: [List.self, Observe.self, History.self, Overview.self, RollUp.self], aliases: ["chi-tieu"])

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
        let offices = options.json ? [:] : await session.offices(of: indicators.map { ($0.target.plan, $0.unit) })
        options.show(IndicatorTable.of(indicators, offices, options.lang), json: indicators)
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
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let figure = try figure.resolve()
          let (unit, plan) = try await place.resolve(session)
          let indicator = try await indicator.resolve(session, in: unit, of: plan)
          let request = ObserveIndicator(indicator: indicator, period: period, figure: figure, note: note)
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, namedBy: { ($0.indicator.target.plan, $0.indicator.unit) },
        show: { IndicatorTable.of([$0.indicator], $1, change.options.lang) })
    }
  }

  struct History: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Mọi số liệu đã nhập của một chỉ tiêu. (Every figure of an indicator.)", aliases: ["lich-su"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let indicator = try await indicator.resolve(session, in: unit, of: plan)
        let observations: [Observation] = try await session.all(in: unit) {
          ListObservations(indicator: indicator, after: $0)
        }
        options.show(ObservationTable.of(observations, options.lang), json: observations)
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
        let overview = try await session.ask(OverviewIndicators(year: year), in: unit.resolve(session)).value
        options.show(OverviewTable.of(overview), json: overview)
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
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let request = RollUpIndicator(name: name, measure: measure, period: period)
        let rollUp = try await session.ask(request, in: unit.resolve(session)).value
        options.show(RollUpTable.of(rollUp, options.lang), json: rollUp)
      }
    }
  }
}

/// Indicators, a line each, by their number in the plan.
enum IndicatorTable {
  static func of(_ indicators: [IndicatorSummary], _ offices: [Office.Code: String], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
      .init(title: Text(vi: "Mức phấn đấu", en: "Target"), isNumber: true),
      .init(title: Text(vi: "Thời hạn", en: "By")),
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Kết quả", en: "Result"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Đánh giá", en: "Standing")),
      .init(title: Text(vi: "Mốc sau", en: "Later")),
    ])
    for indicator in indicators {
      let (target, measure) = (indicator.target, indicator.measure)
      let later = indicator.later.map { milestone in
        "\(milestone.due?.written ?? String(milestone.year)): \(milestone.promise(in: measure, lang))"
      }
      table.add(
        "\(Units[indicator.unit]?.name ?? indicator.unit.description)", "\(target.number)", "\(indicator.name)",
        "\(target.leads.map { offices[$0] ?? $0.description }.joined(separator: "; "))",
        "\(target.promise(in: measure, lang))",
        "\(target.due?.written ?? Text(vi: "chưa có hạn", en: "no date")(lang))",
        "\(indicator.last?.period.description ?? "")", Table.Cell(result: indicator.last, in: measure, lang),
        Table.Cell(indicator.last?.figure.numerator), Table.Cell(indicator.last?.figure.denominator),
        "\(indicator.standing.text(lang))", "\(later.joined(separator: "; "))")
    }
    return table
  }
}

/// Figures, a line each, the latest period first.
enum ObservationTable {
  static func of(_ observations: [Observation], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Từ ngày", en: "From")),
      .init(title: Text(vi: "Đến ngày", en: "To")),
      .init(title: Text(vi: "Tỷ lệ", en: "Share"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Bản", en: "Revision"), isNumber: true),
      .init(title: Text(vi: "Hiệu lực", en: "Stands")),
      .init(title: Text(vi: "Cơ quan nhập", en: "Entered by")),
      .init(title: Text(vi: "Ngày nhập", en: "On")),
      .init(title: Text(vi: "Ghi chú", en: "Note"), isLong: true),
    ])
    for observation in observations {
      let (figure, days) = (observation.figure, observation.period.days)
      let stands =
        observation.superseded ? Text(vi: "đã thay", en: "superseded") : Text(vi: "đang dùng", en: "stands")
      table.add(
        "\(observation.period)", "\(days.lowerBound.written)", "\(days.upperBound.written)",
        "\(figure.ratio?.percentWritten ?? "")", Table.Cell(figure.numerator), Table.Cell(figure.denominator),
        Table.Cell(observation.revision), "\(stands(lang))", "\(observation.office)",
        "\(observation.time.day.written)", "\(observation.note ?? observation.villages?.text(lang) ?? "")")
    }
    return table
  }
}

/// Units, a line each, with their indicators counted.
enum OverviewTable {
  static func of(_ overview: IndicatorOverview) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit"), isLong: true),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Đạt", en: "Met"), isNumber: true),
      .init(title: Text(vi: "Chưa đạt", en: "Behind"), isNumber: true),
      .init(title: Text(vi: "Chưa có số liệu", en: "No data"), isNumber: true),
      .init(title: Text(vi: "Chỉ báo cáo", en: "Report only"), isNumber: true),
      .init(title: Text(vi: "Tổng số", en: "Total"), isNumber: true),
    ])
    for item in overview.units {
      table.add(
        "\(Units[item.unit]?.name ?? item.unit.description)", Table.Cell(overview.year), Table.Cell(item.met),
        Table.Cell(item.behind), Table.Cell(item.noData), Table.Cell(item.reportOnly),
        Table.Cell(item.met + item.behind + item.noData + item.reportOnly))
    }
    return table
  }
}

/// One line: the sum, and what it rests on.
enum RollUpTable {
  static func of(_ rollUp: RollUp, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Kết quả", en: "Result"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Đã báo cáo", en: "Reported"), isNumber: true),
      .init(title: Text(vi: "Thấp nhất", en: "Lowest")),
      .init(title: Text(vi: "Cao nhất", en: "Highest")),
      .init(title: Text(vi: "Chưa có số liệu", en: "No data")),
    ])
    let total = rollUp.total.map { Figure($0.numerator, of: $0.denominator) }
    let notAddable = rollUp.reported == 0 ? "" : Text(vi: "không cộng được", en: "not addable")(lang)
    func written(_ share: RollUp.Share?) -> String {
      share.map { "\(name($0.unit)) \($0.figure.written(in: rollUp.measure))" } ?? ""
    }
    func name(_ unit: Unit) -> String { Units[unit]?.name ?? unit.description }
    table.add(
      "\(rollUp.name)", "\(rollUp.period)",
      total == nil ? Table.Cell(notAddable) : Table.Cell(result: total, in: rollUp.measure),
      Table.Cell(total?.numerator), Table.Cell(total?.denominator),
      "\(rollUp.reported)/\(rollUp.expected)", Table.Cell(written(rollUp.lowest)), Table.Cell(written(rollUp.highest)),
      "\(rollUp.missing.map(name).joined(separator: ", "))")
    return table
  }
}

extension Table.Cell {
  /// Empty for no number at all.
  fileprivate init(_ number: Int64?) {
    if let number {
      self.init(number, shown: Money(dong: number).written)
    } else {
      self.init("")
    }
  }

  /// With the villages that it rests on, where some are missing.
  fileprivate init(result observation: Observation?, in measure: String?, _ lang: Language) {
    self.init(result: observation?.figure, in: measure)
    guard let villages = observation?.villages, !villages.isComplete else { return }
    self.init("\(shown) (\(villages.text(lang)))")
  }

  /// `85,0 %`, or the count with its measure.
  fileprivate init(result figure: Figure?, in measure: String?) {
    guard let figure else {
      self.init("")
      return
    }
    let isShare = measure == Indicator.percent
    self.init(isShare ? figure.ratio?.percentWritten ?? figure.written : figure.written(in: measure))
  }
}

extension Observation.Villages {
  fileprivate func text(_ lang: Language) -> String {
    Text(vi: "Đề án 06: \(reported)/\(expected) thôn", en: "Đề án 06: \(reported)/\(expected) villages")(lang)
  }
}

extension Milestone {
  /// What is promised, as offices write it: `≥ 99,9 %`, `báo cáo`.
  fileprivate func promise(in measure: String?, _ lang: Language) -> String {
    TargetRow(number: number, indicator: "", unit: measure, comparator: comparator, value: value, leads: leads)
      .promise(lang)
  }
}

extension Open where Word == Indicator.Standing {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.met): Text(vi: "đạt", en: "met")(lang)
    case .known(.behind): Text(vi: "chưa đạt", en: "behind")(lang)
    case .known(.noData): Text(vi: "chưa có số liệu", en: "no data")(lang)
    case .known(.reportOnly): Text(vi: "chỉ báo cáo", en: "report only")(lang)
    case .unknown(let word): word
    }
  }
}
