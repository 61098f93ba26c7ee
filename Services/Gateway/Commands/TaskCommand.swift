import ArgumentParser
import Bus
import Schema
import Units

/// `xaso task`: the tasks of issued plans.
struct TaskCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "task", abstract: "Nhiệm vụ của kế hoạch. (The plans' tasks.)",
    subcommands: [List.self, Show.self, Progress.self], aliases: ["nhiem-vu"])

  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Liệt kê nhiệm vụ. (List tasks.)")

    @Option(help: "Chỉ của kế hoạch này. (Of this plan only.)") var plan: PlanReference?
    @Option(help: "Chỉ của cơ quan này. (Of this office only.)") var office: Office.Code?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let tasks: [TaskSummary] = try await session.all(in: unit) {
          ListTasks(plan: plan, office: office, after: $0)
        }
        let offices = options.json ? [:] : try await session.offices(of: tasks)
        options.show(TaskTable.of(tasks, offices, options.lang), json: tasks)
      }
    }
  }

  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Một nhiệm vụ: tiến độ và kinh phí. (One task: progress and money.)")

    @Argument(help: "Số thứ tự hoặc mã nhiệm vụ. (The task's number or id.)") var task: TaskReference
    @Option(help: "Của kế hoạch này, khi số thứ tự trùng nhau. (Of this plan.)") var plan: PlanReference?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let task = try await task.find(session, in: try unit.resolve(session), of: plan)
        let lines: [LineSummary] = try await session.all(in: task.unit) { ListLines(task: task.id, after: $0) }
        let whole = TaskInFull(task: task, lines: lines)
        if options.json || options.csv {
          options.show(whole.table(options.lang), json: whole)
        } else {
          for line in whole.lines(try await session.offices(of: [task]), options.lang) { print(line) }
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
    @Option(help: "Của kế hoạch này, khi số thứ tự trùng nhau. (Of this plan.)") var plan: PlanReference?
    @OptionGroup var unit: UnitOption
    @OptionGroup var version: VersionOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      var offices: [Office.Code: String] = [:]
      try await change.make(
        { session, key in
          let unit = try unit.resolve(session)
          let task = try await task.resolve(session, in: unit, of: plan)
          let request = RecordProgress(task: task, percent: percent, note: note)
          let summary = try await session.ask(request, in: unit, key: key, expecting: version.expecting).value
          offices = try await session.offices(of: [summary])
          return summary
        }, show: { TaskTable.of([$0], offices, change.options.lang) })
    }
  }
}

extension Session {
  /// The names of the offices that tasks name by code.
  func offices(of tasks: [TaskSummary]) async throws(Refusal) -> [Office.Code: String] {
    try await offices(of: tasks.map { ($0.plan, $0.unit) })
  }

  /// The names of the offices that plans name by code.
  func offices(of plans: [(Plan.ID, Unit)]) async throws(Refusal) -> [Office.Code: String] {
    var offices: [Office.Code: String] = [:]
    for (plan, unit) in Dictionary(plans, uniquingKeysWith: { first, _ in first }) {
      let head = try await ask(ShowPlan(plan: plan), in: unit).value.head
      for office in head.offices { offices[office.code] = office.name }
    }
    return offices
  }
}

/// Tasks, a line each, by their number in the plan.
enum TaskTable {
  static func of(_ tasks: [TaskSummary], _ offices: [Office.Code: String], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
      .init(title: Text(vi: "Thời hạn", en: "Due")),
      .init(title: Text(vi: "Tiến độ", en: "Progress"), isNumber: true),
      .init(title: Text(vi: "Kinh phí (đồng)", en: "Money (đồng)"), isNumber: true),
    ])
    for task in tasks {
      let row = task.row
      table.add(
        "\(row.number)", "\(row.name)", "\(row.leads.map { offices[$0] ?? $0.description }.joined(separator: "; "))",
        "\(row.due?.written ?? row.time ?? Text(vi: "chưa có hạn", en: "no date")(lang))",
        Table.Cell(task.percent, shown: "\(task.percent)%"), Table.Cell(row.cost))
    }
    return table
  }
}
