import CZeroMQ

/// Keys as printable text (ZeroMQ RFC 32): 32 bytes in 40 characters.
enum Z85 {
  static let keyLength = 40

  /// Whether the text is a key, and not one that everybody knows.
  static func isUsableKey(_ text: String) -> Bool { isKey(text) && !published.contains(text) }

  static func isKey(_ text: String) -> Bool {
    guard text.utf8.count == keyLength, !text.utf8.contains(0) else { return false }
    var bytes = [UInt8](repeating: 0, count: 32)
    return zmq_z85_decode(&bytes, text) != nil
  }

  /// The text of 32 bytes.
  static func encode(_ key: UnsafeRawBufferPointer) -> String {
    var text = [CChar](repeating: 0, count: keyLength + 1)
    zmq_z85_encode(&text, key.assumingMemoryBound(to: UInt8.self).baseAddress, key.count)
    return string(text)
  }

  /// A buffer that libzmq filled with 40 characters and a zero.
  static func string(_ buffer: [CChar]) -> String {
    String(decoding: buffer.prefix(keyLength).map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// The key pairs printed in zmq_curve(7): their secret halves are no secret.
  static let published: Set = [
    "Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID", "D:)Q[IlAW!ahhC2ac:9*A}h:p?([4%wOTJ%JR%cs",
    "rq:rM>}U?@Lns47E1%kR.o@n%FcmmsL/@{H8]yf7", "JTKVSB%%)wK0E.X)V>+}o?pNmC{O&4W4b!Ni{Lh6",
  ]
}
