import Schema

/// Reads the rows of the appendices, alone or in groups that share what is said beside `rows`.
struct RowReader {
  typealias Reason = PlanProblem.Reason

  static let taskFields = [
    "no", "name", "output", "pillar", "lead", "with", "time", "start", "due", "repeats", "cost", "source", "reference",
    "rationale",
  ]
  static let targetFields = ["no", "indicator", "target", "unit", "due", "lead", "with", "rationale"] + measureFields
  static let measureFields = ["numerator", "denominator", "size", "data"]
  static let objectiveFields = ["place", "indicator", "target", "due", "lead", "with"]
  static let taskGroupFields = [
    "pillar", "lead", "with", "time", "start", "due", "repeats", "source", "reference", "rows",
  ]
  static let targetGroupFields = ["group", "due", "lead", "with", "data", "rows"]
  static let objectiveGroupFields = ["place", "due", "lead", "with", "rows"]

  let offices: OfficeCodes
  let log: ProblemLog

  func tasks(_ fields: Fields) -> [TaskRow] {
    rows(fields.list("tasks"), known: Self.taskFields, group: Self.taskGroupFields).compactMap { row, _ in task(row) }
  }

  func targets(_ fields: Fields) -> [(row: TargetRow, measure: Measure?)] {
    rows(fields.list("targets"), known: Self.targetFields, group: Self.targetGroupFields).compactMap { row, group in
      for name in ["no", "indicator", "target", "lead"] { row.need(name) }
      let measure = measure(row)
      guard let number = row.text("no"), var target = target(row, number: number) else { return nil }
      target.group = group?.text("group")
      return (target, measure)
    }
  }

  /// Rows without a number and mostly without a lead, which say where they stand instead.
  func objectives(_ fields: Fields) -> [Objective] {
    rows(fields.list("objectives"), known: Self.objectiveFields, group: Self.objectiveGroupFields)
      .compactMap { row, _ in
        for name in ["place", "indicator", "target"] { row.need(name) }
        guard let place = row.text("place"), let target = target(row, number: place) else { return nil }
        return Objective(place: place, row: target)
      }
  }

  /// The rows in the order of the file, each with the group it stands in.
  private func rows(_ entries: [Fields.Entry], known: [String], group: [String]) -> [(row: Fields, group: Fields?)] {
    var rows: [(row: Fields, group: Fields?)] = []
    for entry in entries {
      if entry.node.names("rows") || entry.node.names("group") {
        guard let shared = Fields(entry, known: group, log: log) else { continue }
        shared.need("rows")
        rows += shared.list("rows").compactMap { Fields($0, known: known, sharing: shared, log: log) }
          .map { ($0, shared) }
      } else if let row = Fields(entry, known: known, log: log) {
        rows.append((row, nil))
      }
    }
    refuseDuplicates(rows.map(\.row))
    return rows
  }

  private func refuseDuplicates(_ rows: [Fields]) {
    var lines: [String: Int] = [:]
    for row in rows {
      guard let number = row.text("no") else { continue }
      let line = row.entry.node.line
      if let first = lines[number] {
        log.add(
          PlanProblem(line: line, place: row.entry.place, reason: .duplicateRow(number, firstLine: first)))
      } else {
        lines[number] = line
      }
    }
  }

  private func task(_ row: Fields) -> TaskRow? {
    for name in ["no", "name", "lead"] { row.need(name) }
    let source = row.value("source") { text throws(Reason) in try Funding(written: text) }
    let leads = offices(row, "lead")
    let coordinating = offices(row, "with")
    let start = day(row, "start")
    let due = day(row, "due")
    let repeats = row.value("repeats") { text throws(Reason) in try Vocabulary.recurrences.word(text) }
    let cost = row.value("cost") { text throws(Reason) in try Money(written: text) }
    let output = row.text("output")
    let pillar = row.value("pillar") { text throws(Reason) in try Vocabulary.pillars.word(text) }
    let time = row.text("time")
    let reference = row.text("reference")
    let rationale = row.text("rationale")
    guard let number = row.text("no"), let name = row.text("name") else { return nil }
    return TaskRow(
      number: number, name: name, output: output, pillar: pillar.map(Open.init), leads: leads,
      coordinating: coordinating, time: time, start: start, due: due, recurrence: repeats.map(Open.init), cost: cost,
      source: source.map { Open($0.source) },
      sourceText: source?.printed, reference: reference, rationale: rationale)
  }

  private func target(_ row: Fields, number: String) -> TargetRow? {
    let promise = row.value("target") { text throws(Reason) in try Promise(written: text) }
    let leads = offices(row, "lead")
    let coordinating = offices(row, "with")
    let due = day(row, "due")
    guard let indicator = row.text("indicator"), let promise else { return nil }
    return TargetRow(
      number: number, indicator: indicator, unit: promise.unit ?? row.text("unit"),
      comparator: Open(promise.comparator),
      value: promise.value, upper: promise.upper, due: due, leads: leads, coordinating: coordinating,
      rationale: row.text("rationale"))
  }

  private func measure(_ row: Fields) -> Measure? {
    let size = row.value("size") { text throws(Reason) in
      guard let size = Numeral(text), size.fraction.isEmpty, let count = Int64(size.whole) else {
        throw .notACount(text.shown)
      }
      return count
    }
    let measure = Measure(
      numerator: row.text("numerator"), denominator: row.text("denominator"), source: row.text("data"), size: size)
    return measure == Measure() ? nil : measure
  }

  private func offices(_ row: Fields, _ name: String) -> [Office.Code] {
    row.values(name) { text throws(Reason) in try offices.known(text) }
  }

  private func day(_ row: Fields, _ name: String) -> Day? {
    row.value(name) { text throws(Reason) in try Day(written: text) }
  }
}
