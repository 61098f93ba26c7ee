import Yams

/// Reads a file of an operator's, field by field, and says on which line something is wrong.
struct YAMLReader {
  let file: String
  let root: Node

  init(_ yaml: String, file: String) throws(DataFault) {
    self.file = file
    do {
      guard let root = try Yams.compose(yaml: yaml) else {
        throw DataFault(file: file, line: 1, reason: "the file is empty")
      }
      self.root = root
    } catch let fault as DataFault {
      throw fault
    } catch let error as YamlError {
      throw DataFault(file: file, line: error.line, reason: "not YAML: \(error.problem)")
    } catch {
      throw DataFault(file: file, line: 1, reason: "\(error)")
    }
  }

  func fault(_ node: Node, _ reason: String) -> DataFault {
    DataFault(file: file, line: node.line, reason: reason)
  }

  /// The fields of a mapping, each one of these and there once.
  func fields(_ node: Node, _ names: [String]) throws(DataFault) -> [String: Node] {
    guard let mapping = node.mapping else {
      throw fault(node, "expected the fields \(names.joined(separator: ", "))")
    }
    var fields: [String: Node] = [:]
    for (key, value) in mapping {
      guard let name = key.scalar?.string, names.contains(name) else {
        throw fault(key, "\(key.scalar?.string ?? "?") is not one of \(names.joined(separator: ", "))")
      }
      fields[name] = value
    }
    return fields
  }

  func need(_ fields: [String: Node], _ name: String, of node: Node) throws(DataFault) -> Node {
    guard let field = fields[name] else { throw fault(node, "\(name) is missing") }
    return field
  }

  func list(_ node: Node) throws(DataFault) -> [Node] {
    guard let sequence = node.sequence else { throw fault(node, "expected a list in square brackets") }
    return Array(sequence)
  }

  func text(_ node: Node) throws(DataFault) -> String {
    guard let text = node.scalar?.string else { throw fault(node, "expected a text") }
    return text
  }

  func word<Word: RawRepresentable<String> & CaseIterable>(_ node: Node) throws(DataFault) -> Word {
    guard let word = Word(rawValue: try text(node)) else {
      let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
      throw fault(node, "\(try text(node)) is not one of \(words)")
    }
    return word
  }

  func number(_ node: Node, in range: ClosedRange<Int>) throws(DataFault) -> Int {
    guard let number = Int(try text(node)), range.contains(number) else {
      throw fault(node, "expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  func flag(_ node: Node) throws(DataFault) -> Bool {
    switch try text(node) {
    case "true": return true
    case "false": return false
    default: throw fault(node, "expected true or false")
    }
  }

  /// `07:30`, in minutes since midnight.
  func clock(_ node: Node) throws(DataFault) -> RuleBook.Clock {
    let parts = try text(node).split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.utf8.count == 2 }), let hour = Int(parts[0]),
      let minute = Int(parts[1]), (0...23).contains(hour), (0...59).contains(minute)
    else { throw fault(node, "expected a time of day such as \"07:30\"") }
    return hour * 60 + minute
  }
}

extension Node {
  var line: Int { mark?.line ?? 1 }
}

extension YamlError {
  fileprivate var line: Int {
    switch self {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _): mark.line
    default: 1
    }
  }

  fileprivate var problem: String {
    switch self {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _), .composer(_, let problem, _, _): problem
    default: "\(self)"
    }
  }
}
