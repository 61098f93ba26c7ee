public import Logging
public import Testing
public import ZeroMQ

/// One side of a test: a context that lets in whom the keys know, a loop, and a log.
///
/// Two benches are two processes as far as ZeroMQ can tell; closing one breaks its connections at once.
public final class Bench: Sendable {
  public let context = Context()
  public let loop = PollLoop(name: "test")
  public let keys: Keys
  public let lines = LogLines()
  private let authenticator: Authenticator

  public init(keys: Keys = Keys()) async throws {
    self.keys = keys
    authenticator = try await .start(in: context, on: loop) { keys.knows($0) ? .admit : .deny }
  }

  public var log: Logger {
    var log = Logger(label: "test") { [lines] _ in lines }
    log.logLevel = .debug
    return log
  }

  /// All sockets must be closed by now.
  public func close(sourceLocation: SourceLocation = #_sourceLocation) async {
    await authenticator.close()
    loop.stop()
    #expect(context.terminate(), "a socket is still open", sourceLocation: sourceLocation)
  }
}

/// A bench for one test. A socket left open fails the test that left it.
public func withBench(
  keys: Keys = Keys(), sourceLocation: SourceLocation = #_sourceLocation, _ body: (Bench) async throws -> Void
) async throws {
  let bench = try await Bench(keys: keys)
  try await body(bench)
  await bench.close(sourceLocation: sourceLocation)
}
