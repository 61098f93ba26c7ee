public import Schema

/// Which days offices work: Monday to Friday, but for holidays (Labour Code 2019, Article 112) and for working days that
/// the Government swaps with a Saturday.
///
/// The holidays that have the same day each year are known of every year. Tết, the Hùng Kings' day and the swapped days are
/// data, by year: those that come with XaSo, and over them those of an office's own file.
public struct WorkingDays: Hashable, Sendable {
  /// A day that is not what its place in the week makes it.
  public struct Exception: Hashable, Sendable {
    public var day: Day
    public var isWorking: Bool
    /// `Tết Nguyên đán Bính Ngọ`
    public var name: String

    public init(day: Day, isWorking: Bool, name: String) {
      self.day = day
      self.isWorking = isWorking
      self.name = name
    }
  }

  private var exceptions: [Day: Exception] = [:]

  public init(_ exceptions: [Exception]) {
    for exception in exceptions { self.exceptions[exception.day] = exception }
  }

  /// The years that were published when this version was made; a later one is an office's own file.
  public static let official: WorkingDays = {
    do throws(WorkingDaysError) {
      return try WorkingDays(csv: String(decoding: PackageResources.days_csv, as: UTF8.self))
    } catch {
      preconditionFailure("the table that comes with XaSo: \(error)")
    }
  }()

  private static let titles = "day,kind,name"

  /// Reads lines of `2026-08-22,work,Làm bù` and `2026-08-31,off,Hoán đổi`, after the line of titles if there is one.
  public init(csv: String) throws(WorkingDaysError) {
    // Spreadsheets begin a file with a mark of its encoding.
    let lines = csv.trimmingPrefix("\u{FEFF}").split(whereSeparator: \.isNewline)
    for (index, line) in lines.enumerated() where index > 0 || line != Self.titles {
      let fields = line.split(separator: ",", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, let day = Day(String(fields[0])), fields[1] == "off" || fields[1] == "work" else {
        throw WorkingDaysError(line: index + 1, text: String(line))
      }
      exceptions[day] = Exception(day: day, isWorking: fields[1] == "work", name: String(fields[2]))
    }
  }

  /// The same with another table's days in place of its own.
  public func overridden(by other: WorkingDays) -> WorkingDays {
    var result = self
    result.exceptions.merge(other.exceptions) { _, other in other }
    return result
  }

  /// In their order.
  public var all: [Exception] { exceptions.values.sorted { $0.day < $1.day } }

  public subscript(exception day: Day) -> Exception? { exceptions[day] }

  /// Whether the table has the days of Tết Nguyên đán, which the Government fixes in the year before.
  public func knowsTet(of year: Int) -> Bool {
    exceptions.values.contains {
      !$0.isWorking && $0.day.components.year == year && $0.name.folded.hasPrefix("tet nguyen dan")
    }
  }

  public func isWorking(_ day: Day) -> Bool {
    if let exception = exceptions[day] { return exception.isWorking }
    // 1970-01-01 was a Thursday; Monday is 0.
    let remainder = (day.number + 3) % 7
    let weekday = remainder < 0 ? remainder + 7 : remainder
    return weekday < 5 && !Self.isHoliday(day) && !Self.isInLieu(day, weekday)
  }

  /// Tết Dương lịch, 30/4, 1/5 and 2/9: Labour Code 2019, Article 112, clause 1.
  private static func isHoliday(_ day: Day) -> Bool {
    let (_, month, day) = day.components
    return [(1, 1), (4, 30), (5, 1), (9, 2)].contains { $0 == (month, day) }
  }

  /// For a holiday on a weekend the next working day is off: Article 111, clause 3.
  private static func isInLieu(_ day: Day, _ weekday: Int) -> Bool {
    let monday = day.adding(-weekday)
    let lost = [monday.adding(-2), monday.adding(-1)].count(where: isHoliday)
    return lost > 0 && (monday.number...day.number).count { !isHoliday(Day(number: $0)) } <= lost
  }

  /// The day itself, or the next one on which offices work: a time limit that ends on a day off ends with the working day
  /// after it (Civil Code 2015, Article 148, clause 5).
  public func end(of limit: Day) -> Day {
    var day = limit
    while !isWorking(day) { day = day.adding(1) }
    return day
  }

  /// The last working day before a day: whatever was due by then is over on that day.
  public func last(before day: Day) -> Day {
    var day = day.adding(-1)
    while !isWorking(day) { day = day.adding(-1) }
    return day
  }

  /// So many working days on.
  public func adding(_ count: Int, to day: Day) -> Day {
    var (day, left) = (day, count)
    while left > 0 {
      day = day.adding(1)
      if isWorking(day) { left -= 1 }
    }
    return day
  }

  /// Working days after one day, up to another one.
  public func count(after first: Day, through last: Day) -> Int {
    guard first < last else { return 0 }
    return (first.number + 1...last.number).count { isWorking(Day(number: $0)) }
  }
}

/// A line of a table that is no day.
public struct WorkingDaysError: Error, CustomStringConvertible {
  public let line: Int
  public let text: String

  public var description: String {
    "line \(line) is not `2026-08-22,work,name` or `2026-08-31,off,name`: \(text)"
  }
}
