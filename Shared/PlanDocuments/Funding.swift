import Schema

/// Nguồn vốn: `xã`, or with the words of the paper in brackets: `nhiều nguồn (Ngân sách tỉnh, xã)`.
struct Funding: Hashable {
  let source: FundSource
  let printed: String?

  init(written text: String) throws(PlanProblem.Reason) {
    let (word, printed): (String, String?) =
      if text.hasSuffix(")"), let open = text.firstIndex(of: "(") {
        (text[..<open].trimmed, text[text.index(after: open)...].dropLast().trimmed)
      } else {
        (text, nil)
      }
    source = try Vocabulary.sources.word(word)
    self.printed = printed
  }
}
