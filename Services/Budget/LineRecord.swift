import Schema

/// A line as it is kept: what is shown of it, and whom its plan asks to watch over it.
struct LineRecord {
  var summary: LineSummary
  var focal: Office.Code
}

/// What totals need to know of a line.
struct LineMoney {
  var unit: Unit
  var source: Open<FundSource>
  var leads: [Office.Code]
  var estimated: Money
  var allocated: Money
  var disbursed: Money
}
