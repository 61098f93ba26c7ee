import Schema
import Seeds
import Testing

@testable import xaso_indicators

@Suite("What parts make of a period") struct OverTimeTests {
  private static func period(_ text: String) -> Period {
    guard let period = Period(text) else { preconditionFailure("not a period: \(text)") }
    return period
  }

  @Test("every part is of it, in order, without a gap; what contains a part is made of it", arguments: ["", "nd09:"])
  func parts(calendar: String) {
    let spans = (1...12).map { "M\($0 < 10 ? "0" : "")\($0)" } + (1...4).map { "Q\($0)" } + ["6M", "9M", "Y"]
    let periods = spans.map { Self.period("\(calendar)2026-\($0)") }
    for period in periods {
      let parts = period.parts
      guard let first = parts.first, let last = parts.last else {
        #expect(period.description.contains("M") && period.containing.first == period)
        continue
      }
      #expect(first.days.lowerBound == period.days.lowerBound && last.days.upperBound == period.days.upperBound)
      for (one, next) in zip(parts, parts.dropFirst()) {
        #expect(one.days.upperBound.number + 1 == next.days.lowerBound.number, "\(period)")
      }
      for part in parts { #expect(part.containing.contains(period), "\(part) in \(period)") }
    }
    #expect(
      Self.period("2026-M05").containing.map(\.description) == [
        "2026-M05", "2026-Q2", "2026-6M", "2026-9M", "2026-Y",
      ])
  }

  @Test("a sum is of all its months or there is none; the last is the last month's; a value of its own stands")
  func values() throws {
    var seed = Seed()
    for _ in 0..<200 {
      var own: [Period: Figure] = [:]
      for month in 1...12 where Int.random(in: 0..<8, using: &seed) > 0 {
        let denominator = Int64.random(in: 1...1000, using: &seed)
        own[try #require(Period(.plain, 2026, .month(month)))] = Figure(
          .random(in: 0...denominator, using: &seed), of: denominator)
      }
      for (span, months) in [
        (Period.Span.quarter(2), 4...6), (.sixMonths, 1...6), (.nineMonths, 1...9), (.year, 1...12),
      ] {
        let period = try #require(Period(.plain, 2026, span))
        let figures = try months.map { own[try #require(Period(.plain, 2026, .month($0)))] }
        let whole = figures.compactMap(\.self)
        let sum =
          whole.count == figures.count
          ? Figure(whole.reduce(0) { $0 + $1.numerator }, of: whole.reduce(0) { $0 + ($1.denominator ?? 0) }) : nil
        #expect(Indicator.OverTime.sum.value(for: period, of: own) == sum, "\(seed)")
        #expect(Indicator.OverTime.last.value(for: period, of: own) == figures.last ?? nil, "\(seed)")
        #expect(Indicator.OverTime.none.value(for: period, of: own) == nil, "\(seed)")
        own[period] = Figure(7, of: 9)
        for time in Indicator.OverTime.allCases { #expect(time.value(for: period, of: own) == Figure(7, of: 9)) }
        own[period] = nil
      }
    }
  }

  @Test("what does not go together, and what no number holds, makes no sum")
  func strange() {
    let quarter = Self.period("2026-Q1")
    let months = (1...3).map { Self.period("2026-M0\($0)") }
    for third in [Figure(1), Figure(.max, of: .max)] {
      let own = Dictionary(uniqueKeysWithValues: zip(months, [Figure(1, of: 2), Figure(1, of: 2), third]))
      #expect(Indicator.OverTime.sum.value(for: quarter, of: own) == nil)
    }
  }
}
