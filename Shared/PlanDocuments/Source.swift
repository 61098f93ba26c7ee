import Foundation
import Yams

/// The text of a file, made a tree of YAML nodes; what could harm the reader stops here.
enum Source {
  static let limit = 1024 * 1024
  static let depth = 16

  static func root(of yaml: String) throws(PlanProblem) -> Node {
    guard yaml.utf8.count <= limit else { throw PlanProblem(line: 1, place: "", reason: .tooLarge(limit: limit)) }
    try refuseAliases(in: yaml)
    try refuseDepth(in: yaml)
    do {
      // Windows puts a byte order mark first, which libyaml takes for text once the encoding is named.
      let text = yaml.hasPrefix("\u{FEFF}") ? String(yaml.dropFirst()) : yaml
      let parser = try Parser(yaml: text.precomposedStringWithCanonicalMapping, encoding: .utf8)
      guard let root = try parser.nextRoot(), !root.isBlank else {
        throw PlanProblem(line: 1, place: "", reason: .empty)
      }
      if let second = try parser.nextRoot() {
        throw PlanProblem(line: second.line, place: "", reason: .severalDocuments)
      }
      return root
    } catch let problem as PlanProblem {
      throw problem
    } catch let error as YamlError {
      throw PlanProblem(error, in: yaml)
    } catch {
      throw PlanProblem(line: 1, place: "", reason: .notYAML)
    }
  }

  /// Yams follows aliases while it composes, and hashes the keys it composed: a few lines of nested aliases would take
  /// hours. It cannot be told not to, so a text that names an anchor and then refers to it is not given to it.
  private static func refuseAliases(in yaml: String) throws(PlanProblem) {
    var anchors: Set<Substring> = []
    var rest = yaml.utf8[...]
    while let index = rest.firstIndex(where: { $0 == UInt8(ascii: "&") || $0 == UInt8(ascii: "*") }) {
      let after = rest[rest.index(after: index)...]
      let name = Substring(after.prefix(while: isNamePart))
      if rest[index] == UInt8(ascii: "&") {
        anchors.insert(name)
      } else if !name.isEmpty, anchors.contains(name) {
        let line = 1 + yaml.utf8[..<index].count { $0 == UInt8(ascii: "\n") }
        throw PlanProblem(line: line, place: "", reason: .alias(String(name)))
      }
      rest = after
    }
  }

  /// Yams hashes every key, whole trees of keys within keys too, which costs the square of their depth. A plan needs
  /// four levels; brackets and question marks (YAML's sign of such a key) beyond sixteen are no plan.
  private static func refuseDepth(in yaml: String) throws(PlanProblem) {
    var (line, brackets, marks) = (1, 0, 0)
    for byte in yaml.utf8 {
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"): (brackets, marks) = (brackets + 1, 0)
      case UInt8(ascii: "]"), UInt8(ascii: "}"): (brackets, marks) = (max(0, brackets - 1), 0)
      case UInt8(ascii: "?"): marks += 1
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "-"): break
      case UInt8(ascii: "\n"): line += 1
      default: marks = 0
      }
      guard max(brackets, marks) <= depth else { throw PlanProblem(line: line, place: "", reason: .tooDeep) }
    }
  }

  private static func isNamePart(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
      true
    default: false
    }
  }
}

extension PlanProblem {
  fileprivate init(_ error: YamlError, in yaml: String) {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      self.init(line: mark.line, place: "", reason: .notYAML)
    case .reader(_, let offset, _, _):
      let line = yaml.prefix(offset ?? 0).count { $0.isNewline } + 1
      self.init(line: line, place: "", reason: .notYAML)
    case .duplicatedKeysInMapping(let names, let context):
      self.init(line: context.mark.line, place: "", reason: .duplicateField(names.first ?? ""))
    default:
      self.init(line: 1, place: "", reason: .notYAML)
    }
  }
}
