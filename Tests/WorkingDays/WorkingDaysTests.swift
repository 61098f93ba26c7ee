import Schema
import Testing
import WorkingDays

@Suite("Working days") struct WorkingDaysTests {
  private let days = WorkingDays.official

  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  @Test(
    "is worked on, or not",
    arguments: [
      ("2026-08-22", true), ("2026-08-29", false), ("2026-08-31", false), ("2026-09-03", true), ("2026-01-10", true),
      ("2026-02-17", false), ("2026-04-27", false), ("2026-12-31", true), ("2026-11-21", false), ("2026-11-22", false),
      ("2028-02-29", true), ("2027-01-01", false), ("2027-01-04", true),
      // 1/5/2027 is a Saturday; 30/4/2028 a Sunday before the holiday of 1/5; both of 2033 are a weekend.
      ("2027-05-03", false), ("2027-05-04", true), ("2028-05-02", false), ("2028-05-03", true), ("2033-05-02", false),
      ("2033-05-03", false), ("2033-05-04", true), ("1969-12-28", false), ("1969-12-29", true),
    ])
  func isWorking(_ text: String, _ expected: Bool) throws { #expect(days.isWorking(try day(text)) == expected) }

  @Test(
    "a limit on a day off ends with the next working day",
    arguments: [
      ("2026-02-14", "2026-02-23"), ("2026-08-29", "2026-09-03"), ("2026-08-22", "2026-08-22"),
      ("2027-12-31", "2027-12-31"), ("2028-12-31", "2029-01-02"), ("2026-12-31", "2026-12-31"),
      ("2026-05-31", "2026-06-01"),
    ])
  func end(_ limit: String, _ expected: String) throws { #expect(days.end(of: try day(limit)) == (try day(expected))) }

  @Test("what is due by the last working day is over, and nothing else is") func over() throws {
    for number in try day("2025-12-20").number...day("2026-12-31").number {
      let today = Day(number: number)
      let last = days.last(before: today)
      for due in (-15...15).map(today.adding) {
        #expect((days.end(of: due) < today) == (due <= last), "\(due) on \(today)")
      }
    }
  }

  @Test("days are counted over Tết and a swapped Saturday") func counting() throws {
    #expect(days.adding(1, to: try day("2026-02-13")) == (try day("2026-02-23")))
    #expect(days.adding(7, to: try day("2026-08-21")) == (try day("2026-09-03")))
    #expect(days.count(after: try day("2026-08-21"), through: try day("2026-09-03")) == 7)
    #expect(days.count(after: try day("2026-09-03"), through: try day("2026-09-03")) == 0)
  }

  @Test("an office's own file goes before") func overridden() throws {
    let own = try WorkingDays(csv: "day,kind,name\n2027-02-08,off,Tết, mùng ba\n2026-08-22,off,Nghỉ\n")
    let both = days.overridden(by: own)
    #expect(!both.isWorking(try day("2027-02-08")))
    #expect(both[exception: try day("2027-02-08")]?.name == "Tết, mùng ba")
    #expect(!both.isWorking(try day("2026-08-22")))
    #expect(!both.isWorking(try day("2026-08-31")))
  }

  @Test("a file without titles loses no day, and one with a byte order mark neither", arguments: ["", "\u{FEFF}"])
  func untitled(_ mark: String) throws {
    #expect(try WorkingDays(csv: mark + "2027-02-08,off,Tết\n").all.map(\.name) == ["Tết"])
    #expect(try WorkingDays(csv: mark + "day,kind,name\n2027-02-08,off,Tết\n").all.map(\.name) == ["Tết"])
    #expect(throws: WorkingDaysError.self) { try WorkingDays(csv: mark + "nonsense\n") }
  }

  @Test(
    "a line that is no day is named", arguments: ["2026-02-30,off,x", "2026-02-01,holiday,x", "2026-02-01,off", "x"])
  func wrong(_ line: String) {
    let error = #expect(throws: WorkingDaysError.self) { try WorkingDays(csv: "day,kind,name\n\(line)\n") }
    #expect(error?.line == 2)
  }
}
