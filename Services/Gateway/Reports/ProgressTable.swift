import Bus
import Schema

/// The 17 columns by which units report on Resolution 57-NQ/TW, a line for each task.
enum ProgressTable {
  /// What was submitted for tasks: of those that nobody has begun there is nothing to ask.
  static func courses(
    of tasks: [TaskSummary], _ session: Session
  ) async throws(Refusal) -> [PlanTask.ID: [Occurrence]] {
    var courses: [PlanTask.ID: [Occurrence]] = [:]
    for task in tasks where task.status.known != .planned {
      courses[task.id] = try await session.ask(ExplainTask(task: task.id), in: task.unit).value.occurrences
    }
    return courses
  }

  static func of(
    _ tasks: [TaskSummary], _ courses: [PlanTask.ID: [Occurrence]], _ indicators: [IndicatorSummary],
    _ offices: OfficeNames, _ lang: Language
  ) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No")),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Nội dung, sản phẩm", en: "Content and output")),
      .init(title: Text(vi: "Cơ quan chủ trì", en: "Lead")),
      .init(title: Text(vi: "Cơ quan phối hợp", en: "Coordinating")),
      .init(title: Text(vi: "Thời gian thực hiện", en: "Time")),
      .init(title: Text(vi: "Thời hạn", en: "Due")),
      .init(title: Text(vi: "Kinh phí dự kiến (đồng)", en: "Estimate (đồng)"), isNumber: true),
      .init(title: Text(vi: "Nguồn kinh phí", en: "Source")),
      .init(title: Text(vi: "Mục tiêu định tính", en: "Qualitative target")),
      .init(title: Text(vi: "Mục tiêu định lượng", en: "Quantitative target")),
      .init(title: Text(vi: "Lãnh đạo phụ trách", en: "Responsible leader")),
      .init(title: Text(vi: "Minh chứng", en: "Evidence")),
      .init(title: Text(vi: "Mức hoàn thành (%)", en: "Completion (%)"), isNumber: true),
      .init(title: Text(vi: "Trạng thái", en: "Status")),
      .init(title: Text(vi: "Kết quả", en: "Result")),
      .init(title: Text(vi: "Ghi chú", en: "Note")),
    ])
    let promises = Promises(indicators)
    for task in tasks {
      let row = task.row
      let served = promises.of(task)
      let course = courses[task.id] ?? []
      // A task that is over has no nearest day any more; it still was due on one.
      let due = task.deadline?.due ?? row.due ?? course.compactMap(\.due).max()
      let evidence =
        course.flatMap { $0.evidence.map(\.place) } + served.compactMap { $0.last?.evidence ?? $0.judgement?.evidence }
      func joined(_ parts: [String]) -> Table.Cell { Table.Cell(parts.joined(separator: "; ")) }
      table.add(
        "\(row.number)", "\(row.name)", Table.Cell(row.output ?? ""),
        Table.Cell(offices.list(row.leads, in: task.unit)),
        Table.Cell(offices.list(row.coordinating, in: task.unit)), Table.Cell(row.time ?? ""),
        Table.Cell(due?.written ?? ""),
        Table.Cell(row.cost), Table.Cell(row.sourceText ?? ""),
        joined(served.filter { $0.target.value == nil }.map(\.name)),
        joined(
          served.filter { $0.target.value != nil }.map { "\($0.name) \($0.target.promise(in: $0.measure, lang))" }),
        Table.Cell(task.leader ?? ""), joined(evidence),
        Table.Cell(task.percent), Table.Cell(task.standing(lang)),
        joined(
          served.compactMap { indicator in
            indicator.last.map { "\(indicator.name): \($0.figure.written(in: indicator.measure))" }
              ?? indicator.judgement.map { "\(indicator.name): \($0.verdict.text(lang)), \($0.text)" }
          }), Table.Cell(task.note ?? ""))
    }
    return table
  }

  /// The indicators that tasks serve, by their targets.
  private struct Promises {
    private var byTarget: [Target.ID: IndicatorSummary] = [:]

    init(_ indicators: [IndicatorSummary]) {
      for indicator in indicators {
        for milestone in [indicator.target] + indicator.later { byTarget[milestone.target] = indicator }
      }
    }

    func of(_ task: TaskSummary) -> [IndicatorSummary] { (task.targets ?? []).compactMap { byTarget[$0] } }
  }
}
