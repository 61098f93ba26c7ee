import Schema

/// Mức phấn đấu that has a number: what a figure, and the course that it is on, are judged by. Nothing is rounded.
struct NumericPromise {
  /// Where what misses it lies.
  enum Side { case below, above }

  let comparator: TargetRow.Comparator
  /// Of a range the lower number.
  let value: Quantity
  let upper: Quantity?

  /// Nil for what asks for no number, and for what a newer program promises.
  init?(_ milestone: Milestone) {
    guard let value = milestone.value, let comparator = milestone.comparator.known, comparator != .report else {
      return nil
    }
    if comparator == .range {
      guard let upper = milestone.upper, value <= upper else { return nil }
    }
    (self.comparator, self.value, upper) = (comparator, value, comparator == .range ? milestone.upper : nil)
  }

  /// As offices write it: `80`, `80–90`.
  var written: String { value.written(upTo: upper) }

  // MARK: Figures

  /// Plans write `đạt 80 %` with no comparator, which is kept as `=`: more than that is met as well. A plain 0, such as
  /// `0 cụm lõm sóng`, is met by nothing but 0. What is to be maintained must not fall. Both ends of a range are in it.
  func isMet(by figure: Figure, in measure: String?) -> Bool {
    guard let order = order(of: figure, to: value, in: measure) else { return false }
    return switch comparator {
    case .exactly where value == Quantity(0): order == .equal
    case .atLeast, .exactly, .maintain: order != .below
    case .above: order == .above
    case .atMost: order != .above
    case .below: order == .below
    case .range: order != .below && upper.flatMap { self.order(of: figure, to: $0, in: measure) } != .above
    case .report: false
    }
  }

  /// Nil for a share that has no denominator.
  func order(of figure: Figure, to value: Quantity, in measure: String?) -> Ratio.Order? {
    measure == Indicator.percent ? figure.ratio?.percentCompared(to: value) : value.order(of: figure.numerator)
  }

  // MARK: Courses

  /// Nothing falls short of it.
  var isLimit: Bool {
    comparator == .atMost || comparator == .below || comparator == .exactly && value == Quantity(0)
  }

  /// Where a course lies that misses it by more than so many points; nil for one that does not. Of what is not in
  /// percent a point is a hundredth of the number that is missed.
  func side(of forecast: Forecast, beyond points: Int64, in measure: String?) -> Side? {
    func leeway(of promised: Int128) -> Int128 {
      measure == Indicator.percent ? Int128(points) * 1_000_000 : Int128(points) * abs(promised) / 100
    }
    func isBelow(_ quantity: Quantity) -> Bool {
      let promised = Int128(quantity.millionths)
      return forecast.value + leeway(of: promised) < promised
    }
    func isAbove(_ quantity: Quantity) -> Bool {
      let promised = Int128(quantity.millionths)
      return forecast.value - leeway(of: promised) > promised
    }
    if isLimit { return isAbove(value) ? .above : nil }
    return isBelow(value) ? .below : upper.map(isAbove) == true ? .above : nil
  }
}
