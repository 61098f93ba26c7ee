import Schema
import Units

/// A task with its progress and its money side by side, as `task show` prints it.
struct TaskInFull: Codable {
  var task: TaskSummary
  /// What was estimated for it, and how that stands.
  var lines: [LineSummary]

  private enum CodingKeys: CodingKey { case task, lines }

  func lines(_ offices: OfficeNames, _ lang: Language) -> [String] {
    let row = task.row
    func names(_ codes: [Office.Code]) -> String { offices.list(codes, in: task.unit) }
    var lines = [
      "\(row.number). \(row.name)",
      "",
      line(Text(vi: "Đơn vị", en: "Unit"), Units[task.unit]?.fullName ?? "\(task.unit)", lang),
      line(Text(vi: "Chủ trì", en: "Lead"), names(row.leads), lang),
      line(
        Text(vi: "Phối hợp", en: "Coordinating"), row.coordinating.isEmpty ? "—" : names(row.coordinating), lang),
      line(Text(vi: "Thời hạn", en: "Due"), task.due(lang), lang),
      line(Text(vi: "Tình trạng", en: "Standing"), task.standing(lang), lang),
      line(Text(vi: "Tiến độ", en: "Progress"), "\(task.percent)%", lang),
    ]
    if let pillar = row.pillar { lines.insert(line(Text(vi: "Trụ cột", en: "Pillar"), pillar.text(lang), lang), at: 3) }
    if let note = task.note { lines.append(line(Text(vi: "Ghi chú", en: "Note"), note, lang)) }
    if let rationale = row.rationale { lines.append(line(Text(vi: "Căn cứ, lý do", en: "Rationale"), rationale, lang)) }
    if self.lines.isEmpty {
      lines.append(line(Text(vi: "Kinh phí", en: "Money"), "—", lang))
    }
    for money in self.lines {
      lines += [
        "",
        line(Text(vi: "Năm ngân sách", en: "Fiscal year"), "\(money.fiscalYear)", lang),
        line(Text(vi: "Nguồn vốn", en: "Source"), money.sourceText ?? money.source.text(lang), lang),
        line(Text(vi: "Dự toán", en: "Estimated"), "\(money.estimated.written) đồng", lang),
        line(Text(vi: "Đã phân bổ", en: "Allocated"), "\(money.allocated.written) đồng", lang),
        line(
          Text(vi: "Đã giải ngân", en: "Disbursed"),
          "\(money.disbursed.written) đồng" + (money.share.map { " (\($0)%)" } ?? ""), lang),
      ]
    }
    return lines
  }

  /// A row for each fiscal year; one without money where there is none.
  func table(_ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Tiến độ", en: "Progress"), isNumber: true),
      .init(title: Text(vi: "Năm ngân sách", en: "Fiscal year"), isNumber: true),
      .init(title: Text(vi: "Dự toán (đồng)", en: "Estimated (đồng)"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
    ])
    for money in lines.isEmpty ? [nil] : lines.map(Optional.some) {
      table.add(
        "\(task.row.number)", "\(task.row.name)", Table.Cell(task.percent, shown: "\(task.percent)%"),
        money.map { Table.Cell($0.fiscalYear) } ?? "", Table.Cell(money?.estimated), Table.Cell(money?.allocated),
        Table.Cell(money?.disbursed))
    }
    return table
  }

  private func line(_ title: Text, _ value: String, _ lang: Language) -> String {
    let title = title(lang) + ":"
    return title + String(repeating: " ", count: max(1, 20 - title.count)) + value
  }
}

extension LineSummary {
  /// Percent of what is allocated that is spent, rounded down: 100 is all of it. Nil while nothing is allocated.
  var share: Int64? {
    guard allocated > 0, disbursed <= allocated else { return nil }
    return allocated.dong.dividingFullWidth(disbursed.dong.multipliedFullWidth(by: 100)).quotient
  }
}
