import FoundationEssentials
public import Schema

extension Transaction {
  /// What a publication may carry at most.
  private static var limit: Int { 64 * 1024 }

  /// Adds an event to the outbox: it is said if and only if this transaction is kept.
  ///
  /// A command's handler rather returns its events; this is for events that follow from other services' events.
  ///
  /// Throws a `Refusal` (422) for an event beyond 64 KiB, else `StorageError`.
  public func emit(_ event: any Event) throws {
    try emit([event])
  }

  /// The last sequence of the outbox, as this transaction sees it; 0 when there is none.
  public var head: Int64 {
    get throws(StorageError) { try row("SELECT COALESCE(MAX(seq), 0) AS seq FROM outbox")?["seq"] ?? 0 }
  }

  /// Returns the last event's sequence, 0 when there is none. Either all are added or none.
  @discardableResult
  func emit(_ events: [any Event]) throws -> Int64 {
    guard !events.isEmpty else { return 0 }
    // One writer and MAX + 1: no gap, and the order of the commits. A database's own sequences have gaps, and a reader
    // that passes a later commit first would miss an earlier one for good.
    let last = try head
    let written = try events.enumerated().map { index, event in
      let id = UUIDv7(at: time, random: (.random(in: .min ... .max), .random(in: .min ... .max)))
      return (id, event, try encode(event, id: id, sequence: last + 1 + Int64(index)))
    }
    for (index, (id, event, json)) in written.enumerated() {
      try execute(
        """
        INSERT INTO outbox (seq, id, topic, province, commune, partition_key, event, internal)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
        last + 1 + Int64(index), id, event.topic, event.unit.province, event.unit.commune ?? "00000", event.partition,
        json, event.isInternal)
    }
    return last + Int64(events.count)
  }

  private func encode(_ event: some Event, id: UUIDv7, sequence: Int64) throws -> Data {
    let name = type(of: event).type
    guard type(of: event).service == service else {
      throw StorageError(.failed, "\(name) is not an event of \(service)")
    }
    let json = Codec.encode(
      CloudEvent(
        event, id: id, time: time, sequence: sequence, correlation: cause.key, causation: cause.event,
        traceparent: cause.traceparent))
    guard json.count <= Self.limit else {
      throw Refusal(
        .invalid, vi: "Sự kiện \(name) vượt quá 64 KiB; hãy rút gọn nội dung.",
        en: "The event \(name) would be larger than 64 KiB; shorten the content.")
    }
    return json
  }
}
