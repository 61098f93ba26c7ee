/// Finds which of many known names a written one means, by the words that they share.
struct NameIndex: Sendable {
  struct Hit: Hashable, Sendable {
    /// Position of the entry whose name this is.
    let entry: Int
    /// 0 to 1.
    let score: Double
  }

  /// From here on two names are one; below it a person decides.
  static let same = 0.85
  /// Below this a name is not even offered.
  static let near = 0.6

  private var names: [(entry: Int, wording: Wording)] = []
  private var byWord: [String: [Int]] = [:]
  /// The entries that have a name of exactly these words, in whatever order.
  private var byWords: [[String]: Set<Int>] = [:]

  /// - Parameter entries: the names of each entry, its own and its aliases.
  init(_ entries: [[String]]) {
    for (entry, written) in entries.enumerated() {
      for name in written {
        let wording = Wording(name)
        for word in wording.words { byWord[word, default: []].append(names.count) }
        names.append((entry, wording))
        byWords[wording.words.sorted(), default: []].insert(entry)
      }
    }
  }

  /// The entries that come near, the best first; among equals the one that stands first in the catalogue.
  func hits(for name: String) -> [Hit] {
    let wording = Wording(name)
    if let known = byWords[wording.words.sorted()], known.count == 1, let entry = known.first {
      return [Hit(entry: entry, score: 1)]
    }
    var shared: [Int: Int] = [:]
    for word in wording.words { for index in byWord[word] ?? [] { shared[index, default: 0] += 1 } }
    // Scoring letter by letter is dear: only names that share the most whole words are worth it.
    let promising = shared.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(16)
    var best: [Int: Double] = [:]
    for (index, _) in promising {
      let score = Self.score(wording, known: names[index].wording)
      best[names[index].entry] = max(best[names[index].entry] ?? 0, score)
    }
    return best.filter { $0.value >= Self.near }.map { Hit(entry: $0.key, score: $0.value) }
      .sorted { ($1.score, $0.entry) < ($0.score, $1.entry) }
  }

  /// A name that holds all of a known one and says more is nearly as good as the known one itself.
  private static func score(_ wording: Wording, known: Wording) -> Double {
    let score = wording.score(against: known)
    guard known.words.count >= 4, known.words.count < wording.words.count else { return score }
    return max(score, 0.92 * wording.coverage(of: known))
  }
}
