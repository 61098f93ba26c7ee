import ArgumentParser
import Bus
import FoundationEssentials
import PlanDocuments
import Schema
import Units

/// `xaso plan`: a unit's plans.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Kế hoạch năm. (Yearly plans.)",
    subcommands: [
      Import.self, Check.self, Cascades.self, List.self, Show.self, Issue.self, Discard.self,
    ], aliases: ["ke-hoach"])

  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nhập một kế hoạch từ tệp YAML thành bản dự thảo. (Take a plan from a YAML file as a draft.)")

    @Argument(help: "Tệp kế hoạch; xem deploy/plans. (The plan's file.)")
    var file: String

    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let lang = change.options.lang
      let document = try PlanFile.read(file, lang)
      try await change.make({ try await $0.submit(document, key: $1) }, show: { PlanTable.of([$0], lang) })
    }
  }

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Các kế hoạch của đơn vị và cấp dưới. (The plans of a unit and those below it.)")

    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options
    @Option(help: "Năm. (The year.)") var year: Int?

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plans: [PlanSummary] = try await session.all(in: unit) { ListPlans(year: year, after: $0) }
        options.show(PlanTable.of(plans, options.lang), json: plans)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một kế hoạch; --csv in các chỉ tiêu. (One plan; --csv prints its targets.)")

    @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan.resolve(session, in: unit)
        let detail = try await session.ask(ShowPlan(plan: plan), in: unit).value
        let targets: [TargetSummary] = try await session.all(in: unit) { ListTargets(plan: plan, after: $0) }
        let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(plan: plan, after: $0) }
        let whole = PlanInFull(plan: detail, tasks: tasks, targets: targets)
        if options.json || options.csv {
          options.show(whole.targetTable(options.lang), json: whole)
        } else {
          for line in whole.lines(options.lang) { print(line) }
        }
      }
    }
  }

  struct Issue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Văn thư ghi số, ngày và phát hành. (Record number and date, and release.)")

    @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference
    @Option(help: "Số, ký hiệu: 119/KH-UBND. (The document's number.)") var number: DocumentNumber
    @Option(help: "Ngày ban hành: 14/11/2025. (The date of issue.)") var on: Day
    @OptionGroup var unit: UnitOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = IssuePlan(plan: try await plan.resolve(session, in: unit), number: number, issuedOn: on)
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, show: { PlanTable.of([$0], change.options.lang) })
    }
  }

  struct Discard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Bỏ một bản dự thảo. (Give up a draft.)")

    @Argument(help: "Số hoặc mã kế hoạch. (The plan's number or id.)") var plan: PlanReference
    @OptionGroup var unit: UnitOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let request = DiscardPlan(plan: try await plan.resolve(session, in: unit))
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, show: { PlanTable.of([$0], change.options.lang) })
    }
  }
}

/// A plan's file, read with every mistake named.
enum PlanFile {
  static func read(_ path: String, _ lang: Language) throws -> PlanDocument {
    let yaml: String
    do {
      yaml = try String(contentsOf: URL(filePath: path), encoding: .utf8)
    } catch {
      Failure.complain(
        Text(vi: "Không đọc được tệp \(path).", en: "The file \(path) cannot be read.")(lang))
      throw ExitCode(66)
    }
    do throws(PlanProblems) {
      return try PlanDocument.read(yaml: yaml)
    } catch {
      for problem in error.problems {
        Failure.complain("\(path): \(problem.written(lang))")
      }
      throw ExitCode(65)
    }
  }
}

/// Plans, a line each, by what a command may name them by.
enum PlanTable {
  static func of(_ plans: [PlanSummary], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Số hoặc mã", en: "Number or id")),
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Ngày", en: "Date")),
      .init(title: Text(vi: "Trạng thái", en: "State")),
      .init(title: Text(vi: "Nhiệm vụ", en: "Tasks"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Targets"), isNumber: true),
      .init(title: Text(vi: "Kinh phí (đồng)", en: "Money (đồng)"), isNumber: true),
      .init(title: Text(vi: "Trích yếu", en: "Title"), isLong: true),
    ])
    for plan in plans {
      table.add(
        "\(plan.number?.description ?? plan.id.description)", "\(Units[plan.unit]?.name ?? plan.unit.description)",
        Table.Cell(plan.year), "\(plan.issuedOn?.written ?? "")", "\(plan.status.text(lang))",
        Table.Cell(plan.rows.tasks), Table.Cell(plan.rows.targets), Table.Cell(plan.lines == 0 ? nil : plan.planned),
        "\(plan.title)")
    }
    return table
  }
}

extension Open where Word == Plan.Status {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.draft): Text(vi: "dự thảo", en: "draft")(lang)
    case .known(.issued): Text(vi: "đã ban hành", en: "issued")(lang)
    case .known(.discarded): Text(vi: "đã bỏ", en: "discarded")(lang)
    case .unknown(let word): word
    }
  }
}
