import Testing
import ZeroMQ

/// A context and a loop for one test. A socket left open fails the test that left it.
func withBench(
  _ body: (Context, PollLoop) async throws -> Void, sourceLocation: SourceLocation = #_sourceLocation
) async throws {
  let context = Context()
  let loop = PollLoop(name: "test")
  try await body(context, loop)
  loop.stop()
  #expect(context.terminate(), "a socket is still open", sourceLocation: sourceLocation)
}
