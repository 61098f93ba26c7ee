/// What a written name was taken for. Only what is sure is used; what is merely near is offered to a person.
public enum NameMatch<Entry: Hashable & Sendable>: Hashable, Sendable {
  /// - Parameter score: 0.85 to 1; 1 for the same words.
  case same(Entry, score: Double)
  /// The nearest three at most, best first.
  case offered([Entry])
  case unknown

  init(_ hits: [NameIndex.Hit], among entries: [Entry]) {
    guard let best = hits.first else {
      self = .unknown
      return
    }
    // Two entries that fit equally well are a question, not an answer.
    let isAlone = hits.count < 2 || hits[1].score < best.score
    self =
      best.score >= NameIndex.same && isAlone
      ? .same(entries[best.entry], score: best.score) : .offered(hits.prefix(3).map { entries[$0.entry] })
  }

  /// The entry, where it is sure.
  public var sure: Entry? {
    if case .same(let entry, _) = self { entry } else { nil }
  }
}
