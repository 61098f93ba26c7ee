import Schema

/// Terms that the State writes in one way, and plans in several: who searches for the one misses the other.
enum Terms {
  /// P12 as well: a term that is not written as its decree or law has it.
  static func misspelt(_ plan: Examination) -> [Finding] {
    let texts =
      plan.pledges.map { (text: $0.row.indicator, place: $0.place) }
      + plan.document.tasks.flatMap { task in
        [task.name, task.output ?? ""].map { (text: $0, place: Place(.task, task.number)) }
      }
    let found = texts.flatMap { text, place in
      all.flatMap { term in term.misspellings(text).map { (term: term, written: $0, place: place) } }
    }
    return found.grouped(by: \.written).map { written, found in
      let term = found[0].term
      return Finding(
        .twoNames, .warning, found.grouped(by: \.place).map(\.key),
        Text(
          vi: "“\(written)” được viết khác với \(term.source.vi): “\(term.name)”.",
          en: "“\(written)” is not what \(term.source.en) has: “\(term.name)”."),
        do: Text(vi: "Viết “\(term.name)” trong cả văn bản.", en: "Write “\(term.name)” throughout."))
    }
  }

  private struct Term {
    let name: String
    /// Where it is written so.
    let source: Text
    /// How a text writes it otherwise.
    let misspellings: @Sendable (String) -> [String]
  }

  private static let all = [
    Term(name: "VNeID", source: Text(vi: "Nghị định 69/2024/NĐ-CP", en: "Decree 69/2024/NĐ-CP")) { text in
      // A scanner takes the capital I for l; capitals alone are a heading's.
      text.split(whereSeparator: { !$0.isLetter }).filter {
        $0.count == 5 && $0.folded.replacing("l", with: "i") == "vneid" && $0 != "VNeID"
          && $0.contains(where: \.isLowercase)
      }.map(String.init)
    },
    Term(
      name: "doanh nghiệp nhỏ và vừa", source: Text(vi: "Luật số 04/2017/QH14", en: "Law 04/2017/QH14")
    ) { text in
      let folded = text.folded
      return ["doanh nghiệp vừa và nhỏ", "DN vừa và nhỏ"].filter { folded.contains($0.folded) }
    },
  ]
}
