import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("One thing that communes word in many ways, over a real store", .timeLimit(.minutes(60))) struct CatalogueTests {
  private static let official = "Phủ sóng 5G"
  private static let wordings = ["Tỷ lệ phủ sóng 5G trên địa bàn xã", "Phủ sóng 5G", "TỶ LỆ PHỦ SÓNG MẠNG 5G"]
  private static let units: [Unit] = ["38/15043", "38/15044", "38/15045"]

  private func desk() async throws -> Desk {
    let desk = try await Desk(today: day("2026-04-06"))
    for (unit, wording) in zip(Self.units, Self.wordings) {
      try await desk.issue([.target(wording), .target("Chỉ tiêu riêng của xã", number: "2")], in: unit)
    }
    return desk
  }

  private var quarter: Period {
    get throws { try #require(Period("2026-Q1")) }
  }

  @Test("it is added up under the catalogue's name, and found by any of its names; each commune keeps its own words")
  func rollUp() async throws {
    let desk = try await desk()
    for (index, unit) in Self.units.prefix(2).enumerated() {
      try await desk.observe(Self.wordings[index], Figure(Int64(30 + index), of: 100), "2026-Q1", in: unit)
    }
    #expect(try await desk.list(in: Self.units[2]).map(\.name).first == Self.wordings[2])
    let table = try await desk.ask(ShowRollUpTable(period: try quarter), in: "38")
    #expect(table.lines.map(\.name) == ["Chỉ tiêu riêng của xã", Self.official])
    #expect(table.lines.last?.total == Ratio(61, of: 200))
    #expect(table.lines.map(\.expected) == [3, 3])
    for asked in Self.wordings + ["phu song", "song mang 5g"] {
      for unit in ["38", nil] as [Unit?] {
        let rollUp = try await desk.ask(RollUpIndicator(name: asked, period: try quarter), in: unit)
        #expect(rollUp.name == Self.official && rollUp.total == Ratio(61, of: 200), "\(asked)")
        #expect(rollUp.missing == [Self.units[2]])
      }
      let own = try await desk.ask(RollUpIndicator(name: asked, period: try quarter), in: Self.units[0])
      #expect(own.total == Ratio(30, of: 100), "\(asked)")
    }
    let kept = try await desk.sums()
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.sums() == kept)
    let names = try await desk.ask(ShowRollUpTable(period: try quarter), in: nil).lines.map(\.name)
    #expect(names.last == Self.official)
    await desk.database.close()
  }

  @Test("a regime that names it asks all who promise it, and locks what they call it")
  func regimes() async throws {
    let desk = try await desk()
    let regime = Regime(
      code: "5g", name: "Phủ sóng", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)], lockAfter: 1,
      indicators: [Self.wordings[0]])
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: "38", roles: [.province])
    let completeness = try await desk.ask(
      ShowCompleteness(keeper: "38", regime: "5g", period: try quarter), in: "38", roles: [.province])
    #expect(completeness.lines.map(\.unit) == Self.units)
    #expect(completeness.lines.map(\.cells) == [1, 1, 1])
    desk.setToday(day("2026-05-04"))
    let refused = await #expect(throws: Refusal.self) {
      try await desk.observe(Self.wordings[2], Figure(1, of: 2), "2026-Q1", in: Self.units[2])
    }
    #expect(refused?.place == "period")
    try await desk.observe("Chỉ tiêu riêng của xã", Figure(1, of: 2), "2026-Q1", in: Self.units[2])
    await desk.database.close()
  }

  @Test("two of one commune that the catalogue takes for one are not added twice: the first one stands for both")
  func twice() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target(Self.wordings[0]), .target(Self.wordings[2], number: "2")])
    try await desk.observe(Self.wordings[0], Figure(30, of: 100), "2026-Q1")
    try await desk.observe(Self.wordings[2], Figure(90, of: 100), "2026-Q1")
    let table = try await desk.ask(ShowRollUpTable(period: try quarter), in: "38")
    #expect(table.lines.map(\.name) == [Self.official, Self.wordings[2]])
    #expect(table.lines.map(\.total) == [Ratio(30, of: 100), Ratio(90, of: 100)])

    // When the first is promised no longer, the other one stands.
    let first = try #require(await desk.list().first)
    try await desk.issue([.target(Self.wordings[2], number: "2")])
    try await desk.supersede(first.target.plan)
    let since = try await desk.ask(ShowRollUpTable(period: try quarter), in: "38")
    #expect(since.lines.map(\.name) == [Self.official] && since.lines.map(\.total) == [Ratio(90, of: 100)])
    let kept = try await desk.sums()
    try await desk.resync(Plans.name)
    #expect(try await desk.sums() == kept)
    await desk.database.close()
  }

  @Test("a program that knows more names adds up what an older one kept apart")
  func newer() async throws {
    let desk = try await desk()
    try await desk.observe(Self.wordings[0], Figure(30, of: 100), "2026-Q1")
    let kept = try await desk.sums()
    try await desk.database.write { store in
      for row in try store.rows("SELECT id, name FROM indicator") {
        try store.execute(
          "UPDATE indicator SET folded = ? WHERE id = ?", (try row["name"] as String).folded,
          try row["id"] as Indicator.ID)
      }
      try IndicatorsStore.rebuild(store)
    }
    #expect(try await desk.sums() != kept)
    try await desk.database.write { store in try IndicatorsStore.matchAll(store) }
    #expect(try await desk.sums() == kept)
    await desk.database.close()
  }
}
