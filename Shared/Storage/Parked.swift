import FoundationEssentials
import Schema

/// An event that waits, with what is needed to try it again.
struct Parked: Sendable {
  let stream: ServiceName
  let sequence: Int64
  let type: String
  let partition: String
  let json: Data
  let attempts: Int
  let reason: String?
  /// Set for the first of its partition key alone.
  let nextAt: Timestamp?

  init(_ row: Row) throws(StorageError) {
    stream = try row["stream"]
    sequence = try row["seq"]
    type = try row["type"]
    partition = try row["partition_key"]
    json = try row["event"]
    attempts = try row["attempts"]
    reason = try row["reason"]
    nextAt = try row["next_at"]
  }

  var listed: ParkedEvent {
    ParkedEvent(
      stream: stream, sequence: sequence, type: type, partition: partition, attempts: attempts, reason: reason)
  }
}
