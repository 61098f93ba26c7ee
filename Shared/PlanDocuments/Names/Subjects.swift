import Schema

/// What the names of several plans are about, so that the same thing is one thing however it is written.
///
/// A name of the catalogue is that entry. Of the others, two are one when all but one of their words agree and they score 0.9;
/// each name is looked up, never compared with all others, so the work grows with the number of names.
struct Subjects: Sendable {
  enum Subject: Hashable, Sendable {
    case listed(Slug)
    /// By the first name that was met.
    case named(String)
  }

  static let sameName = 0.9

  /// Names that come near an entry of the catalogue, with the nearest; a person decides whether they mean it.
  private(set) var offered: [String: IndicatorCatalogue.Entry] = [:]
  private var subjects: [String: Subject] = [:]
  private var entries: [Slug: IndicatorCatalogue.Entry] = [:]

  init(_ names: some Sequence<String>, catalogue: IndicatorCatalogue) {
    var representatives: [String: (name: String, wording: Wording)] = [:]
    for name in names where subjects[name] == nil {
      switch catalogue.match(name) {
      case .same(let entry, _):
        entries[entry.code] = entry
        subjects[name] = .listed(entry.code)
        continue
      case .offered(let near): offered[name] = near.first
      case .unknown: break
      }
      let wording = Wording(name)
      let keys = Self.keys(of: wording)
      let known = keys.lazy.compactMap { representatives[$0] }.first {
        $0.wording.score(against: wording) >= Self.sameName
      }
      subjects[name] = .named(known?.name ?? name)
      guard known == nil else { continue }
      for key in keys where representatives[key] == nil { representatives[key] = (name, wording) }
    }
  }

  subscript(name: String) -> Subject { subjects[name] ?? .named(name) }

  /// Where less is better only the catalogue knows, unless the promise itself says `≤`.
  func moreIsBetter(_ subject: Subject) -> Bool {
    guard case .listed(let code) = subject else { return true }
    return entries[code]?.moreIsBetter ?? true
  }

  /// All the words, and all but one of them; a word with a digit is never left out.
  private static func keys(of wording: Wording) -> [String] {
    let words = wording.words.sorted()
    let whole = words.joined(separator: " ")
    return [whole]
      + words.indices.filter { !wording.numbered.contains(words[$0]) }.map { index in
        var rest = words
        rest.remove(at: index)
        return rest.joined(separator: " ")
      }
  }
}
