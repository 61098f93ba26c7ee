public import Schema
public import Storage
import Synchronization
public import ZeroMQ

/// The end of a stream, and those who wait there: each for the events of a unit and what is below it, woken by no others.
public final class Tail: Sendable {
  private struct State {
    /// Kept as long as somebody waits for it.
    var marks: [Unit: (mark: Watermark, waiting: Int)] = [:]
    var finished = false
  }

  private let all: Watermark
  private let units = Mutex(State())
  private let loop: PollLoop

  public init(at head: Int64, on loop: PollLoop) {
    all = Watermark(head, on: loop)
    self.loop = loop
  }

  public var isFinished: Bool { all.isFinished }

  /// How many wait.
  var waiting: Int { units.withLock { $0.marks.values.reduce(all.waiting) { $0 + $1.waiting } } }

  /// Returns when there is an event beyond a sequence in the unit, when the time is up, or at the end.
  ///
  /// - Parameter unit: Nil for any.
  public func wait(beyond sequence: Int64, in unit: Unit?, atMost limit: Duration) async {
    guard let unit else { return await all.wait(for: sequence + 1, atMost: limit) }
    let mark = enter(unit)
    await mark.wait(for: sequence + 1, atMost: limit)
    leave(unit)
  }

  /// What was committed, in order.
  public func append(_ rows: [OutboxRow]) {
    guard let last = rows.last else { return }
    // First of all: a mark that is made meanwhile begins here.
    all.rise(to: last.sequence)
    for row in rows {
      let marks = units.withLock { state in
        Set([row.unit, row.isInternal ? row.unit : row.unit.provinceUnit]).compactMap { state.marks[$0]?.mark }
      }
      for mark in marks { mark.rise(to: row.sequence) }
    }
  }

  /// Lets all who wait go, now and from here on.
  public func finish() {
    let marks = units.withLock { state in
      state.finished = true
      return state.marks.values.map(\.mark)
    }
    for mark in marks + [all] { mark.finish() }
  }

  /// Made when it is first waited for, at the stream's head: events before it were there to be read.
  private func enter(_ unit: Unit) -> Watermark {
    units.withLock { state in
      var entry = state.marks[unit] ?? (Watermark(all.value, on: loop), 0)
      if state.finished { entry.mark.finish() }
      entry.waiting += 1
      state.marks[unit] = entry
      return entry.mark
    }
  }

  private func leave(_ unit: Unit) {
    units.withLock { state in
      state.marks[unit]?.waiting -= 1
      if state.marks[unit]?.waiting == 0 { state.marks[unit] = nil }
    }
  }
}
