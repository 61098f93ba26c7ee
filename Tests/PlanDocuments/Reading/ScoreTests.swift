import Foundation
import Schema
import Testing

@testable import PlanDocuments

/// Reads real documents and compares field by field with what a careful reader took from them.
///
/// Rows are matched by their place; names are compared without accents and punctuation, since a reader shortens them and
/// mends what a scan damaged.
@Suite(.serialized, .enabled(if: RealPlans.folder != nil, "XASO_PLANS names no folder of real plans"))
struct ScoreTests {
  @Test(arguments: RealPlans.names)
  func realPlan(_ name: String) throws {
    let facts = try RealPlans.facts(name)
    let reading = try PlanReading.read(Array(RealPlans.text(name).utf8))
    var sheet = ScoreSheet()
    head(facts, reading, &sheet)
    bases(facts, reading, &sheet)
    recipients(facts, reading, &sheet)
    targets(facts, reading, &sheet)
    tasks(facts, reading, &sheet)
    body(facts, reading, &sheet)
    for line in sheet.lines(of: name) { print(line) }
    if ProcessInfo.processInfo.environment["XASO_SCORES"] == "full" {
      for kind in sheet.kinds { for wrong in sheet[kind].wrong { print("  \(name) \(kind): \(wrong)") } }
    }
    // What was agreed for tables that kept their columns, and for those that lost them.
    let isRaw = reading.findings.contains { $0.reason == .columnsLost }
    for kind in ["target rows", "task rows", "leads", "legal bases", "recipients"] {
      let score = sheet[kind]
      #expect(score.recall >= (isRaw ? 0.9 : 0.97) && score.precision >= (isRaw ? 0.9 : 0.97), "\(name) \(kind)")
    }
    for kind in ["target value", "task cost", "total"] {
      #expect(sheet[kind].right == sheet[kind].read, "\(name) \(kind): what is found is exact")
    }
  }

  private func head(_ facts: Facts, _ reading: PlanReading, _ sheet: inout ScoreSheet) {
    sheet["number"].add(facts.plan.number, reading.number?.value.description, at: "plan")
    sheet["date"].add(facts.plan.issued_on, reading.issuedOn?.value.description, at: "plan")
    sheet["year"].add("\(facts.plan.year)", reading.year.map(String.init), at: "plan")
    sheet["title"].add(Self.title(facts.plan.title), reading.title.map { Self.title($0.value) }, at: "plan")
    sheet["issuer"].add(facts.plan.issuer.folded, reading.issuer?.folded, at: "plan")
  }

  private static func title(_ text: String) -> String {
    let folded = text.folded
    return folded.hasPrefix("ke hoach ") ? String(folded.dropFirst(9)) : folded
  }

  private func bases(_ facts: Facts, _ reading: PlanReading, _ sheet: inout ScoreSheet) {
    func key(_ number: String?, _ kind: String) -> String { (number ?? "unnumbered \(kind)").folded }
    let expected = facts.legal_bases.filter { $0.role != "viện dẫn" }
    let read = reading.bases.map(\.value)
    let numbered = read.map { basis in
      basis.number.map { key($0.description, "") } ?? "unnumbered "
        + (Citation.kind(beginning: basis.kind) ?? basis.kind).folded
    }
    func expectedKey(_ basis: Facts.Basis) -> String {
      if let raw = basis.number_raw, numbered.contains(raw.folded) { return raw.folded }
      return basis.number.map { key($0, "") } ?? "unnumbered "
        + (Citation.kind(beginning: basis.kind) ?? basis.kind).folded
    }
    sheet["legal bases"].add(Set(expected.map(expectedKey)), Set(numbered), at: "căn cứ")
    for (index, found) in read.enumerated() {
      guard let fact = expected.first(where: { expectedKey($0) == numbered[index] }) else { continue }
      let place = numbered[index]
      sheet["basis date"].add(fact.date, found.date?.description, at: place)
      sheet["basis kind"].add(
        fact.kind.folded.hasPrefix(found.kind.folded.prefix(8)) ? "same" : fact.kind, "same", at: place)
      let same = fact.issuer.map { issuer in found.issuer.map { Self.sameIssuer(issuer, $0) } ?? false }
      sheet["basis issuer"].add(fact.issuer, same == true ? fact.issuer : found.issuer, at: place)
      sheet["parent plan"].add(fact.parent_plan ? "yes" : nil, found.parent ? "yes" : nil, at: place)
    }
    let cited = Set(reading.citations.compactMap { $0.value.basis.number?.description.folded })
    let all = Set(facts.legal_bases.compactMap { $0.number_raw ?? $0.number }.map(\.folded))
    sheet["cited numbers"].expected += all.count
    sheet["cited numbers"].right += all.intersection(cited).count
    sheet["cited numbers"].read += all.intersection(cited).count
  }

  /// The facts write out what the document leaves to the reader: `UBND tỉnh` becomes `UBND tỉnh Hà Tĩnh`.
  private static func sameIssuer(_ left: String, _ right: String) -> Bool {
    let (left, right) = (left.folded, right.folded)
    return left.hasPrefix(right) || right.hasPrefix(left)
      || left.split(separator: " ").prefix(4) == right.split(separator: " ").prefix(4)
  }

  private func recipients(_ facts: Facts, _ reading: PlanReading, _ sheet: inout ScoreSheet) {
    let expected = facts.recipients.map { Recipient(written: $0) }
    let read = reading.recipients.map(\.value)
    let names = Set(read.map(\.name.folded))
    // A letter that the scan took for another is mended in the facts.
    let wanted = expected.map(\.name.folded).map { name in
      names.first { $0 != name && Spelling.distance(Array($0), Array(name)) <= 1 } ?? name
    }
    sheet["recipients"].add(Set(wanted), names, at: "nơi nhận")
    for recipient in expected {
      guard let found = read.first(where: { $0.name.folded == recipient.name.folded }) else { continue }
      sheet["recipient purpose"].add(
        recipient.purpose.map { "\($0)" }, found.purpose.map { "\($0)" }, at: recipient.name)
    }
  }

  // MARK: Rows

  private func targets(_ facts: Facts, _ reading: PlanReading, _ sheet: inout ScoreSheet) {
    let places = Set(reading.targets.map(\.spot.section))
    let inTables = facts.indicators.filter { row in row.isInTable && places.contains { row.place.hasPrefix($0 + ",") } }
    let expected = Dictionary(inTables.map { (Place($0.place), $0) }, uniquingKeysWith: { first, _ in first })
    var left = expected
    for found in reading.targets {
      let place = Place(found.spot)
      guard let fact = left.removeValue(forKey: place), Self.similar(fact.name, found.value.indicator) else {
        sheet["target rows"].add(nil, found.value.indicator, at: "\(place)")
        if let fact = expected[place] { sheet["target rows"].add(fact.name, nil, at: "\(place)") }
        continue
      }
      sheet["target rows"].add("same", "same", at: "\(place)")
      let row = found.value
      sheet["target value"].add(
        fact.target.map { "\($0)" }, row.value.flatMap { Double($0.description) }.map { "\($0)" }, at: "\(place)")
      sheet["comparator"].add(fact.comparator, row.comparator.known?.rawValue, at: "\(place)")
      sheet["unit"].add(fact.unit, row.unit, at: "\(place)")
      sheet["deadline"].add(fact.deadline, row.due?.description, at: "\(place)")
      offices(fact, row.leads, row.coordinating, reading, "\(place)", &sheet)
    }
    for (place, fact) in left { sheet["target rows"].add(fact.name, nil, at: "\(place)") }
  }

  private func tasks(_ facts: Facts, _ reading: PlanReading, _ sheet: inout ScoreSheet) {
    let rows = facts.tasks.filter(\.isInTable)
    var left = Dictionary(rows.map { (Place($0.place), $0) }, uniquingKeysWith: { first, _ in first })
    for found in reading.tasks {
      let place = Place(found.spot)
      guard let fact = left.removeValue(forKey: place), Self.similar(fact.name, found.value.name) else {
        sheet["task rows"].add(nil, found.value.name, at: "\(place)")
        continue
      }
      sheet["task rows"].add("same", "same", at: "\(place)")
      let row = found.value
      sheet["task cost"].add(fact.cost_vnd.map { "\($0)" }, row.cost.map { "\($0.dong)" }, at: "\(place)")
      sheet["task due"].add(fact.due, row.due?.description, at: "\(place)")
      sheet["task start"].add(fact.start, row.start?.description, at: "\(place)")
      sheet["task time"].add(fact.time_raw?.folded, row.time?.folded, at: "\(place)")
      sheet["task source"].add(fact.source?.folded, row.sourceText?.folded, at: "\(place)")
      sheet["task reference"].add(fact.reference?.folded, row.reference?.folded, at: "\(place)")
      if let expected = fact.expected, let output = row.output {
        sheet["task output"].add("same", Self.similar(expected, output) ? "same" : output, at: "\(place)")
      }
      offices(fact, row.leads, row.coordinating, reading, "\(place)", &sheet)
    }
    for (place, fact) in left { sheet["task rows"].add(fact.name, nil, at: "\(place)") }
    let totals = reading.budgets.compactMap(\.value.declared)
    sheet["total"].add(facts.budget.declared_total_vnd.map { "\($0)" }, totals.first.map { "\($0.dong)" }, at: "budget")
    let sums = reading.budgets.compactMap(\.value.computed?.dong).reduce(0, +)
    sheet["sum of rows"].add(
      facts.budget.computed_total_vnd.map { "\($0)" },
      facts.budget.computed_total_vnd == nil && sums == 0 ? nil : "\(sums)", at: "budget")
  }

  private func offices(
    _ fact: Facts.Row, _ leads: [Office.Code], _ coordinating: [Office.Code], _ reading: PlanReading, _ place: String,
    _ sheet: inout ScoreSheet
  ) {
    func names(_ codes: [Office.Code]) -> Set<String> {
      Set(codes.compactMap { code in reading.offices.first { $0.code == code } }.map(\.code.description))
    }
    sheet["leads"].add(Set(fact.lead.compactMap { OfficeName($0)?.code.description }), names(leads), at: place)
    sheet["coordinating"].add(
      Set(fact.coordinating.compactMap { OfficeName($0)?.code.description }), names(coordinating), at: place)
  }

  /// What stands in words: reported, not demanded.
  private func body(_ facts: Facts, _ reading: PlanReading, _ sheet: inout ScoreSheet) {
    func match(_ kind: String, _ expected: [String], _ read: [String]) {
      var left = read
      sheet[kind].expected += expected.count
      sheet[kind].read += read.count
      for name in expected {
        if let index = left.firstIndex(where: { Self.similar(name, $0) }) {
          left.remove(at: index)
          sheet[kind].right += 1
        } else {
          sheet[kind].wrong.append("missed \(name)")
        }
      }
    }
    func value(_ value: Double?, _ name: String) -> String { (value.map { "\($0) " } ?? "") + name }
    let (inTasks, inBody) = (reading.objectives.filter(\.isInRow), reading.objectives.filter { !$0.isInRow })
    match("objectives (body)", facts.objectives.map { $0.name }, inBody.map(\.value.indicator))
    let places = Set(reading.targets.map(\.spot.section))
    let derived = facts.indicators.filter { row in !places.contains { row.place.hasPrefix($0 + ",") } }
    match("targets within tasks", derived.map(\.name), inTasks.map(\.value.indicator))
    match("measures (body)", facts.tasks.filter { !$0.isInTable }.map(\.name), reading.measures.map(\.value))
    match(
      "results (body)", facts.results.map { value($0.value, $0.name) },
      reading.results.map { value(Double($0.value.value.description), $0.value.indicator) })
  }

  /// Most words of the shorter stand in the longer, and not a small part of it.
  static func similar(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Set(left.folded.split(separator: " ")), Set(right.folded.split(separator: " ")))
    let common = Double(left.intersection(right).count)
    return common >= 0.7 * Double(min(left.count, right.count)) && common >= 0.4 * Double(max(left.count, right.count))
  }
}

extension Found {
  fileprivate var isInRow: Bool { spot.row != nil }
}

/// A place in a document, in a form that both sides write alike.
private struct Place: Hashable, CustomStringConvertible {
  let description: String

  init(_ spot: Spot) {
    description = [spot.section, spot.row ?? "", spot.item ?? ""].map(\.folded).joined(separator: "|")
  }

  /// `Phụ lục I, row 3, bullet 3, part 2` is what the reader calls item `3b`.
  init(_ text: String) {
    var (section, row, item) = ("", "", "")
    for part in text.split(separator: ", ") {
      let words = part.split(separator: " ")
      switch words[0] {
      case "row": row = String(words[1])
      case "bullet": item = String(words[1])
      case "part": item += ["a", "b", "c", "d", "e"][(Int(words[1].prefix(1)) ?? 1) - 1]
      default: section = section.isEmpty ? String(part) : section
      }
    }
    description = [section, row, item].map(\.folded).joined(separator: "|")
  }
}
