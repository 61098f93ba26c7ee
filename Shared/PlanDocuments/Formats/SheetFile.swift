/// The first table of an .xlsx, for what is entered row by row.
public enum SheetFile {
  /// True for a packed file, whatever it is called.
  public static func isPacked(_ data: [UInt8]) -> Bool { data.starts(with: [0x50, 0x4B]) }

  /// Throws for what is no workbook, and for one without a table.
  public static func table(_ data: [UInt8]) throws(UnreadableDocument) -> Manuscript.Table {
    guard data.count <= DocumentFile.largestFile else { throw .tooLarge(limit: DocumentFile.largestFile) }
    guard let workbook = try Workbook.read(try Archive(data)) else { throw .otherPackage }
    for block in workbook.blocks {
      if case .table(let table) = block.content, table.rows.count > 1 { return table }
    }
    throw .empty
  }
}
