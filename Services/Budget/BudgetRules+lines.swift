import Schema

/// Lines that are entered, split and described.
extension BudgetRules {
  // MARK: Entering

  /// A line that no plan has brought; its estimate is booked like any other entry.
  static func begin(_ request: AddLine, in unit: Unit, isClosed: Bool) throws(Refusal) -> LineRecord {
    try check(year: request.fiscalYear)
    try request.number.check(atMost: 20, at: "number")
    try request.name.check(atMost: 2000, at: "name")
    try check(request.leads, request.sourceText, at: "")
    try check(request.detail, of: request.amount)
    let summary = LineSummary(
      id: BudgetLine.ID(), unit: unit, version: 1, task: request.task, number: request.number, name: request.name,
      fiscalYear: request.fiscalYear, source: request.source, sourceText: request.sourceText, leads: request.leads,
      detail: request.detail, estimated: 0, allocated: 0, disbursed: 0)
    return LineRecord(
      summary: summary, focal: nil, ledger: Ledger(), isEntered: true, isEnded: false, isClosed: isClosed)
  }

  static func estimate(of request: AddLine, on line: BudgetLine.ID) -> BookMoney {
    BookMoney(
      line: line, phase: Open(.estimate), amount: request.amount, day: request.day, document: request.document,
      issuer: request.issuer)
  }

  static func check(year: Int) throws(Refusal) {
    guard LedgerRules.years.contains(year) else {
      throw Refusal(
        .invalid, vi: "Năm ngân sách phải từ 2021 đến 2100.", en: "The fiscal year is between 2021 and 2100.",
        at: "fiscalYear")
    }
  }

  private static func check(_ leads: [Office.Code], _ sourceText: String?, at place: String) throws(Refusal) {
    guard leads.count <= 50, Set(leads).count == leads.count else {
      throw Refusal(
        .invalid, vi: "Mỗi cơ quan chủ trì nêu một lần, nhiều nhất 50.", en: "Each lead once, 50 at most.",
        at: "\(place)leads")
    }
    if let sourceText { try sourceText.check(atMost: 300, at: "\(place)sourceText") }
  }

  // MARK: Describing

  static func describe(_ line: inout LineRecord, _ request: DescribeLine) throws(Refusal) {
    guard !line.isClosed else { throw closed(line.summary.fiscalYear) }
    try check(request.detail, of: line.summary.estimated)
    line.summary.detail = request.detail
    line.summary.version += 1
  }

  /// Quantity and price go together, and come to the amount; codes are checked as far as they are given.
  private static func check(_ detail: LineDetail, of amount: Money) throws(Refusal) {
    if detail.quantity != nil || detail.price != nil {
      guard let product = detail.product, product == amount else {
        let product = detail.product?.written ?? "—"
        throw Refusal(
          .invalid,
          vi: "Số lượng × đơn giá = \(product) đồng, khác số tiền \(amount.written) đồng; hãy sửa một trong ba.",
          en: "Quantity × price is \(product) đồng, not the amount, \(amount.written) đồng; correct one of the three.",
          at: "detail.quantity")
      }
    }
    if let fault = detail.codes?.fault {
      throw Refusal(.invalid, fault.text, at: "detail.codes.\(fault.field)")
    }
  }

  // MARK: Splitting

  /// The parts of a line's estimate that are somebody's, or come from somewhere. Before any money is approved: later it
  /// is moved by a document.
  static func split(
    _ line: inout LineRecord, _ request: SplitLine, parts count: Int
  ) throws(Refusal) -> [LineRecord] {
    guard !line.isClosed else { throw closed(line.summary.fiscalYear) }
    guard line.ledger.approved == 0, !line.isEnded else {
      throw Refusal(
        .conflict,
        vi: "Dòng này đã được giao dự toán hoặc không còn hiệu lực; hãy điều chỉnh giữa các dòng bằng văn bản.",
        en: "Money was approved for this line, or it is no more; move it between lines by a document.", at: "line")
    }
    guard (1...20).contains(request.parts.count), count + request.parts.count <= 100 else {
      throw Refusal(.invalid, vi: "Tách thành 1 đến 20 phần.", en: "Split into 1 to 20 parts.", at: "parts")
    }
    var rest = line.summary.estimated
    var parts: [LineRecord] = []
    for (index, part) in request.parts.enumerated() {
      try check(part.amount)
      try check(part.leads, part.sourceText, at: "parts[\(index)].")
      guard let less = rest.subtracting(part.amount), less >= 0 else {
        throw Refusal(
          .invalid,
          vi: "Các phần cộng lại vượt dự toán của dòng: \(line.summary.estimated.written) đồng.",
          en: "The parts come to more than the line's estimate: \(line.summary.estimated.written) đồng.",
          at: "parts[\(index)].amount")
      }
      rest = less
      var record = line
      record.summary.id = BudgetLine.ID()
      record.summary.version = 1
      record.summary.number = "\(line.summary.number).\(count + index + 1)"
      record.summary.source = part.source
      record.summary.sourceText = part.sourceText
      record.summary.leads = part.leads
      record.summary.detail.quantity = nil
      record.summary.detail.price = nil
      record.summary.partOf = line.summary.id
      record.summary.estimated = part.amount
      record.ledger = Ledger()
      record.isEntered = true
      parts.append(record)
    }
    line.summary.estimated = rest
    line.summary.version += 1
    return parts
  }
}

extension LineDetail {
  /// Quantity × price; nil when one of them is missing or not above zero, or when it does not fit.
  var product: Money? {
    guard let quantity, let price, quantity > 0, price > 0 else { return nil }
    let (product, overflow) = price.dong.multipliedReportingOverflow(by: quantity)
    return overflow ? nil : Money(dong: product)
  }
}
