import Schema
import WorkingDays

/// The clocks of what people ask about their own data. No I/O.
enum SubjectRules {
  private static let acknowledgeWithin = 2
  private static let calendar = WorkingDays.official

  static func opened(
    _ request: OpenSubjectRequest, as id: SubjectRequest.ID, today: Day
  ) throws(Refusal) -> SubjectRequestSummary {
    try check(request.received, from: nil, today: today, at: "received")
    guard let kind = request.kind.known else { throw Refusal(.invalid, at: "kind") }
    return SubjectRequestSummary(
      id: id, kind: request.kind, received: request.received, person: request.person,
      acknowledgeBy: calendar.adding(acknowledgeWithin, to: request.received),
      due: calendar.end(of: request.received.adding(kind.days)))
  }

  static func acknowledged(
    _ request: SubjectRequestSummary, on day: Day, today: Day
  ) throws(Refusal) -> SubjectRequestSummary {
    var request = try open(request)
    try check(day, from: request.received, today: today, at: "on")
    guard request.acknowledged == nil else {
      throw Refusal(.conflict, vi: "Đã báo nhận yêu cầu này.", en: "It was acknowledged before.")
    }
    request.acknowledged = day
    return request
  }

  /// Once, and while there is time: what is late is not made on time.
  static func extended(
    _ request: SubjectRequestSummary, reason: String, today: Day
  ) throws(Refusal) -> SubjectRequestSummary {
    var request = try open(request)
    try RegisterRules.check(reason: reason)
    guard request.extended == nil, let kind = request.kind.known else {
      throw Refusal(.conflict, vi: "Chỉ được gia hạn một lần.", en: "It can be extended once only.")
    }
    guard today <= request.due else {
      throw Refusal(
        .conflict, vi: "Đã quá hạn ngày \(request.due.written); không gia hạn được nữa.",
        en: "It was due on \(request.due); it cannot be extended any more.")
    }
    request.extended = reason
    request.due = calendar.end(of: request.due.adding(kind.days))
    return request
  }

  static func answered(
    _ request: SubjectRequestSummary, _ answer: AnswerSubjectRequest, today: Day
  ) throws(Refusal) -> SubjectRequestSummary {
    var request = try open(request)
    try check(answer.on, from: request.received, today: today, at: "on")
    request.answered = answer.on
    request.document = answer.document
    request.granted = answer.granted
    return request
  }

  /// What is said of a request: its clocks, nothing of who asked or what.
  static func moved(_ request: SubjectRequestSummary, in unit: Unit, by caller: Caller) -> SubjectRequestMoved {
    let isOpen = request.answered == nil
    return SubjectRequestMoved(
      unit: unit, request: request.id, received: request.received,
      acknowledgeBy: isOpen && request.acknowledged == nil ? request.acknowledgeBy : nil,
      due: isOpen ? request.due : nil, office: caller.office)
  }

  private static func open(_ request: SubjectRequestSummary) throws(Refusal) -> SubjectRequestSummary {
    guard request.answered == nil else {
      throw Refusal(.conflict, vi: "Yêu cầu này đã được trả lời.", en: "It was answered before.")
    }
    return request
  }

  private static func check(_ day: Day, from first: Day?, today: Day, at place: String) throws(Refusal) {
    guard day <= today, day >= first ?? today.adding(-366) else {
      throw Refusal(
        .invalid, vi: "Ngày không đúng: chưa đến, hoặc trước ngày nhận.",
        en: "Not a day that can be: it has not come, or is before the request.", at: place)
    }
  }
}
