import FoundationEssentials
import Glibc
import Schema
import Storage
import Testing

@testable import Bus
@testable import xaso_indicators

/// Many communes enter many values, through the handlers that the bus calls: JSON in, JSON out, with the record of each
/// command, its audit row and its events.
///
/// A few of them here; all of the country's by `make bench-indicators`, which prints what it takes.
@Suite("A country's values", .timeLimit(.minutes(60))) struct LoadTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let isBench = environment["XASO_BENCH"] == "1"
  private static let communes = Int(environment["XASO_LOAD_COMMUNES"] ?? "") ?? (isBench ? 3321 : 24)
  private static let months = Int(environment["XASO_LOAD_MONTHS"] ?? "") ?? (isBench ? 12 : 2)
  private static let indicators = isBench ? 66 : 12
  private static let lanes = 32
  private static let provinces = isBench ? 34 : 3

  @Test("nothing is lost, and the sums are those of everything") func load() async throws {
    let desk = try await Desk(today: day("2026-12-31"))
    let units = (0..<Self.communes).map {
      Unit(stringLiteral: "\(11 + $0 % Self.provinces)/\(10_000 + $0)")
    }
    let rows = (0..<Self.indicators).map {
      TargetRow.target("Chỉ tiêu \($0)", number: "\($0)", leads: [Desk.focal.code])
    }
    try await timed("plans of \(units.count) communes, \(rows.count) targets each") {
      for (index, unit) in units.enumerated() {
        try desk.sayPlan(rows, in: unit)
        if index % 50 == 49 || index == units.count - 1 {
          try await desk.follow(Plans.name)
          desk.forget(Plans.name)
        }
        Self.progress(index + 1, of: units.count)
      }
    }
    if Self.isBench { try Self.beginMeasuringMemory() }
    let values = units.count * Self.months * rows.count
    let ids = units.map { unit in rows.map { IndicatorsRules.id(of: IndicatorsRules.name(of: $0), in: unit) } }
    let took = try await timed("\(values) values, \(rows.count) a command") {
      for month in 1...Self.months { try await enter(month, units, ids, at: desk) }
    }
    print("  \(Int(Double(values) / took)) values a second")

    let last = try #require(Period(.plain, 2026, .month(Self.months)))
    try await serve(ShowRollUpTable(period: last), in: nil, at: desk, "the table of the country, cold", times: 1)
    let country = try await desk.ask(ShowRollUpTable(period: last), in: nil)
    #expect(country.lines.count == rows.count)
    for line in country.lines {
      let index = try #require(line.name.split(separator: " ").last.flatMap { Int($0) })
      let figures = units.indices.map { Self.figure($0, index, Self.months) }
      #expect(line.reported == units.count && line.expected == units.count)
      let total = Ratio(figures.reduce(0) { $0 + $1.numerator }, of: figures.reduce(0) { $0 + ($1.denominator ?? 0) })
      #expect(line.total == total)
    }
    try await serve(ShowRollUpTable(period: last), in: nil, at: desk, "the table of the country, warm")
    let province = units[0].provinceUnit
    try await serve(ShowRollUpTable(period: last), in: province, at: desk, "one province's table")
    try await serve(
      RollUpIndicator(name: "Chỉ tiêu 1", measure: "%", period: last), in: province, at: desk,
      "one indicator over one province, commune by commune")
    try await serve(ListIndicators(), in: units[0], at: desk, "one commune's sheet")
    let regime = Regime(code: "thang", name: "Tháng", spans: [Open(.month)], due: [.init(months: 1, day: 10)])
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: province, roles: [.province])
    try await serve(
      ShowCompleteness(keeper: province, regime: "thang", period: last), in: province, at: desk,
      "who owes a report: one province", times: 5)

    let kept = try await desk.sums()
    try await timed("all sums made anew") {
      try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    }
    #expect(try await desk.sums() == kept)
    let count: Int = try await desk.database.read { store in
      try store.row("SELECT COUNT(*) AS count FROM observation")?["count"] ?? 0
    }
    #expect(count == values)
    print("  \(try Self.peakMemory()) of memory at most since the plans are there, the test's own ids with it")
    await desk.database.close()
  }

  /// As many communes at a time as one commit takes well.
  private func enter(_ month: Int, _ units: [Unit], _ ids: [[Indicator.ID]], at desk: Desk) async throws {
    let period = try #require(Period(.plain, 2026, .month(month)))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for lane in 0..<Self.lanes {
        group.addTask {
          for commune in stride(from: lane, to: units.count, by: Self.lanes) {
            let rows = ids[commune].enumerated().map { index, id in
              ObserveIndicator(indicator: id, period: period, figure: Self.figure(commune, index, month))
            }
            let report = try await desk.ask(ImportObservations(rows: rows), as: Desk.focal.code, in: units[commune])
            guard report.kept == rows.count else { throw Refusal(.failed) }
            // The others are about as far.
            if lane == 0 { Self.progress((month - 1) * units.count + commune + 1, of: Self.months * units.count) }
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Grows through the year, and reaches its target nowhere: meeting one is said once in a value's life.
  private static func figure(_ commune: Int, _ indicator: Int, _ month: Int) -> Figure {
    let denominator = Int64(1000 + commune % 500)
    return Figure(Int64(10 * month + indicator % 7), of: denominator)
  }

  // MARK: What it takes

  @discardableResult
  private func timed(_ what: String, _ body: () async throws -> Void) async throws -> Double {
    let start = ContinuousClock.now
    try await body()
    return say(what, ContinuousClock.now - start)
  }

  /// From the request's bytes to the reply's, the middle one of several.
  private func serve<Message: Request>(
    _ request: Message, in unit: Unit?, at desk: Desk, _ what: String, times: Int = 21
  ) async throws {
    let caller = Caller(account: "lan", unit: unit, office: Desk.lead.code, roles: [.entry, .province])
    let body = Codec.encode(request)
    var durations: [Duration] = []
    for _ in 0..<times {
      let call = Call(caller: caller, unit: unit, expected: nil, key: UUIDv7(), trace: 0, deadline: .max)
      let start = ContinuousClock.now
      let answer = try await desk.answer(Message.method, body, call)
      durations.append(ContinuousClock.now - start)
      #expect(answer.status == .ok)
    }
    say(what, durations.sorted()[times / 2])
  }

  @discardableResult
  private func say(_ what: String, _ duration: Duration) -> Double {
    let seconds = duration / .seconds(1)
    print(
      "  \(what): \(seconds < 1 ? "\(Double(Int(seconds * 1e5)) / 100) ms" : "\(Double(Int(seconds * 100)) / 100) s")")
    return seconds
  }

  private static func progress(_ done: Int, of total: Int) {
    guard isBench, isatty(STDERR_FILENO) == 1 else { return }
    let width = 40 * done / max(1, total)
    let bar = String(repeating: "█", count: width) + String(repeating: "░", count: 40 - width)
    let line = Array("\r\(bar) \(100 * done / max(1, total)) %\(done == total ? "\n" : "")".utf8)
    _ = line.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }

  /// What was used before does not count: see proc(5), clear_refs.
  private static func beginMeasuringMemory() throws {
    try Data("5".utf8).write(to: URL(filePath: "/proc/self/clear_refs"))
  }

  private static func peakMemory() throws -> Substring {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    return status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
  }
}
