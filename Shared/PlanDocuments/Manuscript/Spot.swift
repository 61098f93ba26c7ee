public import Schema

/// Where something stands in a document, as a reader would look for it.
public struct Spot: Codable, Hashable, Sendable {
  /// The heading it stands under, shortest form: `Phụ lục I`, `II.2.a`. Empty before the first.
  public var section: String
  /// The row's number as printed.
  public var row: String?
  /// Within a cell or paragraph that holds several: `1`, `3a`.
  public var item: String?
  /// From 1: the line of a text file, the paragraph of a Word file.
  public var line: Int

  public init(section: String, row: String? = nil, item: String? = nil, line: Int) {
    self.section = section
    self.row = row
    self.item = item
    self.line = line
  }

  /// As a finding names it: `II.2, ý 3a`, `Phụ lục III.1`.
  var place: String {
    let start = [section, row].compactMap(\.self).filter { !$0.isEmpty }.joined(separator: ".")
    guard let item else { return start.isEmpty ? "dòng \(line)" : start }
    return (start.isEmpty ? "" : start + ", ") + "ý \(item)"
  }

  public var text: Text {
    func place(_ row: String, _ item: String, _ line: String) -> String {
      var parts = section.isEmpty ? [] : [section]
      if let number = self.row { parts.append("\(row) \(number)") }
      if let number = self.item { parts.append("\(item) \(number)") }
      parts.append("\(line) \(self.line)")
      return parts.joined(separator: ", ")
    }
    return Text(vi: place("hàng", "ý", "dòng"), en: place("row", "item", "line"))
  }
}
