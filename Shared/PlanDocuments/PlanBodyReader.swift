import Schema

/// Reads what stands beside head and appendices: objectives, results, citations, printed totals, layout.
struct PlanBodyReader {
  typealias Reason = PlanProblem.Reason

  static let fields = ["objectives", "results", "cited", "budget", "layout"]
  static let resultFields = ["indicator", "value", "year", "place"]
  static let citationFields = ["document", "title", "place"]
  static let budgetFields = ["units", "total", "groups", "spending"]
  static let groupFields = ["rows", "total"]
  static let layoutFields = ["motto", "lines", "outline", "signature"]

  let rows: RowReader
  let log: ProblemLog

  /// - Parameter measures: how the rows of the appendix are counted, read with them.
  func body(_ fields: Fields, measures: [String: Measure]) -> PlanBody {
    var body = PlanBody()
    body.objectives = rows.objectives(fields)
    body.results = fields.list("results").compactMap(result)
    body.citations = fields.list("cited").compactMap(citation)
    body.measures = measures
    body.budget = fields.mapping("budget", known: Self.budgetFields).map(budget)
    body.layout = fields.mapping("layout", known: Self.layoutFields).map(layout)
    return body
  }

  private func result(_ entry: Fields.Entry) -> YearResult? {
    guard let fields = Fields(entry, known: Self.resultFields, log: log) else { return nil }
    for name in Self.resultFields.prefix(3) { fields.need(name) }
    let figure = fields.value("value") { text throws(Reason) in
      let promise = try Promise(written: text)
      guard promise.comparator == .exactly, let value = promise.value else { throw .notATarget(text.shown) }
      return (value: value, unit: promise.unit)
    }
    let year = fields.value("year") { text throws(Reason) in try Int(writtenYear: text) }
    guard let indicator = fields.text("indicator"), let figure, let year else { return nil }
    return YearResult(
      indicator: indicator, value: figure.value, unit: figure.unit, year: year, place: fields.text("place"))
  }

  private func citation(_ entry: Fields.Entry) -> CitedDocument? {
    guard let fields = Fields(entry, known: Self.citationFields, log: log) else { return nil }
    fields.need("document")
    let basis = fields.value("document") { text throws(Reason) in try LegalBasis(written: text, parent: false) }
    return basis.map { CitedDocument(basis: $0, title: fields.text("title"), place: fields.text("place")) }
  }

  private func budget(_ fields: Fields) -> PrintedBudget {
    var budget = PrintedBudget()
    budget.units = fields.values("units") { $0 }
    budget.total = money(fields, "total")
    budget.spending = money(fields, "spending")
    budget.groups = fields.list("groups").compactMap { entry in
      guard let group = Fields(entry, known: Self.groupFields, log: log) else { return nil }
      for name in Self.groupFields { group.need(name) }
      guard let rows = group.text("rows"), let total = money(group, "total") else { return nil }
      return PrintedBudget.Group(rows: rows, total: total)
    }
    return budget
  }

  private func money(_ fields: Fields, _ name: String) -> Money? {
    fields.value(name) { text throws(Reason) in try Money(written: text) }
  }

  private func layout(_ fields: Fields) -> Layout {
    var layout = Layout()
    layout.motto = fields.value("motto") { text throws(Reason) in
      guard let isThere = ["co": true, "khong": false][text.folded] else {
        throw .unknownWord(text.shown, known: ["có", "không"])
      }
      return isThere
    }
    layout.lines = fields.values("lines") { $0 }
    layout.outline = fields.values("outline") { $0 }
    layout.signature = fields.values("signature") { $0 }
    return layout
  }
}
