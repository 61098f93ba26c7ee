import PlanDocuments
import Schema
import WorkingDays

/// What a unit's register of legal documents may say.
extension PlansRules {
  /// The document as it stands in the register afterwards; what was said of its end goes on to hold.
  static func keep(
    _ request: KeepLegalDocument, in unit: Unit, before: LegalDocument?, on today: Day
  ) throws(Refusal) -> LegalDocument {
    try request.kind.check(atMost: 100, at: "kind")
    try request.issuer.check(atMost: 300, at: "issuer")
    try request.title.check(atMost: 1000, at: "title")
    guard request.issuedOn <= today else {
      throw Refusal(
        .invalid, vi: "Văn bản không thể ban hành sau hôm nay, \(today.written).",
        en: "A document cannot be of a day after today, \(today).", at: "issuedOn")
    }
    var document = LegalDocument(
      unit: unit, number: request.number, kind: request.kind, issuer: request.issuer, issuedOn: request.issuedOn,
      title: request.title)
    if let before {
      (document.status, document.endedOn, document.replacedBy) = (before.status, before.endedOn, before.replacedBy)
    }
    return document
  }

  /// - Parameter found: The documents of the register that have the number, and the day where one is named.
  static func end(_ found: [LegalDocument], _ request: EndLegalDocument) throws(Refusal) -> LegalDocument {
    guard var document = found.first else {
      throw Refusal(
        .notFound, vi: "Sổ văn bản của đơn vị không có \(request.number); hãy ghi vào sổ trước (xaso legal add).",
        en: "The unit's register does not have \(request.number); add it first (xaso legal add).", at: "number")
    }
    guard found.count == 1 else {
      let days = found.map(\.issuedOn.written).joined(separator: ", ")
      throw Refusal(
        .invalid, vi: "Có \(found.count) văn bản số \(request.number); hãy nêu ngày ban hành: \(days).",
        en: "There are \(found.count) documents \(request.number); name the date of issue: \(days).", at: "issuedOn")
    }
    guard document.status == .inForce else {
      throw Refusal(
        .conflict, vi: "Văn bản \(request.number) đã hết hiệu lực từ trước.",
        en: "The document \(request.number) is not in force already.")
    }
    guard request.endedOn > document.issuedOn else {
      throw Refusal(
        .invalid, vi: "Ngày hết hiệu lực phải sau ngày ban hành \(document.issuedOn.written).",
        en: "It ends after the day of its issue, \(document.issuedOn).", at: "endedOn")
    }
    guard request.replacedBy?.key != document.number.key else {
      throw Refusal(
        .invalid, vi: "Văn bản không thể tự thay thế mình.", en: "A document cannot replace itself.", at: "replacedBy")
    }
    document.status = Open(request.replacedBy == nil ? .expired : .replaced)
    (document.endedOn, document.replacedBy) = (request.endedOn, request.replacedBy)
    return document
  }

  /// Whether a task waits for just this document: its time or its reference names it.
  static func waits(_ task: TaskRecord, for document: LegalDocument) -> Bool {
    guard case .after = task.schedule, task.supplement.start == nil, task.planStatus.isInForce,
      task.summary.status.known?.isOver == false
    else { return false }
    let words =
      " \([task.summary.row.time, task.summary.row.reference].compactMap(\.self).joined(separator: " ").folded) "
    return words.contains(" \(document.number.description.folded) ") || words.contains(" \(document.number.key) ")
  }

  /// Starts a task of conclusions whose time is counted from them: "20 ngày sau khi có kết luận", and no document is named.
  ///
  /// - Returns: False where it waits for something else.
  static func start(_ task: inout TaskRecord, with conclusions: Decision, _ days: WorkingDays) -> Bool {
    guard task.head.isConclusions, case .after(let wait) = task.schedule, task.supplement.start == nil,
      task.summary.status.known?.isOver == false, let time = task.summary.row.time,
      " \(time.folded) ".contains(" ket luan "), !time.contains("/")
    else { return false }
    task.supplement.start = conclusions
    if wait.isOfWorkingDays { task.supplement.due = days.adding(wait.days, to: conclusions.day) }
    task.summary.version += 1
    return true
  }
}
