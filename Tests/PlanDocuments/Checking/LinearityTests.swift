import PlanDocuments
import Schema
import Testing

/// A plan ten times as long takes ten times as long to check: printed, since no test asserts a time. Work that grew with the
/// square would be seen, and would stop the suite.
@Suite struct LinearityTests {
  @Test func thirtyTimesAsLong() throws {
    let plan = try Demo.voNhai.document
    for times in [1, 10, 30] {
      let long = lengthened(plan, times)
      let clock = ContinuousClock()
      var findings: [Finding] = []
      let took = clock.measure { findings = long.check() }
      print("\(long.targets.count) targets, \(long.tasks.count) tasks: checked in \(took)")
      #expect(
        findings.contains { $0.rule == .impossibleTarget && $0.places.map(\.text.en) == ["target \(times - 1).14"] })
    }
  }

  /// Every copy is about other things: names that are all alike would cost nothing.
  private func lengthened(_ plan: PlanDocument, _ times: Int) -> PlanDocument {
    var long = plan
    long.targets = (0..<times).flatMap { copy in
      plan.targets.map { row in
        var row = row
        row.number = "\(copy).\(row.number)"
        row.indicator += " khu \(copy)"
        return row
      }
    }
    long.tasks = (0..<times).flatMap { copy in
      plan.tasks.map { row in
        var row = row
        row.number = "\(copy).\(row.number)"
        row.name += " khu \(copy)"
        return row
      }
    }
    return long
  }
}
