/// A value that travels as the text it is written with, such as `"2026-11-21"` or `"38/15043"`.
///
/// Decoding refuses text that the value cannot be read from, and names the type.
public protocol CodedAsText: LosslessStringConvertible, Codable {}

extension CodedAsText {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let value = Self(text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(Self.self): \(text.excerpt(80))")
    }
    self = value
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
