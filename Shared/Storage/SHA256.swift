import CSodium
import FoundationEssentials

/// The hash of the audit's chain, of requests and of migrations.
enum SHA256 {
  static func hash(_ bytes: Data) -> Data {
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    bytes.withUnsafeBytes { bytes in
      // No bytes are a nil pointer, which is what libsodium expects of an empty message. It always succeeds.
      _ = crypto_hash_sha256(&digest, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), UInt64(bytes.count))
    }
    return Data(digest)
  }
}
