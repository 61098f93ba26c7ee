import Schema

/// A time as tasks print it: `Quý I – Quý III/2026`, `Tháng 12/2025`, `Năm 2027`, `Thường xuyên`.
struct Timing: Hashable {
  var start: Day?
  var due: Day?
  var recurrence: TaskRow.Recurrence?
  /// The text said nothing but the above.
  var isWhole = true

  /// - Parameter year: the plan's, for a time that names none.
  init(_ text: String, year: Int?) {
    if let day = Self.days(in: text).last {
      due = day
      if Self.days(in: text).count > 1 { start = Self.days(in: text).first }
      return
    }
    var words = text.folded.split(separator: " ").flatMap { Self.written($0) }
    if let years = Self.years(words) {
      (start, due) = (Day(years.lowerBound, 1, 1), Day(years.upperBound, 12, 31))
      return
    }
    let named = words.compactMap { Int($0) }.last { (2000...2100).contains($0) }
    words.removeAll { Int($0) == named && named != nil }
    if let found = Self.recurrences.first(where: { phrase, _ in words.contains(phrase) }) {
      recurrence = found.1
      isWhole = words.filter { !["dinh", "ky"].contains($0) }.count == found.0.count
      return
    }
    guard let year = named ?? year else {
      isWhole = false
      return
    }
    if words.contains("quy") || words.contains(where: { Self.quarters[$0] != nil }) {
      let quarters = words.compactMap { Self.quarters[$0] ?? Int($0).flatMap { (1...4).contains($0) ? $0 : nil } }
      guard let first = quarters.first, let last = quarters.last, first <= last else {
        isWhole = false
        return
      }
      start = Day(year, first * 3 - 2, 1)
      due = Self.end(of: last * 3, year)
      isWhole = words.allSatisfy { word in
        ["quy", "den", "tu", "nam", "va", "trong", "1", "2", "3", "4"].contains(word) || Self.quarters[word] != nil
      }
    } else if words.contains("thang"), let month = words.compactMap({ Int($0) }).last, (1...12).contains(month) {
      let months = words.compactMap { Int($0) }
      if words.contains("dau") {
        start = Day(year, 1, 1)
      } else if words.contains("cuoi") {
        start = Day(year, 13 - month, 1)
        due = Self.end(of: 12, year)
        return
      } else if months.count == 2, (1...months[1]).contains(months[0]) {
        start = Day(year, months[0], 1)
      }
      due = Self.end(of: month, year)
    } else if named != nil || words == ["ca", "nam"] || words == ["trong", "nam"] {
      due = Day(year, 12, 31)
      isWhole = words.allSatisfy { ["nam", "trong", "ca", "den", "het", "cuoi"].contains($0) }
    } else {
      isWhole = false
    }
  }

  /// `T6/2026` is `Tháng 6/2026`.
  private static func written(_ word: Substring) -> [String] {
    let number = word.dropFirst()
    guard word.first == "t", (1...2).contains(number.count), number.allSatisfy(\.isDigit) else { return [String(word)] }
    return ["thang", String(number)]
  }

  /// `2025-2026`, `Năm 2026 - 2027`, `Giai đoạn 2026-2030`.
  private static func years(_ words: [String]) -> ClosedRange<Int>? {
    let numbers = words.filter { !["tu", "nam", "den", "giai", "doan"].contains($0) }.map { Int($0) ?? 0 }
    guard numbers.count == 2, numbers.allSatisfy((2000...2100).contains), numbers[0] < numbers[1] else { return nil }
    return numbers[0]...numbers[1]
  }

  private static func end(of month: Int, _ year: Int) -> Day? {
    month == 12 ? Day(year, 12, 31) : Day(year, month + 1, 1)?.adding(-1)
  }

  private static let quarters = ["i": 1, "ii": 2, "iii": 3, "iv": 4]

  private static let recurrences: [([String], TaskRow.Recurrence)] = [
    (["2", "lan", "thang"], .twiceMonthly), (["thuong", "xuyen"], .continuous), (["lien", "tuc"], .continuous),
    (["hang", "thang"], .monthly), (["hang", "quy"], .quarterly), (["hang", "nam"], .yearly),
  ]

  /// Days as `30/6/2026` or `ngày 30 tháng 6 năm 2026`.
  static func days(in text: String) -> [Day] {
    let words = text.split(whereSeparator: { " ,;()".contains($0) })
    var days: [Day] = []
    for (index, word) in words.enumerated() {
      let plain = word.trimming(".,:;")
      if plain.count(where: { $0 == "/" }) == 2, let day = try? Day(written: plain) {
        days.append(day)
      } else if word.folded == "ngay", index + 5 < words.count, words[index + 2].folded == "thang",
        words[index + 4].folded == "nam", let day = Int(words[index + 1]), let month = Int(words[index + 3]),
        let year = Int(words[index + 5].prefix { $0.isDigit }), let found = Day(year, month, day)
      {
        days.append(found)
      }
    }
    return days
  }
}

extension Array where Element: Equatable {
  /// True where these elements stand one after another.
  func contains(_ part: [Element]) -> Bool {
    !part.isEmpty && count >= part.count
      && (0...count - part.count).contains { self[$0..<$0 + part.count].elementsEqual(part) }
  }
}
