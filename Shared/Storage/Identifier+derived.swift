public import Schema

extension Identifier {
  /// An identifier made of texts alone (RFC 9562, version 8): the same texts give the same one, in whatever store and in
  /// whatever order events are read.
  public init(derivedFrom texts: String...) {
    var canonical = Canonical()
    for text in texts { canonical.append(text) }
    var words: (UInt64, UInt64) = (0, 0)
    for (index, byte) in canonical.hash.prefix(16).enumerated() {
      if index < 8 { words.0 = words.0 << 8 | UInt64(byte) } else { words.1 = words.1 << 8 | UInt64(byte) }
    }
    self.init(
      UUIDv7(
        high: words.0 & 0xFFFF_FFFF_FFFF_0FFF | 0x8000, low: words.1 & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000))
  }
}
