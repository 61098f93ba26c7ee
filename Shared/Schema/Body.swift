public import FoundationEssentials

/// What a reply carries: anything Codable, or what writes its own JSON.
public protocol Body: Sendable {
  var json: Data { get }
  init(json: Data) throws(Refusal)
}

extension Body where Self: Codable {
  public var json: Data { Codec.encode(self) }

  public init(json: Data) throws(Refusal) {
    self = try Codec.decode(Self.self, from: json)
  }
}
