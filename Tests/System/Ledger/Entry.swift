import FoundationEssentials
import Schema

/// One command that was sent, and what came of it as far as the sender knows.
struct Entry: Sendable {
  enum Outcome: Hashable, Sendable {
    case ok
    case refused(Status)
    /// No answer in time, or one that says so.
    case unknown
  }

  let key: UUIDv7
  let account: Caller.Account
  let unit: Unit
  let method: Schema.Method
  let body: Data
  /// How many rows and events carry its key once it is done.
  let effects: Int
  /// The task whose progress it records: those of one task are sent one after the other.
  var task: PlanTask.ID?
  var outcome: Outcome
}
