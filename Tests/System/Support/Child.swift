import Foundation

/// A process that a test starts beside the stack.
final class Child: Sendable {
  let pid: pid_t
  /// What it says on standard output, by lines.
  let lines: AsyncStream<String>

  init(_ arguments: [String]) throws {
    let (output, input) = try line()
    defer { close(input) }
    pid = try spawn(arguments, [STDOUT_FILENO: input])
    lines = AsyncStream { continuation in
      Thread.detachNewThread {
        Self.read(output) { continuation.yield($0) }
        close(output)
        continuation.finish()
      }
    }
  }

  /// Runs a program to its end.
  static func run(_ arguments: [String]) async throws -> (status: Int32, output: [String]) {
    let child = try Child(arguments)
    return (await ending(of: child.pid), await child.text())
  }

  /// Everything that it says, when it has said it.
  func text() async -> [String] { await lines.reduce(into: []) { $0.append($1) } }

  /// Waits for a process of ours: its exit code, or minus the signal that ended it.
  static func ending(of pid: pid_t) async -> Int32 {
    await withCheckedContinuation { continuation in
      Thread.detachNewThread {
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let signal = status & 0x7F
        continuation.resume(returning: signal == 0 ? status >> 8 & 0xFF : -signal)
      }
    }
  }

  func end(by signal: Int32) async -> Int32 {
    kill(pid, signal)
    return await Self.ending(of: pid)
  }

  private static func read(_ descriptor: Int32, _ line: (String) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var rest: [UInt8] = []
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { break }
      var parts = (rest + buffer[..<count]).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      rest = parts.popLast().map(Array.init) ?? []
      for part in parts { line(String(decoding: part, as: UTF8.self)) }
    }
    if !rest.isEmpty { line(String(decoding: rest, as: UTF8.self)) }
  }
}
