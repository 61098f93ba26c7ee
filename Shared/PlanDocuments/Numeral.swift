/// A number as Viet Nam writes it: dots part thousands, a comma the decimals.
///
/// `1.000` is a thousand and `99,9` a decimal; `99.9` is neither and is refused, since guessing would be wrong by a
/// thousand one day.
struct Numeral: Hashable {
  let whole: String
  let fraction: String

  init?(_ text: some StringProtocol) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count) else { return nil }
    let groups = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    let decimals = parts.count == 2 ? parts[1] : ""
    guard let first = groups.first, (groups + (parts.count == 2 ? [parts[1]] : [])).allSatisfy({ !$0.isEmpty }),
      (groups + [decimals]).allSatisfy({ $0.allSatisfy(\.isDigit) }),
      groups.count == 1 || (first.count <= 3 && first.first != "0" && groups.dropFirst().allSatisfy { $0.count == 3 })
    else { return nil }
    whole = groups.joined()
    fraction = String(decimals)
  }

  /// The number that a text begins with, nil where it begins with none, and what follows it.
  static func leading(_ text: some StringProtocol) -> (Numeral?, String) {
    let number = text.prefix { $0.isDigit || $0 == "." || $0 == "," }
    return (Numeral(number), String(text.dropFirst(number.count)))
  }
}
