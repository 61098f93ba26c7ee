import FoundationEssentials
public import Logging
public import Schema
public import Storage
import Synchronization
public import ZeroMQ

/// Follows one stream for good: live events as they are published, and `events` requests for whatever is missing.
///
/// An event is applied only if it follows the cursor; effects, inbox id and cursor commit together. An event that fails
/// parks its partition key and no other.
public final class Subscriber: Sendable {
  /// Where the other service is.
  public struct Source: Sendable {
    public var events: String
    public var security: Security
    public var client: Client

    public init(events: String, security: Security, client: Client) {
      self.events = events
      self.security = security
      self.client = client
    }

    /// A part of the stream.
    func read(_ stream: ServiceName, after sequence: Int64, epoch: UUIDv7?, max: Int) async throws -> EventBatch {
      // `events` has the same body for every service; which one is asked stands in the route.
      let request = ReadEvents<Plans>(epoch: epoch, after: .sequence(sequence), max: max)
      let route = Route(Method(stringLiteral: "\(stream).events"), nil)
      let (body, _) = try await client.exchange(route, Codec.encode(request), ttl: .seconds(5))
      return try EventBatch(json: body)
    }
  }

  private let subscription: Subscription
  private let database: Database
  private let source: Source
  private let inlet: Inlet
  private let log: Logger
  /// How far this store has read; `reached` waits on it.
  public let cursor: Watermark

  public var stream: ServiceName { subscription.stream }

  public init(
    _ subscription: Subscription, to source: Source, into database: Database, in context: Context, on loop: PollLoop,
    log: Logger
  ) async throws {
    self.subscription = subscription
    self.source = source
    self.database = database
    self.log = log
    let position = try await database.cursor(of: subscription.stream)
    cursor = Watermark(position.sequence, on: loop)
    inlet = Inlet(on: loop)
    try await inlet.connect(to: source.events, of: subscription.stream, security: source.security, in: context)
  }

  /// The last sequence that was heard of.
  public var head: Int64 { max(inlet.head?.sequence ?? 0, cursor.value) }

  /// True when the other service was heard, and nothing is left to read.
  public var isCaughtUp: Bool { inlet.head.map { $0.sequence <= cursor.value } ?? false }

  /// Tries a parked partition key again, soon.
  public func wake() { inlet.wake() }

  /// Follows until it is cancelled.
  public func run() async {
    defer { cursor.finish() }
    var failures = 0
    while !Task.isCancelled {
      do {
        try await step()
        failures = 0
      } catch {
        // The other service or our own store is not to be had: nothing is lost by waiting.
        failures += 1
        if !Task.isCancelled, failures & (failures - 1) == 0 {
          log.warning(
            "stream not followed",
            metadata: ["stream": "\(stream)", "reason": "\(error)", "failures": "\(failures)"])
        }
        try? await Task.sleep(for: .milliseconds(Int.random(in: 50...min(5000, 100 << min(failures, 6)))))
      }
    }
    await inlet.close()
    await source.client.close()
  }

  /// One thing: apply what came, ask for what is missing, retry what is due, or wait.
  private func step() async throws {
    let position = try await database.cursor(of: stream)
    if let due = try await database.nextRetry(stream), due <= .now {
      _ = try await database.retryParked(stream, .due(.now), handler: subscription.apply)
      return
    }
    if inlet.isSilent {
      try await inlet.reconnect()
      return try await fetch(after: position.sequence, epoch: position.epoch)
    }
    let heard = inlet.head
    if let epoch = position.epoch, heard == nil || heard?.epoch == epoch,
      let run = inlet.take(after: position.sequence, epoch: epoch)
    {
      try await apply(run, epoch: epoch, through: position.sequence + Int64(run.count))
    } else if let heard, heard.epoch == position.epoch, heard.sequence == position.sequence {
      await inlet.wait(atMost: min(.seconds(4), try await timeToRetry() ?? .seconds(4)))
    } else {
      try await fetch(after: position.sequence, epoch: position.epoch)
    }
  }

  private func timeToRetry() async throws -> Duration? {
    guard let due = try await database.nextRetry(stream) else { return nil }
    return .milliseconds(max(1, due.milliseconds - Timestamp.now.milliseconds))
  }

  private func fetch(after sequence: Int64, epoch: UUIDv7?) async throws {
    do {
      let batch = try await source.read(stream, after: sequence, epoch: epoch, max: 500)
      inlet.heard(batch.head, epoch: batch.epoch)
      try await apply(batch.events, epoch: batch.epoch, through: batch.through)
    } catch let refusal as Refusal where refusal.status == .gone {
      try await resync()
    }
  }

  /// The other store is not the one that we read: an older copy was restored, or it was moved.
  private func resync() async throws {
    log.notice("stream was replaced: reading it from its start", metadata: ["stream": "\(stream)"])
    let epoch = try await source.read(stream, after: 0, epoch: nil, max: 1).epoch
    try await database.resync(stream, epoch: epoch, reset: subscription.reset)
    inlet.forget()
    cursor.reset(to: 0)
  }

  private func apply(_ events: [Data], epoch: UUIDv7, through: Int64) async throws {
    let applied = try await database.apply(
      try events.map { try IncomingEvent($0, of: stream) }, of: stream, epoch: epoch, through: through,
      handler: subscription.apply)
    cursor.rise(to: applied.sequence)
  }
}
