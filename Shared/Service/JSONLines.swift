import FoundationEssentials
import Glibc
public import Logging
import Schema

/// Writes each log entry as one line of JSON to standard error, for whatever collects it.
public struct JSONLines: LogHandler {
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level = .info
  private let label: String

  public init(label: String) { self.label = label }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    var fields = [
      "time": "\(Timestamp.now)", "level": event.level.rawValue, "from": label, "message": "\(event.message)",
    ]
    for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { _, new in new }) {
      // An error's words may quote what somebody sent.
      fields[key] = PersonalData.masked("\(value)")
    }
    var line = Codec.encode(fields)
    line.append(UInt8(ascii: "\n"))
    // One write a line: lines of several processes on one pipe do not mix.
    line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

extension Logger {
  /// A log for people on a terminal, and JSON lines anywhere else.
  public static func standard(_ label: String, level: Logger.Level) -> Logger {
    var logger = Logger(label: label) { label -> any LogHandler in
      isatty(STDERR_FILENO) == 1 ? StreamLogHandler.standardError(label: label) : JSONLines(label: label)
    }
    logger.logLevel = level
    return logger
  }
}
