import Schema

/// Why an indicator stands where it does.
extension IndicatorsRules {
  /// A sentence a step.
  ///
  /// - Parameters:
  ///   - today: The day on which it stands so; of a period its last one.
  ///   - period: The one that is asked about; nil for the latest that has a value.
  static func explanation(
    of record: IndicatorRecord, on today: Day, for period: Period? = nil
  ) -> StandingExplained? {
    guard let summary = summary(of: record, on: today) else { return nil }
    let (target, day) = (summary.target, day(of: summary.target))
    var explained = StandingExplained(indicator: summary, course: [], steps: [step(to: target, for: period)])
    if record.isSent {
      explained.steps.append(
        Text(vi: "Xét theo số đã gửi lên cấp trên.", en: "By what was sent to the upper level."))
    }
    guard let promise = NumericPromise(target), record.kind != .reportOnly else {
      explained.steps += [reasonForNoStanding(of: target)] + [summary.judgement.map(step)].compactMap(\.self)
      return explained
    }
    if let last = record.last, let villages = last.villages, !villages.isComplete {
      explained.steps.append(
        Text(
          vi: "\(last.period.text.vi): mới có \(villages.reported)/\(villages.expected) thôn nên chưa đánh giá.",
          en: "\(last.period.text.en): \(villages.reported) of \(villages.expected) villages are in: not judged yet."))
    }
    guard let last = record.judged.first else {
      explained.steps.append(
        period.map { period in
          Text(vi: "\(period.text.vi) chưa có đủ số liệu.", en: "There is no whole value for \(period.text.en).")
        } ?? Text(vi: "Chưa kỳ nào có đủ số liệu.", en: "There is no whole value for any period."))
      return explained
    }
    explained.steps.append(promise.step(of: last, in: record.measure))
    let isMet = promise.isMet(by: last.figure, in: record.measure)
    let forecast = Forecast(of: record.judged, in: record.measure, by: day)
    if let forecast, let quantity = forecast.quantity {
      explained.steps.append(forecast.step(leadingTo: quantity))
      if !isMet { explained.steps.append(promise.step(of: forecast, in: record.measure)) }
    } else if !isMet {
      explained.steps.append(
        Text(
          vi: day < today ? "Đã qua hạn." : "Cần ít nhất hai kỳ có số liệu để dự báo.",
          en: day < today ? "The day has passed." : "A forecast needs values of two periods at least."))
    }
    let course = forecast.map { forecast in
      record.judged.filter { (forecast.first.day...forecast.last.day).contains($0.period.days.upperBound) }
    }
    (explained.course, explained.forecast) = ((course ?? [last]).reversed(), forecast?.quantity)
    return explained
  }

  private static func step(to target: Milestone, for period: Period?) -> Text {
    let by = Text(vi: target.due?.written ?? "chưa có hạn", en: target.due?.written ?? "without a date")
    let place =
      period.map { period in
        Text(vi: "Mốc gần nhất vào cuối \(period.text.vi)", en: "The nearest milestone at the end of \(period.text.en)")
      } ?? Text(vi: "Mốc gần nhất chưa qua", en: "The nearest milestone not passed")
    return Text(
      vi: "\(place.vi): chỉ tiêu số \(target.number), \(by.vi).", en: "\(place.en): number \(target.number), \(by.en).")
  }

  private static func reasonForNoStanding(of target: Milestone) -> Text {
    if target.value == nil {
      Text(vi: "Không giao số nên không đánh giá.", en: "No number was promised: nothing to judge.")
    } else if NumericPromise(target) == nil {
      Text(
        vi: "Chương trình này không biết cách so sánh của mức phấn đấu nên không đánh giá; hãy nâng cấp.",
        en: "This program does not know how the target compares: nothing is judged; upgrade it.")
    } else {
      Text(
        vi: "Danh mục ghi là chỉ báo cáo nên không đánh giá.",
        en: "The catalogue has it as to be reported only: nothing to judge.")
    }
  }

  private static func step(of judgement: Indicator.Judgement) -> Text {
    let (verdict, about) = (judgement.verdict.text, judgement.about)
    return Text(
      vi: "Cơ quan đầu mối đánh giá, \(about.vi): \(verdict.vi).",
      en: "The focal office's verdict, \(about.en): \(verdict.en).")
  }
}

extension NumericPromise {
  /// Where a value lies.
  fileprivate func step(of last: Observation, in measure: String?) -> Text {
    let reached = last.figure.written(in: measure)
    let isMet = isMet(by: last.figure, in: measure)
    let place: Text
    if comparator == .range {
      if isMet {
        place = Text(vi: "trong khoảng \(written)", en: "within \(written)")
      } else if order(of: last.figure, to: value, in: measure) == .below {
        place = Text(vi: "dưới khoảng \(written)", en: "below \(written)")
      } else {
        place = Text(vi: "trên khoảng \(written)", en: "above \(written)")
      }
    } else {
      place = Text(
        vi: "\(isMet ? "đạt" : "chưa đạt") mức \(written)", en: "\(isMet ? "meets" : "does not meet") \(written)")
    }
    return Text(
      vi: "\(last.period.text.vi): \(reached), \(place.vi).", en: "\(last.period.text.en): \(reached), \(place.en).")
  }

  /// What the forecast makes of a value that does not meet it.
  fileprivate func step(of forecast: Forecast, in measure: String?) -> Text {
    let points = IndicatorsRules.leeway
    switch (side(of: forecast, beyond: points, in: measure), comparator) {
    case (.below, _):
      return Text(vi: "Thiếu quá \(points) điểm: có nguy cơ.", en: "More than \(points) points short: at risk.")
    case (.above, _):
      return Text(vi: "Vượt quá \(points) điểm: có nguy cơ.", en: "More than \(points) points over: at risk.")
    case (nil, .range):
      return Text(
        vi: "Không ra ngoài khoảng quá \(points) điểm: đúng tiến độ.",
        en: "Not more than \(points) points outside the range: on track.")
    case (nil, _) where isLimit:
      return Text(
        vi: "Không vượt quá \(points) điểm: đúng tiến độ.", en: "Not more than \(points) points over: on track.")
    case (nil, _):
      return Text(
        vi: "Không thiếu quá \(points) điểm: đúng tiến độ.", en: "Not more than \(points) points short: on track.")
    }
  }
}

extension Forecast {
  fileprivate func step(leadingTo quantity: Quantity) -> Text {
    let days = (past: last.day.number - first.day.number, ahead: day.number - last.day.number)
    let change = Self.written(last.value - first.value)
    return Text(
      vi: "Thay đổi \(change) trong \(days.past) ngày; giữ nhịp ấy thêm \(days.ahead) ngày thì khả năng đạt "
        + "\(quantity.written).",
      en: "A change of \(change) in \(days.past) days; \(days.ahead) days on at that rate it would be "
        + "\(quantity.written).")
  }
}
