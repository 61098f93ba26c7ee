extension Failure {
  /// What the reader of command lines says in English alone, for those who do not read that; nil for anything else.
  ///
  /// Its sentences name what is meant between straight quotes.
  static func vietnamese(of message: String) -> String? {
    let named = message.split(separator: "'", omittingEmptySubsequences: false).map(String.init)
    guard named.count >= 3 else { return nil }
    switch named[0] {
    case "Missing expected argument ": return "Thiếu tham số \(named[1])."
    case "Missing value for ": return "Thiếu giá trị của \(named[1])."
    case "Unknown option ": return "Không có tùy chọn \(named[1])."
    case "Unexpected argument ": return "Thừa «\(named[1])»."
    case "The value ":
      // A value may have quotes of its own.
      guard let end = named.firstIndex(of: " is invalid for "), end + 1 < named.count else { return nil }
      return "«\(named[1..<end].joined(separator: "'"))» không hợp lệ cho \(named[end + 1])."
    default: return nil
    }
  }
}
