/// The first table of an .xlsx, for what is entered row by row.
public enum SheetFile {
  /// True for a packed file, whatever it is called.
  public static func isPacked(_ data: [UInt8]) -> Bool { data.starts(with: [0x50, 0x4B]) }

  /// Throws for what is no workbook, and for one without a table.
  ///
  /// - Parameter isLong: Whether it may be a list of all who live in a large commune: 100,000 rows of ten cells.
  public static func table(_ data: [UInt8], isLong: Bool = false) throws(UnreadableDocument) -> Manuscript.Table {
    guard data.count <= DocumentFile.largestFile else { throw .tooLarge(limit: DocumentFile.largestFile) }
    let archive = try Archive(data, inflated: isLong ? 128 * 1_048_576 : Archive.inflated)
    guard let workbook = try Workbook.read(archive, cells: isLong ? 1_000_000 : Workbook.cells) else {
      throw .otherPackage
    }
    for block in workbook.blocks {
      if case .table(let table) = block.content, table.rows.count > 1 { return table }
    }
    throw .empty
  }
}
