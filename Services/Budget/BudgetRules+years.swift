import Schema

/// Fiscal years of a unit: closed, opened again, and what was spent in all.
extension BudgetRules {
  static func close(_ year: inout YearSummary, _ request: CloseYear, today: Day) throws(Refusal) -> YearClosed {
    try check(year: request.fiscalYear)
    guard !year.closed else { throw closed(year.fiscalYear) }
    guard let end = Day(request.fiscalYear, 12, 31), request.day > end, request.day <= today else {
      throw Refusal(
        .invalid, vi: "Chỉ khóa sổ sau ngày 31/12/\(request.fiscalYear), bằng văn bản đã ban hành.",
        en: "A year is closed after its 31 December, by a document that exists.", at: "day")
    }
    year.closed = true
    year.document = request.document
    year.day = request.day
    year.version += 1
    return YearClosed(unit: year.unit, fiscalYear: year.fiscalYear, document: request.document, day: request.day)
  }

  static func reopen(_ year: inout YearSummary, _ request: ReopenYear, today: Day) throws(Refusal) -> YearReopened {
    try request.reason.check(atMost: 1000, at: "reason")
    guard year.closed, let closedOn = year.day else {
      throw Refusal(
        .conflict, vi: "Năm ngân sách \(year.fiscalYear) chưa khóa sổ.",
        en: "The fiscal year \(year.fiscalYear) is open.",
        at: "fiscalYear")
    }
    guard (closedOn...max(closedOn, today)).contains(request.day) else {
      throw Refusal(
        .invalid, vi: "Văn bản mở sổ phải từ ngày khóa sổ \(closedOn.written) đến hôm nay.",
        en: "The document that reopens is of the day of closing, \(closedOn), or later, and not of the future.",
        at: "day")
    }
    year.closed = false
    year.document = request.document
    year.day = request.day
    year.version += 1
    return YearReopened(
      unit: year.unit, fiscalYear: year.fiscalYear, document: request.document, day: request.day,
      reason: request.reason)
  }

  static func record(_ request: RecordSpending, in year: inout YearSummary) throws(Refusal) {
    try check(year: request.fiscalYear)
    guard request.total > 0 else {
      throw Refusal(
        .invalid, vi: "Tổng chi phải lớn hơn 0.", en: "The total is above zero.", at: "total")
    }
    guard request.promised.numerator <= request.promised.denominator else {
      throw Refusal(
        .invalid, vi: "Tỷ lệ cam kết không quá 100%.", en: "No more than all can be promised.", at: "promised")
    }
    year.spending = request.total
    year.promised = request.promised
    year.version += 1
  }
}
