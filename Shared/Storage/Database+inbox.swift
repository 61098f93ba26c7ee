public import Schema

extension Database {
  /// Applies an event to this store's tables. It uses the event and those tables alone, so that reading the stream from
  /// its start gives the same tables again.
  public typealias EventHandler = @Sendable (IncomingEvent, borrowing Transaction) throws -> Void

  /// How far a stream was read.
  public func cursor(of stream: ServiceName) async throws -> StreamCursor {
    try await read { store in try store.cursor(of: stream) }
  }

  /// Applies the next events of a stream, each once and in order, and moves the cursor: all in one transaction.
  ///
  /// Events at or below the cursor are passed over. One that its handler throws at is parked, and so are later ones of
  /// the same partition key; others go on. A disk that is full is nobody's fault: then nothing is parked, and this throws.
  ///
  /// - Parameters:
  ///   - epoch: Of the stream as it sent these.
  ///   - through: The last sequence that the sender examined. These are all there are up to it.
  ///
  /// Throws `StreamError` when they do not follow the cursor, `StorageError` when the store cannot take them.
  public func apply(
    _ events: [IncomingEvent], of stream: ServiceName, epoch: UUIDv7, through: Int64, handler: @escaping EventHandler
  ) async throws -> StreamCursor {
    try await write { store in
      var cursor = try store.cursor(of: stream)
      guard cursor.epoch == nil || cursor.epoch == epoch else { throw StreamError.otherEpoch(epoch) }
      let before = cursor
      cursor.epoch = epoch
      var blocked = cursor.parked == 0 ? [] : try store.blockedPartitions(of: stream)
      for event in events where event.sequence > cursor.sequence {
        guard event.sequence == cursor.sequence + 1 else {
          throw StreamError.hole(cursor: cursor.sequence, next: event.sequence)
        }
        cursor.sequence = event.sequence
        if blocked.contains(event.partition) {
          try store.park(event, behind: true)
          cursor.parked += 1
        } else if let reason = try store.apply(event, handler) {
          try store.park(event, behind: false, reason: reason)
          blocked.insert(event.partition)
          cursor.parked += 1
        }
      }
      guard through <= cursor.sequence else { throw StreamError.hole(cursor: cursor.sequence, next: through) }
      if cursor != before { try store.save(cursor, of: stream) }
      return cursor
    }
  }

  /// Begins a stream again at its start, after its epoch has changed: what came from it is forgotten, and `reset` clears
  /// the tables that were made of it.
  public func resync(
    _ stream: ServiceName, epoch: UUIDv7, reset: @escaping @Sendable (borrowing Transaction) throws -> Void
  ) async throws {
    try await write { store in
      try store.execute("DELETE FROM inbox WHERE stream = ?", stream)
      try store.execute("DELETE FROM parked_event WHERE stream = ?", stream)
      try store.save(StreamCursor(epoch: epoch, sequence: 0), of: stream)
      try reset(store)
      try store.audit("store.resync", note: "\(stream) is read again from its start as \(epoch)")
    }
  }
}

extension Transaction {
  func cursor(of stream: ServiceName) throws(StorageError) -> StreamCursor {
    let parked: Int64 = try row("SELECT COUNT(*) AS count FROM parked_event WHERE stream = ?", stream)?["count"] ?? 0
    guard let row = try row("SELECT epoch, seq FROM stream_cursor WHERE stream = ?", stream) else {
      return StreamCursor(epoch: nil, sequence: 0, parked: Int(parked))
    }
    return StreamCursor(epoch: try row["epoch"], sequence: try row["seq"], parked: Int(parked))
  }

  fileprivate func save(_ cursor: StreamCursor, of stream: ServiceName) throws(StorageError) {
    try execute(
      """
      INSERT INTO stream_cursor (stream, epoch, seq) VALUES (?, ?, ?)
      ON CONFLICT (stream) DO UPDATE SET epoch = excluded.epoch, seq = excluded.seq
      """,
      stream, cursor.epoch, cursor.sequence)
  }

  /// The event's effects and its id, together; nothing when the id is there already.
  ///
  /// Returns why the handler failed, nil when it did not. Throws only what is no fault of the event's.
  func apply(_ event: IncomingEvent, _ handler: Database.EventHandler) throws -> String? {
    do {
      try nested { store in
        let isNew = try store.execute(
          "INSERT INTO inbox (stream, id) VALUES (?, ?) ON CONFLICT (stream, id) DO NOTHING", event.stream, event.id)
        if isNew > 0 { try handler(event, store.caused(by: Cause(event))) }
      }
      return nil
    } catch let error as StorageError where error.kind != .failed {
      throw error
    } catch let refusal as Refusal {
      return "\(refusal.status.rawValue) \(refusal.text.en)"
    } catch {
      return String("\(error)".prefix(500))
    }
  }
}
