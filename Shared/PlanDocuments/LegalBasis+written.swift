import Schema

/// Legal bases as every office cites them: `Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị`.
extension LegalBasis {
  /// Number, day and issuer may be left out, as plans do leave them out; a kind or a name must stand first.
  init(written text: String, parent: Bool) throws(PlanProblem.Reason) {
    var rest = text[...]
    let issuer = Self.cut(&rest, after: " của ") { _ in true }
    let date = Self.cut(&rest, after: " ngày ") { $0.first?.isDigit == true }
    let number = Self.cut(&rest, after: " số ") { $0.first?.isDigit == true }
    let kind = rest.trimmed
    guard !kind.isEmpty, !kind.contains("/"), issuer?.isEmpty != true else { throw .notACitation(text.shown) }
    self.init(
      number: try number.map { text throws(PlanProblem.Reason) in try DocumentNumber(written: text) }, kind: kind,
      date: try date.map { text throws(PlanProblem.Reason) in try Day(written: text) }, issuer: issuer, parent: parent)
  }

  /// Takes off the end of the text what follows the first such word that fits.
  private static func cut(
    _ text: inout Substring, after word: String, where fits: (Substring) -> Bool
  ) -> String? {
    guard let found = text.ranges(of: word).first(where: { fits(text[$0.upperBound...]) }) else { return nil }
    let tail = text[found.upperBound...].trimmed
    text = text[..<found.lowerBound]
    return tail
  }
}
