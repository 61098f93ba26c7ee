import Schema

/// A line as it is kept: what is shown of it, and whom its plan asks to watch over it.
struct LineRecord {
  var summary: LineSummary
  var focal: Office.Code
}
