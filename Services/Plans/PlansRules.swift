import Schema

/// What may be written into a plan. No I/O: a rule gets what it decides on, and says yes or why not.
enum PlansRules {
  static func begin(_ request: DraftPlan, in unit: Unit) -> PlanSummary {
    PlanSummary(
      id: Plan.ID(), unit: unit, status: Open(.draft), version: 1, year: request.head.year, title: request.head.title,
      rows: RowCounts(tasks: 0, targets: 0), expected: request.expected, numericTargets: 0, lines: 0, planned: 0)
  }

  /// What a unit had that went into another one is looked at and brought to its end; nothing new begins there.
  static func checkGoesOn(_ unit: Unit, for caller: Caller) throws(Refusal) {
    guard caller.former.contains(unit), let successor = caller.unit else { return }
    throw Refusal(
      .conflict, vi: "Đơn vị \(unit) đã nhập vào \(successor); hãy lập kế hoạch của đơn vị mới.",
      en: "The unit \(unit) went into \(successor); draft a plan of the new one.")
  }

  static func check(_ request: DraftPlan) throws(Refusal) {
    let head = request.head
    guard (2021...2100).contains(head.year) else {
      throw Refusal(
        .invalid, vi: "Năm phải từ 2021 đến 2100.", en: "The year is between 2021 and 2100.", at: "head.year")
    }
    try head.title.check(atMost: 1000, at: "head.title")
    try head.issuer.check(atMost: 300, at: "head.issuer")
    // The whole head is shown in one reply, and its offices travel in one event.
    try check(bytesOf: head, atMost: 64 * 1024, at: "head")
    try check(bytesOf: head.offices, atMost: 24 * 1024, at: "head.offices")
    let offices = head.offices.map(\.code)
    guard offices.count <= 200, Set(offices).count == offices.count else {
      throw Refusal(
        .invalid, vi: "Mỗi cơ quan có một mã riêng, không quá 200 cơ quan.",
        en: "Each office has a code of its own, 200 offices at most.", at: "head.offices")
    }
    for (index, office) in head.offices.enumerated() {
      try office.name.check(atMost: 300, at: "head.offices[\(index)].name")
    }
    guard offices.contains(head.focal) else {
      throw Refusal(
        .invalid, vi: "Cơ quan đầu mối \(head.focal) không có trong danh sách cơ quan.",
        en: "The focal office \(head.focal) is not among the offices.", at: "head.focal")
    }
    for (index, collective) in (head.collectives ?? []).enumerated() {
      try check([collective.code] + collective.members, in: Set(offices), at: "head.collectives[\(index)]")
      guard !collective.members.isEmpty, !collective.members.contains(collective.code) else {
        throw Refusal(
          .invalid, vi: "Tên chung cho nhiều cơ quan cần có thành viên, không kể chính nó.",
          en: "A name for several offices has members, and is none of them.", at: "head.collectives[\(index)]")
      }
    }
    if let meeting = head.meeting, head.purpose != .known(.conclusion) {
      throw Refusal(
        .invalid,
        vi: "Chỉ thông báo kết luận mới có cuộc họp (ngày \(meeting.on.written)); hãy nêu mục đích là kết luận.",
        en: "Only conclusions have a meeting (of \(meeting.on)); say that this is their purpose.", at: "head.meeting")
    }
    guard (0...2000).contains(request.expected.tasks), (0...2000).contains(request.expected.targets) else {
      throw Refusal(
        .invalid, vi: "Một kế hoạch có nhiều nhất 2.000 nhiệm vụ và 2.000 chỉ tiêu.",
        en: "A plan has 2,000 tasks and 2,000 targets at most.", at: "expected")
    }
  }

  /// Checks the rows of one part and counts them in.
  static func add(_ part: DraftRows, to plan: inout PlanRecord, by account: Caller.Account) throws(Refusal) {
    let status = try PlanLife.status(after: .write, plan.summary)
    guard part.tasks.count + part.targets.count <= 100 else {
      throw Refusal(.tooLarge, vi: "Mỗi phần có nhiều nhất 100 dòng.", en: "A part has 100 rows at most.")
    }
    let offices = Set(plan.head.offices.map(\.code))
    try check(part.tasks, part.targets, offices)

    var summary = plan.summary
    summary.rows.tasks += part.tasks.count
    summary.rows.targets += part.targets.count
    guard summary.rows.tasks <= summary.expected.tasks, summary.rows.targets <= summary.expected.targets else {
      throw Refusal(
        .invalid,
        vi: "Nhiều dòng hơn đã khai: \(summary.expected.tasks) nhiệm vụ, \(summary.expected.targets) chỉ tiêu.",
        en: "More rows than announced: \(summary.expected.tasks) tasks, \(summary.expected.targets) targets.")
    }
    summary.numericTargets += part.targets.count { $0.value != nil }
    for (index, row) in part.tasks.enumerated() {
      guard let cost = row.cost else { continue }
      guard let total = summary.planned.adding(cost) else {
        throw Refusal(
          .invalid, vi: "Tổng kinh phí quá lớn.", en: "The total of the money is too large.", at: "tasks[\(index)].cost"
        )
      }
      summary.planned = total
      summary.lines += 1
    }
    summary.status = Open(status)
    summary.version += 1
    plan.summary = summary
    plan.authors.insert(account)
  }

  static func check(_ tasks: [TaskRow], _ targets: [TargetRow], _ offices: Set<Office.Code>) throws(Refusal) {
    for (index, row) in tasks.enumerated() { try check(row, offices, at: "tasks[\(index)]") }
    for (index, row) in targets.enumerated() { try check(row, offices, at: "targets[\(index)]") }
  }

  private static func check(_ row: TaskRow, _ offices: Set<Office.Code>, at place: String) throws(Refusal) {
    try row.number.check(atMost: 20, at: "\(place).number")
    try row.name.check(atMost: 2000, at: "\(place).name")
    try check(bytesOf: row, atMost: 16 * 1024, at: place)
    try row.rationale?.check(atMost: 2000, at: "\(place).rationale")
    try check(row.leads + row.coordinating, in: offices, at: "\(place).leads")
    if let cost = row.cost, cost < 0 {
      throw Refusal(
        .invalid, vi: "Kinh phí không thể âm.", en: "Money cannot be negative.", at: "\(place).cost")
    }
    if let cost = row.cost, cost > .most {
      throw Refusal(
        .invalid, vi: "Kinh phí quá lớn, hãy kiểm tra lại: nhiều nhất \(Money.most.written) đồng.",
        en: "The money is too large, look again: \(Money.most.written) đồng at most.", at: "\(place).cost")
    }
    if let start = row.start, let due = row.due, due < start {
      throw Refusal(
        .invalid, vi: "Thời hạn \(due.written) sớm hơn ngày bắt đầu \(start.written).",
        en: "The deadline \(due) is before the start \(start).", at: "\(place).due")
    }
  }

  private static func check(_ row: TargetRow, _ offices: Set<Office.Code>, at place: String) throws(Refusal) {
    try row.number.check(atMost: 20, at: "\(place).number")
    try row.indicator.check(atMost: 2000, at: "\(place).indicator")
    try check(bytesOf: row, atMost: 16 * 1024, at: place)
    try row.rationale?.check(atMost: 2000, at: "\(place).rationale")
    try check(row.leads + row.coordinating, in: offices, at: "\(place).leads")
    let promisesNumber = row.comparator != .known(.report) && row.comparator != .known(.maintain)
    if promisesNumber, row.value == nil {
      throw Refusal(
        .invalid, vi: "Chỉ tiêu chưa có mức phấn đấu; nếu chỉ báo cáo thì ghi «báo cáo».",
        en: "The target has no value; if it is only to be reported, say so.", at: "\(place).value")
    }
    if row.comparator == .report, row.value != nil {
      throw Refusal(
        .invalid, vi: "Chỉ tiêu «báo cáo» không có mức phấn đấu.", en: "A target to be reported has no value.",
        at: "\(place).value")
    }
    try check(range: row, at: place)
  }

  /// A range has two numbers, everything else has one at most.
  private static func check(range row: TargetRow, at place: String) throws(Refusal) {
    guard row.comparator == .range else {
      guard row.upper == nil else {
        throw Refusal(
          .invalid, vi: "Chỉ mức phấn đấu theo khoảng (từ … đến …) mới có cận trên.",
          en: "Only a range (from … to …) has an upper number.", at: "\(place).upper")
      }
      return
    }
    guard let lower = row.value, let upper = row.upper, lower <= upper else {
      throw Refusal(
        .invalid, vi: "Khoảng phải có cận dưới và cận trên, cận dưới không lớn hơn cận trên: 80–90 %.",
        en: "A range has a lower and an upper number, the lower one first: 80–90 %.", at: "\(place).upper")
    }
  }

  static func check(_ codes: [Office.Code], in offices: Set<Office.Code>, at place: String) throws(Refusal) {
    guard codes.count <= 50 else {
      throw Refusal(
        .invalid, vi: "Nhiều nhất 50 cơ quan cho một dòng.", en: "A row has 50 offices at most.", at: place)
    }
    for code in codes where !offices.contains(code) {
      throw Refusal(
        .invalid, vi: "Cơ quan \(code) không có trong danh sách của kế hoạch.",
        en: "The office \(code) is not among the plan's offices.", at: place)
    }
  }

  /// What is stored must also fit into the events and replies that carry it.
  private static func check(bytesOf value: some Encodable, atMost limit: Int, at place: String) throws(Refusal) {
    guard Codec.encode(value).count <= limit else {
      throw Refusal(
        .tooLarge, vi: "Nội dung dài quá \(limit / 1024) KiB; hãy rút gọn.",
        en: "Longer than \(limit / 1024) KiB; shorten it.", at: place)
    }
  }
}
