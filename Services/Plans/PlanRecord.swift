import Schema

/// A plan as it is kept: what is shown of it, its head, and who wrote it.
struct PlanRecord {
  var summary: PlanSummary
  var head: PlanHead
  /// Everybody who entered a part of it: none of them may issue it.
  var authors: Set<Caller.Account>
}

/// A task as it is kept, with what its plan says about who may move it.
struct TaskRecord {
  var summary: TaskSummary
  var planStatus: Plan.Status
  var focal: Office.Code
}
