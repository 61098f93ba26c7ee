public import Schema
public import Storage
import Synchronization

/// What was asked of a process and how it was answered, since it started.
///
/// One lock for a moment and no allocation once a method is known: 0.06 µs a request. Services count beside the handler;
/// only the front door, and what is refused at once, counts on the thread that owns the sockets.
public final class Meter: Sendable {
  /// One method, or all that named none of ours.
  public struct Figures: Hashable, Sendable {
    public internal(set) var answers: [Status: Int64] = [:]
    /// From taking a request on to its answer. Long polls are not in it: their time is the asker's own.
    public internal(set) var took = Histogram()
  }

  private struct State {
    var methods: [Method: Figures] = [:]
    var unknown = Figures()
    var dropped: Int64 = 0
  }

  private let state = Mutex(State())

  public init() {}

  /// - Parameters:
  ///   - method: Nil for what is none of ours: names that anybody may make up are not kept.
  ///   - nanoseconds: How long it took; nil where that says nothing.
  public func count(_ method: Method?, _ status: Status, took nanoseconds: UInt64? = nil) {
    state.withLock { state in
      guard let method else { return state.unknown.answers[status, default: 0] += 1 }
      state.methods[method, default: Figures()].count(status, nanoseconds)
    }
  }

  /// A message that was none, and was answered by nothing.
  public func drop() { state.withLock { $0.dropped += 1 } }

  public var methods: [Method: Figures] { state.withLock { $0.methods } }
  public var unknown: Figures { state.withLock { $0.unknown } }
  public var dropped: Int64 { state.withLock { $0.dropped } }
}

extension Meter.Figures {
  fileprivate mutating func count(_ status: Status, _ nanoseconds: UInt64?) {
    answers[status, default: 0] += 1
    if let nanoseconds { took.add(microseconds: Int64(clamping: nanoseconds / 1000)) }
  }
}
