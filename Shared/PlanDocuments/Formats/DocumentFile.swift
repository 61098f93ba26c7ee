import Foundation

/// Tells by a file's first bytes what it is, and makes a manuscript of it.
enum DocumentFile {
  /// A text; the longest plan that we know has 63 KiB.
  static let longestText = 8 * 1_048_576
  /// A packed file or PDF, pictures and all.
  static let largestFile = 24 * 1_048_576

  static func manuscript(_ data: [UInt8]) throws(UnreadableDocument) -> Manuscript {
    guard data.count <= largestFile else { throw .tooLarge(limit: largestFile) }
    let manuscript = try read(data)
    guard !manuscript.blocks.isEmpty else { throw .empty }
    if let mark = SecrecyMark.find(in: manuscript) { throw .secret(mark: mark) }
    return manuscript
  }

  private static func read(_ data: [UInt8]) throws(UnreadableDocument) -> Manuscript {
    func begins(_ magic: [UInt8]) -> Bool { data.starts(with: magic) }
    guard !data.isEmpty else { throw .empty }
    if begins([0xD0, 0xCF, 0x11, 0xE0]) || begins(Array("{\\rtf".utf8)) { throw .oldOffice }
    if begins([0x50, 0x4B]) {
      let archive = try Archive(data)
      if let manuscript = try WordDocument.read(archive) { return manuscript }
      if let manuscript = try Workbook.read(archive) { return manuscript }
      throw .otherPackage
    }
    if begins(Array("%PDF".utf8)) { return TextManuscript.read(try PortableDocument.text(data)) }
    if begins([0x89, 0x50, 0x4E, 0x47]) || begins([0xFF, 0xD8, 0xFF]) || begins(Array("II*\0".utf8))
      || begins(Array("MM\0*".utf8))
    {
      throw .image
    }
    return TextManuscript.read(try text(data))
  }

  private static func text(_ data: [UInt8]) throws(UnreadableDocument) -> String {
    guard data.count <= longestText else { throw .tooLarge(limit: longestText) }
    if data.starts(with: [0xFF, 0xFE]) || data.starts(with: [0xFE, 0xFF]) {
      guard let text = String(data: Data(data), encoding: .utf16) else { throw .binary }
      return text
    }
    guard !data.contains(0) else { throw .binary }
    guard let text = String(validating: data, as: UTF8.self) else {
      let controls = data.count { $0 < 0x20 && ![0x09, 0x0A, 0x0C, 0x0D].contains($0) }
      throw controls * 50 > data.count ? .binary : .notUTF8
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }
}

/// The stamp of a state secret: a line of its own, in capitals.
enum SecrecyMark {
  private static let marks = ["TUYỆTMẬT", "TỐIMẬT", "MẬT"]
  private static let shown = ["TUYỆTMẬT": "TUYỆT MẬT", "TỐIMẬT": "TỐI MẬT", "MẬT": "MẬT"]

  static func find(in manuscript: Manuscript) -> String? {
    for block in manuscript.blocks {
      switch block.content {
      case .paragraph(let text): if let mark = mark(text) { return mark }
      case .table(let table):
        for text in table.rows.lazy.flatMap(\.cells).flatMap(\.paragraphs) { if let mark = mark(text) { return mark } }
      }
    }
    return nil
  }

  /// `MẬT`, `T Ố I  M Ậ T`, `ĐỘ MẬT: TUYỆT MẬT`; never a word of a sentence such as `trừ văn bản mật`.
  private static func mark(_ text: String) -> String? {
    guard text.utf8.count <= 60, text.contains("M"), !text.contains(where: \.isLowercase) else { return nil }
    var letters = text.filter(\.isLetter)
    if letters.hasPrefix("ĐỘMẬT") { letters.removeFirst(5) }
    return marks.first { $0 == letters }.flatMap { shown[$0] }
  }
}

extension Manuscript {
  /// Reads a document of any of the kinds that plans come in, whatever it is about.
  public static func read(_ data: [UInt8]) throws(UnreadableDocument) -> Manuscript {
    try DocumentFile.manuscript(data)
  }
}

extension PlanReading {
  /// The size in bytes beyond which no file is read.
  public static var largestFile: Int { DocumentFile.largestFile }

  /// Reads a document: .docx, .xlsx, .pdf, Markdown, HTML, tables parted by tabs or plain text.
  public static func read(_ data: [UInt8]) throws(UnreadableDocument) -> PlanReading {
    ManuscriptReader.read(try DocumentFile.manuscript(data))
  }
}
