import CZip

@testable import PlanDocuments

/// Packed files made in memory, well-formed or not.
enum Packed {
  static func file(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var error = zip_error_t()
    let source = zip_source_buffer_create(nil, 0, 0, &error)!
    let archive = zip_open_from_source(source, ZIP_TRUNCATE, &error)!
    zip_source_keep(source)
    var kept: [UnsafeMutableRawBufferPointer] = []
    for part in parts {
      let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, part.bytes.count), alignment: 1)
      copy.copyBytes(from: part.bytes)
      kept.append(copy)
      zip_file_add(archive, part.name, zip_source_buffer(archive, copy.baseAddress, UInt64(part.bytes.count), 0), 0)
    }
    zip_close(archive)
    defer { for copy in kept { copy.deallocate() } }
    zip_source_open(source)
    zip_source_seek(source, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: Int(zip_source_tell(source)))
    zip_source_seek(source, 0, SEEK_SET)
    bytes.withUnsafeMutableBytes { _ = zip_source_read(source, $0.baseAddress, UInt64($0.count)) }
    zip_source_close(source)
    zip_source_free(source)
    return bytes
  }

  static func word(_ body: String, prolog: String = "") -> [UInt8] {
    let xml = """
      <?xml version="1.0" encoding="UTF-8"?>\(prolog)
      <w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>\(body)</w:body></w:document>
      """
    return file([("word/document.xml", Array(xml.utf8))])
  }

  static func word(_ paper: Paper) -> [UInt8] {
    word(
      paper.blocks.map { block in
        switch block {
        case .text(let text): paragraph(text)
        case .table(let rows): "<w:tbl>" + rows.map(row).joined() + "</w:tbl>"
        }
      }.joined())
  }

  /// Word breaks a paragraph into runs wherever it likes.
  private static func paragraph(_ text: String) -> String {
    let middle = text.index(text.startIndex, offsetBy: text.count / 2)
    return "<w:p>"
      + [text[..<middle], text[middle...]].map {
        "<w:r><w:t xml:space=\"preserve\">\(Paper.escaped(String($0)))</w:t></w:r>"
      }.joined() + "</w:p>"
  }

  private static func row(_ cells: [Paper.Cell]) -> String {
    "<w:tr>"
      + cells.map { cell in
        let merge = cell.rows == 0 ? "<w:vMerge/>" : cell.rows > 1 ? "<w:vMerge w:val=\"restart\"/>" : ""
        return "<w:tc><w:tcPr><w:gridSpan w:val=\"\(cell.columns)\"/>\(merge)</w:tcPr>\(paragraph(cell.text))</w:tc>"
      }.joined() + "</w:tr>"
  }
}
