import ArgumentParser
import Schema
import Storage

/// Something that a person has to put right before a command can do anything, in both languages.
struct Complaint: Error {
  let text: Text
  let code: ExitCode

  /// - Parameter code: EX_CONFIG unless it is said.
  init(vi: String, en: String, code: ExitCode = ExitCode(78)) {
    text = Text(vi: vi, en: en)
    self.code = code
  }

  /// A file or a store that could not do its part.
  init(_ error: StorageError) {
    switch error.kind {
    case .full:
      self.init(
        vi: "Hết chỗ trên ổ đĩa: \(error.message)", en: "The disk is full: \(error.message)", code: ExitCode(69))
    default: self.init(vi: error.message, en: error.message, code: ExitCode(1))
    }
  }
}
