import Schema

/// Finds the word that was probably meant.
enum Spelling {
  /// The nearest of the known words, if it is near at all.
  static func nearest(to word: String, among known: [String]) -> String? {
    let folded = Array(word.folded.prefix(48))
    let near = known.map { (word: $0, distance: distance(folded, Array($0.folded))) }.min { $0.distance < $1.distance }
    guard let near, near.distance <= max(1, near.word.count / 3) else { return nil }
    return near.word
  }

  /// How many letters must be added, removed or changed (Levenshtein).
  static func distance(_ left: [Character], _ right: [Character]) -> Int {
    var row = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in right.enumerated() {
        let changed = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, diagonal + 1)
      }
    }
    return row[right.count]
  }
}
