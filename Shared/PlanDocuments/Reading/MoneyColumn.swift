import Schema

/// The column of money of a table, and what one stands for in it.
struct MoneyColumn {
  let index: Int
  /// As printed: `triệu đồng`; nil where neither heading nor caption names it.
  let unit: String?
  /// How many đồng one is.
  let scale: Int64

  /// Nil for a table without money.
  init?(_ header: Header, caption: String, rows: [Manuscript.Row]) {
    guard let index = header.columns.firstIndex(where: { if case .cost = $0 { true } else { false } }) else {
      return nil
    }
    self.index = index
    var isDoubtful = false
    if case .cost(let named?) = header.columns[index] {
      (unit, scale) = (Self.units[named], named)
    } else if let named = Self.scale(saidIn: caption) {
      (unit, scale) = (Self.units[named], named)
    } else {
      // Amounts below a hundred thousand are no đồng: no task costs a hundred.
      let amounts = rows.compactMap { Numeral($0.cells[index].text).flatMap { Int64($0.whole) } }
      let most = amounts.max() ?? 0
      (unit, scale) = (nil, most < 100_000 && !amounts.isEmpty ? 1_000_000 : 1)
      isDoubtful = most < 10_000_000 && !amounts.isEmpty
    }
    isAssumed = isDoubtful
  }

  /// True where the table leaves the reader to guess: all its amounts may be thousands or millions.
  let isAssumed: Bool

  /// What the amounts were taken for.
  var assumed: String { Self.units[scale] ?? "đồng" }

  private static func scale(saidIn caption: String) -> Int64? {
    let words = caption.folded.split(separator: " ")
    for start in words.indices {
      let rest = words[start...]
      guard
        let name = ["don vi tinh", "don vi", "dvt"].map({ $0.split(separator: " ") }).first(where: rest.starts(with:)),
        let scale = Column.scale(of: rest.dropFirst(name.count).prefix(3).joined(separator: " "))
      else { continue }
      return scale
    }
    return nil
  }

  private static let units: [Int64: String] = [
    1: "đồng", 1000: "nghìn đồng", 1_000_000: "triệu đồng", 1_000_000_000: "tỷ đồng",
  ]

  enum Amount {
    case none
    case some(Money)
    /// Something stands there that is no amount.
    case unread(String)
  }

  /// A merged cell's amount counts for its first row alone.
  func amount(in row: Manuscript.Row) -> Amount {
    let cell = row.cells[index]
    guard cell.origin != .above else { return .none }
    let text = cell.text.trimming(". ")
    guard !text.isEmpty, text != "-", text != "–" else { return .none }
    if text.folded == "khong" { return .some(Money(dong: 0)) }
    return money(text).map(Amount.some) ?? .unread(text)
  }

  /// `250`, `0,5` or `33.000.000` times the column's unit; words of money beside the number count alone.
  private func money(_ text: String) -> Money? {
    guard let numeral = Numeral(text) else { return try? Money(written: text) }
    guard let whole = Int64(numeral.whole), numeral.fraction.count <= 9,
      let unit = Int64("1" + String(repeating: "0", count: numeral.fraction.count)), scale % unit == 0,
      let fraction = numeral.fraction.isEmpty ? 0 : Int64(numeral.fraction)
    else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
    return overflow ? nil : Money(dong: product).adding(Money(dong: fraction * (scale / unit)))
  }
}
