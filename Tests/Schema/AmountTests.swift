import Foundation
import Schema
import Seeds
import Testing

@Suite struct MoneyTests {
  @Test func neverWraps() {
    let most = Money(dong: .max)
    let least = Money(dong: .min)
    #expect(most.adding(1) == nil)
    #expect(least.adding(-1) == nil)
    #expect(least.subtracting(1) == nil)
    #expect(Money(dong: 0).subtracting(least) == nil)
    #expect(most.adding(0) == most)
    #expect(most.adding(least) == -1)
    #expect(Money(dong: -1).subtracting(most) == least)
  }

  @Test(
    arguments: [
      (0, "0"), (999, "999"), (1000, "1.000"), (844_000_000, "844.000.000"), (-1_234_567, "-1.234.567"),
      (.max, "9.223.372.036.854.775.807"), (.min, "-9.223.372.036.854.775.808"),
    ] as [(Int64, String)])
  func asOfficesWriteIt(dong: Int64, text: String) {
    #expect(Money(dong: dong).written == text)
  }

  @Test(arguments: [Int64.min, -1, 0, 1, .max])
  func thereAndBack(dong: Int64) throws {
    let json = Codec.encode([Money(dong: dong)])
    #expect(String(decoding: json, as: UTF8.self) == "[\(dong)]")
    #expect(try Codec.decodeStrictly([Money].self, from: json) == [Money(dong: dong)])
  }

  @Test(arguments: ["1.5", "\"1\"", "9223372036854775808", "1e30", "true", "null", "[]", "-", "0x1", "1_000"])
  func wholeDongOnly(_ text: String) {
    #expect(throws: Refusal.self) { try Codec.decodeStrictly([Money].self, from: Data("[\(text)]".utf8)) }
  }
}

@Suite struct QuantityTests {
  @Test(arguments: [
    ("0", "0"), ("-0", "0"), ("99.9", "99.9"), ("99.90", "99.9"), ("100.000000", "100"), ("007", "7"),
    ("0.000001", "0.000001"),
    ("-0.05", "-0.05"), ("999999999999.999999", "999999999999.999999"), ("1.0000000000", "1"),
  ])
  func asItIsWritten(given: String, kept: String) throws {
    let quantity = try #require(Quantity(given))
    #expect(quantity.description == kept)
    #expect(Quantity(kept) == quantity)
  }

  @Test(arguments: [
    "", "-", ".", "1.", ".5", "1.2.3", "--1", "+1", "1,5", "1e3", "1 ", "1234567890123", "0.0000001", "NaN", "٣",
    "1\u{301}",
    "1.5\u{301}", "1\u{FE0F}\u{20E3}",
  ])
  func notANumber(_ text: String) {
    #expect(Quantity(text) == nil)
  }

  @Test func wholeNumbers() {
    #expect(Quantity(5) == Quantity("5"))
    #expect(Quantity("99.5")?.written == "99,5")
  }

  @Test func twelveDigits() {
    for whole in [-999_999_999_999, -1, 0, 999_999_999_999] as [Int64] {
      #expect(Quantity(whole)?.description == "\(whole)")
      #expect(Quantity("\(whole)") == Quantity(whole))
    }
    for whole in [Int64.min, -1_000_000_000_000, 1_000_000_000_000, .max] {
      #expect(Quantity(whole) == nil)
    }
  }
}

@Suite struct RatioTests {
  @Test func combinedByCounts() {
    #expect(Ratio(1, of: 2)?.combined(with: Ratio(1, of: 4)!) == Ratio(2, of: 6))
    #expect(Ratio(.max, of: 1)?.combined(with: Ratio(1, of: 1)!) == nil)
    #expect(Ratio(0, of: .max)?.combined(with: Ratio(0, of: 1)!) == nil)
  }

  @Test func notARatio() {
    #expect(Ratio(1, of: 0) == nil)
    #expect(Ratio(1, of: -1) == nil)
    #expect(Ratio(-1, of: 1) == nil)
    #expect(throws: Refusal.self) {
      try Codec.decodeStrictly(Ratio.self, from: Data(#"{"numerator":1,"denominator":0}"#.utf8))
    }
  }

  @Test func exactAtTheEdge() throws {
    let most = Int64.max
    let hundred = try #require(Quantity(100))
    #expect(try #require(Ratio(most, of: most)).percentCompared(to: hundred) == .equal)
    #expect(try #require(Ratio(most - 1, of: most)).percentCompared(to: hundred) == .below)
    let nearly = try #require(Quantity("99.999999"))
    #expect(try #require(Ratio(most - 1, of: most)).percentCompared(to: nearly) == .above)
    let huge = try #require(Quantity("999999999999.999999"))
    #expect(try #require(Ratio(most, of: 1)).percentCompared(to: huge) == .above)
    #expect(try #require(Ratio(0, of: most)).percentCompared(to: huge) == .below)
    #expect(try #require(Ratio(0, of: 1)).percentCompared(to: try #require(Quantity("-0.000001"))) == .above)
    #expect(try #require(Ratio(999, of: 1000)).percentCompared(to: try #require(Quantity("99.9"))) == .equal)
    #expect(try #require(Ratio(1, of: 3)).percentCompared(to: try #require(Quantity("33.333333"))) == .above)
  }

  @Test func asWithWiderNumbers() throws {
    var seed = Seed()
    for _ in 0..<5000 {
      let ratio = try #require(Ratio(.random(in: 0...(.max), using: &seed), of: .random(in: 1...(.max), using: &seed)))
      let millionths = Int64.random(in: -200_000_000...200_000_000, using: &seed)
      let sign = millionths < 0 ? "-" : ""
      let fraction = String(String(1_000_000 + millionths.magnitude % 1_000_000).dropFirst())
      let target = try #require(Quantity("\(sign)\(millionths.magnitude / 1_000_000).\(fraction)"))
      let left = Int128(ratio.numerator) * 100_000_000
      let right = Int128(millionths) * Int128(ratio.denominator)
      let order: Ratio.Order = left < right ? .below : left > right ? .above : .equal
      #expect(ratio.percentCompared(to: target) == order, "\(seed) \(ratio) \(target)")
    }
  }
}

@Suite struct FigureTests {
  /// Never more than was reached.
  @Test(
    arguments: [
      (85, 100, "85,0 %"), (0, 7, "0,0 %"), (7, 7, "100,0 %"), (2, 3, "66,6 %"), (9996, 10_000, "99,9 %"),
      (1, 3000, "0,0 %"),
      (3, 2, "150,0 %"), (.max, .max, "100,0 %"), (.max, 1, "922337203685477580700,0 %"),
    ] as [(Int64, Int64, String)])
  func roundedDown(numerator: Int64, denominator: Int64, text: String) {
    #expect(Ratio(numerator, of: denominator)?.percentWritten == text)
  }

  @Test(
    arguments: [
      ("12", 12, .equal), ("12", 11, .below), ("12", 13, .above), ("1.5", 1, .below), ("1.5", 2, .above),
      ("0", 0, .equal), ("-0.5", 0, .above), ("-0.5", -1, .below), ("999999999999.999999", .max, .above),
      ("0.000001", 0, .below), ("-999999999999.999999", .min, .below),
    ] as [(String, Int64, Ratio.Order)])
  func countTowardsQuantity(quantity: String, count: Int64, order: Ratio.Order) throws {
    #expect(try #require(Quantity(quantity)).order(of: count) == order)
  }

  @Test func asOfficesWriteIt() {
    #expect(Figure(1250).written == "1.250")
    #expect(Figure(1250, of: 2000).written == "1.250/2.000")
    #expect(Figure(1250, of: 2000).written(in: "%") == "1.250/2.000 (62,5 %)")
    #expect(Figure(12, of: 20).written(in: "thôn") == "12/20 thôn")
    #expect(Figure(12).written(in: nil) == "12")
    #expect(Figure(1, of: 0).written(in: "%") == "1/0 %")
    #expect(Figure(1, of: 0).ratio == nil)
  }
}
