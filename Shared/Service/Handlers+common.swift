import Bus
import Schema
import Storage

/// What every service answers: how it is, its stream, and how far it has read the others.
extension Handlers {
  mutating func registerHealth(_ vitals: Vitals) {
    on(Health<Service>.self, answer: { _, _ in try await vitals.health() })
  }

  mutating func registerBackup(_ copier: StoreCopier) {
    on(
      BackUp<Service>.self, answer: { _, call in try await copier.copy(for: call.caller, as: BackUp<Service>.method) })
  }

  mutating func registerAudit() {
    on(
      ListAudit<Service>.self,
      answer: { [database] request, call in
        try await database.audits(request, within: call.unit)
      })
    on(VerifyAudit<Service>.self, answer: { [database] _, _ in try await database.verdict() })
  }

  mutating func registerEvents(_ tail: Tail) {
    on(
      ReadEvents<Service>.self,
      answer: { [database] request, call in
        let deadline = ContinuousClock.now + min(.milliseconds(min(max(request.waitms, 0), 30_000)), call.left)
        var (epoch, start) = (request.epoch, request.after)
        while true {
          let batch = try await database.events(
            epoch: epoch, after: start, max: request.max, within: call.unit, by: call.caller)
          let left = deadline - .now
          guard batch.events.isEmpty, left > .zero, !tail.isFinished else { return batch }
          (epoch, start) = (batch.epoch, .sequence(batch.through))
          await tail.wait(beyond: batch.head, in: call.unit, atMost: left)
        }
      })
  }

  mutating func registerStreams(_ subscribers: [Subscriber]) {
    on(
      Reached<Service>.self,
      answer: { [database] request, call in
        let subscriber = try subscribers.reading(request.stream)
        await subscriber.cursor.wait(for: request.seq, atMost: call.left)
        return try await database.position(of: subscriber)
      })
    on(ListParked<Service>.self, answer: { [database] request, _ in try await database.parked(after: request.after) })
    on(
      RetryParked<Service>.self,
      do: { request, _, transaction in
        _ = try subscribers.reading(request.stream)
        try transaction.hastenParked(request.stream, request.sequence)
        return .accepted(Done())
      },
      then: { for subscriber in subscribers { subscriber.wake() } })
    on(
      DropParked<Service>.self,
      do: { request, _, transaction in
        _ = try subscribers.reading(request.stream)
        guard !request.reason.isEmpty, request.reason.utf8.count <= 500 else {
          throw Refusal(
            .invalid, vi: "Phải nêu lý do bỏ sự kiện, không quá 500 byte.",
            en: "Say why the event is dropped, in 500 bytes at most.", at: "reason")
        }
        try transaction.dropParked(request.stream, request.sequence, reason: request.reason)
        return .accepted(Done())
      },
      then: { for subscriber in subscribers { subscriber.wake() } })
  }
}

extension [Subscriber] {
  fileprivate func reading(_ stream: ServiceName) throws(Refusal) -> Subscriber {
    guard let subscriber = first(where: { $0.stream == stream }) else {
      throw Refusal(
        .notFound, vi: "Dịch vụ này không đọc luồng \(stream).",
        en: "This service does not follow the stream \(stream).", at: "stream")
    }
    return subscriber
  }
}

extension Database {
  func position(of subscriber: Subscriber) async throws -> StreamPosition {
    let stream = subscriber.stream
    let parked = try await cursor(of: stream).parked
    return StreamPosition(
      stream: stream, cursor: subscriber.cursor.value, head: subscriber.head, parked: parked)
  }
}
