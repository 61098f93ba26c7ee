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
    (head + bases + recipients + reporting + tasks + targets + document.body.yamlLines).joined(separator: "\n") + "\n"
  }

  private var head: [String] {
    let head = document.head
    var lines = [unit.map { "unit: \($0)" } ?? "unit:"]
    lines.append("year: \(head.year)")
    lines += YAMLLines.field("title", head.title)
    lines += YAMLLines.field("number", document.number?.description)
    lines += YAMLLines.field("issued", document.issuedOn?.written)
    if !head.assumed.isEmpty { lines.append("assumed: [\(head.assumed.joined(separator: ", "))]") }
    lines += YAMLLines.field("issuer", head.issuer) + YAMLLines.field("signer", head.signer)
    let purpose = head.purpose?.known.flatMap { known in Vocabulary.purposes.words.first { $0.1 == known }?.0 }
    lines += YAMLLines.field("purpose", purpose)
    if let meeting = head.meeting {
      lines.append("meeting: {committee: \(meeting.committee), on: \(meeting.on.written)}")
    }
    lines += ["focal: \(head.focal)", "", "offices:"]
    lines += head.offices.map { "  \($0.code): \(YAMLLines.scalar($0.name))" } + [""]
    guard let collectives = head.collectives, !collectives.isEmpty else { return lines }
    return lines + ["collectives:"]
      + collectives.flatMap { YAMLLines.list("  \($0.code)", $0.members.map(\.description)) } + [""]
  }

  private var bases: [String] {
    var lines = document.head.legalBases.filter(\.parent).prefix(1).flatMap {
      YAMLLines.field("parent plan", $0.citation)
    }
    let others = document.head.legalBases.filter { !$0.parent } + document.head.legalBases.filter(\.parent).dropFirst()
    if !others.isEmpty { lines += ["legal bases:"] + others.map { "  - " + YAMLLines.scalar($0.citation) } }
    return lines.isEmpty ? [] : lines + [""]
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
      return "  - " + YAMLLines.scalar(written)
    }
    return ["recipients:"] + lines + [""]
  }

  private var reporting: [String] {
    guard !document.head.reporting.isEmpty else { return [] }
    let lines = document.head.reporting.flatMap { duty in
      YAMLLines.item(
        YAMLLines.field("what", duty.what) + YAMLLines.field("frequency", duty.frequency)
          + YAMLLines.field("due", duty.due) + YAMLLines.field("to", duty.to),
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
      return YAMLLines.item(
        YAMLLines.field("no", task.number) + YAMLLines.field("name", task.name) + YAMLLines.field("output", task.output)
          + YAMLLines.field("pillar", task.pillar?.known?.text.vi)
          + YAMLLines.offices("lead", task.leads)
          + YAMLLines.offices("with", task.coordinating) + YAMLLines.field("time", task.time)
          + YAMLLines.field("start", task.start?.written)
          + YAMLLines.field("due", task.due?.written) + YAMLLines.field("repeats", recurrence)
          + YAMLLines.field("cost", task.cost?.written)
          + YAMLLines.field("source", source) + YAMLLines.field("reference", task.reference)
          + YAMLLines.field("rationale", task.rationale), by: 2)
    }
    return ["tasks:"] + lines + [""]
  }

  private func counting(_ number: String) -> [String] {
    let measure = document.body.measures[number]
    return YAMLLines.field("numerator", measure?.numerator) + YAMLLines.field("denominator", measure?.denominator)
      + YAMLLines.field("size", measure?.size.map(String.init)) + YAMLLines.field("data", measure?.source)
  }

  private var targets: [String] {
    guard !document.targets.isEmpty else { return [] }
    var lines = ["targets:"]
    var group: String?
    for target in document.targets {
      if let name = target.group, name != group {
        lines += YAMLLines.item(YAMLLines.field("group", name) + ["rows:"], by: 2)
      }
      group = target.group
      let row =
        YAMLLines.field("no", target.number) + YAMLLines.field("indicator", target.indicator)
        + YAMLLines.field("target", target.promise) + YAMLLines.field("unit", target.unitBesidePromise)
        + YAMLLines.field("due", target.due?.written) + YAMLLines.offices("lead", target.leads)
        + YAMLLines.offices("with", target.coordinating) + YAMLLines.field("rationale", target.rationale)
        + counting(target.number)
      lines += YAMLLines.item(row, by: group == nil ? 2 : 6)
    }
    return lines
  }
}
