import Yams

extension Node {
  var line: Int { mark?.line ?? 1 }

  /// Nothing was written: `due:` or `due: ~`.
  var isBlank: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string)
  }

  /// True for a mapping with such a field.
  func names(_ field: String) -> Bool { mapping?.contains { $0.key.scalar?.string == field } == true }
}
