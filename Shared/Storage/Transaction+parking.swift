public import Schema

extension Transaction {
  /// Gives up a parked event, for a reason that goes into the audit; what waited for it is due at once.
  ///
  /// Throws `Refusal` 404 when there is no such event, else `StorageError`.
  public func dropParked(_ stream: ServiceName, _ sequence: Int64, reason: String) throws {
    let partition = try partition(of: stream, sequence)
    let first = try firstParked(stream, partition)
    try unpark(stream, sequence)
    if first?.sequence == sequence, let next = try firstParked(stream, partition) {
      try schedule(next, at: time)
    }
    try audit("parked.drop", note: "\(stream) \(sequence): \(reason)")
  }

  /// Makes the first event of a parked one's partition key due at once.
  ///
  /// Throws `Refusal` 404 when there is no such event, else `StorageError`.
  public func hastenParked(_ stream: ServiceName, _ sequence: Int64) throws {
    if let first = try firstParked(stream, try partition(of: stream, sequence)) { try schedule(first, at: time) }
  }

  private func partition(of stream: ServiceName, _ sequence: Int64) throws -> String {
    guard
      let row = try row("SELECT partition_key FROM parked_event WHERE stream = ? AND seq = ?", stream, sequence)
    else {
      throw Refusal(
        .notFound, vi: "Sự kiện \(stream) \(sequence) không nằm trong danh sách chờ.",
        en: "The event \(stream) \(sequence) is not parked.")
    }
    return try row["partition_key"]
  }
}

extension Transaction {
  /// - Parameter behind: True for an event that has not failed itself.
  func park(_ event: IncomingEvent, behind: Bool, reason: String? = nil) throws(StorageError) {
    try execute(
      """
      INSERT INTO parked_event (stream, seq, type, partition_key, event, attempts, reason, next_at)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      """,
      event.stream, event.sequence, event.type, event.partition, event.json, behind ? 0 : 1, reason,
      behind ? nil : time.after(attempts: 1))
  }

  func blockedPartitions(of stream: ServiceName) throws(StorageError) -> Set<String> {
    var partitions: Set<String> = []
    for row in try rows("SELECT DISTINCT partition_key FROM parked_event WHERE stream = ?", stream) {
      partitions.insert(try row["partition_key"])
    }
    return partitions
  }

  func firstParked(_ stream: ServiceName, _ partition: String) throws(StorageError) -> Parked? {
    let row = try row(
      "SELECT * FROM parked_event WHERE stream = ? AND partition_key = ? ORDER BY seq LIMIT 1", stream, partition)
    return try row.map { row throws(StorageError) in try Parked(row) }
  }

  func unpark(_ stream: ServiceName, _ sequence: Int64) throws(StorageError) {
    try execute("DELETE FROM parked_event WHERE stream = ? AND seq = ?", stream, sequence)
  }

  func schedule(_ parked: Parked, at time: Timestamp) throws(StorageError) {
    try execute(
      "UPDATE parked_event SET next_at = ? WHERE stream = ? AND seq = ?", time, parked.stream, parked.sequence)
  }

  func recordFailure(of parked: Parked, reason: String) throws(StorageError) {
    let attempts = parked.attempts + 1
    try execute(
      "UPDATE parked_event SET attempts = ?, reason = ?, next_at = ? WHERE stream = ? AND seq = ?", attempts, reason,
      time.after(attempts: attempts), parked.stream, parked.sequence)
  }
}

extension Timestamp {
  /// When to try again after so many attempts.
  fileprivate func after(attempts: Int) -> Timestamp {
    let seconds: [Int64] = [1, 5, 30, 300, 3600]
    return Timestamp(milliseconds: milliseconds + seconds[min(attempts, seconds.count) - 1] * 1000)
  }
}
