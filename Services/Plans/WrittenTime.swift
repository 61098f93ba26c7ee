import Schema

/// A time as offices print it: `Quý I – Quý III/2026`, `Thường xuyên trong 6 tháng cuối năm`, `Trước ngày 30/6`.
struct WrittenTime {
  private(set) var recurrence: TaskRow.Recurrence?
  private(set) var day: Day?
  private(set) var window: ClosedRange<Day>?
  /// `20 ngày sau khi …`
  private(set) var daysAfter: Int?

  /// - Parameter year: The plan's, for what names none.
  init(_ text: String, year: Int) {
    let words = text.folded.split(separator: " ").map(String.init)
    let year = words.compactMap(Int.init).last { (2021...2100).contains($0) } ?? year
    recurrence = Self.recurrence(words)
    daysAfter = Self.daysAfter(words)
    guard daysAfter == nil else { return }
    day = Self.day(text, year)
    window = day == nil ? Self.window(words, year) : nil
  }

  private static func recurrence(_ words: [String]) -> TaskRow.Recurrence? {
    let text = " " + words.joined(separator: " ") + " "
    func says(_ phrases: String...) -> Bool { phrases.contains { text.contains(" \($0) ") } }
    if says("2 lan thang", "02 lan thang", "hai lan thang", "2 lan mot thang", "hai lan mot thang", "moi thang 2 lan") {
      return .twiceMonthly
    }
    if says("hang thang", "moi thang", "dinh ky thang") { return .monthly }
    if says("hang quy", "moi quy", "dinh ky quy") { return .quarterly }
    if says("hang nam", "moi nam") { return .yearly }
    return says("thuong xuyen", "lien tuc") ? .continuous : nil
  }

  private static func daysAfter(_ words: [String]) -> Int? {
    for (index, word) in words.enumerated().dropLast(2) where words[index + 1] == "ngay" {
      guard let days = Int(word), (1...1000).contains(days) else { continue }
      let next = words[(index + 2)...].prefix(3).joined(separator: " ")
      if next.hasPrefix("sau khi") || next.hasPrefix("ke tu") || next.hasPrefix("tu ngay") { return days }
    }
    return nil
  }

  /// `30/6/2026`, `10/10`; `trước ngày 30/6` is by the day before.
  private static func day(_ text: String, _ year: Int) -> Day? {
    let tokens = text.split { !($0.isASCII && ($0.isNumber || $0 == "/")) }
    let days = tokens.compactMap { token -> Day? in
      let parts = token.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
      switch (parts.count, parts.compactMap(\.self)) {
      case (3, let numbers) where numbers.count == 3: return Day(numbers[2], numbers[1], numbers[0])
      case (2, let numbers) where numbers.count == 2 && numbers[1] <= 12: return Day(year, numbers[1], numbers[0])
      default: return nil
      }
    }
    guard days.count == 1 else { return nil }
    return text.folded.contains("truoc") ? days[0].adding(-1) : days[0]
  }

  private static func window(_ words: [String], _ year: Int) -> ClosedRange<Day>? {
    let text = words.joined(separator: " ")
    if text.contains("6 thang dau nam") { return months(1, 6, year) }
    if text.contains("6 thang cuoi nam") { return months(7, 12, year) }
    let quarters = after("quy", words) { ["i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4][$0] }
    if let first = quarters.first, let last = quarters.last, first <= last {
      return months(first * 3 - 2, last * 3, year)
    }
    let named = after("thang", words) { Int($0).flatMap { (1...12).contains($0) ? $0 : nil } }
    if let first = named.first, let last = named.last, first <= last { return months(first, last, year) }
    let isYear = words.contains("nam") || words == [String(year)]
    return isYear ? months(1, 12, year) : nil
  }

  /// What the words after a word mean; `quý I - III` names two with one word.
  private static func after(_ word: String, _ words: [String], _ meaning: (String) -> Int?) -> [Int] {
    guard let first = words.firstIndex(of: word) else { return [] }
    return words[first...].filter { $0 != word }.prefix { meaning($0) != nil || $0 == "den" }.compactMap(meaning)
  }

  private static func months(_ first: Int, _ last: Int, _ year: Int) -> ClosedRange<Day>? {
    guard let start = Day(year, first, 1), let end = Day(endOf: last, year), start <= end else { return nil }
    return start...end
  }
}
