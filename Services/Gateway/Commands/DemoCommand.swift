import ArgumentParser
import FoundationEssentials
import Glibc
import Schema
import UnixSignals

/// `xaso demo`: the five plans through a stack of its own, which is gone afterwards.
struct DemoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "demo",
    abstract: "Chạy thử: năm kế hoạch thật, một quý số liệu minh họa. (Five real plans, a quarter of made-up figures.)")

  @Option(help: "Thư mục các kế hoạch. (The plans' folder.)") var plans = "deploy/plans"
  @Option(help: "Để hệ thống chạy tiếp trong thư mục mới này. (Leave the stack running in this new folder.)")
  var keep: String?
  @Option(help: "Ngôn ngữ: vi hoặc en. (The language.)") var lang: Language = .vietnamese
  @Flag(help: "In JSON. (Print JSON.)") var json = false

  func run() async throws {
    let communes = try Demonstration.Commune.all(in: plans, lang)
    guard !communes.isEmpty else {
      throw ValidationError(
        "Không có kế hoạch nào trong \(plans); hãy nêu thư mục bằng --plans. (No plans in it; name their folder with --plans.)"
      )
    }
    let directory = try folder()
    let stack = Stack(in: Installation(directory))
    let outcome: Demonstration.Outcome
    do {
      outcome = try await unlessInterrupted { try await Demonstration(communes, on: stack, lang).run() }
      if keep == nil {
        try await stack.stop()
        try FileManager.default.removeItem(atPath: directory)
      }
    } catch {
      try? await stack.stop()
      try? FileManager.default.removeItem(atPath: directory)
      if let refusal = error as? Refusal { throw Failure.report(refusal, key: nil, lang) }
      throw error
    }

    if json {
      Output.json(outcome)
    } else {
      for line in outcome.lines(lang) { Output.write(line) }
    }
    if keep != nil {
      Failure.complain(
        Text(
          vi: "Hệ thống còn chạy; hồ sơ của từng cơ quan ở \(directory)/profiles. Dừng: xaso down --dir \(directory)",
          en: "The stack goes on; each office's profile is in \(directory)/profiles. Stop: xaso down --dir \(directory)"
        )(
          lang))
    }
  }

  /// A folder that was not there before, to be removed whole.
  private func folder() throws -> String {
    if let keep {
      guard mkdir(keep, 0o700) == 0 else {
        throw ValidationError(
          "--keep \(keep): \(String(cString: strerror(errno))); hãy nêu thư mục mới. (Name a new folder.)")
      }
      return keep
    }
    var template = Array("/tmp/xaso-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ValidationError("Không có thư mục tạm: \(String(cString: strerror(errno))). (No temporary folder.)")
    }
    return String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}

/// Ends with exit code 130 at Ctrl-C and SIGTERM, so that what was started is stopped all the same.
private func unlessInterrupted<Result: Sendable>(
  _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
  try await withThrowingTaskGroup(of: Result.self) { group in
    group.addTask { try await body() }
    group.addTask {
      for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { throw ExitCode(130) }
      throw CancellationError()
    }
    defer { group.cancelAll() }
    guard let result = try await group.next() else { throw CancellationError() }
    return result
  }
}
