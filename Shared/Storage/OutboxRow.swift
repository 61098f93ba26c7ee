public import FoundationEssentials
public import Schema

/// An event of this store's own stream, as it is sent.
public struct OutboxRow: Hashable, Sendable {
  public let sequence: Int64
  public let topic: String
  /// Where it happened.
  public let unit: Unit
  /// The CloudEvent: exactly the bytes that are stored.
  public let event: Data

  public init(sequence: Int64, topic: String, unit: Unit, event: Data) {
    self.sequence = sequence
    self.topic = topic
    self.unit = unit
    self.event = event
  }
}

extension OutboxRow {
  init(_ row: Row) throws(StorageError) {
    self.init(sequence: try row["seq"], topic: try row["topic"], unit: try Unit(row), event: try row["event"])
  }

  /// What a group added, whatever of it was taken back: sequences have no gap, so it is what lies beyond the old head.
  static func rows(after head: Int64, on connection: any Connection) throws(StorageError) -> [OutboxRow] {
    var rows: [OutboxRow] = []
    try connection.each(
      "SELECT seq, topic, province, commune, event FROM outbox WHERE seq > ? ORDER BY seq", [head.stored]
    ) {
      row throws(StorageError) in
      rows.append(try OutboxRow(row))
      return true
    }
    return rows
  }
}
