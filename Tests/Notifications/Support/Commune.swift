import Schema
import WorkingDays

@testable import xaso_notifications

/// A commune with four offices, and matters as tests need them.
enum Commune {
  static let unit: Unit = "38/15043"
  static let addressees = Addressees(
    offices: [
      "vh-xh": "Phòng Văn hóa - Xã hội", "vp": "Văn phòng HĐND và UBND", "kt": "Phòng Kinh tế", "cax": "Công an xã",
      "du": "Văn phòng Đảng ủy",
    ], focal: ["vh-xh"])
  static let book = RuleBook.supplied
  static let days = WorkingDays.official

  static func day(_ year: Int, _ month: Int, _ day: Int) -> Day {
    guard let day = Day(year, month, day) else { preconditionFailure("tests name real days") }
    return day
  }

  /// A moment of a day in Viet Nam.
  static func at(_ day: Day, _ hour: Int, _ minute: Int = 0) -> Timestamp {
    Timestamp(milliseconds: (Int64(day.number) * 24 + Int64(hour) - 7) * 3_600_000 + Int64(minute) * 60_000)
  }

  static func task(
    due: Day?, leads: [Office.Code] = ["vp"], coordinating: [Office.Code] = [], since: Day = day(2026, 1, 5),
    _ topic: Matter.Topic = .task, number: String = "1.1"
  ) -> Matter {
    Matter(
      topic, "task/\(number)", in: unit, since: since, due: due, cause: UUIDv7(),
      Matter.Content(
        leads: leads, coordinating: coordinating, focal: ["vh-xh"],
        facts: ["number": number, "name": "Số hóa hồ sơ", "reason": "thiếu chữ ký"]))
  }

  static func round(on day: Day) -> Round { Round(today: day, book: book, days: days) }

  /// What is said of one matter on a day, by office.
  static func said(
    _ matter: Matter, on day: Day, known: [Standing] = [], _ quiets: [Quiet] = []
  ) -> [Office.Code: Notice.Rule] {
    let steps = round(on: day).steps([matter], known: known, quiets, addressees)
    let said = steps.compactMap { step -> (Office.Code, Notice.Rule)? in
      if case .say(let alarm) = step { (alarm.office, alarm.rule) } else { nil }
    }
    return Dictionary(said) { first, _ in first }
  }
}

extension Standing {
  /// As it stands after an alarm was said.
  init(_ alarm: Alarm, said: Day) {
    self.init(
      fingerprint: alarm.fingerprint, rule: alarm.rule, matter: alarm.matter.id, office: alarm.office, said: said,
      times: 1, isAcknowledged: false, ended: Text(vi: "xong", en: "done"))
  }
}
