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
      fields[key] = "\(value)"
    }
    var line = Codec.encode(fields)
    line.append(UInt8(ascii: "\n"))
    // One write a line: lines of several processes on one pipe do not mix.
    line.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}

/// Masks personal numbers, telephones and pictures before another handler writes: an error's words may quote what
/// somebody sent.
public struct Masking<Handler: LogHandler>: LogHandler {
  private var handler: Handler

  public init(_ handler: Handler) { self.handler = handler }

  public var metadata: Logger.Metadata {
    get { handler.metadata }
    set { handler.metadata = newValue.mapValues(\.masked) }
  }

  public var logLevel: Logger.Level {
    get { handler.logLevel }
    set { handler.logLevel = newValue }
  }

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { handler[metadataKey: key] }
    set { handler[metadataKey: key] = newValue?.masked }
  }

  public func log(event: LogEvent) {
    var event = event
    event.message = "\(PersonalData.masked("\(event.message)"))"
    var metadata = event.metadata ?? [:]
    if let error = event.error { metadata["error"] = "\(error)" }
    event.metadata = metadata.mapValues(\.masked)
    event.error = nil
    handler.log(event: event)
  }
}

extension Logger.MetadataValue {
  fileprivate var masked: Self { .string(PersonalData.masked("\(self)")) }
}

extension Logger {
  /// A log for people on a terminal, and JSON lines anywhere else.
  public static func standard(_ label: String, level: Logger.Level) -> Logger {
    var logger = Logger(label: label) { label -> any LogHandler in
      if isatty(STDERR_FILENO) == 1 { return Masking(StreamLogHandler.standardError(label: label)) }
      return Masking(JSONLines(label: label))
    }
    logger.logLevel = level
    return logger
  }
}
