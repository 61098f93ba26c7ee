import Schema

/// What events open that somebody has to be reminded of. No I/O.
extension NotificationsRules {
  static func matter(of event: CloudEvent<TaskAssigned>, focal: Office.Code) -> Matter {
    let row = event.data.row
    return Matter(
      .task, event.subject, in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: row.leads, coordinating: row.coordinating, focal: [focal], tags: [],
        facts: ["number": row.number, "name": row.name]))
  }

  /// The task with its new day; with the document by which it began, that too.
  static func matters(of event: CloudEvent<TaskDue>, _ task: Matter) -> [Matter] {
    let due = event.data
    var task = task
    task.due = due.due
    task.isDated = task.isDated || due.due != nil
    if !due.offices.isEmpty { task.content.leads = due.offices }
    task.content.tags = due.targets.map { "target/\($0)" }
    guard let document = due.document else { return [task] }
    var deadline = Matter(
      .deadline, event.subject, in: event.unit, since: event.time.day, due: due.due, cause: event.id, task.content)
    deadline.content.facts["document"] = "\(document)"
    return [task, deadline]
  }

  static func returned(_ event: CloudEvent<TaskProgressed>, _ task: TaskRecord) -> Matter {
    Matter(
      .returned, event.subject, in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: task.row.leads, coordinating: task.row.coordinating, focal: [task.focal], tags: [],
        facts: ["number": task.row.number, "name": task.row.name, "reason": event.data.note ?? ""]))
  }

  static func matter(of event: CloudEvent<LineOverspent>) -> Matter {
    let line = event.data
    return Matter(
      .refusal, event.subject, in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: line.leads, focal: [line.focal].compactMap(\.self),
        facts: [
          "number": line.number, "name": line.name, "amount": line.asked.written, "available": line.available.written,
        ]))
  }

  static func matter(of event: CloudEvent<LineLagging>) -> Matter {
    let line = event.data
    return Matter(
      .lag, event.subject, in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: line.leads,
        facts: [
          "number": line.number, "name": line.name, "amount": line.disbursed.written,
          "available": line.allocated.written, "elapsed": "\(line.elapsed)",
        ]))
  }

  static func matter(of event: CloudEvent<BasisEnded>) -> Matter {
    let basis = event.data
    return Matter(
      .basis, "\(event.subject)/\(basis.number)", in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        focal: [basis.focal],
        facts: [
          "document": "\(basis.number)", "ended": basis.endedOn.written,
          "replaced": basis.replacedBy.map { " (\($0))" } ?? "",
        ]))
  }

  /// Fewer of a village's people have an account that works than the month before.
  ///
  /// - Parameter before: The latest counts of an earlier month.
  static func drop(of event: CloudEvent<CountsRecorded>, _ before: EnrolmentShare?) -> Matter? {
    let counts = event.data
    let now = EnrolmentShare(activated: counts.counts.activated, adults: counts.counts.adults)
    guard let before, now.isBelow(before) else { return nil }
    return Matter(
      .drop, "office/\(counts.village.code)", in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: [counts.office].compactMap(\.self),
        facts: ["village": counts.village.name, "before": before.written, "now": now.written]))
  }
}
