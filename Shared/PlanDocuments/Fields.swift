import Schema
import Yams

/// One mapping of the file, read field by field; what cannot be read goes to the log and reading goes on.
struct Fields {
  typealias Reason = PlanProblem.Reason

  /// A hundred rows of such texts must fit a request; no plan has so long a cell.
  static let longestText = 2000

  /// A node and where it stands, such as `tasks[3].due`.
  struct Entry {
    let node: Node
    let place: String
  }

  let entry: Entry
  private let log: ProblemLog
  private var entries: [String: Entry] = [:]

  /// Nil unless the entry is a mapping. Fields that are left blank are as good as not there.
  ///
  /// - Parameter sharing: the group whose fields hold for this row where it says nothing itself.
  init?(_ entry: Entry, known: [String], sharing group: Fields? = nil, log: ProblemLog) {
    self.entry = entry
    self.log = log
    guard case .mapping(let mapping) = entry.node else {
      log.add(PlanProblem(line: entry.node.line, place: entry.place, reason: .notAMapping))
      return nil
    }
    entries = (group?.entries ?? [:]).filter { known.contains($0.key) }
    for (key, node) in mapping {
      let name = key.scalar?.string ?? "?"
      let field = Entry(node: node, place: entry.place.isEmpty ? name : "\(entry.place).\(name)")
      if known.contains(name) {
        entries[name] = node.isBlank ? nil : field
      } else {
        let nearest = Spelling.nearest(to: name, among: known)
        let shown = String(name.prefix(48))
        log.add(PlanProblem(line: key.line, place: entry.place, reason: .unknownField(shown, nearest: nearest)))
      }
    }
  }

  func has(_ name: String) -> Bool { entries[name] != nil }

  /// Reports a field that must be there and is not.
  func need(_ name: String) {
    if !has(name) { log.add(PlanProblem(line: entry.node.line, place: entry.place, reason: .missing(name))) }
  }

  func text(_ name: String) -> String? { value(name) { $0 } }

  /// The field as `read` understands its text; nil where it is missing or wrong.
  func value<Value>(_ name: String, _ read: (String) throws(Reason) -> Value) -> Value? {
    entries[name].flatMap { value($0, read) }
  }

  /// The entries of a list, or the only one where a single value stands in its place.
  func values<Value>(_ name: String, _ read: (String) throws(Reason) -> Value) -> [Value] {
    guard let field = entries[name] else { return [] }
    if case .scalar = field.node { return value(field, read).map { [$0] } ?? [] }
    return list(name).compactMap { value($0, read) }
  }

  /// The entries of a list, counted from 1 as people count rows.
  func list(_ name: String) -> [Entry] {
    guard let field = entries[name] else { return [] }
    guard case .sequence(let nodes) = field.node else {
      log.add(PlanProblem(line: field.node.line, place: field.place, reason: .notAList))
      return []
    }
    return nodes.enumerated().map { Entry(node: $1, place: "\(field.place)[\($0 + 1)]") }
  }

  /// A mapping of its own below this one; nil where there is none.
  func mapping(_ name: String, known: [String]) -> Fields? {
    entries[name].flatMap { Fields($0, known: known, log: log) }
  }

  /// The pairs of a mapping whose keys are the writer's own.
  func pairs<Key, Value>(
    _ name: String, key: (String) throws(Reason) -> Key, value read: (String) throws(Reason) -> Value
  ) -> [(Key, Value)] {
    pairs(name).compactMap { left, right in
      let (left, right) = (value(left, key), value(right, read))
      guard let left, let right else { return nil }
      return (left, right)
    }
  }

  /// Such pairs, each with a list of values or with one in its place.
  func lists<Key, Value>(
    _ name: String, key: (String) throws(Reason) -> Key, value read: (String) throws(Reason) -> Value
  ) -> [(Key, [Value])] {
    pairs(name).compactMap { left, right in
      let nodes = if case .sequence(let sequence) = right.node { Array(sequence) } else { [right.node] }
      let values = nodes.compactMap { value(Entry(node: $0, place: right.place), read) }
      return value(left, key).map { ($0, values) }
    }
  }

  private func pairs(_ name: String) -> [(Entry, Entry)] {
    guard let field = entries[name] else { return [] }
    guard case .mapping(let mapping) = field.node else {
      log.add(PlanProblem(line: field.node.line, place: field.place, reason: .notAMapping))
      return []
    }
    return mapping.map { pair in
      let place = "\(field.place).\(pair.key.scalar?.string ?? "?")"
      return (Entry(node: pair.key, place: field.place), Entry(node: pair.value, place: place))
    }
  }

  private func value<Value>(_ field: Entry, _ read: (String) throws(Reason) -> Value) -> Value? {
    do throws(Reason) {
      return try read(field.node.plainText())
    } catch {
      log.add(PlanProblem(line: field.node.line, place: field.place, reason: error))
      return nil
    }
  }
}

extension Node {
  /// The text of a scalar: one line, single spaces, nothing unprintable.
  fileprivate func plainText() throws(PlanProblem.Reason) -> String {
    guard case .scalar(let scalar) = self else { throw .notText }
    let text = scalar.string.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !text.isEmpty else { throw .notText }
    guard text.count <= Fields.longestText else { throw .tooLong(limit: Fields.longestText) }
    // Zero-width and direction marks come with text from web pages and PDF files, and make equal names unequal.
    for scalar in text.unicodeScalars where [.control, .format].contains(scalar.properties.generalCategory) {
      throw .unprintable(code: "U+" + String(scalar.value, radix: 16, uppercase: true))
    }
    return text
  }
}
