import Schema

/// What a store is found to be when it is opened.
struct Boot: Sendable {
  var epoch: UUIDv7
  /// As it is after this opening.
  var mark: Mark
}

extension Boot {
  /// Counts this opening in the store, and decides whether the store goes on or is an older copy of itself.
  ///
  /// The count is raised here first and in the file beside the store afterwards: the store may be one ahead of the file,
  /// when the process died in between, but never behind it.
  init(
    _ connection: any Connection, service: ServiceName, beside mark: Mark?, seal: Int64, at time: Timestamp
  ) throws(StorageError) {
    self = try connection.transaction { () throws(StorageError) in
      let row = try connection.row("SELECT service, epoch, boots FROM store WHERE id = 1")
      guard let row else {
        let boot = Boot(epoch: UUIDv7(), mark: Mark(boots: (mark?.boots ?? 0) + 1, head: 0, audits: 0, seal: seal))
        try connection.execute(
          "INSERT INTO store (id, service, epoch, boots) VALUES (1, ?, ?, ?)",
          [service.stored, boot.epoch.stored, boot.mark.boots.stored])
        guard mark != nil else { return boot }
        return try boot.noting("a new store where one was before", on: connection, service: service, at: time)
      }
      let owner: ServiceName = try row["service"]
      guard owner == service else {
        throw StorageError(.failed, "the store belongs to \(owner), not to \(service)")
      }
      let found = try Mark(of: connection, boots: row["boots"], seal: seal)
      var boot = Boot(epoch: try row["epoch"], mark: found)
      boot.mark.boots = max(found.boots, mark?.boots ?? 0) + 1
      if let doubt = found.doubt(beside: mark) {
        boot.epoch = UUIDv7()
        boot = try boot.noting(doubt, on: connection, service: service, at: time)
      }
      try connection.execute(
        "UPDATE store SET epoch = ?, boots = ? WHERE id = 1", [boot.epoch.stored, boot.mark.boots.stored])
      return boot
    }
  }

  /// The new epoch goes into the audit.
  private func noting(
    _ doubt: String, on connection: any Connection, service: ServiceName, at time: Timestamp
  ) throws(StorageError) -> Boot {
    let store = Transaction(connection, service: service, time: time)
    try store.audit("store.epoch", note: "\(doubt); the stream begins anew as \(epoch)")
    var boot = self
    boot.mark.audits += 1
    return boot
  }
}

extension Mark {
  init(of connection: any Connection, boots: Int64, seal: Int64) throws(StorageError) {
    let head = try connection.row("SELECT COALESCE(MAX(seq), 0) AS seq FROM outbox")
    let audits = try connection.row("SELECT COALESCE(MAX(seq), 0) AS seq FROM audit")
    self.init(boots: boots, head: try head?["seq"] ?? 0, audits: try audits?["seq"] ?? 0, seal: seal)
  }

  /// Why this may not be the store that the file speaks of; nil when it is.
  fileprivate func doubt(beside mark: Mark?) -> String? {
    guard let mark else { return "nothing beside the store tells how often it was opened" }
    guard boots == mark.boots || boots == mark.boots + 1 else {
      return "opened \(boots) times, and \(mark.boots) times by the file beside it"
    }
    guard seal == mark.seal else { return "put here by something else than this program" }
    guard head >= mark.head, audits >= mark.audits else {
      return "an older copy: it ends at event \(head), audit row \(audits), the file at \(mark.head), \(mark.audits)"
    }
    return nil
  }
}
