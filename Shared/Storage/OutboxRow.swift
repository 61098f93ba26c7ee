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
  /// Whether the unit keeps it to itself.
  public let isInternal: Bool

  public init(sequence: Int64, topic: String, unit: Unit, event: Data, isInternal: Bool = false) {
    self.sequence = sequence
    self.topic = topic
    self.unit = unit
    self.event = event
    self.isInternal = isInternal
  }
}

extension OutboxRow {
  init(_ row: Row) throws(StorageError) {
    self.init(
      sequence: try row["seq"], topic: try row["topic"], unit: try Unit(row), event: try row["event"],
      isInternal: try row["internal"])
  }

  /// What a group added, whatever of it was taken back: sequences have no gap, so it is what lies beyond the old head.
  static func rows(after head: Int64, on connection: any Connection) throws(StorageError) -> [OutboxRow] {
    var rows: [OutboxRow] = []
    try connection.each(
      "SELECT seq, topic, province, commune, event, internal FROM outbox WHERE seq > ? ORDER BY seq", [head.stored]
    ) {
      row throws(StorageError) in
      rows.append(try OutboxRow(row))
      return true
    }
    return rows
  }
}
