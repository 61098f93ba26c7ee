import FoundationEssentials
import Schema
import Storage

/// The event of these tests: a note was taken.
struct Noted: Event, Hashable {
  static let name = "note.taken"
  static let service: ServiceName = "plans"

  var unit: Unit = "38/15043"
  var note: Int64
  var partition = "note/1"
  var padding = ""
  var isInternal = false
  var subject: String { "note/\(note)" }
}

struct Broken: Error, CustomStringConvertible {
  let description = "what was sent may stand here"
}
