import Schema
import Testing

@testable import xaso_indicators

@Suite("The three dates of a regime") struct RegimeTests {
  private func record(
    _ due: [Regime.Due], spans: [Regime.Span] = [.quarter, .sixMonths, .nineMonths, .year], isDecree09: Bool = false,
    lockAfter: Int? = nil, moves: [DueMove] = [], keeper: Unit = "38"
  ) -> RegimeRecord {
    RegimeRecord(
      keeper: keeper,
      regime: Regime(
        code: "r", name: "Báo cáo", isDecree09: isDecree09, spans: spans.map { Open($0) }, due: due,
        lockAfter: lockAfter), moves: moves, exceptions: [])
  }

  @Test(
    "due days as communes' papers have them; one that falls on a day off is the next working day",
    arguments: [
      ("2026-Q1", "2026-04-10"), ("2026-Q3", "2026-10-12"), ("2026-6M", "2026-07-10"), ("2026-Y", "2027-01-15"),
    ])
  func due(period: String, due: String) throws {
    let record = record([.init(spans: [Open(.year)], months: 1, day: 15), .init(months: 1, day: 10)], lockAfter: 5)
    let period = try #require(Period(period))
    let dates = record.dates(of: period)
    #expect(dates.due == day(due))
    #expect(dates.cutoff == period.days.upperBound)
    #expect(dates.lock == day(due).adding(5))
  }

  @Test("a day that the month has not is its last; without a rule there is no day, and nothing is locked")
  func edges() throws {
    let period = try #require(Period("2026-Q1"))
    #expect(record([.init(months: 3, day: 31)]).dates(of: period).due == day("2026-06-30"))
    #expect(record([.init(months: 11, day: 30)]).dates(of: period).due == day("2027-03-01"))  // 28 February: a Sunday
    #expect(record([], lockAfter: 3).dates(of: period) == RegimeDates(cutoff: day("2026-03-31")))
    #expect(RegimeRules.lock(by: record([], lockAfter: 3), of: period, for: "38/15043", on: day("2030-01-01")) == nil)
  }

  @Test("a letter moves one period's day")
  func moved() throws {
    let period = try #require(Period("2026-Q1"))
    let move = DueMove(period: period, due: day("2026-04-20"), document: "2117/SKHCN-VP")
    let record = record([.init(months: 1, day: 10)], moves: [move])
    #expect(record.dates(of: period).due == day("2026-04-20"))
    #expect(record.dates(of: try #require(Period("2026-Q2"))).due == day("2026-07-10"))
  }

  @Test("due before its cut-off: refused under Decree 09/2019, doubted elsewhere")
  func tooEarly() throws {
    let early = [Regime.Due(months: 0, day: 11)]
    var regime = record(early).regime
    #expect(try RegimeRules.warnings(about: regime, in: "38/15043", on: day("2026-01-10")).count == 1)
    regime.isDecree09 = true
    #expect(throws: Refusal.self) {
      try RegimeRules.warnings(about: regime, in: "38/15043", on: day("2026-01-10"))
    }
    regime.due = [Regime.Due(months: 0, day: 18)]
    #expect(try RegimeRules.warnings(about: regime, in: "38/15043", on: day("2026-01-10")).isEmpty)
  }

  @Test("a period is locked the day after its closing day, but for whom it was opened again")
  func locks() throws {
    let period = try #require(Period("2026-Q1"))
    var record = record([.init(months: 1, day: 10)], lockAfter: 5)
    func isLocked(_ unit: Unit, _ today: String) -> Bool {
      RegimeRules.lock(by: record, of: period, for: unit, on: day(today)) != nil
    }
    #expect(!isLocked("38/15043", "2026-04-15"))
    #expect(isLocked("38/15043", "2026-04-16"))
    record.exceptions = [
      .init(period: period, reporter: "38/15043", until: day("2026-04-20"), reason: "Mất điện")
    ]
    #expect(!isLocked("38/15043", "2026-04-20"))
    #expect(isLocked("38/15043", "2026-04-21"))
    #expect(isLocked("38/15044", "2026-04-16"))
  }
}

@Suite("Periods beside others") struct PeriodTests {
  @Test(
    "the one before, those that end together, those that it accumulates",
    arguments: [
      ("2026-M01", "2025-M12", ["2026-M01"], []), ("2026-Q1", "2025-Q4", ["2026-M03", "2026-Q1"], []),
      ("2026-6M", "2025-6M", ["2026-M06", "2026-Q2", "2026-6M"], ["2026-Q1"]),
      (
        "nd09:2026-9M", "nd09:2025-9M", ["nd09:2026-M09", "nd09:2026-Q3", "nd09:2026-9M"],
        ["nd09:2026-Q1", "nd09:2026-6M"]
      ),
      ("2026-Y", "2025-Y", ["2026-M12", "2026-Q4", "2026-Y"], ["2026-Q1", "2026-6M", "2026-9M"]),
      ("2026-Q4", "2026-Q3", ["2026-M12", "2026-Q4", "2026-Y"], []),
    ] as [(String, String, [String], [String])])
  func neighbours(period: String, previous: String, together: [String], accumulated: [String]) throws {
    let period = try #require(Period(period))
    #expect(period.previous?.description == previous)
    #expect(period.endingTogether.map(\.description) == together)
    #expect(Set(period.endingTogether.map(\.days.upperBound)) == [period.days.upperBound])
    #expect(period.accumulated.map(\.description) == accumulated)
    #expect(period.accumulated.allSatisfy { $0.days.lowerBound == period.days.lowerBound })
  }
}
