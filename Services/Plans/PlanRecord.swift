import Schema

/// What `AskSubplans` asked for.
struct SubplanDuty: Codable, Hashable {
  var due: Day
  var offices: [Office.Code]
}

/// A plan as it is kept: what is shown of it, its head, and who wrote it.
struct PlanRecord {
  var summary: PlanSummary
  var head: PlanHead
  /// Everybody who entered a part of it: none of them may approve or issue it.
  var authors: Set<Caller.Account>
  var approval: Approval?
  var baseline: Fingerprint?
  var replaces: Plan.ID?
  var replacedBy: Plan.ID?
  var end: Decision?
  /// Which plans are to carry this one out, and by when.
  var subplans: SubplanDuty?

  var detail: PlanDetail {
    PlanDetail(
      summary: summary, head: head, approval: approval, baseline: baseline, replaces: replaces,
      replacedBy: replacedBy, end: end)
  }

  mutating func take(_ step: PlanLife.Step) throws(Refusal) {
    move(to: try PlanLife.status(after: step, summary))
  }

  /// Every change is a new version.
  mutating func move(to status: Plan.Status) {
    summary.status = Open(status)
    summary.version += 1
  }
}
