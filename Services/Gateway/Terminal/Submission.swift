import Bus
import PlanDocuments
import Schema
import Units

extension Session {
  /// Sends a document as a draft: its head, then its rows in parts.
  ///
  /// All keys are made of the first one: sent again under the same key, nothing is taken twice and what is missing follows.
  func submit(
    _ document: PlanDocument, replacing replaced: Plan.ID? = nil, key: UUIDv7,
    progress: (_ rows: Int) -> Void = { _ in }
  ) async throws(Refusal) -> PlanSummary {
    var draft = document.draft
    draft.replaces = replaced
    var plan = try await ask(draft, in: document.unit, key: key).value
    for (index, part) in document.parts.enumerated() {
      let rows = DraftRows(plan: plan.id, tasks: part.tasks, targets: part.targets)
      let key = UUIDv7(high: key.high, low: key.low &+ UInt64(index + 1))
      plan = try await ask(rows, in: document.unit, key: key).value
      progress(part.count)
    }
    return plan
  }
}
