import CSodium
import FoundationEssentials

extension Data {
  var hexadecimal: String {
    map { byte in
      let digits = String(byte, radix: 16)
      return digits.count == 1 ? "0" + digits : digits
    }.joined()
  }
}

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

  /// HMAC-SHA-256: without the secret nobody can tell what was hashed by trying.
  static func hash(_ bytes: Data, keyed secret: Data) -> Data {
    var state = crypto_auth_hmacsha256_state()
    var digest = [UInt8](repeating: 0, count: Int(crypto_auth_hmacsha256_BYTES))
    _ = crypto_auth_hmacsha256_init(&state, Array(secret), secret.count)
    _ = crypto_auth_hmacsha256_update(&state, Array(bytes), UInt64(bytes.count))
    crypto_auth_hmacsha256_final(&state, &digest)
    return Data(digest)
  }

  /// Of a whole file, with its size in bytes. It blocks on the disk.
  static func hash(file path: String) throws(StorageError) -> (hash: Data, bytes: Int64) {
    var state = crypto_hash_sha256_state()
    crypto_hash_sha256_init(&state)
    var bytes: Int64 = 0
    try DurableFile.read(path) { block in
      block.withUnsafeBufferPointer { _ = crypto_hash_sha256_update(&state, $0.baseAddress, UInt64($0.count)) }
      bytes += Int64(block.count)
    }
    var digest = [UInt8](repeating: 0, count: Int(crypto_hash_sha256_BYTES))
    crypto_hash_sha256_final(&state, &digest)
    return (Data(digest), bytes)
  }
}
