import ArgumentParser
import FoundationEssentials
import Glibc
import Schema
import Storage

/// How a command that did not succeed leaves: a sentence on standard error, and a code for scripts.
///
/// | code | sysexits | meaning |
/// |---|---|---|
/// | 0 | | done |
/// | 1 | | refused: the state does not allow it, or it was changed meanwhile; a check found errors |
/// | 64 | EX_USAGE | the command line is wrong |
/// | 65 | EX_DATAERR | what was given is not valid |
/// | 66 | EX_NOINPUT | a file that was named cannot be read |
/// | 69 | EX_UNAVAILABLE | the server or a service cannot be reached; nothing was done |
/// | 75 | EX_TEMPFAIL | the outcome is not known: ask again with `--key` |
/// | 77 | EX_NOPERM | not permitted, or not found in this unit |
/// | 78 | EX_CONFIG | the profile or the key is missing or wrong |
enum Failure {
  static func exitCode(for status: Status) -> ExitCode {
    switch status {
    case .ok: .success
    case .forbidden, .notFound: ExitCode(77)
    case .malformed, .invalid, .tooLarge, .unsupported, .upgradeRequired: ExitCode(65)
    case .timedOut, .tooMany, .unavailable, .full, .failed: ExitCode(69)
    case .outcomeUnknown: ExitCode(75)
    case .conflict, .gone: ExitCode(1)
    }
  }

  /// Says what was refused and, where the outcome is not known, how to ask again without doing it twice.
  static func report(_ refusal: Refusal, key: UUIDv7?, _ language: Language) -> ExitCode {
    var lines = [refusal.text(language)]
    if let place = refusal.place {
      lines.append(Text(vi: "  ở: \(place)", en: "  at: \(place)")(language))
    }
    let code = exitCode(for: refusal.status)
    if code == ExitCode(75), let key {
      lines.append(
        Text(
          vi: "Chạy lại đúng lệnh này và thêm: --key \(key)",
          en: "Run this very command again and add: --key \(key)")(language))
    }
    complain(lines.joined(separator: "\n"))
    return code
  }

  /// Says what kept a command from its end, in whatever form that came; what is left to throw is its exit code.
  static func tell(_ error: any Error, _ language: Language) -> any Error {
    switch error {
    case let refusal as Refusal: return report(refusal, key: nil, language)
    case let complaint as Complaint:
      complain(complaint.text(language))
      return complaint.code
    case let error as StorageError: return tell(Complaint(error), language)
    case let error as CocoaError: return tell(Complaint(error), language)
    default: return error
    }
  }

  /// The same, of a command that takes no `--lang`: in every language.
  static func tell(_ error: any Error) -> any Error {
    Language.allCases.map { tell(error, $0) }.last ?? error
  }

  static func complain(_ text: String) { Output.write(text, to: STDERR_FILENO) }
}
