#if canImport(Glibc)
  import Glibc
#endif

/// A day of the Gregorian calendar in Viet Nam's time zone (UTC+7, no summer time), written `2026-11-21`.
public struct Day: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public let number: Int

  public init(number: Int) { self.number = number }

  /// Nil when there is no such day.
  public init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
    else { return nil }
    // Days from civil date: years begin in March, so that a leap day is the last of its year.
    let y = month <= 2 ? year - 1 : year
    let era = y / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    number = era * 146_097 + dayOfEra - 719_468
  }

  /// A month's last day.
  public init?(endOf month: Int, _ year: Int) { self.init(year, month, Self.days(in: month, of: year)) }

  /// Year, month and day as people count them.
  public var components: (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  public func adding(_ days: Int) -> Day { Day(number: number + days) }

  public static func < (left: Day, right: Day) -> Bool { left.number < right.number }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension Day: CodedAsText {
  public var description: String {
    let (year, month, day) = components
    return digits(year, 4) + "-" + digits(month, 2) + "-" + digits(day, 2)
  }

  public init?(_ description: String) {
    guard description.utf8.count == 10 else { return nil }
    var number = 0
    for (place, character) in description.utf8.enumerated() {
      switch (place, character) {
      case (4, UInt8(ascii: "-")), (7, UInt8(ascii: "-")): continue
      case (4, _), (7, _): return nil
      case (_, UInt8(ascii: "0")...UInt8(ascii: "9")): number = number * 10 + Int(character - UInt8(ascii: "0"))
      default: return nil
      }
    }
    self.init(number / 10_000, number / 100 % 100, number % 100)
  }

  /// As offices write it: `21/11/2026`.
  public var written: String {
    let (year, month, day) = components
    return "\(digits(day, 2))/\(digits(month, 2))/\(digits(year, 4))"
  }
}

/// A moment in UTC, to the millisecond, written in RFC 3339: `2026-11-21T07:29:06.123Z`.
public struct Timestamp: Hashable, Comparable, Sendable {
  /// Since 1970-01-01T00:00:00Z.
  public let milliseconds: Int64

  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The machine's, or that of the day to which a `Rehearsal` has set this process's calendar.
  public static var now: Timestamp { Timestamp(milliseconds: machine.milliseconds + Rehearsal.milliseconds) }

  static var machine: Timestamp {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
  }

  /// The day it is in Viet Nam.
  public var day: Day { Day(number: Int((milliseconds + 7 * 3_600_000).quotientRoundedDown(by: 86_400_000))) }

  public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }
}

extension Timestamp: CodedAsText {
  public var description: String {
    let day = milliseconds.quotientRoundedDown(by: 86_400_000)
    let rest = Int(milliseconds - day * 86_400_000)
    let clock = "\(digits(rest / 3_600_000, 2)):\(digits(rest / 60_000 % 60, 2)):\(digits(rest / 1000 % 60, 2))"
    return "\(Day(number: Int(day)))T\(clock).\(digits(rest % 1000, 3))Z"
  }

  public init?(_ description: String) {
    let text = description.utf8
    guard text.count == 24, description.hasSuffix("Z"), let day = Day(String(description.prefix(10)))
    else { return nil }
    let clock = description.dropFirst(11).dropLast().split(whereSeparator: { ":.".contains($0) })
    let numbers = clock.compactMap { $0.allSatisfy(\.isASCIIDigit) ? Int64($0) : nil }
    guard clock.map(\.utf8.count) == [2, 2, 2, 3], numbers.count == 4, numbers[0] < 24, numbers[1] < 60, numbers[2] < 60
    else { return nil }
    let ofDay = ((numbers[0] * 60 + numbers[1]) * 60 + numbers[2]) * 1000 + numbers[3]
    milliseconds = Int64(day.number) * 86_400_000 + ofDay
    guard self.description == description else { return nil }
  }
}

extension Character {
  /// One byte: by the order of characters alone, `1` with a combining accent stands between `1` and `2`.
  var isASCIIDigit: Bool { utf8.count == 1 && ("0"..."9").contains(self) }
}

extension Int64 {
  fileprivate func quotientRoundedDown(by divisor: Int64) -> Int64 {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}

func digits(_ number: Int, _ width: Int) -> String {
  let text = String(number)
  let missing = width - text.utf8.count
  return missing > 0 ? String(repeating: "0", count: missing) + text : text
}
