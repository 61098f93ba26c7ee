import Schema
import Storage

/// The way of a submission: put together, confirmed and sent, received or asked to be reviewed. No I/O.
enum SubmissionRules {
  /// Who reports: an office of a commune, or a commune.
  enum Reporter: Hashable {
    case office(Office.Code)
    case commune
  }

  /// Who puts together what a regime asks for, if the caller may.
  ///
  /// - Parameter focals: The focal offices of the unit's plans.
  static func reporter(
    of record: RegimeRecord, by caller: Caller, focals: Set<Office.Code>
  ) throws(Refusal) -> Reporter {
    guard let office = caller.office else { throw Refusal(.forbidden) }
    guard record.isOfCommunes else { return .office(office) }
    guard caller.roles.contains(.focal), focals.isEmpty || focals.contains(office) else {
      throw Refusal(
        .forbidden, vi: "Báo cáo của xã do cơ quan đầu mối lập.",
        en: "The focal office puts the commune's report together.")
    }
    return .commune
  }

  /// Throws where a version may not be put together now.
  static func checkPrepare(
    _ record: RegimeRecord, _ period: Period, from reporter: Reporter, of unit: Unit, status: Submission.Status?,
    lock: Lock?, on today: Day
  ) throws(Refusal) {
    guard record.asks(reporter, of: unit) else {
      throw Refusal(
        .invalid, vi: "«\(record.regime.name)» không yêu cầu đơn vị này báo cáo.",
        en: "“\(record.regime.name)” is not asked of this unit.", at: "regime")
    }
    guard record.asks(for: period) else {
      throw Refusal(
        .invalid, vi: "«\(record.regime.name)» không yêu cầu báo cáo \(period.text.vi).",
        en: "“\(record.regime.name)” does not ask for \(period.text.en).", at: "period")
    }
    try IndicatorsRules.checkBegun(period, on: today)
    // Internal reports may be written before the period is over, with estimates; those under the decree may not.
    guard !record.regime.isDecree09 || today > period.days.upperBound else {
      throw Refusal(
        .conflict,
        vi: "Số liệu của \(period.text.vi) chốt ngày \(period.days.upperBound.written); biểu mở sau ngày đó.",
        en: "The cut-off of \(period.text.en) is \(period.days.upperBound.written); the form opens after it.",
        at: "period")
    }
    if let lock { throw lock.refusal }
    switch status {
    case nil, .prepared, .inReview, .recalled: return
    case .sent:
      throw Refusal(
        .conflict, vi: "Báo cáo đã gửi; muốn sửa thì thu hồi trước.", en: "It is sent; to change it, recall it first.")
    case .received:
      throw Refusal(
        .conflict, vi: "Báo cáo đã được tiếp nhận; muốn sửa phải có đề nghị rà soát của nơi nhận.",
        en: "It was received; to change it, the receiver has to ask for a review.")
    }
  }

  /// Throws where a cell is not answered, or is an estimate that the regime does not take.
  static func check(_ cells: [Submission.Cell], of record: RegimeRecord) throws(Refusal) {
    guard !cells.isEmpty else {
      throw Refusal(
        .invalid, vi: "Không có chỉ tiêu nào thuộc báo cáo này.", en: "There is no indicator that this report is about."
      )
    }
    let open = cells.filter { !$0.isAnswered }
    guard open.isEmpty else {
      let names = open.prefix(5).map { "«\($0.name)»" }.joined(separator: ", ")
      throw Refusal(
        .invalid,
        vi: "Còn \(open.count) chỉ tiêu chưa có số liệu: \(names). Hãy nhập, hoặc ghi «không phát sinh».",
        en: "\(open.count) indicators have no value: \(names). Enter them, or say that nothing arose.", at: "cells")
    }
    if record.regime.isDecree09, let estimate = cells.first(where: { $0.estimatedAsOf != nil }) {
      throw Refusal(
        .invalid, vi: "«\(estimate.name)» là số ước; báo cáo theo NĐ 09/2019 chỉ nhận số thực hiện.",
        en: "“\(estimate.name)” is an estimate; a report under Decree 09/2019 takes results alone.", at: "cells")
    }
  }

  /// A figure that another submission of the period has differently.
  struct Contradiction {
    var name: String
    var own: Figure
    var other: Figure
    var regime: Regime.Code
  }

  static func check(_ contradictions: [Contradiction]) throws(Refusal) {
    guard let first = contradictions.first else { return }
    throw Refusal(
      .conflict,
      vi:
        "«\(first.name)» là \(first.own.written) ở đây nhưng là \(first.other.written) trong báo cáo «\(first.regime)» "
        + "cùng kỳ; hãy thống nhất trước khi gửi.",
      en:
        "“\(first.name)” is \(first.own.written) here and \(first.other.written) in the report “\(first.regime)” of the "
        + "same period; make them agree before sending.", at: "cells")
  }

  /// Throws unless the caller may confirm it: never who put it together.
  static func checkConfirm(
    _ summary: SubmissionSummary, preparer: Caller.Account, signed: SignedDocument?, by caller: Caller
  ) throws(Refusal) {
    guard summary.status == .prepared else { throw wrongStatus(summary) }
    guard caller.account != preparer else {
      throw Refusal(
        .forbidden, vi: "Người lập không tự xác nhận báo cáo của mình.",
        en: "Who put it together does not confirm it.")
    }
    if let office = summary.office {
      guard caller.office == office else {
        throw Refusal(
          .forbidden, vi: "Báo cáo của cơ quan do lãnh đạo cơ quan ấy xác nhận.",
          en: "An office's report is confirmed by the head of that office.")
      }
      return
    }
    guard caller.roles.contains(.approver) || caller.roles.contains(.clerk) && signed != nil else {
      throw Refusal(
        .forbidden,
        vi: "Báo cáo của xã do lãnh đạo UBND duyệt; văn thư chỉ ghi nhận từ văn bản đã ký (người ký và mã băm).",
        en: "A leader of the UBND approves the commune's report; a clerk records it from the signed document.",
        at: "signed")
    }
  }

  /// Throws unless who answers has seen the version that stands: to receive it they have to say which one they saw.
  ///
  /// - Parameters:
  ///   - seen: The version that they name.
  ///   - cells: Those of an earlier version.
  static func checkSeen(
    _ request: AnswerSubmission, _ seen: Int?, of detail: SubmissionDetail, cells: (Int) throws -> [Submission.Cell]
  ) throws {
    let version = detail.summary.version
    guard let seen else {
      guard request.isReceived else { return }
      throw Refusal(
        .invalid, vi: "Hãy nêu bản đã xem khi tiếp nhận (--expecting \(version) cho bản đang có).",
        en: "Name the version that you saw to receive it (--expecting \(version) for the one that stands).",
        at: "expected")
    }
    guard seen != version else { return }
    let changes = changes(from: seen < version ? try cells(seen) : [], to: detail.cells)
    throw Refusal(
      .conflict,
      vi: "Báo cáo đang ở bản \(version), không phải bản \(seen): \(changes.vi). Hãy xem lại rồi tiếp nhận bản ấy.",
      en: "The report is in version \(version), not \(seen): \(changes.en). Look again, then receive that one.")
  }

  /// The figures in which two versions differ, the first five.
  private static func changes(from before: [Submission.Cell], to after: [Submission.Cell]) -> Text {
    let earlier = Dictionary(before.map { ($0.indicator, $0) }, uniquingKeysWith: { first, _ in first })
    let changed = after.filter { earlier[$0.indicator]?.figure != $0.figure }
    guard !before.isEmpty, !changed.isEmpty else {
      return Text(vi: "phần lời hoặc công việc đã khác", en: "its words or its work are others")
    }
    let written = changed.prefix(5).map { cell in
      "«\(cell.name)» \(earlier[cell.indicator]?.figure?.written ?? "–") → \(cell.figure?.written ?? "–")"
    }
    let text = written.joined(separator: ", ") + (changed.count > 5 ? "…" : "")
    return Text(vi: text, en: text)
  }

  /// What it becomes by an answer of the one that it is sent to.
  static func answered(
    _ request: AnswerSubmission, _ detail: SubmissionDetail, by caller: Caller, focals: Set<Office.Code>
  ) throws(Refusal) -> Submission.Status {
    let summary = detail.summary
    guard caller.isAtHome(in: summary.keeper) else { throw Refusal.notFound("báo cáo", "submission", summary.id) }
    if summary.keeper.commune != nil {
      guard let office = caller.office, focals.isEmpty || focals.contains(office) else {
        throw Refusal(
          .forbidden, vi: "Báo cáo của cơ quan do cơ quan đầu mối tiếp nhận.",
          en: "The focal office receives the offices' reports.")
      }
      let authors = detail.steps.filter { $0.status == .prepared || $0.status == .sent }.map(\.account)
      guard office != summary.office || !authors.contains(caller.account) else {
        throw Refusal(
          .forbidden,
          vi: "Người lập, người xác nhận không tiếp nhận báo cáo của mình; một người khác của cơ quan đầu mối làm.",
          en: "Who put it together or confirmed it does not receive it; somebody else of the focal office does.")
      }
    } else if !caller.roles.contains(.province) {
      throw Refusal(.forbidden)
    }
    guard summary.status == .sent || summary.status == .received && !request.isReceived else {
      throw wrongStatus(summary)
    }
    guard !request.isReceived else { return .received }
    guard let reason = request.reason, !request.cells.isEmpty else {
      throw Refusal(
        .invalid, vi: "Đề nghị rà soát phải nêu lý do và những chỉ tiêu cần rà soát.",
        en: "To ask for a review, say why and name the indicators.", at: request.reason == nil ? "reason" : "cells")
    }
    try reason.check(atMost: 2000, at: "reason")
    let known = Set(detail.cells.map(\.indicator))
    guard request.cells.allSatisfy(known.contains) else {
      throw Refusal(
        .invalid, vi: "Có chỉ tiêu không thuộc báo cáo này.", en: "One of the indicators is not in this report.",
        at: "cells")
    }
    return .inReview
  }

  /// The lower level takes back what it sent, never what was received.
  static func checkRecall(_ summary: SubmissionSummary, by caller: Caller) throws(Refusal) {
    if summary.status == .received {
      throw Refusal(
        .conflict, vi: "Báo cáo đã được tiếp nhận nên không thu hồi được.",
        en: "It was received: it cannot be recalled.")
    }
    guard summary.status == .prepared || summary.status == .sent else { throw wrongStatus(summary) }
    let isOwn =
      summary.office.map { $0 == caller.office }
      ?? !caller.roles.isDisjoint(with: [.focal, .approver, .clerk])
    guard isOwn else { throw Refusal(.forbidden) }
  }

  private static func wrongStatus(_ summary: SubmissionSummary) -> Refusal {
    let status =
      switch summary.status {
      case .known(.prepared): Text(vi: "đã lập, chưa gửi", en: "prepared, not sent")
      case .known(.sent): Text(vi: "đã gửi", en: "sent")
      case .known(.received): Text(vi: "đã tiếp nhận", en: "received")
      case .known(.inReview): Text(vi: "đề nghị rà soát", en: "in review")
      case .known(.recalled): Text(vi: "đã thu hồi", en: "recalled")
      case .unknown(let word): Text(vi: word, en: word)
      }
    return Refusal(
      .conflict, vi: "Báo cáo đang ở trạng thái «\(status.vi)» nên không làm được việc này.",
      en: "The submission is “\(status.en)”, where this cannot be done.")
  }

  /// What the hash is of.
  private struct Frozen: Codable {
    var period: Period
    var cells: [Submission.Cell]
    var remarks: SubmissionRemarks
  }

  /// Of what was counted, and where that leaves it: the same figures have the same hash, whichever plan's row promised them.
  static func hash(of cells: [Submission.Cell], _ remarks: SubmissionRemarks, for period: Period) -> Fingerprint {
    let figures = cells.map { cell in
      var cell = cell
      cell.target = nil
      return cell
    }
    return Fingerprint(of: Codec.encode(Frozen(period: period, cells: figures, remarks: remarks)))
  }

  /// The part of the office in a message to it.
  static func check(_ remarks: SubmissionRemarks) throws(Refusal) {
    try remarks.direction?.check(atMost: 5000, at: "remarks.direction")
    try remarks.obstacles?.check(atMost: 5000, at: "remarks.obstacles")
    try remarks.proposals?.check(atMost: 5000, at: "remarks.proposals")
    try remarks.next?.check(atMost: 5000, at: "remarks.next")
    guard let work = remarks.work else { return }
    guard
      [work.tasks.count, work.money.count, work.obstacles.count, work.offices.count].allSatisfy({
        $0 <= SubmissionWork.most
      })
    else {
      throw Refusal(
        .invalid, vi: "Báo cáo nêu tối đa \(SubmissionWork.most) nhiệm vụ, khoản kinh phí, vướng mắc, cơ quan.",
        en: "A report has at most \(SubmissionWork.most) tasks, shares of money, obstacles and offices.",
        at: "remarks.work")
    }
    for text in work.tasks.flatMap({ [$0.number, $0.name, $0.time].compactMap(\.self) })
      + work.obstacles.flatMap({ [$0.text, $0.asks].compactMap(\.self) }) + work.offices.map(\.name)
    {
      try text.check(atMost: 5000, at: "remarks.work")
    }
  }

  /// The words of a version: what is not said again is what the one before said.
  static func remarks(_ said: SubmissionRemarks, after earlier: SubmissionRemarks?) -> SubmissionRemarks {
    func words(_ path: KeyPath<SubmissionRemarks, String?>) -> String? {
      let words = said[keyPath: path] ?? earlier?[keyPath: path]
      return words?.isEmpty == true ? nil : words
    }
    return SubmissionRemarks(
      direction: words(\.direction), obstacles: words(\.obstacles), proposals: words(\.proposals), next: words(\.next),
      work: said.work)
  }
}
