import Schema
import Seeds
import Testing

@Suite struct DayTests {
  @Test func everyDayOfAHundredYears() throws {
    var expected = try #require(Day(1970, 1, 1)).number - 20 * 365 - 5
    for year in 1950...2050 {
      let leap = year % 4 == 0
      let months = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in zip(1..., months) {
        for number in 1...length {
          let day = try #require(Day(year, month, number))
          #expect(day.number == expected)
          #expect(day.components == (year, month, number))
          #expect(Day(day.description) == day)
          expected += 1
        }
        #expect(Day(year, month, length + 1) == nil)
      }
    }
  }

  @Test(arguments: [(1900, false), (2000, true), (2024, true), (2026, false), (2100, false), (2400, true)])
  func leapYears(year: Int, leap: Bool) {
    #expect((Day(year, 2, 29) != nil) == leap)
  }

  @Test(arguments: ["0001-01-01", "1969-12-31", "1970-01-01", "2024-02-29", "9999-12-31"])
  func thereAndBack(_ text: String) {
    #expect(Day(text)?.description == text)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-1-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-01-32",
    "0000-01-01",
    "+026-01-01", "2026/01/01", "21/11/2026", "2026-11-21 ", " 2026-11-21", "2026-11-21T", "2026-1١-01", "２026-01-01",
    "20\u{301}-01-01", "2026-11-21\0", "-026-01-01", "2026--1-01",
  ])
  func noSuchDay(_ text: String) {
    #expect(Day(text) == nil)
  }

  @Test func asOfficesWriteIt() {
    #expect(Day(2026, 1, 5)?.written == "05/01/2026")
  }

  @Test func counting() throws {
    let day = try #require(Day(2026, 12, 31))
    #expect(day.adding(1) == Day(2027, 1, 1))
    #expect(day.adding(-365) == Day(2025, 12, 31))
    #expect(day < day.adding(1))
  }
}

@Suite struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (1_795_228_200_123, "2026-11-21T02:30:00.123Z"),
    (951_782_400_000, "2000-02-29T00:00:00.000Z"), (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
  ])
  func rfc3339(milliseconds: Int64, text: String) {
    #expect(Timestamp(milliseconds: milliseconds).description == text)
    #expect(Timestamp(text)?.milliseconds == milliseconds)
  }

  @Test(arguments: [
    "", "2026-11-21", "2026-11-21T02:30:00Z", "2026-11-21T02:30:00.12Z", "2026-11-21T02:30:00.123z",
    "2026-11-21t02:30:00.123Z", "2026-11-21 02:30:00.123Z", "2026-11-21T02:30:00.123+07:00", "2026-11-21T24:00:00.000Z",
    "2026-11-21T23:60:00.000Z", "2026-11-21T23:59:60.000Z", "2026-02-29T00:00:00.000Z", "2026-11-21T02.30:00:123Z",
    "2026-11-21T02:30:00.1\u{301}Z", "2026-11-21T-2:30:00.123Z", "2026-11-21T02:30:00.123ZZ",
  ])
  func notOurForm(_ text: String) {
    #expect(Timestamp(text) == nil)
  }

  @Test func theDayIsVietNams() {
    #expect(Timestamp("2026-11-21T16:59:59.999Z")?.day == Day(2026, 11, 21))
    #expect(Timestamp("2026-11-21T17:00:00.000Z")?.day == Day(2026, 11, 22))
    #expect(Timestamp("1969-12-31T17:00:00.000Z")?.day == Day(1970, 1, 1))
    #expect(Timestamp("1969-12-31T16:59:59.999Z")?.day == Day(1969, 12, 31))
  }

  @Test func anyMomentThereAndBack() {
    var seed = Seed()
    for _ in 0..<2000 {
      let time = Timestamp(milliseconds: .random(in: -62_135_596_800_000...253_402_300_799_999, using: &seed))
      #expect(Timestamp(time.description) == time, "\(seed)")
    }
  }
}
