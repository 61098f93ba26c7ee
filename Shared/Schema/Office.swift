/// A short ASCII name: lower-case letters, digits, dots and hyphens, 1 to 48 of them, a letter or digit at both ends.
public struct Slug: Hashable, Comparable, Sendable, CodedAsText, ExpressibleByStringLiteral {
  public let description: String

  public init?(_ description: String) {
    let bytes = description.utf8
    let ends = [bytes.first, bytes.last].compactMap(\.self)
    guard (1...48).contains(bytes.count), bytes.allSatisfy({ Self.isPlain($0) || $0 == 45 || $0 == 46 }),
      ends.allSatisfy(Self.isPlain)
    else { return nil }
    self.description = description
  }

  public init(stringLiteral value: String) {
    guard let slug = Slug(value) else { preconditionFailure("not a short name: \(value)") }
    self = slug
  }

  private static func isPlain(_ byte: UInt8) -> Bool { (97...122).contains(byte) || (48...57).contains(byte) }

  public static func < (left: Slug, right: Slug) -> Bool { left.description < right.description }
}

/// An office of a commune or a province: Phòng Văn hóa - Xã hội, Công an xã, a school, a village.
public struct Office: Codable, Hashable, Sendable {
  public typealias Code = Slug

  /// Unique within its unit, such as `vh-xh`.
  public var code: Code
  public var name: String

  public init(code: Code, name: String) {
    self.code = code
    self.name = name
  }
}
