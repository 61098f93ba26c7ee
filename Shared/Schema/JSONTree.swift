import FoundationEssentials

/// The shape of a JSON text, read strictly: what Foundation lets pass is refused here.
///
/// UTF-8 only, no byte-order mark, no key twice in one object, no depth beyond 32.
struct JSONTree {
  enum Kind {
    case object([String: JSONTree])
    case array([JSONTree])
    case null
    case scalar
  }

  /// Deep enough for any message of ours; a deeper one would cost the decoder its stack.
  static let depth = 32

  let kind: Kind
  /// Offsets into the text.
  let range: Range<Int>

  /// - Parameter levels: How deep to keep what is found; all of it is checked.
  init(of json: Data, levels: Int = JSONTree.depth) throws(Refusal) {
    let result = json.withUnsafeBytes { bytes in
      Result { () throws(Refusal) in
        guard String(validating: bytes, as: UTF8.self) != nil else {
          throw Refusal(.malformed, vi: "Nội dung không phải UTF-8.", en: "The body is not UTF-8.")
        }
        var reader = JSONReader(bytes: bytes)
        let tree = try reader.value(depth: 1, levels: levels)
        try reader.end()
        return tree
      }
    }
    self = try result.get()
  }

  fileprivate init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }

  subscript(key: String) -> JSONTree? {
    if case .object(let fields) = kind { fields[key] } else { nil }
  }

  var elements: [JSONTree]? {
    if case .array(let elements) = kind { elements } else { nil }
  }

  /// The first place that this text fills and the other does not have; empty for the text itself. An unknown field that
  /// is null says nothing.
  func unknown(to other: JSONTree) -> String? {
    switch (kind, other.kind) {
    case (.object(let sent), .object(let understood)):
      for (key, value) in sent.sorted(by: { $0.key < $1.key }) {
        guard let known = understood[key] else {
          if case .null = value.kind { continue }
          return key.excerpt(64)
        }
        if let place = value.unknown(to: known) { return Self.place(key, place) }
      }
      return nil
    case (.array(let sent), .array(let understood)):
      for (index, (value, known)) in zip(sent, understood).enumerated() {
        if let place = value.unknown(to: known) { return Self.place("[\(index)]", place) }
      }
      return nil
    case (.scalar, .scalar), (.null, .null):
      return nil
    case (_, .object), (_, .array), (_, .null), (_, .scalar):
      // A type without fields is read from anything at all.
      return ""
    }
  }

  private static func place(_ outer: String, _ inner: String) -> String {
    outer + (inner.isEmpty || inner.hasPrefix("[") ? "" : ".") + inner
  }
}

/// Reads one JSON text byte by byte.
private struct JSONReader {
  let bytes: UnsafeRawBufferPointer
  var position = 0

  init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  mutating func value(depth: Int, levels: Int) throws(Refusal) -> JSONTree {
    guard depth <= JSONTree.depth else {
      throw Refusal(
        .malformed, vi: "Nội dung lồng nhau quá \(JSONTree.depth) tầng.",
        en: "The body is nested deeper than \(JSONTree.depth).")
    }
    skipSpace()
    let start = position
    let kind: JSONTree.Kind
    switch peek {
    case UInt8(ascii: "{"): kind = .object(try object(depth: depth, levels: levels))
    case UInt8(ascii: "["): kind = .array(try array(depth: depth, levels: levels))
    case UInt8(ascii: "\""):
      _ = try string()
      kind = .scalar
    default: kind = try literal()
    }
    return JSONTree(kind, start..<position)
  }

  mutating func end() throws(Refusal) {
    skipSpace()
    guard position == bytes.count else { throw unreadable }
  }

  private mutating func object(depth: Int, levels: Int) throws(Refusal) -> [String: JSONTree] {
    var fields: [String: JSONTree] = [:]
    position += 1
    skipSpace()
    if take("}") { return fields }
    while true {
      skipSpace()
      let key = try key()
      skipSpace()
      guard take(":") else { throw unreadable }
      let value = try value(depth: depth + 1, levels: levels - 1)
      guard fields.updateValue(value, forKey: key) == nil else {
        throw Refusal(
          .malformed, vi: "Trường \(key.excerpt(64)) xuất hiện hai lần.",
          en: "The field \(key.excerpt(64)) is there twice.", at: key.excerpt(64))
      }
      skipSpace()
      if take("}") { return levels > 0 ? fields : [:] }
      guard take(",") else { throw unreadable }
    }
  }

  private mutating func array(depth: Int, levels: Int) throws(Refusal) -> [JSONTree] {
    var elements: [JSONTree] = []
    position += 1
    skipSpace()
    if take("]") { return elements }
    while true {
      let value = try value(depth: depth + 1, levels: levels - 1)
      if levels > 0 { elements.append(value) }
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { throw unreadable }
    }
  }

  /// Two spellings of one key must not pass for two keys.
  private mutating func key() throws(Refusal) -> String {
    let start = position
    guard try string() else { return String(decoding: bytes[start + 1..<position - 1], as: UTF8.self) }
    return try Codec.decode(String.self, from: Data(bytes[start..<position]))
  }

  /// Passes over a string, and tells whether it has escapes. What they spell is the decoder's business.
  private mutating func string() throws(Refusal) -> Bool {
    guard take("\"") else { throw unreadable }
    var escaped = false
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return escaped
      case UInt8(ascii: "\\"):
        escaped = true
        position += 1
      case 0..<0x20: throw unreadable
      default: break
      }
    }
    throw unreadable
  }

  private mutating func literal() throws(Refusal) -> JSONTree.Kind {
    let start = position
    while let byte = peek, Self.isLiteral(byte) { position += 1 }
    guard position > start else { throw unreadable }
    return bytes[start..<position].elementsEqual("null".utf8) ? .null : .scalar
  }

  /// The bytes of numbers, `true`, `false` and `null`; the decoder sees to it that they spell one of these.
  private static func isLiteral(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
      UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "E"):
      true
    default: false
    }
  }

  private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func skipSpace() {
    while let byte = peek, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
  }

  private var unreadable: Refusal {
    Refusal(
      .malformed, vi: "Nội dung không phải JSON hợp lệ (byte thứ \(position)).",
      en: "The body is not valid JSON (at byte \(position)).")
  }
}
