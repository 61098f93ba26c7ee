/// A word of a closed vocabulary, read from a peer that may be newer than we are.
///
/// In a request an unknown word is refused: what a newer client meant must not vanish. In an event or a reply it is
/// kept as it came, so that an older reader goes on.
public enum Open<Word: RawRepresentable<String> & Hashable & Sendable>: Hashable, Sendable {
  case known(Word)
  case unknown(String)

  public init(_ word: Word) { self = .known(word) }

  /// The word when it is one of ours.
  public var known: Word? {
    if case .known(let word) = self { word } else { nil }
  }

  public static func == (left: Open, right: Word) -> Bool { left.known == right }
}

extension Open: Codable {
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    if let word = Word(rawValue: text) {
      self = .known(word)
    } else if decoder.userInfo[Codec.strict] as? Bool == true {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "\(Word.self): \(text.excerpt(80))")
    } else {
      self = .unknown(text)
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .known(let word): try container.encode(word.rawValue)
    case .unknown(let text): try container.encode(text)
    }
  }
}
