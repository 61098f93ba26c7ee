import Foundation

/// How much of what is there was found, and how much of what was found is there, for one kind of field.
struct Score {
  var expected = 0
  var read = 0
  var right = 0
  var wrong: [String] = []

  var recall: Double { expected == 0 ? 1 : Double(right) / Double(expected) }
  var precision: Double { read == 0 ? 1 : Double(right) / Double(read) }

  mutating func add(_ expected: String?, _ read: String?, at place: String) {
    if expected != nil { self.expected += 1 }
    if read != nil { self.read += 1 }
    if expected != nil, expected == read {
      right += 1
    } else if expected != nil || read != nil {
      wrong.append("\(place): expected \(expected ?? "–"), read \(read ?? "–")")
    }
  }

  mutating func add(_ expected: Set<String>, _ read: Set<String>, at place: String) {
    self.expected += expected.count
    self.read += read.count
    right += expected.intersection(read).count
    if expected != read {
      wrong.append(
        "\(place): missed \(expected.subtracting(read).sorted()), read besides \(read.subtracting(expected).sorted())")
    }
  }
}

/// The scores of one document by kind of field.
struct ScoreSheet {
  private(set) var kinds: [String] = []
  private(set) var scores: [String: Score] = [:]

  subscript(kind: String) -> Score {
    get { scores[kind] ?? Score() }
    set {
      if scores[kind] == nil { kinds.append(kind) }
      scores[kind] = newValue
    }
  }

  func lines(of name: String) -> [String] {
    func column(_ text: String, _ width: Int) -> String { text.padding(toLength: width, withPad: " ", startingAt: 0) }
    return kinds.map { kind in
      let score = self[kind]
      return column(name, 12) + column(kind, 26) + column("recall \(Self.percent(score.recall))", 16)
        + column("precision \(Self.percent(score.precision))", 19)
        + "(\(score.right) of \(score.expected), read \(score.read))"
    }
  }

  private static func percent(_ value: Double) -> String {
    String(Int((value * 1000).rounded()) / 10) + "." + String(Int((value * 1000).rounded()) % 10)
  }
}
