import Testing

@testable import Storage

/// The engines that the same suite runs over.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite = "SQLite"

  var testDescription: String { rawValue }

  func engine(at place: Place, options: Options = Options()) async throws -> any Engine {
    switch self {
    case .sqlite: try await SQLiteEngine.open(place.path, options: options)
    }
  }
}
