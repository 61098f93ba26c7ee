import FoundationEssentials
public import Schema

extension Database {
  /// A part of this store's own stream, whose events are exactly the bytes that were stored.
  ///
  /// - Parameters:
  ///   - epoch: The epoch that the reader knows; nil when it knows none.
  ///   - max: Events at most, 1 to 500; what lies outside is taken as the nearer end.
  ///   - maxBytes: Of all events together. The first is handed out however large it is.
  ///   - unit: Only what happened in this unit or below it. `through` goes on to where the reader need not look again.
  ///   - caller: Who reads a unit's: what a unit keeps to itself is only for who is at home there; nil for all of it.
  ///
  /// Throws `Refusal` 410 for another epoch, or for a position beyond the head: the reader begins again at the start.
  /// Else `StorageError`.
  public func events(
    epoch: UUIDv7?, after: StreamStart, max: Int = 500, maxBytes: Int = 224 * 1024, within unit: Unit? = nil,
    by caller: Caller? = nil
  ) async throws -> EventBatch {
    let own = self.epoch
    return try await read { store in
      let head: Int64 = try store.row("SELECT COALESCE(MAX(seq), 0) AS seq FROM outbox")?["seq"] ?? 0
      let start =
        switch after {
        case .sequence(let sequence): sequence
        case .now: head
        }
      guard epoch == nil || epoch == own, start <= head else { throw Refusal(.gone) }
      let limit = min(Swift.max(max, 1), 500)
      var batch = EventBatch(epoch: own, through: head, head: head, events: [])
      var last = start
      var bytes = 0
      var isCut = false
      try store.eachEvent(after: start, within: unit, by: caller, limit: limit) { row throws(StorageError) in
        let event: Data = try row["event"]
        bytes += event.count
        guard bytes <= maxBytes || batch.events.isEmpty else {
          isCut = true
          return false
        }
        batch.events.append(event)
        last = try row["seq"]
        return true
      }
      if isCut || batch.events.count == limit { batch.through = last }
      return batch
    }
  }
}

extension Transaction {
  fileprivate func eachEvent(
    after sequence: Int64, within unit: Unit?, by caller: Caller?, limit: Int,
    _ body: (Row) throws(StorageError) -> Bool
  ) throws(StorageError) {
    var (condition, values): (String, [Value]) =
      switch (unit, unit?.commune) {
      case (nil, _): ("", [])
      case (let unit?, nil): (" AND province = ?", [unit.province.stored])
      case (let unit?, let commune?): (" AND commune = ? AND province = ?", [commune.stored, unit.province.stored])
      }
    if let unit, let caller {
      if unit.commune == nil {
        condition += " AND (internal = 0 OR commune = '00000')"
      } else if !caller.isAtHome(in: unit) {
        condition += " AND internal = 0"
      }
    }
    try connection.each(
      "SELECT seq, event FROM outbox WHERE seq > ?\(condition) ORDER BY seq LIMIT ?",
      [sequence.stored] + values + [limit.stored], body)
  }
}
