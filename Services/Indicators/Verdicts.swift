import Schema

/// What was said of an objective without a number, one verdict after another, as they were said.
struct Verdicts {
  var said: [Indicator.Judgement] = []

  /// The one that stands: of those on what the plans of a year promise, the one that speaks of the latest day; of one
  /// day, the later word. What was said of 2026 says nothing about 2027.
  ///
  /// - Parameter day: The end of the period that is reported on: what speaks of days after it is not about it.
  func last(for year: Int, upTo day: Day? = nil) -> Indicator.Judgement? {
    var last: Indicator.Judgement?
    for judgement in said where judgement.year == year && day.map({ judgement.day <= $0 }) != false {
      if last.map({ $0.day <= judgement.day }) != false { last = judgement }
    }
    return last
  }
}

extension IndicatorsRules {
  /// The verdict on an objective that has no number: by the focal office, with evidence, and not on what was received.
  ///
  /// - Parameter subject: With the milestone that is the nearest on the day that the verdict is about.
  static func judgement(
    _ request: JudgeIndicator, of subject: EntryGround.Subject, by caller: Caller, locks: [Lock], at time: Timestamp
  ) throws(Refusal) -> Indicator.Judgement {
    guard let office = caller.office, office == subject.focal else {
      throw Refusal(
        .forbidden, vi: "Chỉ cơ quan đầu mối được đánh giá chỉ tiêu định tính.",
        en: "Only the focal office judges an objective without a number.")
    }
    guard isInWords(subject) else {
      throw Refusal(
        .conflict, vi: "Chỉ tiêu này giao bằng số nên được đánh giá theo số liệu.",
        en: "A number was promised of this indicator: its figures judge it.")
    }
    try request.text.check(atMost: 4000, at: "text")
    try request.evidence.check(atMost: 500, at: "evidence")
    if let period = request.period {
      try checkBegun(period, on: time.day)
      if let lock = locks.first(where: { $0.covers(subject, period, by: subject.target.leads) }) { throw lock.refusal }
    }
    return Indicator.Judgement(
      verdict: request.verdict, text: request.text, evidence: request.evidence, office: office, time: time,
      year: subject.target.year, period: request.period, account: caller.account)
  }

  /// Whether an indicator is judged in words, since figures do not judge it.
  static func isInWords(_ subject: EntryGround.Subject) -> Bool {
    subject.kind == .reportOnly || NumericPromise(subject.target) == nil
  }
}
