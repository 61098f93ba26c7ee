/// Mã định danh điện tử of an agency: Decision 20/2020/QĐ-TTg, articles 3 and 4.
///
/// Groups parted by dots and read from left to right, `H56.12.03`: a letter and two digits for the province or ministry,
/// then two or three characters for each level below. 35 characters at most.
public struct AgencyCode: Hashable, Sendable, CodedAsText {
  public let description: String

  public init?(_ description: String) {
    let groups = description.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard description.utf8.count <= 35, let first = groups.first, Self.isTop(first),
      groups.dropFirst().allSatisfy({ (2...3).contains($0.count) && $0.allSatisfy(Self.isPlain) })
    else { return nil }
    self.description = description
  }

  /// The same agency in the form of QCVN 102:2016/BTTTT, which is read from right to left and filled with zeros:
  /// `000.03.12.H56`.
  public init?(older text: String) {
    let groups = text.split(separator: ".", omittingEmptySubsequences: false)
    guard groups.count == 4, let last = groups.last, Self.isTop(last.utf8) else { return nil }
    let left = groups.reversed().prefix { !$0.allSatisfy { $0 == "0" } }
    // Zeros fill what is below the agency, and nothing between.
    guard groups.reversed().dropFirst(left.count).allSatisfy({ $0.allSatisfy { $0 == "0" } }) else { return nil }
    self.init(left.joined(separator: "."))
  }

  /// 1 for a province or ministry.
  public var level: Int { description.utf8.count { $0 == UInt8(ascii: ".") } + 1 }

  /// Nil of a province or ministry.
  public var parent: AgencyCode? {
    description.lastIndex(of: ".").flatMap { AgencyCode(String(description[..<$0])) }
  }

  private static func isTop(_ group: some Collection<UInt8>) -> Bool {
    guard group.count == 3, let letter = group.first else { return false }
    return (65...90).contains(letter) && group.dropFirst().allSatisfy { (48...57).contains($0) }
  }

  private static func isPlain(_ byte: UInt8) -> Bool { (48...57).contains(byte) || (65...90).contains(byte) }
}
