import Yams

extension Node {
  var line: Int { mark?.line ?? 1 }

  /// Nothing was written: `due:`, `due: ~`, `lead: []`.
  var isBlank: Bool {
    switch self {
    case .scalar(let scalar): scalar.style == .plain && ["", "~", "null"].contains(scalar.string)
    case .sequence(let sequence): sequence.isEmpty
    case .mapping(let mapping): mapping.isEmpty
    case .alias: false
    }
  }

  /// True for a mapping with such a field.
  func names(_ field: String) -> Bool { mapping?.contains { $0.key.scalar?.string == field } == true }
}
