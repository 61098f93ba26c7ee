import PlanDocuments
import Schema
import Units

/// A cascade, a target a line.
enum CascadeTable {
  static func of(_ cascade: Cascade, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Tỉnh giao", en: "Asked"), isNumber: true),
      .init(title: Text(vi: "Các xã hứa", en: "Promised"), isNumber: true),
      .init(title: Text(vi: "Kết luận", en: "Verdict")),
      .init(title: Text(vi: "Xã hứa thấp hơn", en: "Promised less")),
      .init(title: Text(vi: "Xã không nêu", en: "Promised nothing")),
    ])
    for line in cascade.lines {
      table.add(
        "\(line.target.number)", "\(line.target.indicator)", "\(line.target.promise(lang))", "\(range(line))",
        "\(verdict(line.reach, lang))", "\(names(line, .less))", "\(names(line, .missing))")
    }
    return table
  }

  private static func range(_ line: Cascade.Line) -> String {
    guard let least = line.reach.least else { return "–" }
    let unit = line.target.unit ?? ""
    guard let most = line.reach.most else { return "≥ \(least.written) \(unit)" }
    return (least == most ? least.written : "\(least.written) – \(most.written)") + " \(unit)"
  }

  private static func names(_ line: Cascade.Line, _ standing: Cascade.Share.Standing) -> String {
    line.shares.filter { $0.standing == standing }.map { Units[$0.unit]?.name ?? $0.unit.description }
      .joined(separator: ", ")
  }

  private static func verdict(_ reach: Cascade.Reach, _ lang: Language) -> String {
    switch reach.verdict {
    case .reached: Text(vi: "đạt được", en: "can be reached")(lang)
    case .missed: Text(vi: "không thể đạt", en: "cannot be reached")(lang)
    case .open:
      Text(
        vi: "chưa rõ, thiếu mẫu số hoặc lời hứa của \(reach.unknown) xã",
        en: "open: denominator or promise of \(reach.unknown) communes is not known")(lang)
    case .notComparable: Text(vi: "không so được", en: "not comparable")(lang)
    }
  }
}
