import ArgumentParser
import Schema

/// Something that a person has to put right before a command can do anything, in both languages.
struct Complaint: Error {
  let text: Text
  let code: ExitCode

  /// - Parameter code: EX_CONFIG unless it is said.
  init(vi: String, en: String, code: ExitCode = ExitCode(78)) {
    text = Text(vi: vi, en: en)
    self.code = code
  }
}
