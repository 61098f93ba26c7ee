import Schema

/// Who may enter what, and what is kept of it.
extension IndicatorsRules {
  /// What is counted is not larger than this, so that a country's sum fits.
  static let most: Int64 = 1_000_000_000_000

  /// The value as it will be kept.
  static func entry(
    of row: ObserveIndicator, on ground: EntryGround, by caller: Caller, at time: Timestamp
  ) throws(Refusal) -> Entry {
    guard let subject = ground.subjects[row.indicator] else {
      throw Refusal.notFound("chỉ tiêu", "indicator", row.indicator, at: "indicator")
    }
    let office = try office(entering: subject, by: caller)
    try check(row, of: subject, on: ground)
    let earlier = ground.stated[row.place]
    try check(estimate: row, after: earlier, on: ground.today)
    if let lock = ground.locks.first(where: { $0.covers(subject, row.period, by: subject.target.leads) }) {
      throw lock.refusal
    }
    let observation = Observation(
      period: row.period, revision: (earlier?.revision ?? 0) + 1, figure: row.figure, note: row.note,
      evidence: row.evidence, reason: row.reason, village: row.village, estimatedAsOf: row.estimatedAsOf,
      office: office, time: time)
    return Entry(observation: observation, warnings: doubts(about: row, of: subject, on: ground))
  }

  /// The office that enters a value, if it may: one that leads the indicator, or the focal office in its place.
  static func office(entering subject: EntryGround.Subject, by caller: Caller) throws(Refusal) -> Office.Code {
    guard let office = caller.office, subject.target.leads.contains(office) || office == subject.focal else {
      throw Refusal(
        .forbidden, vi: "Chỉ cơ quan chủ trì hoặc cơ quan đầu mối được nhập số liệu của chỉ tiêu này.",
        en: "Only an office that leads this indicator, or the focal office, enters its figures.")
    }
    return office
  }

  /// The office that says that nothing arose, if it may: where nothing was counted, and nothing is locked.
  static func office(
    declaring request: DeclareNothing, on ground: EntryGround, by caller: Caller
  ) throws(Refusal) -> Office.Code {
    guard let subject = ground.subjects[request.indicator] else {
      throw Refusal.notFound("chỉ tiêu", "indicator", request.indicator, at: "indicator")
    }
    let office = try office(entering: subject, by: caller)
    try check(request.period, on: ground)
    try request.note?.check(atMost: 2000, at: "note")
    let place = EntryGround.Place(indicator: subject.id, period: request.period)
    guard ground.stated[place] == nil, !ground.summed.contains(place) else {
      throw Refusal(
        .conflict, vi: "Kỳ này đã có số liệu nên không phải là không phát sinh.",
        en: "There is a value for this period: something did arise.", at: "period")
    }
    if let lock = ground.locks.first(where: { $0.covers(subject, request.period, by: subject.target.leads) }) {
      throw lock.refusal
    }
    return office
  }

  static func checkBegun(_ period: Period, on today: Day) throws(Refusal) {
    guard period.days.lowerBound <= today else {
      throw Refusal(
        .invalid, vi: "Kỳ \(period.text.vi) chưa bắt đầu nên chưa có số liệu.",
        en: "\(period.text.en) has not begun: there are no figures yet.", at: "period")
    }
  }

  static func check(_ period: Period, on ground: EntryGround) throws(Refusal) {
    try checkBegun(period, on: ground.today)
    if let day = ground.mergedOn, period.days.upperBound >= day {
      throw Refusal(
        .conflict, vi: "Đơn vị này đã sáp nhập từ \(day.written); kỳ \(period.text.vi) do đơn vị mới báo cáo.",
        en: "This unit was merged on \(day.written); \(period.text.en) is the merged unit's to report.", at: "period")
    }
  }

  private static func check(
    _ row: ObserveIndicator, of subject: EntryGround.Subject, on ground: EntryGround
  ) throws(Refusal) {
    try check(row.period, on: ground)
    try check(row.figure, as: subject.kind, for: subject.target)
    try check(row.figure, in: subject.name.measure)
    try row.note?.check(atMost: 2000, at: "note")
    try row.evidence?.check(atMost: 500, at: "evidence")
    try row.reason?.check(atMost: 2000, at: "reason")
    if let village = row.village {
      guard ground.villages.contains(village) else {
        throw Refusal(
          .notFound, vi: "Đơn vị này không có thôn, trường, trạm «\(village)»; hãy đề nghị quản trị thêm.",
          en: "This unit has no village, school or station “\(village)”; ask the administrator to add it.",
          at: "village")
      }
      guard row.evidence != nil else {
        throw Refusal(
          .invalid, vi: "Nhập thay thôn cần minh chứng: tên hoặc số của biểu số liệu.",
          en: "A value that is entered for a village needs the sheet as evidence.", at: "evidence")
      }
    }
    if row.village == nil, row.reason == nil, let origin = subject.share?.origin,
      ground.counted[origin]?.contains(row.period) == true
    {
      let book =
        switch origin {
        case .counts: Text(vi: "tổng hợp từ Đề án 06", en: "Counts of Đề án 06 give")
        case .spending: Text(vi: "giải ngân từ sổ kinh phí", en: "The budget gives")
        case .tasks: Text(vi: "từ tiến độ nhiệm vụ của kế hoạch", en: "The tasks of the plan give")
        }
      throw Refusal(
        .conflict, vi: "Kỳ \(row.period.text.vi) đã có số liệu \(book.vi); muốn nhập số khác phải nêu lý do.",
        en: "\(book.en) the value of \(row.period.text.en); to enter another one, say why.", at: "reason")
    }
  }

  /// An estimate has a day on which it was made, within the period, and never takes the place of what was counted.
  private static func check(
    estimate row: ObserveIndicator, after earlier: EntryGround.Stated?, on today: Day
  ) throws(Refusal) {
    guard let day = row.estimatedAsOf else { return }
    guard row.period.days.contains(day), day <= today else {
      throw Refusal(
        .invalid, vi: "Ngày ước thực hiện phải nằm trong kỳ và không sau hôm nay.",
        en: "An estimate is made on a day of its period, and not after today.", at: "estimatedAsOf")
    }
    guard earlier?.isEstimate != false else {
      throw Refusal(
        .conflict, vi: "Kỳ này đã có số thực hiện; không thay bằng số ước.",
        en: "There is a result for this period; an estimate does not replace it.", at: "estimatedAsOf")
    }
  }

  /// What the catalogue says that an indicator is decides what may be entered.
  private static func check(
    _ figure: Figure, as kind: Indicator.Kind?, for target: Milestone
  ) throws(Refusal) {
    switch kind {
    case nil, .ratio, .reportOnly: return
    case .qualitative:
      // Where a plan promises a number all the same, it is counted.
      guard target.value == nil else { return }
      throw Refusal(
        .invalid, vi: "Chỉ tiêu định tính không nhập số; cơ quan đầu mối đánh giá bằng lời: xaso indicator judge.",
        en: "This objective has no number; the focal office judges it in words: xaso indicator judge.", at: "figure")
    case .count, .snapshot, .amount, .score, .yesNo:
      guard figure.denominator == nil else {
        throw Refusal(
          .invalid, vi: "Chỉ tiêu này không phải tỷ lệ nên không có mẫu số; chỉ nhập một số.",
          en: "This indicator is no ratio and has no denominator; enter one number.", at: "figure.denominator")
      }
      guard kind != .yesNo || figure.numerator <= 1 else {
        throw Refusal(
          .invalid, vi: "Chỉ tiêu có hoặc không: nhập 1 (có) hoặc 0 (không).",
          en: "This is a yes or a no: enter 1 for yes, 0 for no.", at: "figure.numerator")
      }
    }
  }

  private static func check(_ figure: Figure, in measure: String?) throws(Refusal) {
    guard (0...most).contains(figure.numerator), figure.denominator.map({ $0 <= most }) ?? true else {
      throw Refusal(
        .invalid, vi: "Số liệu phải từ 0 đến 1.000 tỷ.", en: "A figure is between 0 and 1,000 billion.", at: "figure")
    }
    if let denominator = figure.denominator, denominator <= 0 {
      throw Refusal(
        .invalid, vi: "Mẫu số phải lớn hơn 0; kỳ không phát sinh thì không nhập tỷ lệ.",
        en: "The denominator must be larger than 0; where nothing arose there is no share to enter.",
        at: "figure.denominator")
    }
    guard measure == Indicator.percent else { return }
    guard let denominator = figure.denominator else {
      throw Refusal(
        .invalid, vi: "Chỉ tiêu tính theo % cần cả tử số và mẫu số, ví dụ 85/100; không nhập sẵn phần trăm.",
        en: "An indicator in % needs numerator and denominator, such as 85/100; not the percentage itself.",
        at: "figure.denominator")
    }
    guard figure.numerator <= denominator else {
      throw Refusal(
        .invalid, vi: "Tử số lớn hơn mẫu số (\(figure.written)): tỷ lệ vượt 100 %.",
        en: "The numerator is larger than the denominator (\(figure.written)): more than 100 %.",
        at: "figure.numerator")
    }
  }

  // MARK: What looks strange

  /// Each in a sentence that says what it was compared with. A village's value has no history here.
  static func doubts(
    about row: ObserveIndicator, of subject: EntryGround.Subject, on ground: EntryGround
  ) -> [Text] {
    guard row.village == nil else { return [] }
    return [early(row, on: ground), jump(row, on: ground), stale(row, on: ground), falling(row, on: ground)]
      .compactMap(\.self) + unequal(row, of: subject, on: ground)
  }

  private static func early(_ row: ObserveIndicator, on ground: EntryGround) -> Text? {
    guard row.estimatedAsOf == nil, row.period.days.upperBound > ground.today else { return nil }
    return Text(
      vi: "Kỳ \(row.period.text.vi) chưa kết thúc; nếu là số ước thì hãy ghi ngày ước thực hiện.",
      en: "\(row.period.text.en) is not over; if this is an estimate, say as of which day.")
  }

  /// The three periods before, the latest first.
  private static func history(of row: ObserveIndicator, on ground: EntryGround) -> [(Period, Figure)] {
    var values: [(Period, Figure)] = []
    var period = row.period.previous
    for _ in 0..<3 {
      guard let earlier = period else { break }
      if let figure = ground.counted(row.indicator, earlier) { values.append((earlier, figure)) }
      period = earlier.previous
    }
    return values
  }

  /// Three times as much, or a third, of every value before: a wrong unit, a digit too many.
  private static func jump(_ row: ObserveIndicator, on ground: EntryGround) -> Text? {
    let earlier = history(of: row, on: ground)
    guard let (period, last) = earlier.first else { return nil }
    let isNumeratorFar = earlier.allSatisfy { isFar(row.figure.numerator, from: $0.1.numerator) }
    let isDenominatorFar = earlier.allSatisfy { pair in
      guard let now = row.figure.denominator, let then = pair.1.denominator else { return false }
      return isFar(now, from: then)
    }
    guard isNumeratorFar || isDenominatorFar else { return nil }
    return Text(
      vi: "Số liệu chênh trên 3 lần so với các kỳ trước (\(period.text.vi): \(last.written)); hãy kiểm tra lại.",
      en: "More than 3 times apart from the periods before (\(period.text.en): \(last.written)); look again.")
  }

  private static func isFar(_ now: Int64, from then: Int64) -> Bool {
    then > 0 && now > 0 && (now > 3 * then || then > 3 * now)
  }

  private static func stale(_ row: ObserveIndicator, on ground: EntryGround) -> Text? {
    let earlier = history(of: row, on: ground)
    guard earlier.count >= 2, earlier.prefix(2).allSatisfy({ $0.1 == row.figure }) else { return nil }
    return Text(
      vi: "Cùng một số liệu \(row.figure.written) trong ba kỳ liền; có phải chép lại kỳ trước?",
      en: "The same \(row.figure.written) for three periods in a row; was it copied?")
  }

  private static func falling(_ row: ObserveIndicator, on ground: EntryGround) -> Text? {
    for shorter in row.period.accumulated.reversed() {
      guard let figure = ground.counted(row.indicator, shorter), row.figure.numerator < figure.numerator else {
        continue
      }
      return Text(
        vi: "Số lũy kế \(row.figure.numerator) nhỏ hơn \(shorter.text.vi) (\(figure.numerator)).",
        en: "The cumulative \(row.figure.numerator) is less than that of \(shorter.text.en) (\(figure.numerator)).")
    }
    return nil
  }

  /// Shares of the same people have the same denominator.
  private static func unequal(
    _ row: ObserveIndicator, of subject: EntryGround.Subject, on ground: EntryGround
  ) -> [Text] {
    guard let own = row.figure.denominator, let population = subject.population else { return [] }
    for other in ground.subjects.values.filter({ $0.population == population }).sorted(by: {
      $0.key.folded < $1.key.folded
    })
    where other.id != subject.id {
      guard let denominator = ground.counted(other.id, row.period)?.denominator, denominator != own else { continue }
      return [
        Text(
          vi: "Mẫu số \(own) khác mẫu số \(denominator) của «\(other.name.name)» trong cùng kỳ.",
          en: "The denominator \(own) is not the \(denominator) of “\(other.name.name)” for the same period.")
      ]
    }
    return []
  }
}
