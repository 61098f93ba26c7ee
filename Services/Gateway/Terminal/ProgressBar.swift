import Glibc
import Schema

/// How far a long work has come: a line on standard error that is written over; nothing where that is no terminal.
struct ProgressBar {
  private let title: Text
  private let whole: Int
  private let language: Language
  private let isShown = isatty(STDERR_FILENO) == 1

  init(_ title: Text, of whole: Int, _ language: Language) {
    self.title = title
    self.whole = max(1, whole)
    self.language = language
  }

  func show(_ done: Int) {
    guard isShown else { return }
    let (width, filled) = (30, min(30, 30 * done / whole))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    let end = done >= whole ? "\n" : ""
    let text = "\r\(title(language)) \(bar) \(done)/\(whole)\(end)"
    _ = Array(text.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
