import Schema
import Yams

extension RuleBook {
  /// Reads a book: nothing that is not known, and everything that there is no other book for.
  ///
  /// - Parameters:
  ///   - file: What the file is called, for faults.
  ///   - supplied: Has what the file leaves out.
  init(yaml: String, file: String = "rules.yaml", over supplied: RuleBook? = nil) throws(DataFault) {
    let book = try YAMLReader(yaml, file: file)
    let top = try book.fields(
      book.root, ["office-hours", "digest", "snooze", "attempts", "longest-wait", "rules"])
    func field<Value>(
      _ name: String, _ own: KeyPath<RuleBook, Value>, read: (Node) throws(DataFault) -> Value
    ) throws(DataFault) -> Value {
      if let supplied, top[name] == nil { return supplied[keyPath: own] }
      return try read(try book.need(top, name, of: book.root))
    }
    let rules = try supplied == nil ? book.need(top, "rules", of: book.root) : top["rules"]
    let named = try rules.map { rules throws(DataFault) in
      try book.fields(rules, Notice.Rule.allCases.map(\.rawValue))
    }
    var entries: [Notice.Rule: Entry] = [:]
    for rule in Notice.Rule.allCases {
      if let supplied, named?[rule.rawValue] == nil {
        entries[rule] = supplied[rule]
        continue
      }
      entries[rule] = try book.entry(of: rule, try book.need(named ?? [:], rule.rawValue, of: rules ?? book.root))
    }
    self.init(
      officeHours: try field("office-hours", \.officeHours, read: book.hours),
      digest: try field("digest", \.digest, read: book.clock),
      snooze: try field("snooze", \.snooze) { node throws(DataFault) in try book.number(node, in: 1...60) },
      attempts: try field("attempts", \.attempts) { node throws(DataFault) in try book.number(node, in: 1...100) },
      longestWait: try field("longest-wait", \.longestWait) { node throws(DataFault) in
        try book.number(node, in: 1...1440)
      }, entries: entries)
  }
}

extension YAMLReader {
  fileprivate func hours(_ node: Node) throws(DataFault) -> Range<RuleBook.Clock> {
    let hours = try fields(node, ["from", "to"])
    let (from, to) = (
      try clock(try need(hours, "from", of: node)), try clock(try need(hours, "to", of: node))
    )
    guard from < to else { throw fault(node, "office-hours end before they begin") }
    return from..<to
  }

  fileprivate func entry(of rule: Notice.Rule, _ node: Node) throws(DataFault) -> RuleBook.Entry {
    let names = rule.isStaged ? ["severity", "urgent", "hushes", "stages", "text", "ended"] : ["severity", "urgent"]
    let fields = try self.fields(node, names)
    var hushes: Set<Notice.Rule> = []
    for name in try fields["hushes"].map(list) ?? [] { hushes.insert(try word(name)) }
    guard !hushes.contains(rule) else { throw fault(node, "\(rule.rawValue) cannot hush itself") }
    var stages: [RuleBook.Stage] = []
    if rule.isStaged {
      for stage in try list(try need(fields, "stages", of: node)) { stages.append(try self.stage(stage, rule)) }
      guard !stages.isEmpty else { throw fault(node, "\(rule.rawValue) has no stage") }
    }
    return RuleBook.Entry(
      severity: try word(try need(fields, "severity", of: node)),
      isUrgent: try fields["urgent"].map(flag) ?? false, stages: stages, hushes: hushes,
      text: rule.isStaged ? try sentence(try need(fields, "text", of: node), of: rule) : nil,
      ended: try fields["ended"].map { node throws(DataFault) in try sentence(node, of: rule) })
  }

  private func stage(_ node: Node, _ rule: Notice.Rule) throws(DataFault) -> RuleBook.Stage {
    let fields = try self.fields(node, ["working", "days", "to", "repeat", "unless"])
    guard
      let (count, offset) = [RuleBook.Stage.Count.working, .days].compactMap({ count in
        fields[count.rawValue].map { (count, $0) }
      }).first, fields["working"] == nil || fields["days"] == nil
    else {
      throw fault(node, "a stage has one of working and days")
    }
    let range =
      rule.isBeforeDue ? -60 ... -1 : rule.isAfterDue ? 1...365 : rule == .dataRequestDue ? -60...365 : 0...365
    var desks: Set<RuleBook.Desk> = []
    for name in try list(try need(fields, "to", of: node)) { desks.insert(try word(name)) }
    guard !desks.isEmpty else { throw fault(node, "a stage tells somebody") }
    if let unless = fields["unless"], unless.scalar?.string != "acknowledged" {
      throw fault(unless, "unless can only be acknowledged")
    }
    return RuleBook.Stage(
      offset: try number(offset, in: range), count: count, to: desks,
      interval: try fields["repeat"].map { node throws(DataFault) in try number(node, in: 1...60) },
      unlessAcknowledged: fields["unless"] != nil)
  }

  /// What a rule says, in both languages, with names that it has.
  private func sentence(_ node: Node, of rule: Notice.Rule) throws(DataFault) -> Text {
    let fields = try self.fields(node, ["vi", "en"])
    func text(_ language: String) throws(DataFault) -> String {
      let node = try need(fields, language, of: node)
      let text = try self.text(node)
      guard (1...1000).contains(text.count) else { throw fault(node, "a text has 1 to 1000 characters") }
      _ = try Template(text, named: "\(file)", line: node.line, knows: rule.names)
      return text
    }
    return Text(vi: try text("vi"), en: try text("en"))
  }
}

extension Notice.Rule {
  /// It is told by the day, not by what happens.
  var isStaged: Bool { self != .news && self != .accountChanged }

  /// What its texts may name.
  var names: Set<String> {
    let task: Set<String> = ["number", "name", "since", "days"]
    return switch self {
    case .news, .accountChanged: []
    case .taskDueSoon, .taskOverdue: task.union(["due"])
    case .taskUndated: task
    case .taskReturned: task.union(["reason"])
    case .deadlineStarted: task.union(["document", "due"])
    case .ledgerRefusal: task.union(["amount", "available"])
    case .legalBasisChanged: ["document", "ended", "replaced", "plan", "since", "days"]
    case .reportOpen, .reportDueSoon, .reportMissing: ["title", "period", "due", "since", "days"]
    case .subplanAsked, .subplanDueSoon, .subplanMissing: ["plan", "name", "due", "since", "days"]
    case .reportsLate: ["title", "period", "due", "days", "count"]
    case .subplansLate: ["plan", "name", "due", "days", "count"]
    case .submissionReturned: ["title", "period", "reason", "since", "days"]
    case .targetAtRisk: task.union(["promised", "period", "figure", "forecast"])
    case .dataRequestDue: ["step", "received", "due", "since", "days"]
    case .disbursementLag: task.union(["amount", "available", "elapsed"])
    case .countDrop: ["village", "before", "now", "since", "days"]
    }
  }
}
