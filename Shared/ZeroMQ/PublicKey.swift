/// The half of a CURVE key pair that others may know. As text it is 40 characters of Z85, in files and in `User-Id` alike.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
  /// The key as 40 characters.
  public let z85: String

  /// Nil for what is not a key, and for the test keys published in zmq_curve(7).
  public init?(z85: String) {
    guard Z85.isUsableKey(z85) else { return nil }
    self.z85 = z85
  }

  /// The key as 40 characters.
  public var description: String { z85 }
}

extension PublicKey: Codable {
  /// Reads the key from a string.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let key = PublicKey(z85: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a CURVE public key of 40 characters")
    }
    self = key
  }

  /// Writes the key as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(z85)
  }
}
