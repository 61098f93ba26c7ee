import ArgumentParser
import Bus
import Schema
import Storage
import Units

/// What every change of a task takes.
struct TaskOptions: ParsableArguments {
  @Argument(help: "Số thứ tự hoặc mã nhiệm vụ. (The task's number or id.)") var task: TaskReference
  @Option(help: "Của kế hoạch này, khi số thứ tự trùng nhau. (Of this plan.)") var plan: PlanReference?
  @OptionGroup var unit: UnitOption
  @OptionGroup var version: VersionOption
  @OptionGroup var change: ChangeOptions

  func make<Message: Request>(
    _ request: (PlanTask.ID, Session, Unit) async throws -> Message
  ) async throws where Message.Reply == TaskSummary {
    var offices = OfficeNames()
    try await change.make(
      { session, key in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let task = try await task.resolve(session, in: unit, of: plan)
        let summary = try await session.ask(
          try await request(task, session, unit), in: unit, key: key, expecting: version.expecting
        ).value
        offices = await session.offices(of: [(summary.plan, summary.unit)])
        return summary
      }, show: { TaskTable.of([$0], offices, change.options.lang) })
  }
}

/// Which occurrence of a task is meant; none need be named where there is one only.
struct OccurrenceOptions: ParsableArguments {
  @Option(help: "Kỳ hạn: 31/03/2026. (The occurrence's day.)") var due: Day?
  @Option(help: "Cơ quan, khi nhiều cơ quan cùng chủ trì. (The office, of a collective lead.)") var office: Office.Code?
}

extension TaskCommand {
  struct Submit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nộp kết quả kèm minh chứng. (Submit with evidence.)", aliases: ["nop"])

    @OptionGroup var options: TaskOptions
    @OptionGroup var occurrence: OccurrenceOptions
    @Option(help: "Tệp minh chứng; chỉ mã băm và nơi lưu được gửi. (A file; its hash and place alone are sent.)")
    var evidence: [String]

    func run() async throws {
      let lang = options.change.options.lang
      let evidence = try evidence.map { Evidence(hash: try Fingerprint(ofFile: $0, lang), place: $0) }
      try await options.make { task, _, _ in
        SubmitTask(task: task, due: occurrence.due, office: occurrence.office, evidence: evidence)
      }
    }
  }

  struct Accept: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đầu mối xác nhận hoàn thành. (Accept what was submitted.)", aliases: ["xac-nhan"])

    @OptionGroup var options: TaskOptions
    @OptionGroup var occurrence: OccurrenceOptions

    func run() async throws {
      try await options.make { task, _, _ in AcceptTask(task: task, due: occurrence.due, office: occurrence.office) }
    }
  }

  struct Return: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đầu mối trả lại. (Give back what was submitted.)", aliases: ["tra-lai"])

    @OptionGroup var options: TaskOptions
    @OptionGroup var occurrence: OccurrenceOptions
    @Option(help: "Lý do. (Why.)") var reason: String

    func run() async throws {
      try await options.make { task, _, _ in
        ReturnTask(task: task, due: occurrence.due, office: occurrence.office, reason: reason)
      }
    }
  }

  struct Decide: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tạm dừng (pause), tiếp tục (resume), hủy (cancel), tính hạn (start) theo văn bản. (By a document.)",
      aliases: ["quyet-dinh"])

    @OptionGroup var options: TaskOptions
    @Option(help: "pause, resume, cancel, start.") var step: DecideTask.Step
    @OptionGroup var decision: DecisionOptions

    func run() async throws {
      try await options.make { task, _, _ in DecideTask(task: task, step: step, decision: decision.decision) }
    }
  }

  struct Assign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Phân công lãnh đạo, đặt hạn, gắn chỉ tiêu. (Name a leader, set a day, link targets.)",
      aliases: ["phan-cong"])

    @OptionGroup var options: TaskOptions
    @Option(help: "Lãnh đạo phụ trách. (The responsible leader.)") var leader: String?
    @Option(help: "Hạn, khi kế hoạch chưa ấn định. (The day, where the plan sets none.)") var due: Day?
    @Option(help: "Mã chỉ tiêu; ghi nhiều lần được. (A target's id; may be repeated.)") var target: [Target.ID] = []

    func run() async throws {
      try await options.make { task, _, _ in
        AssignTask(task: task, leader: leader, due: due, targets: target.isEmpty ? nil : target)
      }
    }
  }

  struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Vì sao nhiệm vụ ở tình trạng này. (Why a task stands where it stands.)", aliases: ["vi-sao"])

    @Argument(help: "Số thứ tự hoặc mã nhiệm vụ. (The task's number or id.)") var task: TaskReference
    @Option(help: "Của kế hoạch này, khi số thứ tự trùng nhau. (Of this plan.)") var plan: PlanReference?
    @Option(help: "Xét theo ngày này. (The day to judge by.)") var today: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let plan = try await plan?.resolve(session, in: unit)
        let task = try await task.find(session, in: unit, of: plan)
        let course = try await session.ask(ExplainTask(task: task.id, today: today), in: task.unit).value
        guard !options.json, !options.csv else {
          options.show(occurrences(course), json: course)
          return
        }
        Output.write("\(course.task.row.number). \(course.task.row.name)")
        for reason in course.reasons { Output.write("- \(reason(options.lang))") }
        for step in course.steps { Output.write("  \(step.day.written) \(step.account): \(step.text(options.lang))") }
        if course.count > 1 { for line in occurrences(course).lines(options.lang) { Output.write(line) } }
      }
    }

    private func occurrences(_ course: TaskCourse) -> Table {
      var table = Table([
        .init(title: Text(vi: "Kỳ hạn", en: "Due")), .init(title: Text(vi: "Cơ quan", en: "Office")),
        .init(title: Text(vi: "Tình trạng", en: "Standing")), .init(title: Text(vi: "Ngày nộp", en: "Submitted")),
      ])
      for occurrence in course.occurrences {
        table.add(
          "\(occurrence.due?.written ?? "")", "\(occurrence.office?.description ?? "")",
          "\(occurrence.standing.known?.text(options.lang) ?? "")", "\(occurrence.submittedOn?.written ?? "")")
      }
      return table
    }
  }

  struct Tally: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Đúng hạn, chậm hạn theo cơ quan, thôn hoặc theo xã. (On time and late, by office and village, or by commune.)",
      aliases: ["tong-hop"])

    @Option(help: "Năm. (The year.)") var year: Int
    @Option(help: "Xét theo ngày này. (The day to judge by.)") var today: Day?
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let unit = try unit.resolve(session)
        let tally = try await session.ask(TallyTasks(year: year, today: today), in: unit).value
        var table = Table([
          .init(title: Text(vi: "Đơn vị, cơ quan", en: "Unit, office")),
          .init(title: Text(vi: "Đúng hạn", en: "On time"), isNumber: true),
          .init(title: Text(vi: "Chậm", en: "Late"), isNumber: true),
          .init(title: Text(vi: "Quá hạn", en: "Overdue"), isNumber: true),
          .init(title: Text(vi: "Đang làm", en: "Open"), isNumber: true),
          .init(title: Text(vi: "Không xong", en: "Unfinished"), isNumber: true),
        ])
        let plans: [PlanSummary] =
          options.json || unit.commune == nil
          ? [] : try await session.all(in: unit) { ListPlans(year: year, after: $0) }
        let offices = await session.offices(of: plans.filter { $0.number != nil }.map { ($0.id, $0.unit) })
        for row in tally.rows {
          table.add(
            "\(row.office.map { offices.name(of: $0, in: row.unit) } ?? Units[row.unit]?.name ?? "\(row.unit)")",
            Table.Cell(row.doneOnTime), Table.Cell(row.doneLate), Table.Cell(row.overdue), Table.Cell(row.open),
            Table.Cell(row.unfinished ?? 0))
        }
        options.show(table, json: tally)
      }
    }
  }
}
