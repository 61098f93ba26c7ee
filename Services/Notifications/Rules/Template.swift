import Mustache

/// A text with names in double braces, checked when it is read: every name is one that it may use.
struct Template: Sendable {
  enum Form: Hashable { case text, html }

  enum Value: Sendable {
    case text(String)
    /// A section that is shown or not.
    case flag(Bool)
    /// A section that is shown for each.
    case list([[String: Value]])
  }

  private let template: MustacheTemplate
  private let form: Form

  /// - Parameters:
  ///   - file: Where it stands, for faults.
  ///   - first: The line of the file on which it begins.
  init(_ text: String, named file: String, line first: Int = 1, form: Form = .text, knows names: Set<String>)
    throws(DataFault)
  {
    for tag in Self.tags(of: text) {
      let kind = tag.content.first ?? " "
      let name = "#^/".contains(kind) ? tag.content.dropFirst() : tag.content
      if kind == "!" { continue }
      // Unescaped tags, partials and pragmas are none of an operator's texts.
      guard names.contains(name.trimmed) else {
        let known = names.sorted().joined(separator: ", ")
        throw DataFault(
          file: file, line: first + tag.line,
          reason: "{{\(tag.content)}} is not one of \(known.isEmpty ? "none" : known)")
      }
    }
    do {
      template = try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + text)
    } catch let error as MustacheTemplate.ParserError {
      throw DataFault(file: file, line: first + error.context.lineNumber - 1, reason: "\(error.error)")
    } catch {
      throw DataFault(file: file, line: first, reason: "\(error)")
    }
    self.form = form
  }

  func callAsFunction(_ values: [String: Value]) -> String {
    template.render(values.mapValues(plain))
  }

  private func plain(_ value: Value) -> Any {
    switch value {
    case .text(let text): form == .html ? text.onOneLine.escaped : text.onOneLine
    case .flag(let flag): flag
    case .list(let items): items.map { $0.mapValues(plain) }
    }
  }

  private static func tags(of text: String) -> [(content: Substring, line: Int)] {
    var tags: [(Substring, Int)] = []
    var rest = text[...]
    var line = 0
    while let start = rest.firstRange(of: "{{"),
      let end = rest[start.upperBound...].firstRange(of: "}}")
    {
      line += rest[..<start.lowerBound].count(where: \.isNewline)
      tags.append((rest[start.upperBound..<end.lowerBound], line))
      line += rest[start.lowerBound..<end.lowerBound].count(where: \.isNewline)
      rest = rest[end.upperBound...]
    }
    return tags
  }
}

extension String {
  /// What people wrote, as part of a sentence: nothing in it ends a line or steers a terminal.
  var onOneLine: String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isControl =
        switch scalar.properties.generalCategory {
        case .control, .lineSeparator, .paragraphSeparator, .format: true
        default: false
        }
      scalars.append(isControl ? " " : scalar)
    }
    return String(scalars)
  }

  /// For HTML. By scalars: as a character, `<` with a combining accent is another one, to a browser it is the same.
  fileprivate var escaped: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

extension Substring {
  var trimmed: String {
    var text = self
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
