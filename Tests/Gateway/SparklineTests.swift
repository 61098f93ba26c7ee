import Schema
import Testing

@testable import xaso

@Suite("A sparkline")
struct SparklineTests {
  private func values(_ periods: [(String, Int64)]) throws -> [Observation] {
    try periods.map { period, count in
      Observation(
        period: try #require(Period(period)), revision: 1, figure: Figure(count, of: 100), office: "vp",
        time: Timestamp(milliseconds: 0))
    }
  }

  @Test("sets side by side only periods of one length and one calendar, the most of them")
  func lengths() throws {
    let quarters = [("2026-Q1", 10), ("2026-Q2", 20), ("2026-Q3", 80)] as [(String, Int64)]
    let others =
      [
        ("2026-6M", 30), ("2026-Y", 90), ("nd09:2026-Q1", 1), ("nd09:2026-Q2", 2), ("2026-M01", 5), ("2026-M02", 6),
      ] as [(String, Int64)]
    let line = try #require(Sparkline(try values(quarters + others)))
    #expect(line.bars == "▁▂█")
    #expect(line.text.hasSuffix("2026-Q1 10,0 % → 2026-Q3 80,0 %"))
  }

  @Test("of as many it draws the shorter, the plain calendar first, however they are ordered")
  func ties() throws {
    let all = try values([
      ("2026-Q1", 10), ("2026-Q2", 20), ("2026-M01", 5), ("2026-M02", 6), ("nd09:2026-M01", 7), ("nd09:2026-M02", 8),
    ])
    for turn in all.indices {
      let line = try #require(Sparkline(Array(all[turn...] + all[..<turn])))
      #expect(line.first.period.description == "2026-M01" && line.last.period.description == "2026-M02")
    }
  }

  @Test("one value is no course") func single() throws {
    #expect(Sparkline(try values([("2026-Q1", 10)]))?.bars == nil)
    #expect(Sparkline([])?.bars == nil)
  }
}
