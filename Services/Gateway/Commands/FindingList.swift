import PlanDocuments
import Schema

/// Findings as people read them, the gravest first within the order of the rules.
enum FindingList {
  static func lines(of findings: [Finding], _ lang: Language) -> [String] {
    var lines: [String] = []
    for severity in Finding.Severity.allCases {
      for finding in findings where finding.severity == severity {
        lines.append("\(finding.rule.rawValue)  \(severity.text(lang)): \(finding.problem(lang))")
        if !finding.places.isEmpty { lines.append("      \(Text(vi: "ở", en: "at")(lang)): \(places(finding, lang))") }
        lines.append("      → \(finding.advice(lang))")
      }
    }
    return lines.map(\.withoutControls) + [summary(of: findings, lang)]
  }

  static func table(of findings: [Finding], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Rule")),
      .init(title: Text(vi: "Mức", en: "Severity")),
      .init(title: Text(vi: "Vị trí", en: "Place")),
      .init(title: Text(vi: "Vấn đề", en: "Problem"), isLong: true),
      .init(title: Text(vi: "Cần làm", en: "What to do")),
    ])
    for finding in findings {
      table.add(
        "\(finding.rule.rawValue)", "\(finding.severity.text(lang))",
        "\(finding.places.map { $0.text(lang) }.joined(separator: "; "))", "\(finding.problem(lang))",
        "\(finding.advice(lang))")
    }
    return table
  }

  /// The first dozen; JSON and CSV have them all.
  private static func places(_ finding: Finding, _ lang: Language) -> String {
    let texts = finding.places.map { $0.text(lang) }
    return texts.prefix(12).joined(separator: ", ") + (texts.count > 12 ? " … (+\(texts.count - 12))" : "")
  }

  private static func summary(of findings: [Finding], _ lang: Language) -> String {
    guard !findings.isEmpty else { return Text(vi: "Không có vấn đề nào.", en: "Nothing was found.")(lang) }
    return Finding.Severity.allCases.compactMap { severity in
      let count = findings.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.text(lang))"
    }.joined(separator: ", ")
  }
}
