import Schema

/// A closed set of words, said in Vietnamese or by their code.
struct Vocabulary<Word: RawRepresentable<String> & Sendable>: Sendable {
  /// The first of each is the one to recommend.
  let words: [(String, Word)]

  func word(_ text: String) throws(PlanProblem.Reason) -> Word {
    if let word = Word(rawValue: text) { return word }
    let folded = text.folded
    guard let found = words.first(where: { $0.0.folded == folded }) else {
      throw .unknownWord(text.shown, known: words.map(\.0))
    }
    return found.1
  }
}

extension Vocabulary<TaskRow.Recurrence> {
  static var recurrences: Self {
    Vocabulary(words: [
      ("thường xuyên", .continuous), ("hằng tháng", .monthly), ("hai lần một tháng", .twiceMonthly),
      ("hằng quý", .quarterly), ("hằng năm", .yearly),
    ])
  }
}

extension Vocabulary<Pillar> {
  static var pillars: Self { Vocabulary(words: Pillar.allCases.map { ($0.text.vi, $0) }) }
}

extension Vocabulary<Plan.Purpose> {
  static var purposes: Self {
    Vocabulary(words: [
      ("đề xuất", .proposal), ("thực hiện", .implementation), ("Ban Chỉ đạo", .committee),
      ("kết luận họp", .conclusion), ("kết luận kiểm tra", .inspection), ("của cơ quan", .office),
    ])
  }
}

extension Vocabulary<FundSource> {
  static var sources: Self {
    Vocabulary(words: [
      ("trung ương", .central), ("tỉnh", .province), ("xã", .commune), ("chương trình mục tiêu", .programme),
      ("lồng ghép", .blended), ("xã hội hóa", .socialised), ("doanh nghiệp", .enterprise), ("khác", .other),
      ("nhà nước", .state), ("nhiều nguồn", .several), ("không ghi", .unstated),
    ])
  }
}
