public import Schema

/// One thing wrong in a plan's file, and what to do about it.
public struct PlanProblem: Error, Hashable {
  /// From 1.
  public let line: Int
  /// The field, rows counted from 1: `tasks[3].due`. Empty for the file as a whole.
  public let place: String
  public let reason: Reason

  /// What to do, without line and place.
  public var text: Text { reason.text }

  /// All of it on one line, as a terminal shows it.
  public func written(_ language: Language) -> String {
    let line = language == .vietnamese ? "dòng \(line)" : "line \(line)"
    return place.isEmpty ? "\(line): \(text(language))" : "\(line), \(place): \(text(language))"
  }
}
