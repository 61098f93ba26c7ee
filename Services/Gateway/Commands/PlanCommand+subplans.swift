import ArgumentParser
import Bus
import Schema
import Units

extension PlanCommand {
  struct Subplans: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ai đã có kế hoạch cụ thể hóa, ai chưa. (Who has a plan that carries this one out, and who has not.)",
      discussion: """
        Kế hoạch của tỉnh: các xã có kế hoạch ghi kế hoạch này là kế hoạch của tỉnh (parent plan). Kế hoạch của xã: kế hoạch
        riêng của cơ quan (--purpose office) ghi như vậy.
        Of a province's plan: the communes whose plans name it as their parent plan; of a commune's: its offices'.

        Không nêu kế hoạch: những kế hoạch mà đơn vị và các cơ quan phải có, theo kế hoạch của tỉnh và của đơn vị.
        Without a plan: those that the unit and its offices are to have, by the province's plans and by its own.
        """, aliases: ["cu-the-hoa"])

    @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference?
    @Flag(help: "Chỉ những nơi chưa có. (Only those who have none.)") var missing = false
    @Option(help: "Xét theo ngày này. (The day to judge by.)") var today: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        guard let plan = try await plan?.resolve(session, in: unit) else {
          return try await showAsked(session, of: unit)
        }
        var table = try await session.ask(ListSubplans(plan: plan, today: today), in: unit).value
        let (all, having) = (table.rows.count, table.rows.count { $0.plan != nil })
        if missing { table.rows.removeAll { $0.plan != nil } }
        options.show(SubplanList.of(table, options.lang), json: table)
        guard !options.json, !options.csv else { return }
        Output.write(
          Text(vi: "\(having)/\(all) đã có kế hoạch.", en: "\(having) of \(all) have a plan.")(options.lang))
      }
    }

    /// What is asked of the unit, whoever asks.
    private func showAsked(_ session: Session, of unit: Unit) async throws {
      let all: [AskedSubplan] = try await session.all(in: unit) { ListAskedSubplans(today: today, after: $0) }
      let asked = all.filter { !missing || $0.row.plan == nil }
      options.show(SubplanList.of(asked, options.lang), json: asked)
    }
  }

  struct AskForSubplans: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ask-subplans",
      abstract: "Yêu cầu kế hoạch cụ thể hóa, có hạn. (Ask for plans that carry this one out, by a day.)",
      aliases: ["yeu-cau-cu-the-hoa"])

    @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference
    @Option(help: "Hạn: 31/12/2026. (The day.)") var due: Day
    @Option(help: "Cơ quan của xã phải có kế hoạch; ghi nhiều lần được. (An office of the commune.)")
    var office: [Office.Code] = []
    @OptionGroup var unit: UnitOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = AskSubplans(plan: try await plan.resolve(session, in: unit), due: due, offices: office)
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, show: { SubplanList.of($0, change.options.lang) })
    }
  }
}

/// Who is to have a plan, a line each.
enum SubplanList {
  static func of(_ subplans: SubplanTable, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị, cơ quan", en: "Unit, office")), .init(title: Text(vi: "Hạn", en: "Due")),
      .init(title: Text(vi: "Tình trạng", en: "Standing")), .init(title: Text(vi: "Số", en: "Number")),
      .init(title: Text(vi: "Ngày", en: "Date")),
    ])
    for row in subplans.rows {
      table.add(
        "\(row.office?.description ?? Units[row.unit]?.name ?? row.unit.description)", "\(subplans.due.written)",
        "\(row.standing.known?.text(lang) ?? "")", "\(row.number?.description ?? "")",
        "\(row.issuedOn?.written ?? "")")
    }
    return table
  }

  static func of(_ asked: [AskedSubplan], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Theo kế hoạch", en: "Carries out")), .init(title: Text(vi: "Của", en: "Of")),
      .init(title: Text(vi: "Đơn vị, cơ quan", en: "Unit, office")), .init(title: Text(vi: "Hạn", en: "Due")),
      .init(title: Text(vi: "Tình trạng", en: "Standing")), .init(title: Text(vi: "Số", en: "Number")),
      .init(title: Text(vi: "Tên", en: "Title"), isLong: true),
    ])
    for asked in asked {
      table.add(
        "\(asked.number)", "\(Units[asked.by]?.name ?? asked.by.description)",
        "\(asked.row.office?.description ?? Units[asked.row.unit]?.name ?? asked.row.unit.description)",
        "\(asked.due.written)", "\(asked.row.standing.known?.text(lang) ?? "")",
        "\(asked.row.number?.description ?? "")", "\(asked.title)")
    }
    return table
  }
}

extension SubplanTable.Standing {
  fileprivate func text(_ lang: Language) -> String {
    switch self {
    case .onTime: Text(vi: "đúng hạn", en: "on time")(lang)
    case .late: Text(vi: "chậm", en: "late")(lang)
    case .awaited: Text(vi: "chưa có", en: "awaited")(lang)
    case .overdue: Text(vi: "quá hạn", en: "overdue")(lang)
    }
  }
}
