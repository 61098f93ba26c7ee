import Schema
import Units

/// A plan with all its rows, as `plan show` prints it.
struct PlanInFull: Encodable {
  var plan: PlanDetail
  var tasks: [TaskSummary]
  var targets: [TargetSummary]

  private enum CodingKeys: CodingKey { case plan, tasks, targets }

  private var offices: OfficeNames { OfficeNames([(plan.head, plan.summary.unit)]) }

  func lines(_ lang: Language) -> [String] {
    let (summary, head) = (plan.summary, plan.head)
    var lines = [
      summary.title,
      "",
      line(Text(vi: "Cơ quan ban hành", en: "Issued by"), head.issuer, lang),
      line(Text(vi: "Đơn vị", en: "Unit"), Units[summary.unit]?.fullName ?? "\(summary.unit)", lang),
      line(Text(vi: "Năm", en: "Year"), "\(summary.year)", lang),
      line(
        Text(vi: "Trạng thái", en: "State"),
        "\(summary.status.text(lang)) (\(Text(vi: "bản", en: "version")(lang)) \(summary.version))", lang),
      line(
        Text(vi: "Số, ngày", en: "Number, date"),
        [summary.number?.description, summary.issuedOn?.written].compactMap(\.self).joined(separator: ", "), lang),
      line(Text(vi: "Đầu mối", en: "Focal office"), offices.name(of: head.focal, in: summary.unit), lang),
      line(Text(vi: "Kinh phí", en: "Money"), summary.lines == 0 ? "—" : "\(summary.planned.written) đồng", lang),
    ]
    lines += course(lang)
    if !head.assumed.isEmpty {
      lines.append(
        line(
          Text(vi: "Giả định", en: "Assumed"), head.assumed.map { assumption($0, lang) }.joined(separator: ", "), lang))
    }
    if !head.legalBases.isEmpty {
      lines += ["", Text(vi: "Căn cứ", en: "Legal bases")(lang)]
      lines += head.legalBases.map { basis in
        "  "
          + [basis.kind, basis.number?.description, basis.date?.written, basis.issuer].compactMap(\.self)
          .joined(separator: ", ")
      }
    }
    if !tasks.isEmpty {
      lines += ["", Text(vi: "Nhiệm vụ", en: "Tasks")(lang)]
      lines += TaskTable.of(tasks, offices, lang).lines(lang).map { "  " + $0 }
    }
    if !targets.isEmpty {
      lines += ["", Text(vi: "Chỉ tiêu", en: "Targets")(lang)]
      lines += targetTable(lang).lines(lang).map { "  " + $0 }
    }
    return lines
  }

  /// Who approved it, what it replaces, what ended it.
  private func course(_ lang: Language) -> [String] {
    var lines: [String] = []
    if let approval = plan.approval {
      let who = approval.signed?.signer ?? "\(approval.account)"
      lines.append(line(Text(vi: "Phê duyệt", en: "Approved"), "\(who), \(approval.on.written)", lang))
      for accepted in approval.accepted ?? [] {
        let what = "\(accepted.checks.joined(separator: ", ")): \(accepted.reason)"
        lines.append(line(Text(vi: "Chấp nhận", en: "Accepted"), what, lang))
      }
    }
    if let baseline = plan.baseline {
      lines.append(line(Text(vi: "Mã băm bản gốc", en: "Baseline"), "\(baseline)", lang))
    }
    if let replaced = plan.replaces { lines.append(line(Text(vi: "Thay thế", en: "Replaces"), "\(replaced)", lang)) }
    if let later = plan.replacedBy {
      lines.append(line(Text(vi: "Thay bằng", en: "Replaced by"), "\(later)", lang))
    }
    if let end = plan.end {
      let document = ["\(end.number)", end.day.written, end.reason].compactMap(\.self).joined(separator: ", ")
      lines.append(line(Text(vi: "Văn bản kết thúc", en: "Ended by"), document, lang))
    }
    return lines
  }

  private func line(_ title: Text, _ value: String, _ lang: Language) -> String {
    let title = title(lang) + ":"
    return title + String(repeating: " ", count: max(1, 20 - title.count)) + value
  }

  private func assumption(_ field: String, _ lang: Language) -> String {
    switch field {
    case "number": Text(vi: "số", en: "number")(lang)
    case "issued": Text(vi: "ngày ban hành", en: "date of issue")(lang)
    case "money unit": Text(vi: "đơn vị tiền", en: "money unit")(lang)
    case "province": Text(vi: "tỉnh", en: "province")(lang)
    default: field
    }
  }

  func targetTable(_ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Mức phấn đấu", en: "Target"), isNumber: true),
      .init(title: Text(vi: "Thời hạn", en: "By")),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
    ])
    for target in targets {
      let row = target.row
      table.add(
        "\(row.number)", "\(row.indicator)", "\(row.promise(lang))",
        "\(row.due?.written ?? Text(vi: "chưa có hạn", en: "no date")(lang))",
        "\(offices.list(row.leads, in: plan.summary.unit))")
    }
    return table
  }
}
