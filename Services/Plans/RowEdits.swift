import Schema

/// A row of an appendix, known by its number.
protocol NumberedRow {
  var number: String { get }
}

extension TaskRow: NumberedRow {}
extension TargetRow: NumberedRow {}

/// What a change of a draft does to the rows of one appendix.
struct RowEdits<Entity, Row: NumberedRow> {
  private(set) var replaced: [(id: Identifier<Entity>, row: Row)] = []
  private(set) var added: [Row] = []
  private(set) var removed: [Identifier<Entity>] = []
  /// All rows as they are afterwards, new ones last.
  private(set) var rows: [Row] = []

  /// - Parameters:
  ///   - present: The rows in the order of the document.
  ///   - place: Of the new rows in the request, such as `tasks`.
  init(
    _ present: [(id: Identifier<Entity>, row: Row)], keeping kept: [Row], removing numbers: [String], at place: String
  ) throws(Refusal) {
    let mentioned = kept.map(\.number) + numbers
    guard Set(mentioned).count == mentioned.count else {
      throw Refusal(
        .invalid, vi: "Một dòng được nêu hai lần; hãy nêu mỗi số một lần.",
        en: "A row is named twice; name each number once.", at: place)
    }
    let byNumber = Dictionary(grouping: present, by: \.row.number)
    for number in mentioned where (byNumber[number]?.count ?? 0) > 1 {
      throw Refusal(
        .conflict, vi: "Có nhiều dòng số \(number), không biết sửa dòng nào; hãy nhập lại kế hoạch với số riêng.",
        en: "Several rows are number \(number); import the plan again with a number for each.", at: place)
    }
    for number in numbers {
      guard let found = byNumber[number]?.first else {
        throw Refusal(
          .invalid, vi: "Không có dòng số \(number) để bỏ.", en: "There is no row \(number) to remove.", at: place)
      }
      removed.append(found.id)
    }
    for row in kept {
      if let found = byNumber[row.number]?.first { replaced.append((found.id, row)) } else { added.append(row) }
    }
    let changes = Dictionary(uniqueKeysWithValues: replaced.map { ($0.id, $0.row) })
    let gone = Set(removed)
    rows = present.filter { !gone.contains($0.id) }.map { changes[$0.id] ?? $0.row } + added
  }
}

extension PlansRules {
  typealias TaskEdits = RowEdits<PlanTask, TaskRow>
  typealias TargetEdits = RowEdits<Target, TargetRow>

  /// Changes a draft's rows, and counts all of them again.
  static func change(
    _ plan: inout PlanRecord, _ request: ChangeRows, tasks: [TaskSummary], targets: [TargetSummary],
    by account: Caller.Account
  ) throws(Refusal) -> (tasks: TaskEdits, targets: TargetEdits) {
    let status = try PlanLife.status(after: .write, plan.summary)
    let count =
      request.tasks.count + request.targets.count + request.removedTasks.count + request.removedTargets.count
    guard (1...100).contains(count) else {
      throw Refusal(
        .invalid, vi: "Mỗi lần sửa từ 1 đến 100 dòng.", en: "A change is of 1 to 100 rows.", at: "tasks")
    }
    try check(request.tasks, request.targets, Set(plan.head.offices.map(\.code)))
    let taskEdits = try TaskEdits(
      tasks.map { ($0.id, $0.row) }, keeping: request.tasks, removing: request.removedTasks, at: "tasks")
    let targetEdits = try TargetEdits(
      targets.map { ($0.id, $0.row) }, keeping: request.targets, removing: request.removedTargets, at: "targets")

    var summary = plan.summary
    summary.expected.tasks += taskEdits.added.count - taskEdits.removed.count
    summary.expected.targets += targetEdits.added.count - targetEdits.removed.count
    summary.rows = RowCounts(tasks: taskEdits.rows.count, targets: targetEdits.rows.count)
    guard summary.expected.tasks <= 2000, summary.expected.targets <= 2000 else {
      throw Refusal(
        .invalid, vi: "Một kế hoạch có nhiều nhất 2.000 nhiệm vụ và 2.000 chỉ tiêu.",
        en: "A plan has 2,000 tasks and 2,000 targets at most.", at: "tasks")
    }
    let costs = taskEdits.rows.compactMap(\.cost)
    guard let planned = costs.reduce(Optional(0 as Money), { $0?.adding($1) }) else {
      throw Refusal(.invalid, vi: "Tổng kinh phí quá lớn.", en: "The total of the money is too large.", at: "tasks")
    }
    (summary.lines, summary.planned) = (costs.count, planned)
    summary.numericTargets = targetEdits.rows.count { $0.value != nil }
    plan.summary = summary
    plan.move(to: status)
    plan.authors.insert(account)
    return (taskEdits, targetEdits)
  }
}
