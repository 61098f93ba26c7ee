/// How a process fares, since it started.
public struct ServiceLoad: Codable, Hashable, Sendable {
  /// Writes that are not on the disk yet.
  public var queued: Int
  /// How long the oldest of them has waited.
  public var queuedMilliseconds: Int64
  /// Making a group of writes durable: what the disk takes for a sync.
  public var commits: Durations
  /// By name; what named no method of ours is the last, with an empty name.
  public var methods: [MethodLoad]
  /// Messages that were none.
  public var dropped: Int64

  public init(
    queued: Int, queuedMilliseconds: Int64, commits: Durations, methods: [MethodLoad], dropped: Int64
  ) {
    self.queued = queued
    self.queuedMilliseconds = queuedMilliseconds
    self.commits = commits
    self.methods = methods
    self.dropped = dropped
  }
}

/// How long something took, in microseconds.
public struct Durations: Codable, Hashable, Sendable {
  public var count: Int64
  /// What half of them did not exceed.
  public var p50us: Int64
  /// What 99 of a hundred did not exceed.
  public var p99us: Int64
  public var maxus: Int64

  public init(count: Int64, p50us: Int64, p99us: Int64, maxus: Int64) {
    self.count = count
    self.p50us = p50us
    self.p99us = p99us
    self.maxus = maxus
  }
}

/// One method: how often it was answered with which code, and how long that took.
public struct MethodLoad: Codable, Hashable, Sendable {
  public struct Answers: Codable, Hashable, Sendable {
    public var code: Int
    public var count: Int64

    public init(code: Int, count: Int64) {
      self.code = code
      self.count = count
    }
  }

  public var method: String
  public var answers: [Answers]
  public var took: Durations

  public init(method: String, answers: [Answers], took: Durations) {
    self.method = method
    self.answers = answers
    self.took = took
  }

  /// How often, whatever the answer.
  public var count: Int64 { answers.reduce(0) { $0 + $1.count } }
  /// How often with another code than 200.
  public var refused: Int64 { answers.reduce(0) { $1.code == 200 ? $0 : $0 + $1.count } }
}
