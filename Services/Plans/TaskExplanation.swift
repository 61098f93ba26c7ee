import PlanDocuments
import Schema
import WorkingDays

/// How a task came to where it stands: from what the plan says to what that means on a day.
struct TaskExplanation {
  let task: TaskRecord
  let today: Day
  let days: WorkingDays

  func course(_ steps: [TaskCourse.Step]) -> TaskCourse {
    var summary = task.summary
    summary.deadline = task.deadline(on: today, days)
    let slots = task.slots
    let occurrences = slots.map(occurrence)
    let open = occurrences.filter { !($0.status == .done) }
    let shown = slots.count <= 300 ? occurrences : Array((open + occurrences.filter { $0.status == .done }).prefix(300))
    return TaskCourse(task: summary, occurrences: shown, count: slots.count, reasons: reasons, steps: steps)
  }

  private func occurrence(_ slot: TaskRecord.Slot) -> Occurrence {
    let report = task.reports[slot]
    return Occurrence(
      due: slot.due, office: slot.office, status: task.status(of: slot),
      standing: task.standing(of: slot, on: today, days), submittedOn: report?.submittedOn,
      evidence: report?.evidence ?? [], reason: report?.reason)
  }

  private var reasons: [Text] {
    [written, offices, rested, standing].compactMap(\.self)
  }

  /// What the plan says, and how it is understood.
  private var written: Text {
    let row = task.summary.row
    let printed = row.time.map { "«\($0)»" } ?? row.due?.written
    let schedule = task.schedule
    let timing = schedule.timing.text
    let said = Text(
      vi: printed.map { "Kế hoạch ghi \($0), hiểu là \(timing.vi)" } ?? "Kế hoạch ghi: \(timing.vi)",
      en: printed.map { "The plan says \($0), understood as \(timing.en)" } ?? "The plan says: \(timing.en)")
    switch schedule {
    case .none:
      guard let due = task.supplement.due else {
        return Text(vi: "\(said.vi). Đầu mối cần đặt hạn.", en: "\(said.en). The focal office is to set a day.")
      }
      return Text(vi: "\(said.vi). Đầu mối đặt hạn \(due.written).", en: "\(said.en). The day was set: \(due).")
    case .after(let wait):
      let count = Text(
        vi: "\(wait.days) ngày\(wait.isOfWorkingDays ? " làm việc" : "")",
        en: "\(wait.days) \(wait.isOfWorkingDays ? "working " : "")days")
      guard let start = task.supplement.start else {
        return Text(
          vi: "\(said.vi): \(count.vi) sau văn bản chưa được ghi nhận.",
          en: "\(said.en): \(count.en) after a document that was not registered yet.")
      }
      return Text(
        vi: "\(said.vi): \(count.vi) sau \(start.number) ngày \(start.day.written).",
        en: "\(said.en): \(count.en) after \(start.number) of \(start.day).")
    default:
      return Text(
        vi: said.vi + (schedule.isInferred ? " (hạn được suy ra)." : "."),
        en: said.en + (schedule.isInferred ? " (the day is inferred)." : "."))
    }
  }

  private var offices: Text? {
    let count = Set(task.slots.compactMap(\.office)).count
    guard count > 0 else { return nil }
    return Text(
      vi: "Chủ trì là \(count) cơ quan; xong khi tất cả đã xong.",
      en: "\(count) offices lead it; it is done when all have done it.")
  }

  /// A day off is not the end of a limit.
  private var rested: Text? {
    guard let due = task.due, !days.isWorking(due) else { return nil }
    let name = days[exception: due]?.name ?? "ngày nghỉ cuối tuần"
    let end = days.end(of: due)
    return Text(
      vi: "Hạn \(due.written) là \(name); tính hết \(end.written) (khoản 5 Điều 148 Bộ luật Dân sự 2015).",
      en: "\(due) is a day off; the limit ends on \(end) (Civil Code 2015, Article 148, clause 5).")
  }

  private var standing: Text {
    let deadline = task.deadline(on: today, days)
    let text = (deadline.standing.known ?? .noDate).text
    guard deadline.standing == .overdue, let due = deadline.due else {
      return Text(vi: "Đến \(today.written): \(text.vi).", en: "On \(today): \(text.en).")
    }
    let count = days.count(after: days.end(of: due), through: today)
    return Text(
      vi: "Đến \(today.written): quá hạn \(count) ngày làm việc, hạn \(due.written).",
      en: "On \(today): \(count) working days overdue, due \(due).")
  }
}
