import Schema

extension PlanBody {
  /// The lines of the form that `PlanBodyReader` takes; how targets are counted stands with the targets.
  var yamlLines: [String] {
    section(
      "objectives",
      objectives.map { objective in
        YAMLLines.field("place", objective.place) + YAMLLines.field("indicator", objective.row.indicator)
          + YAMLLines.field("target", objective.row.promise)
          + YAMLLines.field("unit", objective.row.unitBesidePromise)
          + YAMLLines.field("due", objective.row.due?.written)
          + YAMLLines.offices("lead", objective.row.leads) + YAMLLines.offices("with", objective.row.coordinating)
      })
      + section(
        "results",
        results.map { result in
          YAMLLines.field("indicator", result.indicator)
            + YAMLLines.field("value", [result.value.written, result.unit].compactMap(\.self).joined(separator: " "))
            + ["year: \(result.year)"] + YAMLLines.field("place", result.place)
        })
      + section(
        "cited",
        citations.map { cited in
          YAMLLines.field("document", cited.basis.citation) + YAMLLines.field("title", cited.title)
            + YAMLLines.field("place", cited.place)
        }) + budgetLines + layoutLines
  }

  private func section(_ name: String, _ items: [[String]]) -> [String] {
    items.isEmpty ? [] : ["\(name):"] + items.flatMap { YAMLLines.item($0, by: 2) } + [""]
  }

  private var budgetLines: [String] {
    guard let budget else { return [] }
    let groups = budget.groups.flatMap { group in
      YAMLLines.item(YAMLLines.field("rows", group.rows) + YAMLLines.field("total", group.total.written), by: 4)
    }
    let lines =
      YAMLLines.list("units", budget.units) + YAMLLines.field("total", budget.total?.written)
      + YAMLLines.field("spending", budget.spending?.written)
    let all = lines.map { "  " + $0 } + (groups.isEmpty ? [] : ["  groups:"] + groups)
    return all.isEmpty ? ["budget: {}", ""] : ["budget:"] + all + [""]
  }

  private var layoutLines: [String] {
    guard let layout else { return [] }
    let lines =
      YAMLLines.field("motto", layout.motto.map { $0 ? "có" : "không" }) + YAMLLines.list("lines", layout.lines)
      + YAMLLines.list("outline", layout.outline) + YAMLLines.list("signature", layout.signature)
    return lines.isEmpty ? ["layout: {}"] : ["layout:"] + lines.map { "  " + $0 }
  }
}

extension LegalBasis {
  /// As every office cites it.
  var citation: String {
    kind + (number.map { " số \($0)" } ?? "") + (date.map { " ngày \($0.written)" } ?? "")
      + (issuer.map { " của \($0)" } ?? "")
  }
}

extension TargetRow {
  /// The promise in the words that `Promise(written:)` reads.
  var promise: String {
    let sign =
      switch comparator.known {
      case .atLeast: "≥ "
      case .above: "> "
      case .exactly: "= "
      case .range: ""
      case .atMost: "≤ "
      case .below: "< "
      case .maintain: "duy trì "
      case .report, nil: "báo cáo"
      }
    guard let value else { return sign.trimmed }
    let bare = sign + value.written(upTo: upper)
    guard let unit, let promise = try? Promise(written: "\(bare) \(unit)"), promise.unit == unit else { return bare }
    return "\(bare) \(unit)"
  }

  /// The unit where the promise does not carry it, such as `Báo cáo` in the wrong column.
  var unitBesidePromise: String? { (try? Promise(written: promise))?.unit == unit ? nil : unit }
}
