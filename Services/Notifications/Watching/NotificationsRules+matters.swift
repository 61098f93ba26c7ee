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

  /// The focal office reviews the plan; all that have a share of it are told.
  static func matter(of event: CloudEvent<BasisEnded>, _ plan: PlanRecord?) -> Matter {
    let basis = event.data
    return Matter(
      .basis, "\(event.subject)/\(basis.number)", in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: plan?.offices.map(\.code) ?? [], focal: [basis.focal],
        facts: [
          "document": "\(basis.number)", "ended": basis.endedOn.written,
          "replaced": basis.replacedBy.map { " (\($0))" } ?? "", "plan": plan.map { " \($0.number)" } ?? "",
        ]))
  }

  /// Of a whole commune's report, the focal office is the lead.
  static func matter(of event: CloudEvent<ReportExpected>) -> Matter {
    let report = event.data
    let focal = [report.focal].compactMap(\.self)
    return Matter(
      .report, event.subject, in: event.unit, since: report.cutoff.adding(1), due: report.due, cause: event.id,
      Matter.Content(
        leads: report.office.map { [$0] } ?? focal, focal: focal,
        asker: report.office == nil && report.keeper != event.unit ? report.keeper : nil,
        facts: ["title": report.title], words: ["period": report.period.text]))
  }

  /// Of a commune's own plan, its focal office is the lead.
  static func matter(of event: CloudEvent<SubplanExpected>) -> Matter {
    let expected = event.data
    return Matter(
      .subplan, event.subject, in: event.unit, since: event.time.day, due: expected.due, cause: event.id,
      Matter.Content(
        leads: [expected.office].compactMap(\.self), focal: [expected.focal].compactMap(\.self),
        asker: expected.by == event.unit ? nil : expected.by,
        facts: ["plan": "\(expected.number)", "name": expected.title]))
  }

  /// What a province asked of its communes and has not got, a line for each thing that is due on one day.
  ///
  /// - Parameter open: All of the communes that is open and was asked for by the province, in the order of their ids.
  static func late(_ open: [Matter], in province: Unit) -> [Matter] {
    struct Line: Hashable {
      var topic: Matter.Topic
      var subject: String
      var due: Day?
    }
    let lines = Dictionary(grouping: open) { matter in
      Line(topic: matter.topic == .report ? .reports : .subplans, subject: matter.subject, due: matter.due)
    }
    return lines.compactMap { line, matters in
      guard let first = matters.first, let due = line.due else { return nil }
      var content = Matter.Content(facts: first.content.facts, words: first.content.words)
      content.facts["count"] = "\(matters.count)"
      return Matter(
        id: Matter.ID(line.topic, "\(line.subject) \(due)", in: province), topic: line.topic, subject: line.subject,
        unit: province, since: due, due: due, isDated: true,
        cause: first.cause, content: content)
    }.sorted { $0.id < $1.id }
  }

  /// What a receiver asks to look at again: the offices whose cells it names, else who sent it.
  static func review(_ event: CloudEvent<SubmissionMoved>) -> Matter {
    let (moved, focal) = (event.data, [event.data.focal].compactMap(\.self))
    let own = moved.submission.office.map { [$0] } ?? focal
    return Matter(
      .review, event.subject, in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: moved.offices.isEmpty ? own : moved.offices, focal: focal,
        facts: ["title": moved.title, "reason": moved.reason ?? ""],
        words: ["period": moved.submission.period.text]))
  }

  static func matter(of event: CloudEvent<TargetEndangered>) -> Matter {
    let (target, milestone) = (event.data, event.data.milestone)
    return Matter(
      .risk, event.subject, in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: milestone.leads, focal: [target.focal],
        facts: [
          "number": milestone.number, "name": target.title,
          "promised": [milestone.value?.written(upTo: milestone.upper), target.measure].compactMap(\.self).joined(
            separator: " "),
          "figure": target.figure.written(in: target.measure), "forecast": target.forecast?.written ?? "?",
        ], words: ["period": target.period.text]))
  }

  /// The next clock of what somebody asks about their own data; nil when none runs.
  ///
  /// - Parameter known: As it was before: who opened it goes on with it.
  static func matter(of event: CloudEvent<SubjectRequestMoved>, _ known: Matter?) -> Matter? {
    let request = event.data
    guard let due = request.acknowledgeBy ?? request.due else { return nil }
    let step =
      request.acknowledgeBy == nil
      ? Text(vi: "trả lời", en: "answered") : Text(vi: "báo đã nhận", en: "acknowledged")
    return Matter(
      .request, event.subject, in: event.unit, since: request.received, due: due, cause: event.id,
      Matter.Content(
        leads: known?.content.leads ?? [request.office].compactMap(\.self),
        facts: ["received": request.received.written], words: ["step": step]))
  }

  /// Fewer of a village's people have an account that works than the month before: of its two latest months, whichever of
  /// them was entered or corrected.
  static func drop(
    of event: CloudEvent<CountsRecorded>, from before: EnrolmentShare, to now: EnrolmentShare
  ) -> Matter? {
    let counts = event.data
    guard now.isBelow(before) else { return nil }
    return Matter(
      .drop, "office/\(counts.village.code)", in: event.unit, since: event.time.day, cause: event.id,
      Matter.Content(
        leads: [counts.office].compactMap(\.self),
        facts: ["village": counts.village.name, "before": before.written, "now": now.written]))
  }
}
