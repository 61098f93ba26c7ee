import Schema

/// Collects findings while reading goes on, and which passages something was read from.
final class ReadingLog {
  private(set) var findings: [ReadingFinding] = []
  private(set) var taken: Set<Int> = []

  func add(_ reason: ReadingFinding.Reason, _ words: String, at spot: Spot, lines: [Int] = []) {
    findings.append(ReadingFinding(reason, words, at: spot, lines: lines))
  }

  func take(_ passage: Passage) { taken.insert(passage.index) }
}
