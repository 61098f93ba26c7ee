import PlanDocuments
import Schema
import WorkingDays

/// A task as it is kept, with what its plan says about when it is due and who may move it.
struct TaskRecord {
  /// What was recorded on one occurrence.
  struct Report: Codable, Hashable {
    var due: Day?
    var office: Office.Code?
    /// Submitted, returned or done.
    var status: PlanTask.Status
    var submittedOn: Day
    var submitter: Caller.Account
    var evidence: [Evidence]
    var reason: String?
  }

  /// What was decided about a task since its plan was issued.
  struct Supplement: Codable, Hashable {
    var leader: String?
    var targets: [Target.ID]?
    /// Set where the plan sets none.
    var due: Day?
    /// The document after which so many days are counted.
    var start: Decision?
    /// When the first of the plans was issued that this task goes on from; nil for a task of that plan.
    var since: Day?
  }

  /// One time and one office of the task.
  struct Slot: Hashable {
    var due: Day?
    var office: Office.Code?
  }

  var summary: TaskSummary
  var head: PlanHead
  var planStatus: Plan.Status
  var issuedOn: Day?
  var supplement = Supplement()
  var reports: [Slot: Report] = [:]

  var focal: Office.Code { head.focal }

  var schedule: Schedule { Schedule(summary.row, year: head.year) }

  // MARK: Occurrences

  /// All that is to be done, by day and by office.
  ///
  /// They are not stored: the plan and what was decided make them. A record stands where something was reported.
  var slots: [Slot] {
    let days = dues
    let offices = performers
    return (days.isEmpty ? [nil] : days.map(Optional.some)).flatMap { day in
      offices.map { Slot(due: day, office: $0) }
    }
  }

  /// The days that the plan sets, or that were set since.
  private var dues: [Day] {
    let schedule = schedule
    if case .after(let wait) = schedule, let start = supplement.start {
      return [(wait.isOfWorkingDays ? supplement.due : nil) ?? start.day.adding(wait.days)]
    }
    let days = schedule.dues(since: supplement.since ?? issuedOn)
    return days.isEmpty ? supplement.due.map { [$0] } ?? [] : days
  }

  /// One nil, but where a lead stands for several offices.
  private var performers: [Office.Code?] {
    let doers = head.doers(of: summary.row.leads)
    return doers == Set(summary.row.leads) ? [nil] : doers.sorted()
  }

  func status(of slot: Slot) -> PlanTask.Status {
    if let report = reports[slot] { return report.status }
    return summary.percent > 0 ? .inProgress : .planned
  }

  /// Where the task goes on after a pause.
  var underWay: PlanTask.Status {
    let slots = slots
    if slots.count == 1 { return status(of: slots[0]) }
    return summary.percent > 0 || !reports.isEmpty ? .inProgress : .planned
  }

  /// The nearest day by which something not done is due; nil when nothing is, or when nobody waits for it.
  var due: Day? {
    guard planStatus.isInForce, !head.isProposal, let state = summary.status.known, !state.isOver, state != .paused
    else { return nil }
    return slots.lazy.filter { status(of: $0) != .done && status(of: $0) != .submitted }.compactMap(\.due).min()
  }

  /// What is waited for next, as others are told.
  ///
  /// - Parameter document: With which the time began, when it did.
  func awaited(since document: DocumentNumber? = nil) -> TaskDue {
    let due = due
    let open =
      due == nil ? [] : slots.filter { $0.due == due && status(of: $0) != .done && status(of: $0) != .submitted }
    return TaskDue(
      unit: summary.unit, plan: summary.plan, task: summary.id, due: due,
      offices: Set(open.flatMap { $0.office.map { [$0] } ?? summary.row.leads }).sorted(),
      targets: supplement.targets ?? [], document: document)
  }

  /// Some of what is done, or submitted, was so after its day.
  func isLate(_ days: WorkingDays) -> Bool { reports.values.contains { isLate($0, days) } }

  private func isLate(_ report: Report, _ days: WorkingDays) -> Bool {
    guard report.status != .returned, let due = report.due else { return false }
    return report.submittedOn > days.end(of: due)
  }

  // MARK: Standing

  func standing(of slot: Slot, on today: Day, _ days: WorkingDays) -> PlanTask.Standing {
    let late = reports[slot].map { isLate($0, days) } ?? false
    let status = summary.status == .paused || summary.status == .cancelled ? summary.status.known : status(of: slot)
    return TaskStanding(
      status: status ?? .planned, due: slot.due, isLate: late, plan: planStatus, isProposed: head.isProposal
    ).on(today, days)
  }

  /// Where it is for one of those who are to do it: done when all of that is, overdue as soon as a part of it is.
  func standing(of office: Office.Code, on today: Day, _ days: WorkingDays) -> PlanTask.Standing {
    let standings = slots.filter { $0.office == nil || $0.office == office }.map { standing(of: $0, on: today, days) }
    let rank: [PlanTask.Standing] = [.overdue, .unfinished, .paused, .submitted, .dueSoon, .notDue, .noDate, .doneLate]
    return rank.first(where: standings.contains) ?? standings.first ?? .noDate
  }

  func deadline(on today: Day, _ days: WorkingDays) -> PlanTask.Deadline {
    let standing = TaskStanding(
      status: summary.status.known ?? .planned, due: due, isLate: isLate(days), plan: planStatus,
      isProposed: head.isProposal)
    return PlanTask.Deadline(
      due: due, timing: schedule.timing, inferred: schedule.isInferred, standing: standing.on(today, days))
  }
}

/// What a task's standing is made of. Nothing of it depends on the clock.
struct TaskStanding {
  var status: PlanTask.Status
  var due: Day?
  var isLate: Bool
  var plan: Plan.Status
  var isProposed = false

  /// Working days before its day, from which on a task is due soon.
  static let soon = 7

  func on(_ today: Day, _ days: WorkingDays) -> PlanTask.Standing {
    switch status {
    case .done: return isLate ? .doneLate : .doneOnTime
    case .cancelled: return .cancelled
    case _ where plan.isOpen: return .notDue
    case _ where plan.isInForce && isProposed: return .proposed
    case _ where !plan.isInForce: return .unfinished
    case .paused: return .paused
    case .submitted: return .submitted
    case .planned, .inProgress, .returned:
      guard let due else { return .noDate }
      if due <= days.last(before: today) { return .overdue }
      return due <= days.adding(Self.soon, to: today) ? .dueSoon : .notDue
    }
  }
}
