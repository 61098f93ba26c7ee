public import Schema

extension Page {
  /// Rows to ask the store for: one more than are shown, to know whether there are others.
  public static func limit(_ size: Int) -> Int { size + 1 }

  /// A page of what `limit(size)` rows were asked for.
  ///
  /// It ends sooner where the rows are long: a reply has 240 KiB, and what is stored may grow in JSON.
  ///
  /// - Parameter position: Of an item; the next page is asked for with the last one's.
  public init(
    _ rows: [Row], size: Int, _ read: (Row) throws -> Item, position: (Item) -> String
  ) throws {
    var items: [Item] = []
    var bytes = 0
    for row in rows.prefix(size) {
      bytes += row.bytes
      if bytes > 80 * 1024, !items.isEmpty { break }
      items.append(try read(row))
    }
    self.init(items: items, next: items.count < rows.count ? items.last.map(position) : nil)
  }
}

extension String {
  /// A position that an earlier page gave out.
  ///
  /// Throws `Refusal` 422 for any other text.
  public func position<Position: LosslessStringConvertible>(
    as type: Position.Type = Position.self
  ) throws(Refusal) -> Position {
    guard let position = Position(self) else { throw Refusal.notAPosition }
    return position
  }
}

extension Refusal {
  /// What a list is answered with that is to go on where no page ended.
  public static let notAPosition = Refusal(
    .invalid, vi: "Vị trí trang không đúng; hãy đọc lại từ đầu.", en: "Not a position in this list; start again.",
    at: "after")
}
