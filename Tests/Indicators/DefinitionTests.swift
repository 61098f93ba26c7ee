import Schema
import Seeds
import Storage
import Testing

@testable import xaso_indicators

@Suite("What an indicator is, and what follows of it, over a real store", .timeLimit(.minutes(60)))
struct DefinitionTests {
  private static let commune: Unit = "38/15043"
  private static let other: Unit = "38/15044"
  private static let flow = "Hồ sơ thủ tục hành chính xử lý trực tuyến"
  private static let stock = "Hộ gia đình có internet băng rộng"

  private static func definition(
    _ code: Slug = "thon.lop-hoc-so", _ name: String = "Lớp học số mở trong kỳ", _ kind: Indicator.Kind = .count,
    unit: String? = "lớp", _ overTime: Indicator.OverTime = .sum, _ overUnits: Indicator.OverUnits = .sum,
    aliases: [String] = []
  ) -> Indicator.Definition {
    let text = Text(vi: "số đếm", en: "what is counted")
    return Indicator.Definition(
      code: code, name: Text(vi: name, en: name), unit: unit, aliases: aliases, kind: kind, numerator: text,
      denominator: kind == .ratio ? text : nil, overTime: overTime, overUnits: overUnits,
      edition: "KH 119/KH-UBND, 2026")
  }

  private func define(
    _ definition: Indicator.Definition, in unit: Unit = commune, at desk: Desk
  ) async throws -> DefinedIndicator {
    try await desk.ask(
      DefineIndicator(definition: definition), as: unit.commune == nil ? "so" : Desk.focal.code, in: unit,
      roles: [unit.commune == nil ? .province : .focal])
  }

  private func adopt(_ code: Slug, into other: Slug? = nil, of unit: Unit = commune, at desk: Desk) async throws {
    _ = try await desk.ask(
      AdoptIndicator(unit: unit, code: code, edition: "1082/QĐ-UBND, 2026", into: other), as: "so", in: "38",
      roles: [.province])
  }

  private func catalogue(of unit: Unit, at desk: Desk, _ name: String? = nil) async throws -> [DefinedIndicator] {
    var (items, after) = ([DefinedIndicator](), String?.none)
    repeat {
      let page = try await desk.ask(ListDefinitions(name: name, after: after), in: unit)
      items += page.items
      after = page.next
    } while after != nil
    return items
  }

  private func line(
    _ name: String, _ period: String, in unit: Unit? = "38", at desk: Desk
  ) async throws -> RollUpSummary.Line? {
    let period = try #require(Period(period))
    return try await desk.ask(ShowRollUpTable(period: period), in: unit).lines.first { $0.name == name }
  }

  // MARK: Kinds

  @Test("the kind decides what an entry holds, each refused with what to do")
  func kinds() async throws {
    let desk = try await Desk(today: day("2026-10-06"))
    for definition in [
      Self.definition("a.so", "Lớp học số"), Self.definition("a.co", "Có trang thông tin", .yesNo, unit: nil, .last),
      Self.definition("a.diem", "Điểm chuyển đổi số", .score, unit: "điểm", .last, .none),
      Self.definition("a.bao-cao", "Số lượt truy cập", .reportOnly, unit: "lượt", .sum, .sum),
    ] { _ = try await define(definition, at: desk) }
    let rows: [(String, String?)] = [
      ("Lớp học số", "lớp"), ("Có trang thông tin", nil), ("Điểm chuyển đổi số", "điểm"), ("Số lượt truy cập", "lượt"),
    ]
    try await desk.issue(
      rows.enumerated().map { .target($1.0, .atLeast, Quantity(1), $1.1, number: "\($0)") }
        + [.target("Ứng dụng AI trong công việc", .report, nil, nil, number: "9")])
    let kinds = try await desk.list().map { $0.kind?.known }
    #expect(kinds == [.count, .yesNo, .score, .reportOnly, .qualitative])

    for (name, figure, place) in [
      ("Lớp học số", Figure(1, of: 2), "figure.denominator"), ("Có trang thông tin", Figure(2), "figure.numerator"),
      ("Có trang thông tin", Figure(1, of: 1), "figure.denominator"),
      ("Điểm chuyển đổi số", Figure(5, of: 10), "figure.denominator"),
      ("Ứng dụng AI trong công việc", Figure(1), "figure"),
    ] {
      let refused = await #expect(throws: Refusal.self) { try await desk.observe(name, figure, "2026-Q3") }
      #expect(refused?.status == .invalid && refused?.place == place, "\(name) \(figure)")
    }
    #expect(try await desk.observe("Có trang thông tin", Figure(1), "2026-Q3").indicator.standing == .met)
    #expect(try await desk.observe("Số lượt truy cập", Figure(900), "2026-Q3").indicator.standing == .reportOnly)
    #expect(try await desk.events(TargetMet.self).map(\.title) == ["Có trang thông tin"])
    // What nobody has defined is as free as it was.
    try await desk.issue([.target("Việc khác", .atLeast, Quantity(1), "việc")], in: Self.other)
    try await desk.observe("Việc khác", Figure(1, of: 2), "2026-Q3", in: Self.other)
    await desk.database.close()
  }

  @Test("what contradicts itself is no definition", arguments: 0..<9) func contradictions(index: Int) throws {
    var definition = Self.definition()
    switch index {
    case 0: definition.kind = Open(.ratio)
    case 1: definition.unit = "%"
    case 2: definition.denominator = Text(vi: "số hộ", en: "households")
    case 3: definition.numerator = nil
    case 4: definition.unit = nil
    case 5: definition.overUnits = Open(.ratio)
    case 6: definition.kind = Open(.snapshot)
    case 7: definition.edition = ""
    default: definition.kind = Open(.score)
    }
    let refused = #expect(throws: Refusal.self) { try definition.check() }
    #expect(refused?.status == .invalid && refused?.place?.hasPrefix("definition") == true)
    try Self.definition().check()
  }

  // MARK: Adding up

  @Test("communes' counts are added up, scores never; of yes and no, how many say yes")
  func overUnits() async throws {
    let desk = try await Desk(today: day("2026-10-06"))
    for definition in [
      Self.definition("a.so", "Lớp học số"), Self.definition("a.co", "Có trang thông tin", .yesNo, unit: nil, .last),
      Self.definition("a.diem", "Điểm chuyển đổi số", .score, unit: "điểm", .last, .none),
    ] { _ = try await define(definition, in: "38", at: desk) }
    for (index, unit) in [Self.commune, Self.other].enumerated() {
      try await desk.issue(
        [
          .target("Lớp học số", .atLeast, Quantity(1), "lớp", number: "1"),
          .target("Có trang thông tin", .atLeast, Quantity(1), nil, number: "2"),
          .target("Điểm chuyển đổi số", .atLeast, Quantity(1), "điểm", number: "3"),
        ], in: unit)
      try await desk.observe("Lớp học số", Figure(Int64(3 + index)), "2026-Q3", in: unit)
      try await desk.observe("Có trang thông tin", Figure(Int64(index)), "2026-Q3", in: unit)
      try await desk.observe("Điểm chuyển đổi số", Figure(60), "2026-Q3", in: unit)
    }
    let quarter = try #require(Period("2026-Q3"))
    for (name, sum) in [("Lớp học số", 7), ("Có trang thông tin", 1), ("Điểm chuyển đổi số", nil)] as [(String, Int64?)]
    {
      let line = try #require(await line(name, "2026-Q3", at: desk))
      #expect(line.sum == sum && line.total == nil && line.reported == 2, "\(name)")
      let rollUp = try await desk.ask(RollUpIndicator(name: name, period: quarter), in: "38")
      #expect(rollUp.sum == sum && rollUp.total == nil && rollUp.reported == 2, "\(name)")
    }
    // The country does not know what a province defined.
    #expect(try await line("Lớp học số", "2026-Q3", in: nil, at: desk)?.sum == nil)
    await desk.database.close()
  }

  @Test("months make a quarter: what flows is added up when all are there, of what stands the last one is taken")
  func overTime() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target(Self.flow, number: "1"), .target(Self.stock, number: "2")])
    let regime = Regime(code: "quy", name: "Quý", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)])
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: "38", roles: [.province])
    for (month, value) in [("2026-M01", 10), ("2026-M02", 20)] as [(String, Int64)] {
      for name in [Self.flow, Self.stock] { try await desk.observe(name, Figure(value, of: 100), month) }
    }
    #expect(try await line(Self.flow, "2026-Q1", at: desk)?.reported == 0)
    #expect(try await line(Self.stock, "2026-Q1", at: desk)?.reported == 0)
    for name in [Self.flow, Self.stock] { try await desk.observe(name, Figure(90, of: 100), "2026-M03") }
    #expect(try await line(Self.flow, "2026-Q1", at: desk)?.total == Ratio(120, of: 300))
    #expect(try await line(Self.stock, "2026-Q1", at: desk)?.total == Ratio(90, of: 100))

    // The report has them without their being typed again.
    let quarter = try #require(Period("2026-Q1"))
    let prepared = try await desk.ask(
      PrepareSubmission(keeper: "38", regime: "quy", period: quarter), as: Desk.focal.code, roles: [.focal, .entry])
    #expect(prepared.cells.map(\.figure) == [Figure(120, of: 300), Figure(90, of: 100)])
    #expect(prepared.cells.map(\.standing) == [Open(.behind), Open(.met)])
    // A quarter of its own stands before them.
    try await desk.observe(Self.flow, Figure(1, of: 2), "2026-Q1")
    #expect(try await line(Self.flow, "2026-Q1", at: desk)?.total == Ratio(1, of: 2))
    let kept = try await desk.sums()
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.sums() == kept)
    await desk.database.close()
  }

  @Test("while a quarter is received, the months that make it are locked: all of them, or the last")
  func locks() async throws {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target(Self.flow, number: "1"), .target(Self.stock, number: "2")])
    let regime = Regime(
      code: "quy", name: "Quý", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)], lockAfter: 1)
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: "38", roles: [.province])
    desk.setToday(day("2026-05-04"))
    for (name, month, isLocked) in [
      (Self.flow, "2026-M01", true), (Self.flow, "2026-M03", true), (Self.stock, "2026-M01", false),
      (Self.stock, "2026-M03", true), (Self.flow, "2026-M04", false),
    ] {
      do throws(Refusal) {
        _ = try await observe(name, month, at: desk)
        #expect(!isLocked, "\(name) \(month)")
      } catch {
        #expect(isLocked && error.place == "period", "\(name) \(month): \(error.text.en)")
      }
    }
    await desk.database.close()
  }

  private func observe(_ name: String, _ month: String, at desk: Desk) async throws(Refusal) {
    do {
      _ = try await desk.observe(name, Figure(1, of: 2), month)
    } catch let refusal as Refusal {
      throw refusal
    } catch {
      throw Refusal(.failed)
    }
  }

  /// Values of months, quarters and longer periods in any order, corrected, of communes that may be merged; streams read
  /// again. What is kept up is what everything comes to, looked at from scratch.
  @Test("sums over time that are kept up are those of a naive recomputation", arguments: 1...2)
  func property(run: Int) async throws {
    var seed = Seed("sumsOverTime\(run)")
    let desk = try await Desk()
    let communes: [Unit] = ["38/15043", "38/15044", "38/15045"]
    let periods = try ["M01", "M02", "M03", "M04", "M05", "M06", "Q1", "Q2", "6M", "Q3", "9M"].map {
      try #require(Period("2026-\($0)"))
    }
    struct Place: Hashable {
      var unit: Unit
      var name: String
    }
    var own: [Place: [Period: Figure]] = [:]
    for unit in communes {
      try await desk.issue([.target(Self.flow, number: "1"), .target(Self.stock, number: "2")], in: unit)
    }
    var merged: Unit?
    for step in 0..<70 {
      let unit = try #require(communes.filter { $0 != merged }.randomElement(using: &seed))
      let period = try #require(periods.randomElement(using: &seed))
      let name = Bool.random(using: &seed) ? Self.flow : Self.stock
      let denominator = Int64.random(in: 1...100, using: &seed)
      let figure = Figure(.random(in: 0...denominator, using: &seed), of: denominator)
      switch Int.random(in: 0..<30, using: &seed) {
      case 0: try await desk.resync(Plans.name)
      case 1 where merged == nil:
        let merger = Merger(from: communes[2], into: communes[0], day: day("2026-08-15"), document: "1/NQ-HĐND")
        _ = try await desk.ask(RecordMerger(merger: merger), as: "so", in: "38", roles: [.province])
        merged = communes[2]
      default:
        try await desk.enter(name, figure, period, in: unit)
        own[Place(unit: unit, name: name), default: [:]][period] = figure
      }
      guard step % 10 == 9 else { continue }
      for period in periods {
        for (name, time) in [(Self.flow, Indicator.OverTime.sum), (Self.stock, .last)] {
          let figures = communes.filter { $0 != merged || period.days.upperBound < day("2026-08-15") }.compactMap {
            time.value(for: period, of: own[Place(unit: $0, name: name)] ?? [:])
          }
          let total =
            figures.isEmpty
            ? nil : Ratio(figures.reduce(0) { $0 + $1.numerator }, of: figures.reduce(0) { $0 + ($1.denominator ?? 0) })
          let line = try await line(name, period.description, at: desk)
          #expect(line?.total == total && line?.reported == figures.count, "\(seed), step \(step): \(name) \(period)")
          let rollUp = try await desk.ask(RollUpIndicator(name: name, period: period), in: "38")
          #expect(rollUp.total == total, "\(seed), step \(step): \(name) \(period)")
        }
      }
    }
    let kept = try await desk.sums()
    try await desk.database.write { store in try IndicatorsStore.rebuild(store) }
    #expect(try await desk.sums() == kept, "\(seed)")
    await desk.database.close()
  }

  // MARK: Local ones

  @Test("a commune's own is seen by it and its province alone; adopted, it is everybody's, under the same code")
  func adopted() async throws {
    let desk = try await Desk(today: day("2026-10-06"))
    let names = ["Lớp học số mở trong kỳ", "Số lớp học số cộng đồng"]
    for (unit, name) in zip([Self.commune, Self.other], names) {
      try await desk.issue([.target(name, .atLeast, Quantity(5), "lớp")], in: unit)
      try await desk.observe(name, Figure(4), "2026-Q3", in: unit)
    }
    #expect(try await catalogue(of: Self.commune, at: desk).count == 62)
    let defined = try await define(Self.definition(aliases: [names[1]]), at: desk)
    #expect(defined.origin == .commune && defined.unit == Self.commune && defined.adoptedAs == nil)
    #expect(try await catalogue(of: Self.commune, at: desk, "lop hoc so").map(\.definition.code) == ["thon.lop-hoc-so"])
    #expect(try await catalogue(of: "38", at: desk, "thon.lop").map(\.unit) == [Self.commune])
    for unit in [Self.other, "01", "01/00004"] as [Unit] {
      #expect(try await catalogue(of: unit, at: desk, "lop hoc so").isEmpty)
    }
    #expect(try await desk.list().map(\.kind) == [Open(.count)])
    #expect(try await desk.list(in: Self.other).map(\.kind) == [nil])
    #expect(try await line(names[1], "2026-Q3", at: desk)?.sum == nil)

    try await adopt("thon.lop-hoc-so", at: desk)
    let seen = try await catalogue(of: Self.other, at: desk, "lop hoc so")
    #expect(seen.map(\.origin) == [Open(.province)] && seen.map(\.definition.edition) == ["1082/QĐ-UBND, 2026"])
    #expect(try await desk.list(in: Self.other).map(\.kind) == [Open(.count)])
    let sum = try #require(await line(names[0], "2026-Q3", at: desk))
    #expect(sum.sum == 8 && sum.expected == 2 && sum.reported == 2)
    let kept = try await desk.sums()
    try await desk.resync(Plans.name)
    #expect(try await desk.sums() == kept)
    try await desk.database.write { store in
      try IndicatorsStore.matchAll(store)
      try IndicatorsStore.rebuild(store)
    }
    #expect(try await desk.sums() == kept)
    await desk.database.close()
  }

  @Test("replaced by one that is there, its names become that one's: what was apart is one sum")
  func aliased() async throws {
    let desk = try await Desk(today: day("2026-10-06"))
    let words = "Hộ dân dùng mạng cố định"
    try await desk.issue([.target(words)], in: Self.commune)
    try await desk.issue([.target(Self.stock)], in: Self.other)
    try await desk.observe(words, Figure(10, of: 20), "2026-Q3", in: Self.commune)
    try await desk.observe(Self.stock, Figure(30, of: 80), "2026-Q3", in: Self.other)
    _ = try await define(Self.definition("ho.mang", words, .ratio, unit: "%", .last, .ratio), at: desk)
    let strange = await #expect(throws: Refusal.self) { try await adopt("ho.mang", into: "ha-tang.lom-song", at: desk) }
    #expect(strange?.place == "into")
    let missing = await #expect(throws: Refusal.self) { try await adopt("ho.mang", into: "khong.co", at: desk) }
    #expect(missing?.status == .notFound)
    #expect(try await line(Self.stock, "2026-Q3", at: desk)?.total == Ratio(30, of: 80))

    try await adopt("ho.mang", into: "ha-tang.internet-ho", at: desk)
    #expect(try await line(Self.stock, "2026-Q3", at: desk)?.total == Ratio(40, of: 100))
    #expect(try await line(words, "2026-Q3", at: desk) == nil)
    let shared = try await catalogue(of: Self.other, at: desk, "ho dan dung mang")
    #expect(shared.map(\.definition.code) == ["ha-tang.internet-ho"] && shared.map(\.origin) == [Open(.shipped)])
    // Another province goes on without it.
    #expect(try await catalogue(of: "01", at: desk, "ho dan dung mang").isEmpty)
    let quarter = try #require(Period("2026-Q3"))
    #expect(try await desk.ask(RollUpIndicator(name: words, period: quarter), in: "38").total == Ratio(40, of: 100))
    let kept = try await desk.sums()
    try await desk.resync(Plans.name)
    #expect(try await desk.sums() == kept)
    await desk.database.close()
  }

  @Test("no code and no name means two things; another's is not found; what was adopted is the province's to change")
  func refused() async throws {
    let desk = try await Desk(today: day("2026-10-06"))
    _ = try await define(Self.definition(), at: desk)
    // Changed, it is the same one.
    var changed = Self.definition()
    changed.evidence = Text(vi: "Danh sách lớp", en: "The list")
    #expect(try await define(changed, at: desk).definition == changed)
    _ = try await define(Self.definition("tinh.cau-lac-bo", "Câu lạc bộ số"), in: "38", at: desk)
    for (definition, place) in [
      (Self.definition("ha-tang.5g"), "definition.code"), (Self.definition("tinh.cau-lac-bo"), "definition.code"),
      (Self.definition("a", "PHỦ SÓNG 5G"), "definition.name"),
      (Self.definition("a", "Câu lạc bộ số"), "definition.name"),
      (Self.definition("a", "Lớp học số mở trong kỳ"), "definition.name"),
      (Self.definition("a", "b", aliases: ["Tỷ lệ phủ sóng mạng 5G"]), "definition.name"),
    ] {
      let refused = await #expect(throws: Refusal.self) { try await define(definition, at: desk) }
      #expect(refused?.status == .conflict && refused?.place == place, "\(definition.code) \(definition.name.vi)")
    }
    for (unit, code) in [(Self.other, "thon.lop-hoc-so"), (Self.commune, "khong.co"), ("01/00004", "thon.lop-hoc-so")]
      as [(Unit, Slug)]
    {
      let refused = await #expect(throws: Refusal.self) { try await adopt(code, of: unit, at: desk) }
      #expect(refused?.status == .notFound, "\(unit) \(code)")
    }
    try await adopt("thon.lop-hoc-so", at: desk)
    for attempt in ["again", "change"] {
      let refused = await #expect(throws: Refusal.self) {
        if attempt == "again" {
          try await adopt("thon.lop-hoc-so", at: desk)
        } else {
          _ = try await define(changed, at: desk)
        }
      }
      #expect(refused?.status == .conflict, "\(attempt)")
    }
    let focal = await #expect(throws: Refusal.self) {
      try await desk.ask(DefineIndicator(definition: changed), as: Desk.lead.code, roles: [.entry])
    }
    #expect(focal?.status == .forbidden)
    await desk.database.close()
  }
}
