import Schema

/// Reads the tree of a plan's file. It goes on after a mistake, so that all of them are told at once.
struct PlanReader {
  typealias Reason = PlanProblem.Reason

  let log: ProblemLog

  static let fields = formalFields + PlanBodyReader.fields
  static let formalFields = [
    "unit", "year", "title", "number", "issued", "assumed", "issuer", "signer", "focal", "offices", "collectives",
    "purpose", "meeting", "parent plan",
    "legal bases", "recipients", "reporting", "tasks", "targets",
  ]
  static let meetingFields = ["committee", "on"]
  static let reportingFields = ["what", "frequency", "due", "to"]
  /// What a writer may have assumed: a field, or something that is none.
  static let assumable = formalFields + ["money unit", "province"]

  /// Nil where what is needed could not be read; the log then says why.
  func document(_ root: Fields.Entry) -> PlanDocument? {
    guard let fields = Fields(root, known: Self.fields, log: log) else { return nil }
    for name in ["unit", "year", "title", "issuer", "focal", "offices"] { fields.need(name) }
    let offices = self.offices(fields)
    let rows = RowReader(offices: OfficeCodes(offices), log: log)
    let unit = fields.value("unit") { text throws(Reason) in try Unit(written: text) }
    let head = self.head(fields, offices: offices)
    let number = fields.value("number") { text throws(Reason) in try DocumentNumber(written: text) }
    let issued = fields.value("issued") { text throws(Reason) in try Day(written: text) }
    let tasks = rows.tasks(fields)
    let targets = rows.targets(fields)
    let body = PlanBodyReader(rows: rows, log: log).body(
      fields, measures: Dictionary(targets.compactMap { row, measure in measure.map { (row.number, $0) } }) { $1 })
    guard let unit, let head else { return nil }
    let document = PlanDocument(
      unit: unit, head: head, tasks: tasks, targets: targets.map(\.row), number: number, issuedOn: issued, body: body)
    if Codec.encode(document.draft).count > PlanDocument.bytesInAPart {
      log.add(PlanProblem(line: 1, place: "", reason: .headTooLarge(limit: PlanDocument.bytesInAPart)))
    }
    return document
  }

  private func offices(_ fields: Fields) -> [Office] {
    fields.pairs("offices", key: { text throws(Reason) in try Office.Code(written: text) }, value: { $0 })
      .map { Office(code: $0, name: $1) }
  }

  private func head(_ fields: Fields, offices: [Office]) -> PlanHead? {
    let codes = OfficeCodes(offices)
    let year = fields.value("year") { text throws(Reason) in try Int(writtenYear: text) }
    let title = fields.text("title")
    let issuer = fields.text("issuer")
    let signer = fields.text("signer")
    let focal = fields.value("focal") { text throws(Reason) in try codes.known(text) }
    let purpose = fields.value("purpose") { text throws(Reason) in try Vocabulary.purposes.word(text) }
    let parent = fields.value("parent plan") { text throws(Reason) in try LegalBasis(written: text, parent: true) }
    let bases = fields.values("legal bases") { text throws(Reason) in try LegalBasis(written: text, parent: false) }
    let recipients = fields.values("recipients") { Recipient(written: $0) }
    let reporting = fields.list("reporting").compactMap(reportingDuty)
    let assumed = fields.values("assumed") { text throws(Reason) in
      guard Self.assumable.contains(text) else { throw .unknownWord(text, known: Self.assumable) }
      return text
    }
    guard let year, let title, let issuer, let focal else { return nil }
    return PlanHead(
      year: year, title: title, issuer: issuer, signer: signer, focal: focal, offices: offices,
      legalBases: (parent.map { [$0] } ?? []) + bases, recipients: recipients, reporting: reporting, assumed: assumed,
      purpose: purpose.map(Open.init), collectives: collectives(fields, codes), meeting: meeting(fields))
  }

  /// Nil where there are none, as in a plan that was written before there could be any.
  private func collectives(_ fields: Fields, _ codes: OfficeCodes) -> [Collective]? {
    let found = fields.lists(
      "collectives", key: { text throws(Reason) in try codes.known(text) },
      value: { text throws(Reason) in try codes.known(text) }
    ).map { Collective(code: $0, members: $1) }
    return found.isEmpty ? nil : found
  }

  private func meeting(_ fields: Fields) -> Meeting? {
    guard let fields = fields.mapping("meeting", known: Self.meetingFields) else { return nil }
    for name in Self.meetingFields { fields.need(name) }
    let committee = fields.value("committee") { text throws(Reason) in try Office.Code(written: text) }
    let day = fields.value("on") { text throws(Reason) in try Day(written: text) }
    guard let committee, let day else { return nil }
    return Meeting(committee: committee, on: day)
  }

  private func reportingDuty(_ entry: Fields.Entry) -> ReportingDuty? {
    guard let fields = Fields(entry, known: Self.reportingFields, log: log) else { return nil }
    for name in ["what", "frequency", "to"] { fields.need(name) }
    let due = fields.text("due")
    guard let what = fields.text("what"), let frequency = fields.text("frequency"), let to = fields.text("to")
    else { return nil }
    return ReportingDuty(what: what, frequency: frequency, due: due, to: to)
  }
}
