import Schema
import Seeds
import Testing

@testable import PlanDocuments

@Suite struct CascadeTests {
  private let indicator = "Hồ sơ thủ tục hành chính xử lý trực tuyến"

  @Test func smallCommunesCannotCarryALargeOne() throws {
    // 95 % of 100 and 80 % of 900 is 81,5 %.
    let line = try line(asked: "≥ 85 %", [("≥ 95 %", 100), ("≥ 80 %", 900)])
    #expect(line.shares.map(\.standing) == [.enough, .less])
    #expect(line.reach == .init(verdict: .missed, least: Quantity("81.5"), most: Quantity("81.5"), unknown: 0))
    #expect(try self.line(asked: "≥ 81,5 %", [("≥ 95 %", 100), ("≥ 80 %", 900)]).reach.verdict == .reached)
    #expect(try self.line(asked: "trên 81,5 %", [("≥ 95 %", 100), ("≥ 80 %", 900)]).reach.verdict == .missed)
  }

  @Test func withoutDenominatorsThereIsAnInterval() throws {
    let open = try line(asked: "≥ 85 %", [("≥ 95 %", nil), ("≥ 80 %", nil)])
    #expect(open.reach == .init(verdict: .open, least: Quantity(80), most: Quantity(95), unknown: 2))
    #expect(try line(asked: "≥ 80 %", [("≥ 95 %", nil), ("≥ 80 %", nil)]).reach.verdict == .reached)
    #expect(try line(asked: "≥ 96 %", [("≥ 95 %", nil), ("≥ 80 %", nil)]).reach.verdict == .missed)
    let half = try line(asked: "≥ 85 %", [("≥ 90 %", 10), ("≥ 80 %", 10), ("≥ 86 %", nil)])
    #expect(half.reach == .init(verdict: .reached, least: Quantity(85), most: Quantity(86), unknown: 1))
  }

  @Test func whoIsSilentMayDoAnything() throws {
    let line = try line(asked: "≥ 85 %", [("≥ 95 %", 100), (nil, nil)])
    #expect(line.shares.map(\.standing) == [.enough, .missing])
    #expect(line.reach == .init(verdict: .open, least: Quantity(0), most: Quantity(100), unknown: 1))
    #expect(try self.line(asked: "≥ 85 %", [(nil, nil)]).reach.verdict == .notComparable)
  }

  @Test func countsAreAddedUp() throws {
    #expect(try line(asked: "≥ 10 mô hình", [("≥ 4 mô hình", nil), ("6 mô hình", nil)]).reach.verdict == .reached)
    #expect(try line(asked: "≥ 11 mô hình", [("≥ 4 mô hình", nil), ("6 mô hình", nil)]).reach.verdict == .missed)
    let open = try line(asked: "≥ 11 mô hình", [("≥ 4 mô hình", nil), (nil, nil)])
    #expect(open.reach == .init(verdict: .open, least: Quantity(4), most: nil, unknown: 1))
    #expect(try line(asked: "≤ 5 mô hình", [("≤ 6 mô hình", nil), (nil, nil)]).reach.verdict == .missed)
  }

  @Test func aRangeIsKeptWithinOnBothSides() throws {
    func verdict(_ asked: String, _ promises: [(target: String?, size: Int64?)]) throws -> Cascade.Reach.Verdict {
      try line(asked: asked, promises).reach.verdict
    }
    #expect(try verdict("80–90 %", [("≥ 95 %", 100), ("≥ 80 %", 900)]) == .reached)
    #expect(try verdict("85–90 %", [("≥ 95 %", 100), ("≥ 80 %", 900)]) == .missed)
    #expect(try verdict("60–70 %", [("≥ 95 %", 100), ("≥ 80 %", 900)]) == .missed)
    #expect(try verdict("85–90 %", [("≥ 95 %", nil), ("≥ 80 %", nil)]) == .open)
    #expect(try verdict("3–5 mô hình", [("2 mô hình", nil), ("3 mô hình", nil)]) == .reached)
    #expect(try verdict("3–5 mô hình", [("6 mô hình", nil), (nil, nil)]) == .missed)
    #expect(try verdict("3–5 mô hình", [("4 mô hình", nil), (nil, nil)]) == .open)
  }

  @Test func whatACommunePromisesAsARangeMayComeToAnythingWithinIt() throws {
    let line = try line(asked: "≥ 85 %", [("80–90 %", 100), ("90–95 %", 100)])
    #expect(line.shares.map(\.standing) == [.less, .enough])
    #expect(line.reach == .init(verdict: .reached, least: Quantity(85), most: Quantity("92.5"), unknown: 0))
    #expect(try self.line(asked: "≥ 86 %", [("80–90 %", 100), ("90–95 %", 100)]).reach.verdict == .open)
    #expect(try self.line(asked: "≥ 93 %", [("80–90 %", 100), ("90–95 %", 100)]).reach.verdict == .missed)
  }

  @Test func theLastMilestoneInTimeCounts() throws {
    var commune = try plan("≥ 90 %", nil)
    commune.targets[0].due = Day(2031, 12, 31)
    #expect(Cascade(of: try plan("≥ 85 %", nil), communes: [commune]).lines[0].shares[0].standing == .missing)
    commune.targets[0].due = Day(2025, 12, 31)
    #expect(Cascade(of: try plan("≥ 85 %", nil), communes: [commune]).lines[0].shares[0].standing == .enough)
  }

  @Test func sharesAlwaysLieWithinTheirInterval() throws {
    var random = Seed()
    let seed = random.description
    for _ in 0..<200 {
      let communes = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (value: Int64.random(in: 0...100, using: &random), size: Int64.random(in: 1...1000, using: &random))
      }
      let target = Int64.random(in: 0...100, using: &random)
      let exact = communes.reduce(0) { $0 + $1.value * $1.size } >= target * communes.reduce(0) { $0 + $1.size }
      let known = try line(asked: "≥ \(target) %", communes.map { ("≥ \($0.value) %", $0.size) })
      #expect(known.reach.verdict == (exact ? .reached : .missed), "\(seed)")
      let vague = try line(
        asked: "≥ \(target) %", communes.map { ("≥ \($0.value) %", Bool.random(using: &random) ? $0.size : nil) })
      #expect(vague.reach.verdict == .open || vague.reach.verdict == known.reach.verdict, "\(seed)")
      let (least, most) = try (#require(vague.reach.least), #require(vague.reach.most))
      #expect(try least <= #require(known.reach.most) && most >= #require(known.reach.least), "\(seed)")
    }
  }

  private func line(asked: String, _ promises: [(target: String?, size: Int64?)]) throws -> Cascade.Line {
    let communes = try promises.map { try plan($0.target, $0.size) }
    return try #require(Cascade(of: try plan(asked, nil), communes: communes).lines.first)
  }

  private func plan(_ target: String?, _ size: Int64?) throws -> PlanDocument {
    var document = try PlanDocument.read(yaml: Sample.yaml)
    document.targets = []
    if let target {
      let promise = try PlanDocuments.Promise(written: target)
      document.targets = [
        TargetRow(
          number: "1", indicator: indicator, unit: promise.unit, comparator: Open(promise.comparator),
          value: promise.value, upper: promise.upper,
          due: Day(2026, 12, 31), leads: ["vp"])
      ]
      document.body.measures["1"] = size.map { Measure(size: $0) }
    }
    return document
  }
}
