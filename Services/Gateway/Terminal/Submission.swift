import Bus
import PlanDocuments
import Schema
import Units

extension Session {
  /// Sends a document as a draft: its head, then its rows in parts.
  ///
  /// All keys are made of the first one: sent again under the same key, nothing is taken twice and what is missing follows.
  func submit(_ document: PlanDocument, key: UUIDv7, progress: (_ rows: Int) -> Void = { _ in }) async throws(Refusal)
    -> PlanSummary
  {
    let expected = RowCounts(tasks: document.tasks.count, targets: document.targets.count)
    var plan = try await ask(DraftPlan(head: document.head, expected: expected), in: document.unit, key: key).value
    for (index, part) in document.parts(of: plan.id).enumerated() {
      let key = UUIDv7(high: key.high, low: key.low &+ UInt64(index + 1))
      plan = try await ask(part, in: document.unit, key: key).value
      progress(part.tasks.count + part.targets.count)
    }
    return plan
  }
}
