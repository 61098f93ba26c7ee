import Schema

/// How classification codes are built, and which a commune has.
///
/// From memory of Circular 324/2016/TT-BTC and its amendments; the list of chapters of 2025 (9682/BTC-KBNN) was not at
/// hand. What the shape of a code forbids is refused; a chapter that no commune has is a warning only.
extension BudgetCodes {
  /// Chapters of the commune level.
  static let communeChapters = 800...989
  /// A loại begins every 30 codes, its khoản follow it.
  static let categoryWidth = 30
  /// A mục begins every 50 codes, its tiểu mục follow it.
  static let itemWidth = 50

  /// A code that cannot be one, and why.
  var fault: (field: String, text: Text)? {
    for (field, code, digits) in [
      ("chapter", chapter, 3), ("category", category, 3), ("division", division, 3), ("item", item, 4),
      ("subitem", subitem, 4),
    ] {
      guard let code, code.utf8.count != digits || !code.utf8.allSatisfy({ (48...57).contains($0) }) else { continue }
      return (
        field,
        Text(vi: "Mã mục lục ngân sách phải có đúng \(digits) chữ số.", en: "The code has exactly \(digits) digits.")
      )
    }
    if let category, let division, Self.group(of: division, Self.categoryWidth, from: 10) != Int(category) {
      return (
        "division",
        Text(vi: "Khoản \(division) không thuộc loại \(category).", en: "\(division) is not of \(category).")
      )
    }
    if let item, let subitem, Self.group(of: subitem, Self.itemWidth, from: 0) != Int(item) {
      return (
        "subitem", Text(vi: "Tiểu mục \(subitem) không thuộc mục \(item).", en: "\(subitem) is not of \(item).")
      )
    }
    return nil
  }

  /// The first code of the group that a code is in.
  private static func group(of code: String, _ width: Int, from first: Int) -> Int? {
    Int(code).map { ($0 - first) / width * width + first }
  }

  var isOfCommune: Bool {
    guard let chapter, let number = Int(chapter) else { return true }
    return Self.communeChapters.contains(number)
  }
}
