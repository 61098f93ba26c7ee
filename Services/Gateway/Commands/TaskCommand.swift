import ArgumentParser
import Bus
import Schema
import Units

/// `xaso task`: the tasks of issued plans.
struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task", abstract: "Nhiệm vụ của kế hoạch. (The plans' tasks.)",
    subcommands: [
      List.self, Show.self, Why.self, Progress.self, Submit.self, Accept.self, Return.self, Decide.self, Assign.self,
      Tally.self,
    ], aliases: ["nhiem-vu"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Liệt kê nhiệm vụ. (List tasks.)")

    @Option(help: "Chỉ của kế hoạch này. (Of this plan only.)") var plan: PlanReference?
    @Option(help: "Chỉ của cơ quan này. (Of this office only.)") var office: Office.Code?
    @Option(help: "Chỉ do cơ quan này chủ trì. (Led by this office.)") var lead: Office.Code?
    @Option(help: "Năm. (The year.)") var year: Int?
    @Option(help: "Trạng thái. (The state.)") var status: PlanTask.Status?
    @Option(help: "Trụ cột: \(WordArgument<Pillar>.list). (The pillar.)") var pillar: WordArgument<Pillar>?
    @Flag(help: "Quá hạn. (Overdue.)") var overdue = false
    @Flag(help: "Đến hạn trong 7 ngày làm việc. (Due within seven working days.)") var dueSoon = false
    @Flag(help: "Chưa có hạn. (Without a date.)") var noDate = false
    @Option(help: "Đến hạn trước hoặc trong ngày này. (Due by this day.)") var dueBy: Day?
    @Option(help: "Tìm chữ, không cần dấu. (Words; accents do not matter.)") var text: String?
    @Option(help: "Xét theo ngày này (mặc định: hôm nay). (The day to judge by.)") var today: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func validate() throws {
      guard [overdue, dueSoon, noDate].count(where: \.self) <= 1 else {
        throw ValidationError(
          "Chỉ dùng một trong ba: --overdue, --due-soon, --no-date. (They exclude each other.)")
      }
    }

    func run() async throws {
      let standing: PlanTask.Standing? = overdue ? .overdue : dueSoon ? .dueSoon : noDate ? .noDate : nil
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let tasks: [TaskSummary] = try await session.all(in: unit) {
          ListTasks(
            plan: plan, office: office, lead: lead, year: year, status: status, pillar: pillar?.word,
            standing: standing, dueBy: dueBy, text: text, today: today, after: $0)
        }
        let offices = options.json ? OfficeNames() : await session.offices(of: tasks.map { ($0.plan, $0.unit) })
        let plans = options.json || plan != nil ? [:] : try await numbers(of: tasks, in: unit, session)
        options.show(TaskTable.of(tasks, offices, in: plans, options.lang), json: tasks)
      }
    }

    /// The plans' numbers, where the tasks are of several.
    private func numbers(
      of tasks: [TaskSummary], in unit: Unit?, _ session: Session
    ) async throws -> [Plan.ID: DocumentNumber] {
      guard Set(tasks.map(\.plan)).count > 1 else { return [:] }
      let plans: [PlanSummary] = try await session.all(in: unit) { ListPlans(after: $0) }
      return Dictionary(plans.compactMap { plan in plan.number.map { (plan.id, $0) } }) { first, _ in first }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một nhiệm vụ: tiến độ và kinh phí. (One task: progress and money.)")

    @Argument(help: "Số thứ tự hoặc mã nhiệm vụ. (The task's number or id.)") var task: TaskReference
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let task = try await task.find(session, in: unit, of: plan)
        let lines: [LineSummary] = try await session.all(in: task.unit) { ListLines(task: task.id, after: $0) }
        let whole = TaskInFull(task: task, lines: lines)
        if options.json || options.csv {
          options.show(whole.table(options.lang), json: whole)
        } else {
          let offices = await session.offices(of: [(task.plan, task.unit)])
          for line in whole.lines(offices, options.lang) { Output.write(line) }
        }
      }
    }
  }

  struct Progress: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi tiến độ một nhiệm vụ. (Record how far a task is.)", aliases: ["tien-do"])

    @Argument(help: "Số thứ tự hoặc mã nhiệm vụ. (The task's number or id.)") var task: TaskReference
    @Argument(help: "Tiến độ, 0 đến 100. (Progress, 0 to 100.)") var percent: Int
    @Option(help: "Ghi chú: đã làm được gì. (A note.)") var note: String?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let task = try await task.resolve(session, in: unit, of: plan)
          let request = RecordProgress(task: task, percent: percent, note: note)
          return try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
        }, namedBy: { ($0.plan, $0.unit) }, show: { TaskTable.of([$0], $1, change.options.lang) })
    }
  }
}

/// Tasks, a line each, by their number in the plan.
enum TaskTable {
  /// - Parameter plans: The numbers of their plans, where they are of several; whose they are is then said too.
  static func of(
    _ tasks: [TaskSummary], _ offices: OfficeNames, in plans: [Plan.ID: DocumentNumber] = [:], _ lang: Language
  ) -> Table {
    let areOfSeveralUnits = Set(tasks.map(\.unit)).count > 1
    var whose: [Table.Column] = []
    if areOfSeveralUnits { whose.append(.init(title: Text(vi: "Đơn vị", en: "Unit"))) }
    if !plans.isEmpty { whose.append(.init(title: Text(vi: "Kế hoạch", en: "Plan"))) }
    let columns: [Table.Column] = [
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
      .init(title: Text(vi: "Thời hạn", en: "Due")),
      .init(title: Text(vi: "Tình trạng", en: "Standing")),
      .init(title: Text(vi: "Tiến độ", en: "Progress"), isNumber: true),
      .init(title: Text(vi: "Kinh phí (đồng)", en: "Money (đồng)"), isNumber: true),
    ]
    var table = Table(whose + columns)
    for task in tasks {
      let row = task.row
      var cells: [Table.Cell] = []
      if areOfSeveralUnits { cells.append("\(Units[task.unit]?.name ?? task.unit.description)") }
      if !plans.isEmpty { cells.append("\(plans[task.plan]?.description ?? "")") }
      cells += [
        "\(row.number)", "\(row.name)", "\(offices.list(row.leads, in: task.unit))",
        "\(task.due(lang))", "\(task.standing(lang))", Table.Cell(task.percent, shown: "\(task.percent)%"),
        Table.Cell(row.cost),
      ]
      table.add(cells)
    }
    return table
  }
}

extension TaskSummary {
  /// The nearest day, with a mark where the plan does not say it; else the time as printed.
  func due(_ lang: Language) -> String {
    if let deadline, let due = deadline.due {
      return due.written + (deadline.inferred ? Text(vi: " (suy ra)", en: " (inferred)")(lang) : "")
    }
    return row.due?.written ?? row.time ?? Text(vi: "chưa có hạn", en: "no date")(lang)
  }

  func standing(_ lang: Language) -> String { deadline?.standing.text(lang) ?? "" }
}

extension Open where Word == PlanTask.Standing {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(let standing): standing.text(lang)
    case .unknown(let word): word
    }
  }
}
