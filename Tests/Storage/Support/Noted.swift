import FoundationEssentials
import Schema

@testable import Storage

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

/// An event of another service, as it comes over the wire.
func incoming(_ sequence: Int64, _ partition: String = "a", id: UUIDv7 = UUIDv7()) throws -> IncomingEvent {
  let event = Noted(note: sequence, partition: partition)
  let json = Codec.encode(
    CloudEvent(event, id: id, time: .now, sequence: sequence, correlation: nil))
  return try IncomingEvent(json, of: "plans")
}

extension Ticket {
  static func sample(
    key: UUIDv7 = UUIDv7(), account: Caller.Account = "lan", body: String = "{}", expected: UInt32 = 0
  ) -> Ticket {
    Ticket(
      caller: Caller(account: account, unit: "38/15043", office: "vh-xh", roles: [.focal]), key: key,
      method: "plans.draft", unit: "38/15043", expected: expected, body: Data(body.utf8), trace: 7)
  }
}

extension Database {
  func notes() async throws -> [Int64] {
    try await read { store in
      try store.rows("SELECT id FROM note ORDER BY id").map { row in try row["id"] }
    }
  }

  func count(_ table: String) async throws -> Int {
    try await read { store in try store.row("SELECT COUNT(*) AS count FROM \(table)")?["count"] ?? 0 }
  }
}

extension Transaction {
  func take(note id: Int64, _ text: String = "x") throws {
    try execute("INSERT INTO note (id, text) VALUES (?, ?)", id, text)
  }
}

struct Broken: Error {}
