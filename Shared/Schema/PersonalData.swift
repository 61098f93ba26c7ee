public import FoundationEssentials

/// Finds what must not stand in free text: personal numbers, telephone numbers, pictures of cards (Law 91/2025/QH15).
public enum PersonalData {
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// Twelve digits that are well formed as a personal number; groups of three may be parted by single spaces or dots.
    /// Where the words before them say what they are, those of somebody born abroad, and the nine of an old card.
    case number
    /// A mobile telephone: ten digits from 03, 05, 07, 08, 09, or +84 and nine.
    case telephone
    /// The beginning of a picture's bytes in base 64.
    case picture
  }

  public struct Trace: Hashable, Sendable {
    public let kind: Kind
    /// Offsets into the UTF-8.
    let range: Range<Int>
  }

  /// All that is found, in order, without overlap.
  public static func traces(in text: String) -> [Trace] {
    var text = text
    return text.withUTF8 { traces(in: $0) }
  }

  /// The text with a dot for each letter of what was found.
  public static func masked(_ text: String) -> String {
    let traces = traces(in: text)
    guard !traces.isEmpty else { return text }
    let bytes = Array(text.utf8)
    var result = ""
    var end = 0
    for trace in traces {
      result += String(decoding: bytes[end..<trace.range.lowerBound], as: UTF8.self)
      result += String(repeating: "•", count: min(12, trace.range.count))
      end = trace.range.upperBound
    }
    return result + String(decoding: bytes[end...], as: UTF8.self)
  }

  public static func masked(_ text: Text) -> Text { Text(vi: masked(text.vi), en: masked(text.en)) }

  /// Refuses (422) a message in whose texts somebody's number or the picture of a card stands. A telephone number may be
  /// an office's own.
  public static func refuse(in json: Data) throws(Refusal) {
    var text = json
    // The letter of an escaped line's end or tab must not hide what follows it.
    text.withUnsafeMutableBytes { text in
      for index in text.indices.dropLast() where text[index] == 0x5C {
        if [0x6E, 0x72, 0x74].contains(text[index + 1]) { text[index + 1] = 0x20 }
      }
    }
    let found = text.withUnsafeBytes { $0.withMemoryRebound(to: UInt8.self) { traces(in: $0) } }
    guard let kind = found.first(where: { $0.kind != .telephone })?.kind else { return }
    if kind == .number {
      throw Refusal(
        .invalid, vi: "Nội dung có số định danh cá nhân; hãy xóa số đó rồi gửi lại.",
        en: "A personal number stands in it; take it out and send it again.")
    }
    throw Refusal(
      .invalid, vi: "Nội dung có ảnh; không gửi ảnh giấy tờ của công dân.",
      en: "A picture stands in it; pictures of people's cards are not taken.")
  }

  /// JPEG, PNG, GIF, WebP and PDF in base 64.
  private static let pictures = ["/9j/", "iVBORw0KGgo", "R0lGOD", "UklGR", "JVBERi0", "data:image/"]
    .map { Array($0.utf8) }
  private static let firstOfPictures = Set(pictures.compactMap(\.first))

  private static func traces(in bytes: UnsafeBufferPointer<UInt8>) -> [Trace] {
    var traces: [Trace] = []
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let startsWord = position == 0 || !isWord(bytes[position - 1])
      if digit(at: position, bytes) != nil || byte == UInt8(ascii: "+"), mayBegin(at: position, bytes),
        let trace = digits(at: position, bytes)
      {
        traces.append(trace)
        position = trace.range.upperBound
      } else if startsWord, firstOfPictures.contains(byte), let trace = picture(at: position, bytes) {
        traces.append(trace)
        position = trace.range.upperBound
      } else {
        position += 1
      }
    }
    return traces
  }

  /// Whether digits that begin here may be a number, glued to a word or not (`CCCD038…`): not in the middle of other
  /// digits, of a hash, or at the end of a UUID.
  private static func mayBegin(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard start > 0 else { return true }
    let before = bytes[start - 1]
    if before == 0x2D {
      let group = bytes[max(0, start - 6)..<(start - 1)]
      return group.count < 5 || group.first != 0x2D || !group.dropFirst().allSatisfy(isHexadecimal)
    }
    guard isLetter(before) else { return !isDigit(before) }
    var first = start - 1
    while first > 0, isLetter(bytes[first - 1]) { first -= 1 }
    return !bytes[first..<start].allSatisfy(isHexadecimal)
  }

  /// The same for the byte after the last digit.
  private static func mayEnd(at end: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard end < bytes.count else { return true }
    guard isLetter(bytes[end]), digit(at: end, bytes) == nil else { return digit(at: end, bytes) == nil }
    return !bytes[end...].prefix(while: isLetter).allSatisfy(isHexadecimal)
  }

  /// A run of digits, whose groups single spaces or dots may part; groups of three, other signs too.
  private static func digits(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Trace? {
    var (digits, position) = ([] as [UInt8], start)
    let isAbroad = bytes[start] == UInt8(ascii: "+")
    if isAbroad { position += 1 }
    var end = position
    // Where a group ended that something else than a space or a dot parts from the next one.
    var (parted, hasOddSigns) = ([] as [Int], false)
    while position < bytes.count, digits.count <= 12 {
      if let (digit, length) = digit(at: position, bytes) {
        digits.append(digit)
        position += length
        end = position
      } else if digits.count < 12, let length = separator(at: position, bytes),
        digit(at: position + length, bytes) != nil
      {
        hasOddSigns = hasOddSigns || signs.contains { bytes[position...].starts(with: $0) }
        parted.append(digits.count)
        position += length
      } else {
        break
      }
    }
    // Dates, numbers of documents and identifiers have hyphens, slashes and commas too, in other places.
    guard mayEnd(at: end, bytes), !hasOddSigns || parted == [3, 6, 9] || parted == [4, 7] else { return nil }
    let text = String(decoding: digits, as: UTF8.self)
    if isAbroad {
      return digits.count == 11 && text.hasPrefix("84") ? Trace(kind: .telephone, range: start..<end) : nil
    }
    if digits.count == 10, digits[0] == 0x30, "35789".utf8.contains(digits[1]) {
      return Trace(kind: .telephone, range: start..<end)
    }
    let isPlain = end - start == digits.count
    // Of numbers that begin with a country's code too many are something else, such as an account at the treasury.
    let isNumber =
      switch digits.count {
      case 12: (try? PersonalNumber(text, in: 2100)) != nil && (digits[0] == 0x30 || isPlain && isNamed(start, bytes))
      case 9: isPlain && isNamed(start, bytes)
      default: false
      }
    return isNumber ? Trace(kind: .number, range: start..<end) : nil
  }

  /// Whether the words just before say that an identity card's number follows.
  private static func isNamed(_ start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let before = String(decoding: bytes[max(0, start - 40)..<start], as: UTF8.self).folded
    return ["cmnd", "cmtnd", "cmt", "cccd", "chung minh", "can cuoc"].contains { before.contains($0) }
  }

  /// A digit, as wide as a Chinese character too, and how many bytes it takes.
  private static func digit(at position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> (UInt8, length: Int)? {
    guard position < bytes.count else { return nil }
    if isDigit(bytes[position]) { return (bytes[position], 1) }
    guard position + 2 < bytes.count, bytes[position] == 0xEF, bytes[position + 1] == 0xBC,
      (0x90...0x99).contains(bytes[position + 2])
    else { return nil }
    return (bytes[position + 2] - 0x60, 3)
  }

  /// What may part two groups of a number, and how many bytes it takes.
  private static func separator(at position: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    separators.first { bytes[position...].starts(with: $0) }?.count
  }

  private static let separators = spaces + signs

  /// Spaces (no-break and narrow ones too), dots, and what has no width at all.
  private static let spaces = [
    " ", ".", "\u{A0}", "\u{202F}", "\u{2009}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{2060}", "\u{FEFF}",
  ].map { Array($0.utf8) }

  /// Hyphens, slashes, commas.
  private static let signs = ["-", "/", ",", "\u{2010}", "\u{2011}", "\u{2013}"].map { Array($0.utf8) }

  private static let shortestPicture = 24

  private static func picture(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Trace? {
    guard pictures.contains(where: { bytes[start...].starts(with: $0) }) else { return nil }
    let end = bytes[start...].firstIndex { !isWord($0) && !"+/=:;,".utf8.contains($0) } ?? bytes.count
    // A word of a key or a link may begin like a picture, and ends sooner.
    return end - start >= shortestPicture ? Trace(kind: .picture, range: start..<end) : nil
  }

  /// Of any language.
  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte) || byte >= 0x80
  }

  /// As hashes and UUIDs are written here.
  private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || (0x61...0x66).contains(byte) }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  /// Letters of any language, digits, and what joins them to one word.
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == 0x5F || byte == 0x2D
  }
}
