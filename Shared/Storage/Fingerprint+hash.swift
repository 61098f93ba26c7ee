public import FoundationEssentials
public import Schema

extension Fingerprint {
  /// Of bytes as they are.
  public init(of bytes: Data) {
    guard let hash = Fingerprint(bytes: SHA256.hash(bytes)) else { preconditionFailure("SHA-256 has 32 bytes") }
    self = hash
  }
}
