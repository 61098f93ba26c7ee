import ArgumentParser
import FoundationEssentials
import PlanDocuments
import Schema

/// An office's list of people as it comes out of a spreadsheet: whatever its columns are called and however they stand.
struct PersonSheet {
  /// The fields of a line as `ImportPeople` has them, in its order, each with the headings that mean it.
  private static let headings: [[String]] = [
    [
      "so dinh danh", "so dinh danh ca nhan", "so cccd", "cccd", "can cuoc", "so can cuoc", "personal number", "number",
    ],
    ["ho ten", "ho va ten", "ten", "name", "full name"],
    ["ngay sinh", "nam sinh", "ngay thang nam sinh", "birth", "date of birth", "year of birth"],
    ["gioi tinh", "gioi", "sex"],
    ["thon", "thon xom", "thon ban", "khu pho", "ap", "to dan pho", "village"],
    ["dinh danh", "dinh danh muc 2", "trang thai", "trang thai dinh danh", "tai khoan muc 2", "eid", "state"],
    ["ngay trang thai", "tu ngay", "ngay cap", "ngay kich hoat", "since"],
    ["chu ky so", "signature"],
    ["ngay doi chieu", "doi chieu", "checked"],
  ]

  /// Lines in the form of `ImportPeople`, and where each stood in the file.
  let lines: [(number: Int, text: String)]
  /// Headings that mean nothing here; what stands below them is left out.
  let ignored: [String]

  /// An .xlsx, or CSV in UTF-8.
  init(_ data: Data) throws {
    guard SheetFile.isPacked([UInt8](data.prefix(4))) else {
      var rows = SeparatedValues(try Self.text(data))
      try self.init(rows: { rows.next() })
      return
    }
    var rows = try Self.table(data).rows.makeIterator()
    try self.init(rows: { rows.next().map { ($0.line, $0.cells.map(\.text)) } })
  }

  private static func table(_ data: Data) throws -> Manuscript.Table {
    do throws(UnreadableDocument) {
      return try SheetFile.table([UInt8](data), isLong: true)
    } catch {
      throw Complaint(vi: "\(error.text.vi).", en: "\(error.text.en).", code: ExitCode(65))
    }
  }

  private static func text(_ data: Data) throws -> Substring {
    guard let text = String(validating: data, as: UTF8.self) else {
      throw Complaint(
        vi: "Tệp không phải UTF-8; trong Excel hãy lưu kiểu «CSV UTF-8».",
        en: "The file is not UTF-8; save it as “CSV UTF-8” in the spreadsheet.", code: ExitCode(65))
    }
    return text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
  }

  /// - Parameter next: The rows, the headings first, each with the line of the file on which it begins.
  private init(rows next: () -> (line: Int, fields: [String])?) throws {
    guard let header = next()?.fields else {
      throw Complaint(vi: "Tệp không có dòng nào.", en: "The file is empty.", code: ExitCode(65))
    }
    var (places, ignored): ([Int?], [String]) = ([], [])
    for heading in header {
      let field = Self.headings.firstIndex { $0.contains(heading.folded) }
      if field == nil, !heading.isEmpty { ignored.append(heading) }
      places.append(field)
    }
    guard places.contains(0) else {
      throw Complaint(
        vi: "Không thấy cột «Số định danh» trong dòng tiêu đề của tệp.",
        en: "No column “Personal number” in the file's first line.", code: ExitCode(65))
    }
    var lines: [(Int, String)] = []
    while let row = next() {
      guard row.fields.contains(where: { !$0.isEmpty }) else { continue }
      var fields = Array(repeating: "", count: Self.headings.count)
      for (place, content) in zip(places, row.fields) {
        // The first column of a kind counts; a line's own marks must not part it.
        if let place, fields[place].isEmpty { fields[place] = content.replacing("\t", with: " ").squeezedLines }
      }
      lines.append((row.line, fields.joined(separator: "\t")))
    }
    self.lines = lines
    self.ignored = ignored
  }

  /// Requests that hold all lines, each small enough to be sent; a gap in the file begins another one.
  func parts(pads: Bool) -> [ImportPeople] {
    var parts: [ImportPeople] = []
    var (first, texts, bytes) = (0, [] as [String], 0)
    for (number, text) in lines {
      let size = text.utf8.count + 12
      if !texts.isEmpty, number != first + texts.count || bytes + size > 180_000 || texts.count == ImportPeople.limit {
        parts.append(ImportPeople(first: first, lines: texts.joined(separator: "\n"), pads: pads))
        (texts, bytes) = ([], 0)
      }
      if texts.isEmpty { first = number }
      texts.append(text)
      bytes += size
    }
    if !texts.isEmpty { parts.append(ImportPeople(first: first, lines: texts.joined(separator: "\n"), pads: pads)) }
    return parts
  }
}

extension String {
  fileprivate var squeezedLines: String {
    contains(where: \.isNewline) ? split(whereSeparator: \.isNewline).joined(separator: " ") : self
  }
}

/// RFC 4180, with whichever of comma, semicolon and tab the first line has most of: spreadsheets with Vietnamese settings
/// write semicolons.
struct SeparatedValues {
  private let bytes: Substring.UTF8View
  private var position: Substring.UTF8View.Index
  private var line = 0
  private let separator: UInt8

  init(_ text: Substring) {
    bytes = text.utf8
    position = bytes.startIndex
    let first = text.prefix { !$0.isNewline }.utf8
    separator = Array(",;\t".utf8).max { one, other in first.count { $0 == one } < first.count { $0 == other } } ?? 0x2C
  }

  /// A record, and the line of the text on which it begins; nil at the end.
  mutating func next() -> (line: Int, fields: [String])? {
    guard position < bytes.endIndex else { return nil }
    line += 1
    let start = line
    var (fields, field, isQuoted): ([String], [UInt8], Bool) = ([], [], false)
    while position < bytes.endIndex {
      let byte = bytes[position]
      bytes.formIndex(after: &position)
      switch byte {
      case 0x22 where isQuoted && position < bytes.endIndex && bytes[position] == 0x22:
        field.append(0x22)
        bytes.formIndex(after: &position)
      case 0x22 where isQuoted || field.isEmpty: isQuoted.toggle()
      case separator where !isQuoted:
        fields.append(Self.trimmed(field))
        field = []
      case 0x0D where !isQuoted: break
      case 0x0A where !isQuoted:
        fields.append(Self.trimmed(field))
        return (start, fields)
      default:
        if byte == 0x0A { line += 1 }
        field.append(byte)
      }
    }
    fields.append(Self.trimmed(field))
    return (start, fields)
  }

  private static func trimmed(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.first?.isWhitespace == true || text.last?.isWhitespace == true else { return text }
    return String(text.drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}
