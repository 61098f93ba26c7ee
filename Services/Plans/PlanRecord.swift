import Schema

/// A plan as it is kept: what is shown of it, its head, and who entered it.
struct PlanRecord {
  var summary: PlanSummary
  var head: PlanHead
  var enteredBy: Caller.Account
}

/// A task as it is kept, with what its plan says about who may move it.
struct TaskRecord {
  var summary: TaskSummary
  var planStatus: Plan.Status
  var focal: Office.Code
}

extension PlanRecord {
  /// Refuses a change to a plan that is not the one the caller has seen.
  func expect(_ version: Int?) throws(Refusal) { try Version.match(summary.version, expected: version) }
}

extension TaskRecord {
  func expect(_ version: Int?) throws(Refusal) { try Version.match(summary.version, expected: version) }
}

private enum Version {
  static func match(_ version: Int, expected: Int?) throws(Refusal) {
    guard let expected, expected != version else { return }
    throw Refusal(
      .conflict, vi: "Đã có thay đổi mới hơn (bản \(version), không phải bản \(expected)); hãy xem lại rồi làm lại.",
      en: "It has changed since (version \(version), not \(expected)); look again, then repeat.")
  }
}
