import Schema

/// What a table says of when something is done, in the fields of a row.
struct TimeCell {
  var printed: String
  var start: Day?
  var due: Day?
  var recurrence: TaskRow.Recurrence?
  /// Nothing was printed, or nothing but the above.
  var isWhole: Bool

  /// - Parameter year: The plan's, for a time that names none.
  init(_ text: String, year: Int?) {
    let time = PrintedTime(text, year: year)
    printed = text
    recurrence = time.recurrence
    isWhole = text.isEmpty || time.isWhole
    // The window of what recurs stays in the words: its end is no deadline that the paper sets.
    if case .day? = time.span {} else if recurrence != nil { return }
    (start, due) = (time.start, time.due)
  }
}
