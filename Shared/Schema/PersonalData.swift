public import FoundationEssentials

/// Finds what must not stand in free text: personal numbers, telephone numbers, pictures of cards (Law 91/2025/QH15).
public enum PersonalData {
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// Twelve digits that are well formed as a personal number; groups of three may be parted by single spaces or dots.
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

  /// Refuses (422) a message in whose texts somebody's number or the picture of a card stands. A telephone number may be
  /// an office's own.
  public static func refuse(in json: Data) throws(Refusal) {
    var text = json
    // The letter of an escaped line's end or tab must not hide what follows it.
    for index in text.indices.dropLast() where text[index] == 0x5C {
      if [0x6E, 0x72, 0x74].contains(text[index + 1]) { text[index + 1] = 0x20 }
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

  private static let pictures = ["/9j/4", "iVBORw0KGgo", "data:image/"].map { Array($0.utf8) }

  private static func traces(in bytes: UnsafeBufferPointer<UInt8>) -> [Trace] {
    var traces: [Trace] = []
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let startsWord = position == 0 || !isWord(bytes[position - 1])
      if isDigit(byte) || byte == UInt8(ascii: "+"), mayBegin(at: position, bytes),
        let trace = digits(at: position, bytes)
      {
        traces.append(trace)
        position = trace.range.upperBound
      } else if startsWord, byte == 0x2F || byte == 0x69 || byte == 0x64, let trace = picture(at: position, bytes) {
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
    guard isLetter(bytes[end]) else { return !isDigit(bytes[end]) }
    return !bytes[end...].prefix(while: isLetter).allSatisfy(isHexadecimal)
  }

  /// A run of digits, whose groups single spaces or dots may part.
  private static func digits(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Trace? {
    var (digits, position) = ([] as [UInt8], start)
    let isAbroad = bytes[start] == UInt8(ascii: "+")
    if isAbroad { position += 1 }
    var end = position
    while position < bytes.count, digits.count <= 12 {
      if isDigit(bytes[position]) {
        digits.append(bytes[position])
        position += 1
        end = position
      } else if bytes[position] == 0x20 || bytes[position] == 0x2E, position + 1 < bytes.count,
        isDigit(bytes[position + 1]), digits.count < 12
      {
        position += 1
      } else {
        break
      }
    }
    guard mayEnd(at: end, bytes) else { return nil }
    let text = String(decoding: digits, as: UTF8.self)
    if isAbroad {
      return digits.count == 11 && text.hasPrefix("84") ? Trace(kind: .telephone, range: start..<end) : nil
    }
    if digits.count == 10, digits[0] == 0x30, "35789".utf8.contains(digits[1]) {
      return Trace(kind: .telephone, range: start..<end)
    }
    // Of numbers that begin with a country's code too many are something else, such as an account at the treasury.
    guard digits.count == 12, digits[0] == 0x30, (try? PersonalNumber(text, in: 2100)) != nil else { return nil }
    return Trace(kind: .number, range: start..<end)
  }

  private static func picture(at start: Int, _ bytes: UnsafeBufferPointer<UInt8>) -> Trace? {
    guard pictures.contains(where: { bytes[start...].starts(with: $0) }) else { return nil }
    let end = bytes[start...].firstIndex { !isWord($0) && !"+/=:;,".utf8.contains($0) } ?? bytes.count
    return end - start >= 24 ? Trace(kind: .picture, range: start..<end) : nil
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
