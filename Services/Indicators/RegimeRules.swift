import Schema
import WorkingDays

/// What a regime may ask for, and when its periods are locked. No I/O.
enum RegimeRules {
  /// Throws for what nobody could keep to; returns what is worth another look.
  static func warnings(about regime: Regime, in unit: Unit, on today: Day) throws(Refusal) -> [Text] {
    try regime.name.check(atMost: 300, at: "regime.name")
    try regime.basis?.check(atMost: 500, at: "regime.basis")
    try regime.via?.check(atMost: 200, at: "regime.via")
    guard regime.letter != nil || !regime.spans.isEmpty else {
      throw Refusal(
        .invalid, vi: "Chế độ báo cáo cần ít nhất một loại kỳ, hoặc công văn của báo cáo đột xuất.",
        en: "A regime has one kind of period at least, or the letter of a single request.", at: "regime.spans")
    }
    guard regime.due.allSatisfy({ (1...31).contains($0.day) && (0...12).contains($0.months) }),
      regime.lockAfter.map({ (0...366).contains($0) }) != false, regime.indicators.count <= 200
    else {
      throw Refusal(
        .invalid, vi: "Ngày hạn từ 1 đến 31, tháng từ 0 đến 12, số ngày khóa từ 0 đến 366.",
        en: "A due day is from 1 to 31, its months from 0 to 12, the days to the lock from 0 to 366.", at: "regime.due")
    }
    try checkReporters(of: regime, in: unit)
    for name in regime.indicators { try name.check(atMost: 500, at: "regime.indicators") }
    try regime.letter?.asks.check(atMost: 2000, at: "regime.letter.asks")
    let record = RegimeRecord(keeper: unit, regime: regime, moves: [], exceptions: [])
    guard let period = periods(of: regime, in: today.components.year).first(where: { isTooEarly(record, $0) })
    else { return [] }
    let due = record.dates(of: period).due?.written ?? ""
    let text = Text(
      vi: "Hạn gửi \(due) của \(period.text.vi) trước hoặc liền ngày chốt số liệu \(period.days.upperBound.written).",
      en: "\(period.text.en) is due on \(due), before its cut-off of \(period.days.upperBound.written) or right on it.")
    // Article 8 of Decree 09/2019: at least one working day between the cut-off and the due day.
    guard !regime.isDecree09 else {
      throw Refusal(
        .invalid, vi: text.vi + " Nghị định 09/2019/NĐ-CP yêu cầu cách ít nhất 1 ngày làm việc.",
        en: text.en + " Decree 09/2019/NĐ-CP asks for one working day between them.", at: "regime.due")
    }
    return [text]
  }

  /// A province asks its communes, a commune its offices.
  private static func checkReporters(of regime: Regime, in unit: Unit) throws(Refusal) {
    let isProvince = unit.commune == nil
    let units = regime.units ?? []
    guard units.count <= 200, (regime.offices ?? []).count <= 200, isProvince ? regime.offices == nil : units.isEmpty,
      units.allSatisfy({ $0.commune != nil && unit.contains($0) }), regime.units != [], regime.offices != []
    else {
      throw Refusal(
        .invalid, vi: "Báo cáo của tỉnh hỏi các xã của tỉnh; báo cáo của xã hỏi các cơ quan của xã.",
        en: "A province asks communes of its own, a commune its offices.",
        at: isProvince ? "regime.units" : "regime.offices")
    }
  }

  /// What a regime asks for in a year.
  static func periods(of regime: Regime, in year: Int) -> [Period] {
    if let letter = regime.letter { return [letter.period] }
    let calendar: Period.Calendar = regime.isDecree09 ? .decree09 : .plain
    return regime.spans.flatMap { span -> [Period] in
      let spans: [Period.Span] =
        switch span.known {
        case .month: (1...12).map(Period.Span.month)
        case .quarter: (1...4).map(Period.Span.quarter)
        case .sixMonths: [.sixMonths]
        case .nineMonths: [.nineMonths]
        case .year: [.year]
        case nil: []
        }
      return spans.compactMap { Period(calendar, year, $0) }
    }
  }

  /// Whether a period's reports are still asked for: a regime that is set up late does not ask for what was due long ago.
  static func isFresh(_ dates: RegimeDates, on today: Day) -> Bool {
    today <= (dates.due ?? dates.cutoff).adding(31)
  }

  /// The day from which a report is expected: after the cut-off; of one that is due before it, a week before it is due.
  static func opening(of dates: RegimeDates) -> Day {
    let next = dates.cutoff.adding(1)
    return dates.due.map { min(next, $0.adding(-7)) } ?? next
  }

  private static func isTooEarly(_ record: RegimeRecord, _ period: Period) -> Bool {
    let dates = record.dates(of: period)
    guard let due = dates.due else { return false }
    return due < WorkingDays.official.adding(1, to: dates.cutoff)
  }

  /// Throws unless a letter may move a period's due day there.
  static func check(_ move: DueMove, of record: RegimeRecord) throws(Refusal) {
    guard record.asks(for: move.period) else {
      throw Refusal(
        .invalid, vi: "Chế độ này không báo cáo \(move.period.text.vi).",
        en: "This regime does not ask for \(move.period.text.en).", at: "move.period")
    }
    guard move.due >= move.period.days.lowerBound else {
      throw Refusal(
        .invalid, vi: "Hạn mới \(move.due.written) trước khi \(move.period.text.vi) bắt đầu.",
        en: "The new due day \(move.due.written) is before \(move.period.text.en) begins.", at: "move.due")
    }
    var moved = record
    moved.moves.append(move)
    guard !record.regime.isDecree09 || !isTooEarly(moved, move.period) else {
      throw Refusal(
        .invalid,
        vi: "Hạn mới phải sau ngày chốt số liệu \(move.period.days.upperBound.written) ít nhất 1 ngày làm việc "
          + "(Nghị định 09/2019/NĐ-CP).",
        en: "The new due day is one working day at least after the cut-off of "
          + "\(move.period.days.upperBound.written) (Decree 09/2019/NĐ-CP).", at: "move.due")
    }
  }

  /// Throws unless a period may be opened until a day.
  static func check(_ exception: GrantException, of record: RegimeRecord, on today: Day) throws(Refusal) {
    guard record.asks(for: exception.period) else {
      throw Refusal(
        .invalid, vi: "Chế độ này không báo cáo \(exception.period.text.vi).",
        en: "This regime does not ask for \(exception.period.text.en).", at: "period")
    }
    guard exception.until >= today else {
      throw Refusal(
        .invalid, vi: "Ngày mở đến \(exception.until.written) đã qua.",
        en: "\(exception.until.written) has passed.", at: "until")
    }
  }

  /// Throws where a code would mean something else than it does: a standing regime, or the request of another letter.
  static func check(_ regime: Regime, replacing before: Regime?) throws(Refusal) {
    guard let before, before.letter?.number != regime.letter?.number else { return }
    throw Refusal(
      .conflict, vi: "Mã «\(regime.code)» là của «\(before.name)»; hãy chọn mã khác cho báo cáo này.",
      en: "“\(regime.code)” is the code of “\(before.name)”; choose another one for this.", at: "regime.code")
  }

  /// The lock by date of a period, if it has come.
  ///
  /// - Parameter reporter: The commune.
  static func lock(by record: RegimeRecord, of period: Period, for reporter: Unit, on today: Day) -> Lock? {
    guard record.asks(for: period), !record.isOfCommunes || record.asks(.commune, of: reporter) else { return nil }
    let dates = record.dates(of: period)
    guard let due = dates.due, let lock = dates.lock, lock < today else { return nil }
    if record.isOfCommunes, record.exception(of: reporter.description, for: period, on: today) != nil { return nil }
    let exempt = record.exceptions.filter { $0.period == period && $0.until >= today }
      .compactMap { Office.Code($0.reporter) }
    return Lock(
      names: record.names, period: period, leads: record.regime.offices.map(Set.init),
      exempt: record.isOfCommunes ? [] : Set(exempt),
      causes: causes(of: record, period, due: due)
        + [
          .init(
            day: lock,
            text: Text(
              vi: "khóa ngày \(lock.written) theo «\(record.regime.name)».",
              en: "closed on \(lock.written) under “\(record.regime.name)”."))
        ],
      remedy: Text(
        vi: "Hãy đề nghị \(record.isOfCommunes ? "Sở" : "cơ quan đầu mối") mở ngoại lệ.",
        en: "Ask \(record.isOfCommunes ? "the Sở" : "the focal office") for an exception."))
  }

  /// Why a period is open although its closing day has passed: who opened it for whom.
  static func openings(
    of record: RegimeRecord, _ period: Period, for reporter: Unit, on today: Day
  ) -> [LockExplained.Cause] {
    guard let lock = record.dates(of: period).lock, lock < today else { return [] }
    let own = record.exceptions.filter { exception in
      exception.period == period && exception.until >= today
        && (!record.isOfCommunes || exception.reporter == reporter.description)
    }
    return own.map { exception in
      let who = record.isOfCommunes ? "" : " «\(exception.reporter)»"
      return LockExplained.Cause(
        day: lock,
        text: Text(
          vi: "\(period.text.vi) theo «\(record.regime.name)» được mở lại\(who) đến hết \(exception.until.written): "
            + exception.reason,
          en: "\(period.text.en) under “\(record.regime.name)” is open again\(who) until "
            + "\(exception.until.written): \(exception.reason)"))
    }
  }

  static func causes(of record: RegimeRecord, _ period: Period, due: Day?) -> [LockExplained.Cause] {
    let cutoff = period.days.upperBound
    var causes = [
      LockExplained.Cause(
        day: cutoff, text: Text(vi: "chốt số liệu của \(period.text.vi).", en: "the cut-off of \(period.text.en)."))
    ]
    if let due {
      let move = record.move(of: period)
      causes.append(
        .init(
          day: due,
          text: Text(
            vi: "hạn gửi «\(record.regime.name)»" + (move.map { ", theo \($0.document)" } ?? "") + ".",
            en: "“\(record.regime.name)” was due" + (move.map { ", by \($0.document)" } ?? "") + ".")))
    }
    return causes
  }
}
