import Schema

/// Who leads and who helps, where one cell names both: `Chủ trì: …; Phối hợp: …`, `… (chủ trì), … (phối hợp)`, `A/B`.
struct Parties {
  private(set) var leads = ""
  private(set) var coordinating = ""
  /// The cell itself says which is which.
  private(set) var isTold = false

  /// - Parameter isShared: the column's heading names both, so that a stroke parts them.
  init(_ text: String, isShared: Bool) {
    var rest = text[...]
    var role = WritableKeyPath<Parties, String>?.none
    while let label = Self.label(in: rest) {
      add(rest[..<label.range.lowerBound], to: role ?? \.leads)
      role = label.leads ? \.leads : \.coordinating
      isTold = true
      rest = rest[label.range.upperBound...]
    }
    if let role {
      add(rest, to: role)
    } else if let marked = Self.marked(text) {
      self = marked
    } else if isShared, let stroke = text.firstIndex(of: "/") {
      isTold = true
      add(text[..<stroke], to: \.leads)
      add(text[text.index(after: stroke)...], to: \.coordinating)
    } else {
      leads = text
    }
  }

  private init() {}

  private mutating func add(_ names: Substring, to role: WritableKeyPath<Parties, String>) {
    let names = names.trimming(";,. \n")
    guard !names.isEmpty else { return }
    self[keyPath: role] += (self[keyPath: role].isEmpty ? "" : "; ") + names
  }

  /// The first `Chủ trì:` or `Đơn vị phối hợp:`.
  private static func label(in text: Substring) -> (range: Range<Substring.Index>, leads: Bool)? {
    var start = text.startIndex
    while let colon = text[start...].firstIndex(of: ":") {
      let words = text[start..<colon].split { " \n;,.".contains($0) }.suffix(4)
      let folded = words.map(\.folded)
      if let size = [4, 2].first(where: { size in
        folded.suffix(size).count == size && labels.contains { $0.words == Array(folded.suffix(size)) }
      }) {
        let label = labels.first { $0.words == Array(folded.suffix(size)) }
        return (words[words.endIndex - size].startIndex..<text.index(after: colon), label?.leads ?? true)
      }
      start = text.index(after: colon)
    }
    return nil
  }

  private static let labels: [(words: [String], leads: Bool)] = ["chu tri", "phoi hop"].flatMap { role in
    ["", "don vi ", "co quan "].map { ((($0 + role).split(separator: " ").map(String.init)), role == "chu tri") }
  }

  /// `Phòng A (chủ trì); Phòng B, Hội C (phối hợp)`; nil without such brackets.
  private static func marked(_ text: String) -> Parties? {
    var parties = Parties()
    var rest = text[...]
    while let open = rest.firstIndex(of: "("), let close = rest[open...].firstIndex(of: ")") {
      let role = rest[open..<close].folded
      guard role == "chu tri" || role == "phoi hop" else { return nil }
      parties.add(rest[..<open], to: role == "chu tri" ? \.leads : \.coordinating)
      parties.isTold = true
      rest = rest[rest.index(after: close)...]
    }
    guard parties.isTold else { return nil }
    parties.add(rest, to: \.coordinating)
    return parties
  }
}
