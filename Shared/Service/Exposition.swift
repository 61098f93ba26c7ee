import Storage

/// Prometheus' text format, version 0.0.4: families with their help and type, then their samples.
struct Exposition {
  enum Kind: String {
    case counter, gauge, histogram
  }

  private(set) var text = ""

  /// - Parameter samples: Labels and value of each.
  mutating func add(_ name: String, _ kind: Kind, _ help: String, _ samples: [([(String, String)], String)]) {
    guard !samples.isEmpty else { return }
    open(name, kind, help)
    for (labels, value) in samples { add(name, labels, value) }
  }

  /// In seconds, as Prometheus wants its times.
  mutating func add(_ name: String, _ help: String, _ histograms: [([(String, String)], Histogram)]) {
    guard !histograms.isEmpty else { return }
    open(name, .histogram, help)
    for (labels, histogram) in histograms {
      var below: Int64 = 0
      for (bound, count) in zip(Histogram.bounds, histogram.counts) {
        below += count
        add("\(name)_bucket", labels + [("le", Self.seconds(bound))], "\(below)")
      }
      add("\(name)_bucket", labels + [("le", "+Inf")], "\(histogram.count)")
      add("\(name)_sum", labels, Self.seconds(histogram.sum))
      add("\(name)_count", labels, "\(histogram.count)")
    }
  }

  private mutating func open(_ name: String, _ kind: Kind, _ help: String) {
    text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
  }

  private mutating func add(_ name: String, _ labels: [(String, String)], _ value: String) {
    let written = labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",")
    text += "\(name){\(written)} \(value)\n"
  }

  private static func escaped(_ value: String) -> String {
    value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
  }

  /// Without the detour of a floating-point number.
  static func seconds(_ microseconds: Int64) -> String {
    let rest = String(microseconds % 1_000_000)
    let digits = String(repeating: "0", count: 6 - rest.count) + rest
    let fraction = digits.reversed().drop { $0 == "0" }.reversed()
    return "\(microseconds / 1_000_000)" + (fraction.isEmpty ? "" : "." + String(fraction))
  }
}
