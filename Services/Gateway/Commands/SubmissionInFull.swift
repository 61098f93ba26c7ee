import Schema

extension SubmissionRemarks {
  /// What was said in words, each part under its name.
  func lines(_ lang: Language) -> [String] {
    let parts: [(Text, String?)] = [
      (Text(vi: "Chỉ đạo, điều hành", en: "Direction"), direction),
      (Text(vi: "Khó khăn, vướng mắc", en: "Obstacles"), obstacles),
      (Text(vi: "Đề xuất, kiến nghị", en: "Proposals"), proposals),
      (Text(vi: "Nhiệm vụ kỳ tới", en: "Next"), next),
    ]
    let said = parts.compactMap { name, words in words.map { "\(name(lang)): \($0)" } }
    return said.isEmpty ? [] : [""] + said
  }
}

/// The way of a submission, a step a line: who did what, why, by which document.
enum StepTable {
  static func of(_ detail: SubmissionDetail, _ lang: Language) -> Table {
    let names = Dictionary(detail.cells.map { ($0.indicator, $0.name) }, uniquingKeysWith: { first, _ in first })
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")), .init(title: Text(vi: "Bước", en: "Step")),
      .init(title: Text(vi: "Người thực hiện", en: "By")), .init(title: Text(vi: "Cơ quan", en: "Office")),
      .init(title: Text(vi: "Văn bản đã ký", en: "Signed document")),
      .init(title: Text(vi: "Lý do", en: "Reason"), isLong: true),
      .init(title: Text(vi: "Cần rà soát", en: "To be reviewed")),
    ])
    for step in detail.steps {
      table.add(
        "\(step.time.day.written)", Table.Cell(step.status.text(lang)), "\(step.account)",
        "\(step.office?.description ?? "")",
        Table.Cell(step.signed.map { "\($0.signer), \($0.hash.description.prefix(12))" } ?? ""),
        Table.Cell(step.reason ?? ""),
        Table.Cell(step.cells.map { names[$0] ?? $0.description }.joined(separator: "; ")))
    }
    return table
  }
}
