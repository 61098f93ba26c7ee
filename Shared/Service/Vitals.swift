public import Bus
public import Schema
public import Storage

/// Everything that a process says of how it is: to operators who ask, and in its metrics file.
public struct Vitals: Sendable {
  let service: ServiceName
  let database: Database
  let meter: Meter
  private let started = ContinuousClock.now
  private let positions: @Sendable () async throws -> [StreamPosition]

  /// - Parameter positions: How far it has read the streams that it follows.
  public init(
    of service: ServiceName, _ database: Database, _ meter: Meter,
    positions: @escaping @Sendable () async throws -> [StreamPosition]
  ) {
    self.service = service
    self.database = database
    self.meter = meter
    self.positions = positions
  }

  public func health() async throws -> ServiceHealth {
    ServiceHealth(
      service: service, version: version, uptimeSeconds: Int((.now - started) / .seconds(1)), epoch: database.epoch,
      head: database.head, storeBytes: database.sizeInBytes, streams: try await positions(), load: load)
  }

  private var load: ServiceLoad {
    let queue = database.queue
    var methods = meter.methods.sorted { $0.key.description < $1.key.description }
      .map { MethodLoad($0.key.description, $0.value) }
    let unknown = meter.unknown
    if !unknown.answers.isEmpty { methods.append(MethodLoad("", unknown)) }
    return ServiceLoad(
      queued: queue.length, queuedMilliseconds: Int64(queue.age / .milliseconds(1)),
      commits: Durations(database.commits), methods: methods, dropped: meter.dropped)
  }
}

extension MethodLoad {
  fileprivate init(_ method: String, _ figures: Meter.Figures) {
    self.init(
      method: method,
      answers: figures.answers.sorted { $0.key.rawValue < $1.key.rawValue }
        .map { Answers(code: Int($0.key.rawValue), count: $0.value) },
      took: Durations(figures.took))
  }
}

extension Durations {
  fileprivate init(_ histogram: Histogram) {
    self.init(
      count: histogram.count, p50us: histogram.percentile(50), p99us: histogram.percentile(99),
      maxus: histogram.longest)
  }
}
