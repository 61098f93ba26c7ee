public import Schema

extension PlanDocument {
  /// The form that `read(yaml:)` takes, for an office to look over and correct.
  public var yaml: String { PlanWriter(document: self, unit: unit).text }
}

extension PlanReading {
  /// The structured plan in its YAML form; the unit's line is left open where it is not known. Nil where not even a year
  /// or an office was found.
  public func yaml(of unit: Unit?) -> String? {
    document(of: unit ?? "00").map { PlanWriter(document: $0, unit: unit).text }
  }
}

/// Writes a plan as people write it, field after field.
private struct PlanWriter {
  let document: PlanDocument
  let unit: Unit?

  var text: String {
    (head + bases + recipients + reporting + tasks + targets).joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    let head = document.head
    var lines = [unit.map { "unit: \($0)" } ?? "unit:"]
    lines.append("year: \(head.year)")
    lines += field("title", head.title)
    lines += field("number", document.number?.description)
    lines += field("issued", document.issuedOn?.written)
    if !head.assumed.isEmpty { lines.append("assumed: [\(head.assumed.joined(separator: ", "))]") }
    lines += field("issuer", head.issuer) + field("signer", head.signer)
    lines += ["focal: \(head.focal)", "", "offices:"]
    return lines + head.offices.map { "  \($0.code): \(Self.scalar($0.name))" } + [""]
  }

  private var bases: [String] {
    var lines = document.head.legalBases.filter(\.parent).prefix(1).flatMap { field("parent plan", Self.written($0)) }
    let others = document.head.legalBases.filter { !$0.parent } + document.head.legalBases.filter(\.parent).dropFirst()
    if !others.isEmpty { lines += ["legal bases:"] + others.map { "  - " + Self.scalar(Self.written($0)) } }
    return lines.isEmpty ? [] : lines + [""]
  }

  private static func written(_ basis: LegalBasis) -> String {
    basis.kind + (basis.number.map { " số \($0)" } ?? "") + (basis.date.map { " ngày \($0.written)" } ?? "")
      + (basis.issuer.map { " của \($0)" } ?? "")
  }

  private var recipients: [String] {
    guard !document.head.recipients.isEmpty else { return [] }
    let lines = document.head.recipients.map { recipient in
      let name = recipient.name
      let written =
        switch recipient.purpose?.known {
        case .report: "\(name) (b/c)"
        case .coordinate: "\(name) (p/h)"
        case .carryOut: "\(name) (t/h)"
        case .know: "\(name) (để biết)"
        case .publish: "\(name) (đăng tải)"
        case .file: "Lưu: \(name)"
        case nil: name
        }
      return "  - " + Self.scalar(written)
    }
    return ["recipients:"] + lines + [""]
  }

  private var reporting: [String] {
    guard !document.head.reporting.isEmpty else { return [] }
    let lines = document.head.reporting.flatMap { duty in
      item(
        field("what", duty.what) + field("frequency", duty.frequency) + field("due", duty.due) + field("to", duty.to),
        by: 2)
    }
    return ["reporting:"] + lines + [""]
  }

  private var tasks: [String] {
    guard !document.tasks.isEmpty else { return [] }
    let lines = document.tasks.flatMap { task in
      let source = task.source?.known.map { source in
        Vocabulary.sources.words.first { $0.1 == source }.map { word, _ in
          word + (task.sourceText.map { " (\($0))" } ?? "")
        } ?? ""
      }
      let recurrence = task.recurrence?.known.flatMap { known in Vocabulary.recurrences.words.first { $0.1 == known }?.0
      }
      return item(
        field("no", task.number) + field("name", task.name) + field("output", task.output) + offices("lead", task.leads)
          + offices("with", task.coordinating) + field("time", task.time) + field("start", task.start?.written)
          + field("due", task.due?.written) + field("repeats", recurrence) + field("cost", task.cost?.written)
          + field("source", source) + field("reference", task.reference), by: 2)
    }
    return ["tasks:"] + lines + [""]
  }

  private var targets: [String] {
    guard !document.targets.isEmpty else { return [] }
    var lines = ["targets:"]
    var group: String?
    for target in document.targets {
      if let name = target.group, name != group { lines += item(field("group", name) + ["rows:"], by: 2) }
      group = target.group
      let row =
        field("no", target.number) + field("indicator", target.indicator) + field("target", Self.written(target))
        + field("due", target.due?.written) + offices("lead", target.leads) + offices("with", target.coordinating)
      lines += item(row, by: group == nil ? 2 : 6)
    }
    return lines
  }

  private static func written(_ target: TargetRow) -> String {
    let sign =
      switch target.comparator.known {
      case .atLeast: "≥ "
      case .above: "> "
      case .exactly: "= "
      case .atMost: "≤ "
      case .below: "< "
      case .maintain: "duy trì "
      case .report, nil: "báo cáo"
      }
    guard let value = target.value else { return sign.trimmed }
    let bare = sign + value.written
    guard let unit = target.unit, let promise = try? Promise(written: "\(bare) \(unit)"), promise.unit == unit else {
      return bare
    }
    return "\(bare) \(unit)"
  }

  // MARK: YAML

  private func field(_ name: String, _ value: String?) -> [String] {
    value.map { ["\(name): \(Self.scalar($0))"] } ?? []
  }

  private func offices(_ name: String, _ codes: [Office.Code]) -> [String] {
    switch codes.count {
    case 0: []
    case 1: ["\(name): \(codes[0])"]
    default: ["\(name): [\(codes.map(\.description).joined(separator: ", "))]"]
    }
  }

  /// An entry of a list: its first line after a dash.
  private func item(_ lines: [String], by indent: Int) -> [String] {
    let space = String(repeating: " ", count: indent)
    return lines.enumerated().map { space + ($0 == 0 ? "- " : "  ") + $1 }
  }

  /// Quoted only where YAML would take the text for something else.
  private static func scalar(_ text: String) -> String {
    let isPlain = text.first.map { $0.isLetter || $0.isDigit || "≥≤".contains($0) } ?? false
    let words = ["null", "true", "false", "yes", "no"]
    if isPlain, !text.contains(": "), !text.contains(" #"), !text.hasSuffix(":"), !text.hasSuffix(" "),
      !text.contains(where: { "\"'\\{}[]&*".contains($0) }), !words.contains(text.lowercased())
    {
      return text
    }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
