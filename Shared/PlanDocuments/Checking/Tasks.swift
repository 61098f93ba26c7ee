import Schema

/// Checks of what a task must say: who, until when, with what money.
enum Tasks {
  /// T1: lead and deadline must be there; money and its source should. From experience, and what a disbursement report asks for.
  @Sendable static func incomplete(_ plan: Examination) -> [Finding] {
    let tasks = plan.document.tasks
    func places(_ isIncomplete: (TaskRow) -> Bool) -> [Place] { tasks.filter(isIncomplete).map(\.place) }
    return [
      Finding.ifAny(
        .incompleteTask, .error, places(\.leads.isEmpty),
        Text(vi: "Nhiệm vụ chưa có cơ quan chủ trì.", en: "A task that no office leads."),
        do: Text(vi: "Giao một cơ quan chủ trì.", en: "Let one office lead it.")),
      Finding.ifAny(
        .incompleteTask, .error, places { $0.due == nil && $0.recurrence == nil && $0.time == nil },
        Text(vi: "Nhiệm vụ chưa có thời hạn.", en: "A task without a deadline."),
        do: Text(
          vi: "Ghi ngày, tháng hoặc quý hoàn thành; việc thường xuyên thì ghi thường xuyên.",
          en: "Write a day, month or quarter; say so where it goes on all year.")),
      Finding.ifAny(
        .incompleteTask, .warning, places { $0.cost == nil && !plan.document.head.isConclusions },
        Text(vi: "Nhiệm vụ chưa có kinh phí.", en: "A task without money."),
        do: Text(
          vi: "Ghi số tiền; không cần kinh phí thì ghi 0.", en: "Write the amount; 0 where none is needed.")),
      Finding.ifAny(
        .incompleteTask, .warning, places { $0.hasMoney && ($0.source?.known ?? .unstated) == .unstated },
        Text(vi: "Nhiệm vụ có kinh phí nhưng chưa ghi nguồn.", en: "A task with money but no source."),
        do: Text(vi: "Ghi nguồn vốn.", en: "Write where the money comes from.")),
    ].compactMap(\.self)
  }

  /// Days below which a task can hardly be done.
  static let leastDays = 60

  /// T2: due before the plan was issued, or within sixty days of it. From experience; the sixty days are ours.
  @Sendable static func tooLittleTime(_ plan: Examination) -> [Finding] {
    guard let issued = plan.document.issuedOn else {
      return [
        Finding(
          .tooLittleTime, .notCheckable, [],
          Text(
            vi: "Chưa có ngày ban hành để so với thời hạn.", en: "There is no date of issue to compare deadlines with."),
          do: Text(vi: "Kiểm tra lại khi đã có ngày ban hành.", en: "Check again once there is one."))
      ]
    }
    let tasks = plan.document.tasks.compactMap { task in
      task.lastDay(in: plan.document.head.year).map { (task: task, due: $0) }
    }
    let past = tasks.filter { $0.due < issued }
    let soon = tasks.filter { $0.due >= issued && $0.due < issued.adding(leastDays) }
    return [
      Finding.ifAny(
        .tooLittleTime, .warning, past.map(\.task.place),
        Text(
          vi: "Thời hạn trước ngày ban hành kế hoạch (\(issued.written)).",
          en: "Due before the plan was issued (\(issued.written))."),
        do: Text(vi: "Ghi lại thời hạn.", en: "Write another deadline.")),
      Finding.ifAny(
        .tooLittleTime, .warning, soon.map(\.task.place),
        Text(
          vi: "Thời hạn chưa đến \(leastDays) ngày sau khi ban hành kế hoạch (\(issued.written)).",
          en: "Due within \(leastDays) days of the plan's issue (\(issued.written))."),
        do: Text(
          vi: "Lùi thời hạn, hoặc xác nhận việc đã gần xong.", en: "Set a later one, or confirm that it is nearly done."
        )),
    ].compactMap(\.self)
  }

  /// T3: a bare year, quarters that do not follow one another, an end before its beginning. From experience.
  @Sendable static func vagueTime(_ plan: Examination) -> [Finding] {
    let times = plan.document.tasks.map { (task: $0, fault: fault(of: $0, in: plan.document.head.year)) }
    return [
      Finding.ifAny(
        .vagueTime, .warning, times.filter { $0.fault == .bareYear }.map(\.task.place),
        Text(vi: "Thời hạn chỉ ghi năm.", en: "Only a year is given as the time."),
        do: Text(vi: "Ghi tháng hoặc quý hoàn thành.", en: "Write a month or a quarter.")),
      Finding.ifAny(
        .vagueTime, .warning, times.filter { $0.fault == .reversed }.map(\.task.place),
        Text(
          vi: "Khoảng thời gian viết sai (quý đầu không trước quý cuối, hoặc ngày bắt đầu sau ngày kết thúc).",
          en: "The time is malformed: the first quarter is not before the last, or it begins after its end."),
        do: Text(vi: "Ghi lại, ví dụ Quý I - Quý III/2026.", en: "Write it anew, such as Quý I - Quý III/2026.")),
      Finding.ifAny(
        .vagueTime, .warning, times.filter { $0.fault == .noDay }.map(\.task.place),
        Text(
          vi: "Thời hạn không quy được ra ngày, nên nhiệm vụ sẽ không bao giờ quá hạn.",
          en: "No day follows from the time, so the task can never be overdue."),
        do: Text(vi: "Ghi ngày, tháng hoặc quý hoàn thành.", en: "Write a day, month or quarter.")),
    ].compactMap(\.self)
  }

  private enum TimeFault { case bareYear, reversed, noDay }

  private static func fault(of task: TaskRow, in year: Int) -> TimeFault? {
    if let start = task.start, let due = task.due, due < start { return .reversed }
    guard let time = task.time.map({ PrintedTime($0, year: year) }) else { return nil }
    if time.fault == .reversed { return .reversed }
    if case .year? = time.span, time.recurrence == nil { return .bareYear }
    return task.due == nil && task.recurrence == nil && !time.isUnderstood ? .noDay : nil
  }
}

extension TaskRow {
  var place: Place { Place(.task, number) }

  /// Zero is an amount too: it says that none is needed, and needs no source.
  var hasMoney: Bool { (cost?.dong ?? 0) != 0 }

  /// Its deadline, or the end of what goes on until then (`6 tháng cuối năm`).
  fileprivate func lastDay(in year: Int) -> Day? { due ?? time.flatMap { PrintedTime($0, year: year).due } }
}
