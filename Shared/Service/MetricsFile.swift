import Glibc
public import Logging
import Storage

/// A file for node_exporter's textfile collector: every 15 seconds the whole of it, in the place of the one before.
///
/// There is no HTTP server in the services. How old the file is tells whether the process lives.
public struct MetricsFile: Sendable {
  private static let interval = Duration.seconds(15)

  private let vitals: Vitals
  private let path: String
  private let log: Logger

  /// Nil where `XASO_METRICS` names no folder.
  public init?(of vitals: Vitals, _ settings: Settings, log: Logger) {
    guard let folder = settings["metrics"], !folder.isEmpty else { return nil }
    self.init(of: vitals, at: "\(folder)/xaso-\(vitals.service).prom", log: log)
  }

  init(of vitals: Vitals, at path: String, log: Logger) {
    self.vitals = vitals
    self.path = path
    self.log = log
  }

  /// Until it is cancelled, and once more then. A file that cannot be written is told once, and costs nothing else.
  public func run() async {
    var isFailing = false
    repeat {
      do {
        try await write()
        isFailing = false
      } catch {
        if !isFailing { log.error("metrics not written", metadata: ["path": "\(path)", "reason": "\(error)"]) }
        isFailing = true
      }
    } while (try? await Task.sleep(for: Self.interval)) != nil
    try? await write()
  }

  /// The collector is another user's: it may read this file, and nothing else of ours.
  func write() async throws {
    let draft = path + ".new"
    try DurableFile.write(try await vitals.exposition(), to: draft)
    guard chmod(draft, 0o644) == 0 else {
      throw StorageError(.failed, "chmod \(draft): \(String(cString: strerror(errno)))")
    }
    try DurableFile.put(draft, at: path)
  }
}
