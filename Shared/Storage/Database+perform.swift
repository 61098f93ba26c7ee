public import FoundationEssentials
import Schema

extension Database {
  /// Carries out a command once, whatever comes twice, and remembers what was answered.
  ///
  /// In one transaction: under a key that is known, the answer of then, or 422 if the request is another; else the
  /// handler's state, its events, the audit row and the record of the answer. The handler may run with others in the same
  /// group, and does nothing but work with the store.
  ///
  /// - What it refuses or throws as `Refusal` takes its state back. The events of `refused` are said, the answer is
  ///   remembered.
  /// - Any other error is answered 500 with `Answer.fault`, and not remembered, and neither is a refusal with a transient
  ///   status: such a request may be sent again. (So events of a transient refusal may be said again.)
  /// - Throws `StorageError` when the store could not do its part; then nothing was kept.
  public func perform(
    _ ticket: Ticket, _ handler: @escaping @Sendable (borrowing Transaction) throws -> Outcome<Data>
  ) async throws(StorageError) -> Answer {
    let hashes = ticket.hashes(keyed: secret)
    do {
      return try await write(for: Cause(ticket)) { store in
        try store.perform(ticket, hashes: hashes, handler)
      }
    } catch {
      throw error as? StorageError ?? StorageError(.failed, "\(error)")
    }
  }
}

extension Transaction {
  fileprivate func perform(
    _ ticket: Ticket, hashes: [Data], _ handler: (borrowing Transaction) throws -> Outcome<Data>
  ) throws -> Answer {
    if let answer = try recorded(ticket, hashes: hashes) { return answer }
    let answer = try decide(handler)
    try audit(ticket, answer)
    if !answer.status.isTransient {
      try execute(
        "INSERT INTO command_record (account, key, hash, status, reply, seq, time) VALUES (?, ?, ?, ?, ?, ?, ?)",
        ticket.caller.account, ticket.key, hashes.first, answer.status, answer.body, answer.sequence, time)
    }
    return answer
  }

  /// What was answered under this key before.
  private func recorded(_ ticket: Ticket, hashes: [Data]) throws -> Answer? {
    let record = try row(
      "SELECT hash, status, reply, seq FROM command_record WHERE account = ? AND key = ?", ticket.caller.account,
      ticket.key)
    guard let record else { return nil }
    guard hashes.contains(try record["hash"]) else {
      let answer = Answer(
        Refusal(
          .invalid, vi: "Khóa này đã dùng cho một yêu cầu khác; hãy gửi lại với khóa mới.",
          en: "This key was used for another request; send this one under a new key."))
      try audit(ticket, answer)
      return answer
    }
    return Answer(
      status: try record["status"], body: try record["reply"], sequence: try record["seq"], replayed: true)
  }

  private func decide(_ handler: (borrowing Transaction) throws -> Outcome<Data>) throws -> Answer {
    do {
      return try nested { store in
        switch try handler(store) {
        case .accepted(let reply, let events):
          Answer(status: .ok, body: reply, sequence: try store.emit(events))
        case .refused(let refusal, let events):
          throw Refused(refusal: refusal, events: events)
        }
      }
    } catch let refused as Refused {
      return try turnDown(refused)
    } catch let refusal as Refusal {
      return Answer(refusal)
    } catch let error as StorageError where error.kind != .failed {
      throw error
    } catch {
      return Answer(Refusal(.failed), fault: error)
    }
  }

  private func turnDown(_ refused: Refused) throws -> Answer {
    do {
      return Answer(refused.refusal, sequence: try emit(refused.events))
    } catch let refusal as Refusal {
      // Its events cannot be said as they are: a fault of the handler.
      return Answer(Refusal(.failed), fault: refusal)
    }
  }

  private func audit(_ ticket: Ticket, _ answer: Answer) throws(StorageError) {
    try audit(
      AuditEntry(
        time: time, account: ticket.caller.account, unit: ticket.unit, office: ticket.caller.office,
        method: ticket.method.description, key: ticket.key, status: answer.status,
        // The error itself may quote what was sent.
        note: answer.fault.map { "\(type(of: $0))" } ?? ticket.about))
  }
}

/// Carries a refusal out of the savepoint that its state is taken back to.
private struct Refused: Error {
  let refusal: Refusal
  let events: [any Event]
}
