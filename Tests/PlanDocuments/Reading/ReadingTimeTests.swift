import Foundation
import Seeds
import Testing

@testable import PlanDocuments

/// Reading costs as much as the document is long. Times are printed, not asserted: of the processor, whatever else it does.
///
///     swift test -c release -Xswiftc -enable-testing --filter ReadingTimeTests
@Suite struct ReadingTimeTests {
  @Test func oneTenHundred() throws {
    let text = try RealPlans.names.map { try RealPlans.text($0) }.max { $0.utf8.count < $1.utf8.count } ?? invented
    for factor in [1, 10, 100] {
      let bytes = Array(String(repeating: text + "\n", count: factor).utf8)
      guard bytes.count <= DocumentFile.longestText else { continue }
      let start = Self.processorTime
      _ = try PlanReading.read(bytes)
      print("\(factor)×: \(bytes.count / 1024) KiB in \(Self.processorTime - start)")
    }
  }

  private static var processorTime: Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }

  private var invented: String {
    var invention = Invention(random: Seed())
    return (0..<6).map { _ in Paper(invention.plan()).drawn }.joined(separator: "\n")
  }
}
