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
  /// How many events tell of it when it is refused with 409 or 422.
  var said = 0
  /// What it changes: commands about one thing are sent one after the other, and its events name it.
  var subject: String?
  var outcome: Outcome

  /// How many rows and events there are when this is remembered of it.
  func due(_ record: Status?) -> Int {
    switch record {
    case .ok: effects
    case .conflict, .invalid: said
    default: 0
    }
  }
}
