/// Number and symbol of an official document: `119/KH-UBND`, `57-NQ/TW`, `09/2019/NĐ-CP`.
///
/// Article 8 of Decree 30/2020/NĐ-CP asks for both on every administrative document. XaSo records a number that văn thư
/// has given; it never makes one.
public struct DocumentNumber: Hashable, Sendable, CodedAsText, ExpressibleByStringLiteral {
  public let description: String

  /// Nil unless it begins with digits and goes on with groups of letters and digits, parted by `/` or `-`, one `/` at
  /// least: 40 characters at most, and 80 bytes, since one character may carry any number of accents.
  public init?(_ description: String) {
    let groups = description.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "/" || $0 == "-" })
    guard description.utf8.count <= 80, description.count <= 40, description.contains("/"), groups.count >= 2,
      (1...6).contains(groups[0].count), groups[0].allSatisfy(\.isASCIIDigit),
      groups.allSatisfy({ !$0.isEmpty && $0.allSatisfy { $0.isLetter || $0.isASCIIDigit } })
    else { return nil }
    self.description = description
  }

  /// The same for `03/NQ-CP` and `03-NQ/CP`, `05/KH-UBND` and `5/KH-UBND`.
  public var key: String {
    var words = description.folded.split(separator: " ")
    if let first = words.first { words[0] = first.drop { $0 == "0" } }
    return words.joined(separator: " ")
  }

  public init(stringLiteral value: String) {
    guard let number = DocumentNumber(value) else { preconditionFailure("not a document number: \(value)") }
    self = number
  }
}
