import ArgumentParser
import FoundationEssentials
import PlanDocuments
import Schema

/// A table of somebody's spreadsheet: .xlsx, or CSV parted by commas or semicolons; its columns are found by their titles.
enum Spreadsheet {
  struct Row {
    /// As an editor counts them, the titles being 1.
    let line: Int
    let fields: [String: String]

    /// By the column's title, accents or not; nil when it is empty.
    subscript(title: String) -> String? { fields[title.folded].flatMap { $0.isEmpty ? nil : $0 } }

    /// The numbers of a plan's row that may be meant: of 1.1, and of 1.10 too, a workbook makes the decimal 1,1.
    var numbers: [String] {
      get throws(Complaint) {
        let field = try needs("TT")
        let number = field.replacing(",", with: ".")
        return field == number ? [number] : [number, number + "0"]
      }
    }

    /// The one of them that there is; the first where there is none, so that it is said to be missing.
    func number(among known: Set<String>) throws(Complaint) -> String {
      let numbers = try numbers
      let found = numbers.filter(known.contains)
      guard found.count <= 1 else { throw unclear(numbers) }
      return found.first ?? numbers[0]
    }

    /// Which one is meant nobody knows.
    func unclear(_ numbers: [String]) -> Complaint {
      complaint(
        vi: "ô «TT» là số thập phân, không rõ là \(numbers.joined(separator: " hay ")); hãy định dạng cột «TT» là văn "
          + "bản, hoặc ghi mã.",
        en:
          "the cell “TT” is a decimal, of \(numbers.joined(separator: " or ")); make the column text, or write the id.")
    }

    func needs(_ title: String) throws(Complaint) -> String {
      guard let field = self[title] else { throw unread(title, "") }
      return field
    }

    func word<Word>(_ title: String, _ read: (String) -> Word?) throws(Complaint) -> Word {
      let field = try needs(title)
      guard let word = read(field) else { throw unread(title, field) }
      return word
    }

    func optional<Word>(_ title: String, _ read: (String) -> Word?) throws(Complaint) -> Word? {
      self[title] == nil ? nil : try word(title, read)
    }

    /// Money is as people write it; a plain number is đồng.
    func money(_ title: String) throws -> Money {
      let field = try needs(title)
      if let dong = Int64(field) { return Money(dong: dong) }
      guard let amount = Amount(argument: field) else { throw unread(title, field) }
      do {
        return try amount.resolve()
      } catch let complaint as Complaint {
        let text = complaint.text
        throw self.complaint(vi: "cột «\(title)»: \(text.vi)", en: "the column “\(title)”: \(text.en)")
      }
    }

    private func unread(_ title: String, _ field: String) -> Complaint {
      complaint(
        vi: "cột «\(title)» thiếu hoặc không đọc được: «\(field)».",
        en: "the column “\(title)” is missing or cannot be read: “\(field)”.")
    }

    /// What is wrong with the row, with its line.
    func complaint(vi: String, en: String) -> Complaint {
      Complaint(vi: "Dòng \(line): \(vi)", en: "Row \(line): \(en)", code: ExitCode(65))
    }
  }

  /// The first table of a workbook, or CSV in UTF-8.
  static func read(_ path: String) throws -> [Row] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Complaint(vi: "Không đọc được tệp \(path).", en: "The file \(path) cannot be read.", code: ExitCode(66))
    }
    if SheetFile.isPacked(Array(data.prefix(4))) { return try rows(workbook: Array(data)) }
    guard let text = String(bytes: data, encoding: .utf8) else {
      throw Complaint(
        vi: "Tệp \(path) không phải UTF-8; hãy lưu lại dạng .xlsx hoặc CSV UTF-8.",
        en: "\(path) is not UTF-8; save it as .xlsx or CSV UTF-8.", code: ExitCode(65))
    }
    return try rows(text)
  }

  static func rows(workbook data: [UInt8]) throws -> [Row] {
    let table: Manuscript.Table
    do throws(UnreadableDocument) {
      table = try SheetFile.table(data)
    } catch {
      throw Complaint(vi: error.text.vi, en: error.text.en, code: ExitCode(65))
    }
    return try rows(of: table.rows.map { ($0.line, $0.cells.map(\.text)) })
  }

  /// Throws a complaint for a quote that is not closed, too.
  static func rows(_ text: String) throws -> [Row] { try rows(of: try records(text)) }

  /// Throws a complaint for a row that is longer than the titles.
  private static func rows(of records: [(line: Int, fields: [String])]) throws -> [Row] {
    var records = records
    guard !records.isEmpty else { return [] }
    let titles = records.removeFirst().fields.map(\.folded)
    return try records.compactMap { line, fields in
      guard fields.contains(where: { !$0.isEmpty }) else { return nil }
      guard fields.count <= titles.count else {
        throw Complaint(
          vi: "Dòng \(line) có \(fields.count) ô, tiêu đề chỉ có \(titles.count).",
          en: "Row \(line) has \(fields.count) cells, the titles only \(titles.count).", code: ExitCode(65))
      }
      return Row(line: line, fields: Dictionary(zip(titles, fields), uniquingKeysWith: { first, _ in first }))
    }
  }

  /// RFC 4180, by scalars: the two of a line's end are one character.
  private static func records(_ text: String) throws -> [(line: Int, fields: [String])] {
    let scalars = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
    let header = scalars.prefix { $0 != "\n" }
    let comma: Unicode.Scalar = header.contains(";") && !header.contains(",") ? ";" : ","
    var (records, fields): ([(line: Int, fields: [String])], [String]) = ([], [])
    var field = String.UnicodeScalarView()
    var (line, start, isQuoted) = (1, 1, false)
    var index = 0
    func end() { fields.append(String(field).trimmedBlanks) }
    while index < scalars.count {
      let scalar = scalars[index]
      index += 1
      if scalar == "\n" { line += 1 }
      switch (isQuoted, scalar) {
      case (true, "\""):
        if index < scalars.count, scalars[index] == "\"" {
          field.append(scalar)
          index += 1
        } else {
          isQuoted = false
        }
      case (true, _): field.append(scalar)
      case (false, "\"") where field.isEmpty: isQuoted = true
      case (false, comma):
        end()
        field = .init()
      case (false, "\r"): break
      case (false, "\n"):
        end()
        field = .init()
        records.append((start, fields))
        (fields, start) = ([], line)
      case (false, _): field.append(scalar)
      }
    }
    guard !isQuoted else {
      throw Complaint(
        vi: "Dòng \(start): thiếu dấu ngoặc kép đóng.", en: "Row \(start): a quote is not closed.", code: ExitCode(65))
    }
    if !field.isEmpty || !fields.isEmpty {
      end()
      records.append((start, fields))
    }
    return records
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
