public import Logging

/// A log whose lines a test can read and await: level, message, and metadata by key.
public struct LogLines: LogHandler {
  public let lines = Record<String>()
  public var metadata: Logger.Metadata = [:]
  public var logLevel: Logger.Level = .debug

  public init() {}

  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  public func log(event: LogEvent) {
    let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
    let fields = all.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }
    lines.add((["\(event.level)", "\(event.message)"] + fields).joined(separator: " "))
  }
}
