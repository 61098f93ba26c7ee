import Foundation
import Schema

/// A whole stack with nothing to do: what each of its processes takes all the same.
struct Idle {
  struct Share {
    var name: String
    /// Of one core.
    var cpu: Double
    /// Resident, in KiB.
    var memory: Int
  }

  private let directory: URL

  /// Starts the stack, at a port that is free.
  init() throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "xaso-idle-\(getpid())")
    try Self.run("up", "--dir", directory.path, "--port", "0")
  }

  /// What they take in so many seconds, once they have settled.
  func shares(in seconds: Int) async throws -> [Share] {
    try await Task.sleep(for: .seconds(2))
    let names = Catalogue.contracts.map { $0.name.description }
    let pids = try names.map(pid(of:))
    let (start, before) = (ContinuousClock.now, try pids.map(Self.nanoseconds(of:)))
    try await Task.sleep(for: .seconds(seconds))
    let (took, after) = (ContinuousClock.now - start, try pids.map(Self.nanoseconds(of:)))
    return try names.indices.map { index in
      Share(
        name: names[index], cpu: Double(after[index] - before[index]) / (took / .nanoseconds(1)),
        memory: try Self.resident(of: pids[index]))
    }
  }

  func stop() throws {
    try Self.run("down", "--dir", directory.path)
    try FileManager.default.removeItem(at: directory)
  }

  static func run(_ arguments: String...) throws {
    let process = Process()
    process.executableURL = try executable("xaso")
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw CocoaError(.executableLoad) }
  }

  private func pid(of name: String) throws -> pid_t {
    let text = try String(contentsOf: directory.appending(path: "run/\(name).pid"), encoding: .utf8)
    guard let pid = pid_t(text.prefix { $0 != " " }) else { throw CocoaError(.fileReadCorruptFile) }
    return pid
  }

  /// CPU of all its threads so far, those that have ended too.
  private static func nanoseconds(of pid: pid_t) throws -> Int64 {
    var (clock, time) = (clockid_t(), timespec())
    guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else {
      throw CocoaError(.fileReadUnknown)
    }
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  static func resident(of pid: pid_t) throws -> Int {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }
}
