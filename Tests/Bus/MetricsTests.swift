import Bench
import Foundation
import Logging
import Schema
import Storage
import Testing

@testable import Bus
@testable import Service

@Suite("What is measured", .timeLimit(.minutes(60)))
struct MetricsTests {
  @Test("a histogram's percentiles are the ends of their buckets, and never beyond the longest")
  func percentiles() {
    var histogram = Histogram()
    #expect(histogram.percentile(99) == 0)
    for _ in 0..<98 { histogram.add(microseconds: 60) }
    histogram.add(microseconds: 400)
    histogram.add(microseconds: 70_000_000)
    #expect(histogram.count == 100)
    #expect(histogram.percentile(50) == 100)
    #expect(histogram.percentile(98) == 100)
    #expect(histogram.percentile(99) == 500)
    #expect(histogram.percentile(100) == 70_000_000)
    histogram.add(microseconds: -5)
    #expect(histogram.counts[0] == 1)
    var one = Histogram()
    one.add(.microseconds(51))
    #expect(one.percentile(50) == 51)
  }

  @Test(
    "seconds are written without loss", arguments: [(0, "0"), (1, "0.000001"), (1_500_000, "1.5"), (50, "0.00005")])
  func seconds(microseconds: Int64, written: String) {
    #expect(Exposition.seconds(microseconds) == written)
  }

  @Test("requests are counted by method and code, and what names no method of ours under no name")
  func counted() async throws {
    let place = try Place()
    try await withDesk(in: place) { desk, bench in
      let gateway = try await desk.gateway(on: bench)
      for _ in 0..<3 {
        #expect(try await gateway.ask("plans.health -", by: Who.operator, Data()).status == .ok)
      }
      #expect(try await gateway.ask("plans.health -", by: Who.focal, Data()).status == .forbidden)
      for made in ["plans.x", "plans.y"] {
        #expect(try await gateway.ask("\(made) -", by: Who.operator, Data()).status == .notFound)
      }
      let reply = try await gateway.ask("plans.health -", by: Who.operator, Data())
      let load = try #require(try ServiceHealth(json: reply.body).load)
      let health = try #require(load.methods.first { $0.method == "plans.health" })
      #expect(health.answers == [.init(code: 200, count: 3), .init(code: 403, count: 1)])
      #expect(health.refused == 1)
      #expect(health.took.count == 3)
      #expect(load.methods.map(\.method) == ["plans.health", ""])
      #expect(load.methods.last?.answers == [.init(code: 404, count: 2)])

      try await desk.say(1...5)
      let text = try await desk.vitals.exposition()
      let families = try Families(text)
      #expect(families["xaso_requests_total", ["service": "plans", "method": "plans.health", "code": "200"]] == 4)
      #expect(families["xaso_stream_head", ["service": "plans"]] == 5)
      #expect((families["xaso_commit_seconds_count", ["service": "plans"]] ?? 0) >= 1)
    }
  }

  @Test("what is written is Prometheus' text format, whatever stands in a label, and replaces what was there")
  func format() async throws {
    var exposition = Exposition()
    exposition.add("xaso_a", .gauge, "A \u{1EA3}.", [([("name", "a\"b\\c\nd")], "1")])
    var histogram = Histogram()
    for time in [1, 60, 5_000_000, 50_000_000] as [Int64] { histogram.add(microseconds: time) }
    exposition.add("xaso_b_seconds", "B.", [([("x", "1")], histogram), ([("x", "2")], Histogram())])
    exposition.add("xaso_nothing", .counter, "Not there.", [])
    let families = try Families(exposition.text)
    #expect(families["xaso_a", ["name": "a\"b\\c\nd"]] == 1)
    #expect(families["xaso_b_seconds_bucket", ["x": "1", "le": "0.0001"]] == 2)
    #expect(families["xaso_b_seconds_count", ["x": "1"]] == 4)
    #expect(families["xaso_b_seconds_sum", ["x": "1"]] == 55.000061)
    #expect(!exposition.text.contains("nothing"))

    let place = try Place()
    let database = try await Database.open(place.path("plans.sqlite"), service: Plans.name, migrations: [])
    let path = place.path("xaso-plans.prom")
    let file = MetricsFile(of: Vitals(of: Plans.name, database, Meter()) { [] }, at: path, log: Logger(label: "test"))
    for _ in 0..<2 {
      try await file.write()
      _ = try Families(String(contentsOfFile: path, encoding: .utf8))
    }
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o644)
    #expect(!FileManager.default.fileExists(atPath: path + ".new"))
    await database.close()
  }

  private func withDesk(in place: Place, _ body: (Desk, Bench) async throws -> Void) async throws {
    let keys = Keys()
    let desk = try await Desk.open(place, keys: keys)
    try await withBench(keys: keys) { bench in try await body(desk, bench) }
    await desk.close()
  }
}

/// A strict reader of Prometheus' text format: one family at a time, declared before its samples, no sample twice, a
/// histogram whose buckets rise to its count.
private struct Families {
  struct Fault: Error, CustomStringConvertible {
    let description: String
  }

  private var samples: [String: [[String: String]: Double]] = [:]

  subscript(name: String, labels: [String: String]) -> Double? { samples[name]?[labels] }

  init(_ text: String) throws {
    guard text.hasSuffix("\n") else { throw Fault(description: "the last line does not end") }
    var declared: Set<String> = []
    var family: (name: String, kind: String?)?
    for line in text.dropLast().split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
      if let match = line.wholeMatch(of: /# HELP ([a-zA-Z_:][a-zA-Z0-9_:]*) (.+)/) {
        guard declared.insert(String(match.1)).inserted else { throw Fault(description: "twice: \(line)") }
        family = (String(match.1), nil)
      } else if let match = line.wholeMatch(of: /# TYPE ([a-zA-Z_:][a-zA-Z0-9_:]*) (counter|gauge|histogram)/) {
        guard family?.name == String(match.1), family?.kind == nil else { throw Fault(description: line) }
        family?.kind = String(match.2)
      } else {
        guard let family, let kind = family.kind else { throw Fault(description: "not declared: \(line)") }
        try add(line, to: family.name, kind)
      }
    }
    for name in declared { try checkHistogram(name) }
  }

  private mutating func add(_ line: String, to family: String, _ kind: String) throws {
    let sample = /([a-zA-Z_:][a-zA-Z0-9_:]*)\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\]|\\["\\n])*",?)*)\} (\S+)/
    guard let match = line.wholeMatch(of: sample), let value = Double(match.3) else { throw Fault(description: line) }
    let name = String(match.1)
    let names = kind == "histogram" ? ["_bucket", "_sum", "_count"].map { family + $0 } : [family]
    guard names.contains(name), kind != "counter" || name.hasSuffix("_total") else { throw Fault(description: line) }
    var labels: [String: String] = [:]
    for label in String(match.2).matches(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\["\\n])*)"/) {
      let text = String(label.2).replacing(/\\(.)/) { $0.1 == "n" ? "\n" : String($0.1) }
      guard labels.updateValue(text, forKey: String(label.1)) == nil else { throw Fault(description: line) }
    }
    guard samples[name, default: [:]].updateValue(value, forKey: labels) == nil else {
      throw Fault(description: "twice: \(line)")
    }
  }

  private func checkHistogram(_ name: String) throws {
    guard let buckets = samples[name + "_bucket"] else { return }
    var series: [[String: String]: [(bound: Double, count: Double)]] = [:]
    for (labels, count) in buckets {
      var rest = labels
      guard let text = rest.removeValue(forKey: "le"), let bound = text == "+Inf" ? .infinity : Double(text) else {
        throw Fault(description: "\(name) without le")
      }
      series[rest, default: []].append((bound, count))
    }
    for (labels, points) in series {
      let sorted = points.sorted { $0.bound < $1.bound }
      guard zip(sorted, sorted.dropFirst()).allSatisfy({ $0.count <= $1.count }), sorted.last?.bound == .infinity,
        sorted.last?.count == samples[name + "_count"]?[labels], samples[name + "_sum"]?[labels] != nil
      else { throw Fault(description: "\(name) \(labels)") }
    }
  }
}
