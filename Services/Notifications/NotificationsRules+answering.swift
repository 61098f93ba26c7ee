import Schema
import WorkingDays

/// What an office may do about a notice, and a unit about its own. No I/O.
extension NotificationsRules {
  /// Only whom a notice tells answers it; others who may read it may not.
  static func mayAnswer(_ notice: NoticeRecord, _ caller: Caller) throws(Refusal) {
    let own = caller.office == notice.office
    let leads = caller.roles.contains(.approver) && [.viceChair, .chair].contains(notice.office)
    guard own || leads else {
      throw Refusal(
        .forbidden, vi: "Chỉ cơ quan nhận thông báo mới trả lời được.", en: "Only the office that it tells answers it.",
        at: "notice")
    }
  }

  static func mayPutOff(
    _ notice: NoticeRecord, until day: Day, on today: Day, _ book: RuleBook, _ days: WorkingDays
  ) throws(Refusal) {
    guard notice.fingerprint != nil else {
      throw Refusal(
        .conflict, vi: "Thông báo này chỉ gửi một lần nên không cần hoãn.",
        en: "This notice is said once, so there is nothing to put off.", at: "notice")
    }
    guard book[notice.content.rule].severity != .critical else { throw critical(at: "notice") }
    guard day > today, days.count(after: today, through: day) <= book.snooze else {
      throw Refusal(
        .invalid, vi: "Hoãn được đến trong vòng \(book.snooze) ngày làm việc tới.",
        en: "It can be put off to one of the next \(book.snooze) working days.", at: "until")
    }
  }

  static func check(
    _ request: SilenceNotices, on today: Day, _ book: RuleBook
  ) throws(Refusal) {
    try request.reason.check(atMost: 500, at: "reason")
    try request.subject?.check(atMost: 100, at: "subject")
    guard request.until >= today, request.until <= today.adding(366) else {
      throw Refusal(
        .invalid, vi: "Im lặng kết thúc trong vòng một năm, từ hôm nay.",
        en: "A silence ends within a year, from today on.", at: "until")
    }
    if let rule = request.rule?.known, book[rule].severity == .critical { throw critical(at: "rule") }
    guard request.rule != nil || request.subject != nil || request.office != nil else {
      throw Refusal(
        .invalid, vi: "Hãy nêu quy tắc, việc hoặc cơ quan được im lặng.",
        en: "Name a rule, a subject or an office to silence.", at: "rule")
    }
  }

  private static func critical(at place: String) -> Refusal {
    Refusal(
      .conflict, vi: "Thông báo khẩn không tắt, không hoãn được.", en: "What is critical cannot be muted or put off.",
      at: place)
  }
}
