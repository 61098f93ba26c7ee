public import Schema

/// A province's targets beside what its communes promise: who promised less, and whether the promises can reach the target.
///
/// A share of the province is the communes' shares weighted by their denominators, never their mean. Where a denominator is not
/// known the weight may be anything, so the answer is an interval, and says so. From experience: no other tool does it.
public struct Cascade: Hashable, Sendable, Encodable {
  /// One target of the province.
  public struct Line: Hashable, Sendable, Encodable {
    public let target: TargetRow
    public let shares: [Share]
    public let reach: Reach
  }

  /// What one commune promises towards it.
  public struct Share: Hashable, Sendable, Encodable {
    public enum Standing: String, Hashable, Sendable, Encodable {
      /// Promises less than the province asks.
      case less
      case enough
      /// Promises nothing of the kind by then.
      case missing
      /// Promises something that has no number.
      case unclear
    }

    public let unit: Unit
    public let row: TargetRow?
    /// How many the denominator counts, where the plan says it.
    public let size: Int64?
    public let standing: Standing
  }

  /// Whether the promises, all kept, make the target.
  public struct Reach: Hashable, Sendable, Encodable {
    public enum Verdict: String, Hashable, Sendable, Encodable {
      case reached
      case missed
      /// Depends on denominators or promises that are not known.
      case open
      /// The target has no number, or no commune's promise has.
      case notComparable = "not-comparable"
    }

    public let verdict: Verdict
    /// The least and the most that can come of the promises, in the target's unit; nil where nothing is known.
    public let least: Quantity?
    public let most: Quantity?
    /// Communes whose promise, or its weight, is not known.
    public let unknown: Int
  }

  public let lines: [Line]

  /// - Parameter communes: one plan of each; a commune that is not given does not count.
  public init(of province: PlanDocument, communes: [PlanDocument], catalogue: IndicatorCatalogue = .standard) {
    let names = ([province] + communes).flatMap { $0.targets.map(\.indicator) }
    let subjects = Subjects(names, catalogue: catalogue)
    let promised = communes.map { commune in
      (
        commune: commune,
        targets: Dictionary(grouping: PromisedTarget.all(in: commune, subjects).filter(\.isRow), by: \.key)
      )
    }
    lines = PromisedTarget.all(in: province, subjects).filter(\.isRow).map { asked in
      let shares = promised.map { commune, targets in
        Share(of: commune, targets[asked.key] ?? [], beside: asked)
      }
      return Line(target: asked.row, shares: shares, reach: Reach(asked, shares))
    }
  }
}

extension Cascade.Share {
  /// Of several milestones the last one that is not after the province's counts.
  fileprivate init(of commune: PlanDocument, _ targets: [PromisedTarget], beside asked: PromisedTarget) {
    let target = targets.filter { $0.milestone <= asked.milestone }.max { $0.milestone < $1.milestone }
    unit = commune.unit
    row = target?.row
    size = target.flatMap { commune.body.measures[$0.row.number]?.size }
    guard let target else {
      standing = .missing
      return
    }
    switch target.strength(beside: asked) {
    case .weaker: standing = .less
    case .equal, .stronger: standing = .enough
    case nil: standing = .unclear
    }
  }
}

extension Cascade.Reach {
  /// What one commune promises: a range may come to anything within it.
  private struct Part {
    var low: Int128
    var high: Int128
    var size: Int128?
  }

  fileprivate init(_ asked: PromisedTarget, _ promises: [Cascade.Share]) {
    let known = promises.compactMap { promise -> Part? in
      guard let value = promise.row?.value else { return nil }
      return Part(
        low: Int128(value.millionths), high: Int128((promise.row?.upper ?? value).millionths),
        size: promise.size.map { Int128($0) })
    }
    guard let goal = Goal(asked.row, moreIsBetter: asked.moreIsBetter), !known.isEmpty else {
      self.init(verdict: .notComparable, least: nil, most: nil, unknown: promises.count)
      return
    }
    let silent = promises.count - known.count
    guard asked.row.isPercent else {
      let (low, high) = (known.reduce(0) { $0 + $1.low }, known.reduce(0) { $0 + $1.high })
      self.init(goal, low, high, isUpperOpen: silent > 0, unknown: silent)
      return
    }
    let whole = known.filter { ($0.size ?? 0) > 0 }
    // A weighted mean lies between its parts, whatever the weights that are not known.
    var parts = known.filter { ($0.size ?? 0) <= 0 }
    let loose = parts.count
    if !whole.isEmpty {
      let weights = whole.reduce(Int128(0)) { $0 + ($1.size ?? 0) }
      let low = whole.reduce(Int128(0)) { $0 + $1.low * ($1.size ?? 0) }
      let high = whole.reduce(Int128(0)) { $0 + $1.high * ($1.size ?? 0) }
      // Rounded so that it still stands to the target, a whole number of millionths, as the exact mean does.
      parts.append(
        Part(
          low: goal.roundsLowDown ? low / weights : (low + weights - 1) / weights,
          high: goal.roundsHighDown ? high / weights : (high + weights - 1) / weights))
    }
    var (low, high) = (parts.map(\.low).min(), parts.map(\.high).max())
    if silent > 0 { (low, high) = (0, Self.hundred) }
    self.init(
      goal, low ?? 0, high ?? Self.hundred, isUpperOpen: false, unknown: silent + (promises.count > 1 ? loose : 0))
  }

  private init(_ goal: Goal, _ low: Int128, _ high: Int128, isUpperOpen: Bool, unknown: Int) {
    self.init(
      verdict: goal.verdict(low, high, isUpperOpen: isUpperOpen), least: Quantity(millionths: low),
      most: isUpperOpen ? nil : Quantity(millionths: high), unknown: unknown)
  }

  private static let hundred = Int128(100_000_000)
}

/// What the province asks, in millionths.
private enum Goal {
  case atLeast(Int128, isStrict: Bool)
  case atMost(Int128, isStrict: Bool)
  case within(ClosedRange<Int128>)

  /// Nil where no number is asked.
  init?(_ row: TargetRow, moreIsBetter: Bool) {
    guard let value = row.value.map({ Int128($0.millionths) }) else { return nil }
    if let upper = row.upper.map({ Int128($0.millionths) }) {
      guard value <= upper else { return nil }
      self = .within(value...upper)
    } else {
      self = moreIsBetter ? .atLeast(value, isStrict: row.isStrict) : .atMost(value, isStrict: row.isStrict)
    }
  }

  var roundsLowDown: Bool {
    switch self {
    case .atLeast(_, let isStrict): !isStrict
    case .atMost(_, let isStrict): isStrict
    case .within: true
    }
  }

  var roundsHighDown: Bool {
    if case .within = self { false } else { roundsLowDown }
  }

  /// - Parameter isUpperOpen: Nobody knows how much more may come.
  func verdict(_ low: Int128, _ high: Int128, isUpperOpen: Bool) -> Cascade.Reach.Verdict {
    switch self {
    case .atLeast(let goal, let isStrict):
      if isStrict ? low > goal : low >= goal { return .reached }
      return isUpperOpen || (isStrict ? high > goal : high >= goal) ? .open : .missed
    case .atMost(let goal, let isStrict):
      guard isStrict ? low < goal : low <= goal else { return .missed }
      return !isUpperOpen && (isStrict ? high < goal : high <= goal) ? .reached : .open
    case .within(let goal):
      if low > goal.upperBound || !isUpperOpen && high < goal.lowerBound { return .missed }
      return !isUpperOpen && low >= goal.lowerBound && high <= goal.upperBound ? .reached : .open
    }
  }
}

extension PromisedTarget {
  fileprivate var isRow: Bool { place.kind == .target }
}

extension Quantity {
  /// Nil where it does not fit.
  fileprivate init?(millionths: Int128) {
    guard millionths >= 0, millionths < 1_000_000_000_000 * 1_000_000 else { return nil }
    let digits = String(millionths % 1_000_000)
    self.init("\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - digits.count) + digits)
  }
}
