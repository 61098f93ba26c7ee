import FoundationEssentials
import Schema

/// A value kept as its JSON in a TEXT column: for what is shown as a whole and never searched.
public struct JSONColumn<Content: Codable>: Storable {
  public let content: Content

  public init(_ content: Content) { self.content = content }

  public var stored: Value { .text(String(decoding: Codec.encode(content), as: UTF8.self)) }

  public init?(stored: Value) {
    guard case .text(let text) = stored, let content = try? Codec.decode(Content.self, from: Data(text.utf8))
    else { return nil }
    self.content = content
  }
}

extension Row {
  /// What a JSON column holds.
  public func json<Content: Codable>(_ column: String) throws(StorageError) -> Content {
    let value: JSONColumn<Content> = try self[column]
    return value.content
  }
}
