public import Schema

/// A time as offices print it, understood: `Quý I – Quý III/2026`, `Trước ngày 30/6`, `Thường xuyên trong 6 tháng cuối năm`.
///
/// The one reader of these words, for the tables of a document, for the checks, and for whoever counts days.
public struct PrintedTime: Hashable, Sendable {
  /// By when, as closely as it is said.
  public enum Span: Hashable, Sendable {
    case day(Day)
    case month(ClosedRange<Day>)
    /// From a day to another; quarters, several months, several years.
    case range(ClosedRange<Day>)
    /// A year, and nothing about when in it.
    case year(ClosedRange<Day>)
  }

  /// `20 ngày sau khi …`: so many days after something that a document shows.
  public struct Wait: Hashable, Sendable {
    public var days: Int
    /// `ngày làm việc`
    public var isOfWorkingDays: Bool

    public init(days: Int, isOfWorkingDays: Bool = false) {
      self.days = days
      self.isOfWorkingDays = isOfWorkingDays
    }
  }

  public enum Fault: Hashable, Sendable {
    /// `Quý III – Quý II`, `Quý III – III`
    case reversed
    /// `31/02/2026`
    case noSuchDay
  }

  public private(set) var recurrence: TaskRow.Recurrence?
  /// `ngày 15 hằng tháng`, `ngày 10 và ngày 25`: by which days of its months it recurs, where they are named.
  public private(set) var daysOfMonth: [Int]
  public private(set) var span: Span?
  public private(set) var wait: Wait?
  public private(set) var fault: Fault?
  /// The text says nothing but the above.
  public private(set) var isWhole: Bool

  /// - Parameter year: The plan's, for a time that names none.
  public init(_ text: String, year: Int?) {
    let pieces = TimePiece.all(in: text)
    let words = pieces.compactMap(\.word)
    recurrence = Self.recurrences.first { words.contains($0.words) }?.recurrence
    daysOfMonth = recurrence.map { Self.daysOfMonth(pieces, of: $0) } ?? []
    if recurrence == .monthly, daysOfMonth.count == 2 { recurrence = .twiceMonthly }
    isWhole = true
    wait = Self.wait(pieces)
    guard wait == nil else { return }
    let year = pieces.compactMap(\.year).last ?? year
    if pieces.contains(where: \.isDate) {
      (span, fault) = Self.days(pieces, words, year)
      isWhole = fault == nil && span != nil
    } else {
      (span, fault) = Self.months(pieces, year) ?? (Self.years(pieces, words, year), nil)
      isWhole = says(only: words)
    }
  }

  /// True where something follows from it: a day, or what a day is waited for.
  public var isUnderstood: Bool { span != nil || recurrence != nil || wait != nil }

  /// The first of several days.
  public var start: Day? {
    if case .range(let range) = span { range.lowerBound } else { nil }
  }

  /// The last day.
  public var due: Day? {
    switch span {
    case .day(let day): day
    case .month(let range), .range(let range), .year(let range): range.upperBound
    case nil: nil
    }
  }

  /// All of it, where it is more than a day.
  public var window: ClosedRange<Day>? {
    switch span {
    case .month(let range), .range(let range), .year(let range): range
    case .day, nil: nil
    }
  }

  // MARK: Recurrences and waiting

  private static let phrases: [(String, TaskRow.Recurrence)] = [
    ("2 lan thang", .twiceMonthly), ("hai lan thang", .twiceMonthly), ("2 lan mot thang", .twiceMonthly),
    ("hai lan mot thang", .twiceMonthly), ("moi thang 2 lan", .twiceMonthly), ("moi thang hai lan", .twiceMonthly),
    ("hang thang", .monthly), ("moi thang", .monthly), ("dinh ky thang", .monthly), ("thang cuoi quy", .quarterly),
    ("thang cuoi moi quy", .quarterly), ("hang quy", .quarterly),
    ("moi quy", .quarterly), ("dinh ky quy", .quarterly), ("hang nam", .yearly), ("moi nam", .yearly),
    ("thuong xuyen", .continuous), ("lien tuc", .continuous),
  ]
  private static let recurrences = phrases.map { (words: $0.0.words, recurrence: $0.1) }

  /// `trước ngày 12` is by the 11th.
  private static func daysOfMonth(_ pieces: [TimePiece], of recurrence: TaskRow.Recurrence) -> [Int] {
    guard [.monthly, .twiceMonthly, .quarterly].contains(recurrence) else { return [] }
    var days: [Int] = []
    var (isDay, isBefore) = (false, false)
    for piece in pieces {
      switch piece {
      case .word("ngay"): isDay = true
      case .word("truoc"): isBefore = true
      case .word("va"): break
      case .number(let day) where isDay && (1...31).contains(day): days.append(day - (isBefore ? 1 : 0))
      default: (isDay, isBefore) = (false, false)
      }
    }
    return days.contains(0) ? [] : Set(days).sorted()
  }

  private static func wait(_ pieces: [TimePiece]) -> Wait? {
    for (index, piece) in pieces.enumerated() {
      guard case .number(let days) = piece, (1...1000).contains(days) else { continue }
      var next = pieces[(index + 1)...].prefix(5).compactMap(\.word)
      guard next.first == "ngay" else { continue }
      next.removeFirst()
      let isOfWorkingDays = next.starts(with: ["lam", "viec"])
      if isOfWorkingDays { next.removeFirst(2) }
      if [["sau", "khi"], ["ke", "tu"], ["tu", "ngay"], ["tu", "khi"]].contains(Array(next.prefix(2))) {
        return Wait(days: days, isOfWorkingDays: isOfWorkingDays)
      }
    }
    return nil
  }

  // MARK: Spans

  /// `trước ngày 30/6` is by the day before.
  private static func days(_ pieces: [TimePiece], _ words: [String], _ year: Int?) -> (Span?, Fault?) {
    var days: [Day] = []
    for case .date(let day, let month, let own) in pieces {
      guard let year = own ?? year else { return (nil, nil) }
      guard let day = Day(year, month, day) else { return (nil, .noSuchDay) }
      days.append(day)
    }
    guard let first = days.first, let last = days.last else { return (nil, nil) }
    guard days.count > 1 else { return (.day(words.contains("truoc") ? first.adding(-1) : first), nil) }
    return first <= last ? (.range(first...last), nil) : (nil, .reversed)
  }

  /// One or more quarters and months, `6 tháng cuối năm` too; nil where none is named.
  private static func months(_ pieces: [TimePiece], _ year: Int?) -> (Span?, Fault?)? {
    let parts = YearPart.all(in: pieces)
    guard let first = parts.first, let last = parts.last else { return nil }
    guard let lastYear = last.year ?? year else { return (nil, nil) }
    let firstYear = parts.lazy.compactMap(\.year).first ?? lastYear
    guard let start = Day(firstYear, first.months.lowerBound, 1),
      let end = Day(endOf: last.months.upperBound, lastYear), start <= end
    else { return (nil, .reversed) }
    let isOneMonth = parts.count == 1 && first.months.count == 1
    let isRepeated = parts.count == 2 && first.months == last.months && firstYear == lastYear
    return (isOneMonth ? .month(start...end) : .range(start...end), isRepeated ? .reversed : nil)
  }

  /// `Năm 2027`, `2027`, `trong năm`; `2025-2026`, `giai đoạn 2026-2030`.
  private static func years(_ pieces: [TimePiece], _ words: [String], _ year: Int?) -> Span? {
    let named = pieces.compactMap(\.year)
    let others = words.filter { Int($0) == nil }
    func days(_ first: Int, _ last: Int) -> ClosedRange<Day>? {
      guard let start = Day(first, 1, 1), let end = Day(last, 12, 31), start <= end else { return nil }
      return start...end
    }
    if named.count == 2, named[0] < named[1], others.allSatisfy(["tu", "nam", "den", "giai", "doan"].contains) {
      return days(named[0], named[1]).map(Span.range)
    }
    let isYear =
      named.isEmpty
      ? ["trong nam", "ca nam", "het nam", "cuoi nam", "nam nay"].contains { words.contains($0.words) }
      : others.isEmpty || others.contains("nam")
    guard isYear, let year else { return nil }
    return days(year, year).map(Span.year)
  }

  // MARK: Words

  private static let fillers: Set<String> = [
    "quy", "thang", "nam", "ngay", "tu", "den", "va", "trong", "ca", "het", "cuoi", "dau", "giai", "doan", "dinh", "ky",
    "hang", "moi", "lan", "mot", "hai", "thuong", "xuyen", "lien", "tuc", "hoan", "thanh", "nay",
  ]

  private func says(only words: [String]) -> Bool {
    guard span != nil || recurrence != nil, fault == nil || span != nil else { return false }
    let others = words.filter { Int($0) == nil && YearPart.quarters[$0] == nil }
    let ofDays: Set<String> = daysOfMonth.isEmpty ? [] : ["truoc", "vao", "cua", "ngay", "va", "thang", "cuoi"]
    guard others.allSatisfy(Self.fillers.union(ofDays).contains) else { return false }
    guard let recurrence, span == nil else { return true }
    // `Hằng tháng, quý` says more than that it is monthly.
    let said = Self.recurrences.filter { $0.recurrence == recurrence }.map(\.words).filter { words.contains($0) }
    return (daysOfMonth.isEmpty ? words : others).allSatisfy { word in
      ["dinh", "ky"].contains(word) || ofDays.contains(word) || said.contains { $0.contains(word) }
    }
  }
}

/// A quarter, a month, or the months of `6 tháng cuối năm`, with the year that stands beside it.
private struct YearPart {
  var months: ClosedRange<Int>
  var year: Int?

  static let quarters = ["i": 1, "ii": 2, "iii": 3, "iv": 4]

  /// `Quý I-III/2026` and `Tháng 3, 4` name several with one word.
  static func all(in pieces: [TimePiece]) -> [YearPart] {
    var parts: [YearPart] = []
    var unit: String?
    for (index, piece) in pieces.enumerated() {
      let next = pieces[(index + 1)...].prefix(2).compactMap(\.word)
      switch piece {
      case .word("ngay"): unit = nil
      case .word(let word) where word == "quy" || word == "thang": unit = word
      case .word(let word):
        if let quarter = quarters[word] { parts.append(YearPart(quarter: quarter)) }
      case .number where piece.year != nil:
        if parts.last?.year == nil, !parts.isEmpty { parts[parts.count - 1].year = piece.year }
      case .number where next.first == "lan": break
      case .number(let count) where (1...11).contains(count) && next == ["thang", "dau"]:
        parts.append(YearPart(months: 1...count))
      case .number(let count) where (1...11).contains(count) && next == ["thang", "cuoi"]:
        parts.append(YearPart(months: 13 - count...12))
      case .number(let number):
        if unit == "quy", (1...4).contains(number) {
          parts.append(YearPart(quarter: number))
        } else if (1...12).contains(number),
          unit == "thang" || next.first.flatMap(Int.init).map(TimePiece.isYear) == true
        {
          parts.append(YearPart(months: number...number))
        }
      case .date: break
      }
    }
    return parts
  }

  private init(months: ClosedRange<Int>) { self.months = months }

  private init(quarter: Int) { self.init(months: quarter * 3 - 2...quarter * 3) }
}

/// A word, a number or a date of a printed time.
private enum TimePiece: Hashable {
  case word(String)
  case number(Int)
  /// `30/6`, `30/6/2026`, `ngày 30 tháng 6 năm 2026`
  case date(day: Int, month: Int, year: Int?)

  static func isYear(_ number: Int) -> Bool { (2000...2100).contains(number) }

  var word: String? {
    switch self {
    case .word(let word): word
    case .number(let number): String(number)
    case .date: nil
    }
  }

  /// The one that it names.
  var year: Int? {
    switch self {
    case .number(let number) where Self.isYear(number): number
    case .date(_, _, let year): year
    case .number, .word: nil
    }
  }

  var isDate: Bool { if case .date = self { true } else { false } }

  static func all(in text: String) -> [TimePiece] {
    let tokens = text.split { !($0.isLetter || $0.isNumber || $0 == "/") }
    var pieces: [TimePiece] = []
    for piece in tokens.flatMap(read) {
      pieces.append(piece)
      joinDate(at: &pieces)
    }
    return pieces
  }

  private static func read(_ token: Substring) -> [TimePiece] {
    let numbers = token.split(separator: "/").map { Int($0) }
    switch (numbers.count, numbers.compactMap(\.self)) {
    case (3, let parts) where parts.count == 3 && isYear(parts[2]):
      return [.date(day: parts[0], month: parts[1], year: parts[2])]
    case (2, let parts) where parts.count == 2 && (1...31).contains(parts[0]) && (1...12).contains(parts[1]):
      return [.date(day: parts[0], month: parts[1], year: nil)]
    default: return token.folded.words.flatMap(read)
    }
  }

  /// `T6/2026` is `Tháng 6/2026`.
  private static func read(_ word: String) -> [TimePiece] {
    if let number = Int(word) { return [.number(number)] }
    if word.first == "t", let month = Int(word.dropFirst()), (1...12).contains(month) {
      return [.word("thang"), .number(month)]
    }
    return [.word(word)]
  }

  /// Makes one of the last pieces where they are a date in words.
  private static func joinDate(at pieces: inout [TimePiece]) {
    guard case .number(let number)? = pieces.last, pieces.count >= 3 else { return }
    let end = pieces.count
    if pieces.count >= 4, pieces[end - 4] == .word("ngay"), case .number(let day) = pieces[end - 3],
      pieces[end - 2] == .word("thang"), (1...12).contains(number)
    {
      pieces.replaceSubrange((end - 4)..., with: [.date(day: day, month: number, year: nil)])
    } else if case .date(let day, let month, nil) = pieces[end - 3], pieces[end - 2] == .word("nam"), isYear(number) {
      pieces.replaceSubrange((end - 3)..., with: [.date(day: day, month: month, year: number)])
    }
  }
}

extension String {
  fileprivate var words: [String] { split(separator: " ").map(String.init) }
}

extension Array where Element: Equatable {
  /// True where these elements stand one after another.
  fileprivate func contains(_ part: [Element]) -> Bool {
    !part.isEmpty && count >= part.count
      && (0...count - part.count).contains { self[$0..<$0 + part.count].elementsEqual(part) }
  }
}
