public import Schema

/// What was asked for names no unit, or more than one.
public struct UnitNotFound: Error, Hashable {
  public let query: String
  /// Those that it may mean; empty where there is none.
  public let candidates: [OfficialUnit]

  init(query: String, candidates: [OfficialUnit] = []) {
    self.query = query
    self.candidates = candidates
  }

  /// What to do about it, the candidates with their codes.
  public var text: Text {
    let query = query.prefix(80)
    guard !candidates.isEmpty else {
      return Text(
        vi: "Không có đơn vị hành chính nào là “\(query)”; hãy kiểm tra lại tên hoặc mã số",
        en: "no administrative unit is called “\(query)”; check the name or the code")
    }
    let shown = candidates.prefix(Self.shown).map { "\($0.unit) \($0.fullName)" }.joined(separator: "; ")
    let rest = candidates.count - Self.shown
    return Text(
      vi: "“\(query)” có thể là \(candidates.count) đơn vị, hãy dùng mã số hoặc viết thêm tên tỉnh: \(shown)"
        + (rest > 0 ? " và \(rest) đơn vị khác" : ""),
      en: "“\(query)” may be any of \(candidates.count) units, give the code or add the province: \(shown)"
        + (rest > 0 ? " and \(rest) more" : ""))
  }

  private static let shown = 12
}
