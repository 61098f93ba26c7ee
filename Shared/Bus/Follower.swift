public import FoundationEssentials
public import Logging
public import Schema
public import ZeroMQ

/// What a process keeps in memory of another service, as of a position of its stream.
public protocol Replica: Sendable {
  /// Takes the whole of it anew, and says which position it shows.
  func load(from client: Client) async throws -> (epoch: UUIDv7, sequence: Int64)

  /// What happened since, in order, each a CloudEvent; `sequence` is the position after it.
  ///
  /// Events from before the position that was loaded may come again. When it throws, the whole is taken anew.
  func apply(_ events: [Data], through sequence: Int64) throws

  /// It is known to have been complete this long ago.
  func confirm(_ age: Duration)
}

/// Follows one stream into memory: for a process without a store of it.
///
/// It differs from `Subscriber` in what it begins with: the whole, not the first event.
public actor Follower {
  private let stream: ServiceName
  private let source: Subscriber.Source
  private let replica: any Replica
  private let inlet: Inlet
  private let log: Logger
  private var position: (epoch: UUIDv7, sequence: Int64)?
  private var failures = 0

  public init(
    of stream: ServiceName, at source: Subscriber.Source, into replica: any Replica, in context: Context,
    on loop: PollLoop, log: Logger
  ) async throws {
    self.stream = stream
    self.source = source
    self.replica = replica
    self.log = log
    inlet = Inlet(on: loop)
    try await inlet.connect(to: source.events, of: stream, security: source.security, in: context)
  }

  /// Returns when the replica shows the end of the stream; goes on trying until then, or until it is cancelled.
  public func begin() async throws {
    while !isComplete {
      try Task.checkCancellation()
      await attempt()
    }
  }

  /// Follows until it is cancelled.
  public func run() async {
    while !Task.isCancelled { await attempt() }
  }

  public func close() async {
    await inlet.close()
    await source.client.close()
  }

  private var isComplete: Bool {
    guard let position, let heard = inlet.head else { return false }
    return heard.epoch == position.epoch && heard.sequence == position.sequence
  }

  private func attempt() async {
    do {
      try await step()
      failures = 0
    } catch {
      failures += 1
      if !Task.isCancelled, failures & (failures - 1) == 0 {
        log.warning(
          "stream not followed",
          metadata: ["stream": "\(stream)", "reason": "\(error)", "failures": "\(failures)"])
      }
      try? await Task.sleep(for: .milliseconds(Int.random(in: 50...min(5000, 100 << min(failures, 6)))))
    }
  }

  /// One thing: take the whole, apply what came, ask for what is missing, or wait.
  private func step() async throws {
    guard let position else {
      self.position = try await replica.load(from: source.client)
      return inlet.forget()
    }
    if inlet.isSilent {
      try await inlet.reconnect()
      try await fetch(after: position)
    } else if let run = inlet.take(after: position.sequence, epoch: position.epoch) {
      try apply(run, through: position.sequence + Int64(run.count))
    } else if isComplete {
      if let age = inlet.age { replica.confirm(age) }
      await inlet.wait(atMost: .seconds(1))
    } else {
      try await fetch(after: position)
    }
  }

  private func fetch(after position: (epoch: UUIDv7, sequence: Int64)) async throws {
    do {
      let batch = try await source.read(stream, after: position.sequence, epoch: position.epoch, max: 500)
      inlet.heard(batch.head, epoch: batch.epoch)
      try apply(batch.events, through: batch.through)
      if batch.through >= batch.head { replica.confirm(.zero) }
    } catch let refusal as Refusal where refusal.status == .gone {
      log.notice("stream was replaced: taking it anew", metadata: ["stream": "\(stream)"])
      self.position = nil
    }
  }

  private func apply(_ events: [Data], through sequence: Int64) throws {
    do {
      try replica.apply(events, through: sequence)
      position?.sequence = sequence
    } catch {
      position = nil
      throw error
    }
  }
}
