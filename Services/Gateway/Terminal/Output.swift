import Glibc
import Schema

/// Lines that are out when the call returns: a reader at the other end of a pipe waits for them.
///
/// Everything that a command says goes through here: what somebody wrote into a plan must not steer another's terminal,
/// and personal numbers, telephones and pictures are masked in it.
enum Output {
  /// What may stand in a text that goes out.
  enum Care {
    case masked
    /// As it is: a number that was asked for with a reason, which is in the audit, or the user's own file.
    case inClear

    func callAsFunction(_ text: String) -> String {
      switch self {
      case .masked: PersonalData.masked(text)
      case .inClear: text
      }
    }
  }

  /// For people.
  static func write(_ text: String, to descriptor: Int32 = STDOUT_FILENO, _ care: Care = .masked) {
    put(shown(care(text)), to: descriptor)
  }

  /// For other programs, such as YAML or CSV: into a file or a pipe as it is, onto a terminal as for people.
  static func data(_ text: String, _ care: Care = .masked) {
    guard isatty(STDOUT_FILENO) == 0 else { return write(text, to: STDOUT_FILENO, care) }
    put(care(text), to: STDOUT_FILENO)
  }

  static func json(_ value: some Encodable, _ care: Care = .masked) {
    data(String(decoding: Codec.encode(value), as: UTF8.self), care)
  }

  /// Empties the terminal, where there is one.
  static func clear() {
    if isatty(STDOUT_FILENO) == 1 { put("\u{1B}[H\u{1B}[J", end: "", to: STDOUT_FILENO) }
  }

  /// The lines of a text, each without what steers a terminal.
  static func shown(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { $0 != "\n" && $0.steersTerminals ? " " : $0 }))
  }

  /// A text that ends its last line itself is left so.
  private static func put(_ text: String, end: String = "\n", to descriptor: Int32) {
    // By bytes: to Swift, a line that ends in CR LF does not end in LF.
    var rest = Array((text.utf8.last == UInt8(ascii: "\n") ? text : text + end).utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { return }
      rest = rest.dropFirst(max(0, count))
    }
  }
}

extension String {
  /// On one line, and without what steers a terminal.
  var withoutControls: String {
    String(String.UnicodeScalarView(unicodeScalars.map { $0.steersTerminals ? " " : $0 }))
  }
}

extension Unicode.Scalar {
  /// Controls of both blocks, ESC and CSI among them, and the signs that turn the direction of writing, which show a figure backwards.
  fileprivate var steersTerminals: Bool {
    properties.generalCategory == .control || properties.isBidiControl
  }
}
