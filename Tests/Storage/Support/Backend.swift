import Testing

/// The engines that the same suite runs over; `Place` opens a store of each.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite = "SQLite"

  var testDescription: String { rawValue }
}
