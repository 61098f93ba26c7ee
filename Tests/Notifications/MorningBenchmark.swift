import FoundationEssentials
import Schema
import Storage
import Testing
import WorkingDays

@testable import xaso_notifications

/// `make bench-notices`: the morning of a due day in the largest province.
@Suite(
  "The morning of a due day", .enabled(if: ProcessInfo.processInfo.environment["XASO_BENCH"] != nil),
  .timeLimit(.minutes(60)))
struct MorningBenchmark {
  private static let communes = 168
  private static let offices: [Office.Code] = ["vh-xh", "vp", "kt", "ca", "pvhcc", "tyt", "qs", "to-cds"]

  @Test("168 communes, 8 offices each, 10,000 events overnight: one digest an office") func morning() async throws {
    let night = Commune.day(2026, 6, 30)
    let post = try await Post(at: Commune.at(night, 20))
    let units = (0..<Self.communes).compactMap { Unit("38/\(15_000 + $0)") }
    for unit in units {
      for office in Self.offices {
        try await post.keep(office, "Cơ quan \(office)", in: unit)
        try await post.address(office, "a@x.vn", in: unit)
      }
    }
    // What was there before is no part of the night.
    _ = try await post.look()
    var (events, clock) = (0, ContinuousClock.now)
    for unit in units {
      let tasks = (0..<24).map { ("\($0)", Self.offices[$0 % Self.offices.count], Day?.some(night)) }
      let ids = try await post.plan(tasks, in: unit)
      for id in ids.values.prefix(11) { try await post.progress(id, .inProgress, in: unit) }
      events += 1 + 2 * tasks.count + 11
    }
    let read = ContinuousClock.now - clock
    post.clock.set(Commune.at(night.adding(1), 7, 30))
    clock = .now
    let letters = try await post.look()
    let built = ContinuousClock.now - clock
    #expect(letters == Self.communes * Self.offices.count)
    clock = .now
    let receiver = Receiver()
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    let delivered = ContinuousClock.now - clock
    #expect(receiver.received.count == letters && receiver.count == letters)
    for letter in receiver.received {
      let prints = letter.notices.map(\.fingerprint)
      #expect(Set(prints).count == prints.count, "\(letter.unit) \(letter.office.code)")
    }
    let status = String(decoding: FileManager.default.contents(atPath: "/proc/self/status") ?? Data(), as: UTF8.self)
    let memory = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    print(
      "\(events) events read in \(read); \(letters) digests built and queued in \(built), handed over in \(delivered)")
    print("peak memory, tests included: \(memory)")
    await post.close()
  }
}
