public import Schema

extension Database {
  /// Tries parked events again, the first of each partition key in the order of the stream, and goes on with the next of
  /// that key as long as it succeeds. Each key is a transaction of its own.
  ///
  /// Returns how many were applied. Throws `StorageError` when the store cannot take them.
  public func retryParked(
    _ stream: ServiceName, _ retry: Retry, handler: @escaping EventHandler
  ) async throws -> Int {
    let partitions = try await read { store in try store.partitions(of: stream, to: retry) }
    var applied = 0
    for partition in partitions {
      var count = 0
      repeat {
        count = try await write { store in try store.retry(stream, partition, retry, handler) }
        applied += count
      } while count == Transaction.retriesAtOnce
    }
    return applied
  }

  /// When the next parked event of a stream is due; nil when none waits.
  public func nextRetry(_ stream: ServiceName) async throws -> Timestamp? {
    try await read { store in
      try store.row("SELECT MIN(next_at) AS next FROM parked_event WHERE stream = ?", stream)?["next"]
    }
  }

  /// The parked events of all streams, by stream and sequence.
  ///
  /// - Parameter after: `next` of the page before.
  /// Throws `Refusal` 400 when `after` is not one of ours, else `StorageError`.
  public func parked(after: String? = nil, limit: Int = 100) async throws -> Page<ParkedEvent> {
    let parts = after?.split(separator: "/").map(String.init) ?? ["", "0"]
    guard parts.count == 2, let sequence = Int64(parts[1]) else { throw Refusal(.malformed, at: "after") }
    return try await read { store in
      let rows = try store.rows(
        "SELECT * FROM parked_event WHERE stream > ? OR (stream = ? AND seq > ?) ORDER BY stream, seq LIMIT ?",
        parts[0], parts[0], sequence, limit + 1)
      let items = try rows.prefix(limit).map { try Parked($0).listed }
      let next = rows.count > limit ? items.last.map { "\($0.stream)/\($0.sequence)" } : nil
      return Page(items: items, next: next)
    }
  }
}

extension Transaction {
  /// A long queue must not keep other writers waiting for all of it.
  fileprivate static var retriesAtOnce: Int { 64 }

  fileprivate func partitions(of stream: ServiceName, to retry: Retry) throws -> [String] {
    let rows =
      switch retry {
      case .due(let time):
        try rows(
          "SELECT partition_key FROM parked_event WHERE stream = ? AND next_at <= ? ORDER BY seq", stream, time)
      case .all:
        try rows(
          "SELECT partition_key FROM parked_event WHERE stream = ? AND next_at IS NOT NULL ORDER BY seq", stream)
      case .sequence(let sequence):
        try rows("SELECT partition_key FROM parked_event WHERE stream = ? AND seq = ?", stream, sequence)
      }
    return try rows.map { row in try row["partition_key"] }
  }

  /// Returns how many of the key were applied.
  fileprivate func retry(
    _ stream: ServiceName, _ partition: String, _ retry: Retry, _ handler: Database.EventHandler
  ) throws -> Int {
    var applied = 0
    while applied < Self.retriesAtOnce, let parked = try firstParked(stream, partition) {
      // Another retry may have tried it since it was looked up.
      if case .due(let time) = retry, let next = parked.nextAt, next > time { break }
      let event = try IncomingEvent(parked.json, of: stream)
      if let reason = try apply(event, handler) {
        try recordFailure(of: parked, reason: reason)
        break
      }
      try unpark(stream, parked.sequence)
      applied += 1
    }
    // Should the next part not come to be, the key must be found again.
    if applied == Self.retriesAtOnce, let next = try firstParked(stream, partition) { try schedule(next, at: time) }
    return applied
  }
}
