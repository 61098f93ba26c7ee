import Schema

extension IdentityRules {
  /// One for each device of somebody, and one that is on its way.
  private static let mostKeys = 8

  /// - Parameters:
  ///   - keys: Of the account, those of then included.
  ///   - isKnown: Whether anybody has or had it, or it is an invitation's.
  /// - Returns: False when the account has it already.
  static func added(_ key: Identity.Key, keys: [KeySummary], isKnown: Bool) throws(Refusal) -> Bool {
    let left = keys.filter { $0.revoked == nil }
    guard !left.contains(where: { $0.key == key }) else { return false }
    try check(usable: key, isKnown: isKnown)
    guard left.count < mostKeys else {
      throw Refusal(
        .conflict, vi: "Tài khoản đã có \(mostKeys) khóa; hãy nhờ người quản trị thu hồi khóa không dùng nữa.",
        en: "The account has \(mostKeys) keys; have the administrator revoke those that are not used.", at: "key")
    }
    return true
  }

  /// - Returns: False when it was withdrawn before.
  static func withdrawn(_ key: Identity.Key, keys: [KeySummary]) throws(Refusal) -> Bool {
    guard let own = keys.first(where: { $0.key == key }) else {
      throw Refusal(
        .notFound, vi: "Tài khoản này không có khóa đó.", en: "This account has no such key.", at: "key")
    }
    guard own.revoked == nil else { return false }
    guard keys.contains(where: { $0.revoked == nil && $0.key != key }) else {
      throw Refusal(
        .conflict, vi: "Đây là khóa cuối cùng của tài khoản; hãy thêm khóa mới trước.",
        en: "This is the account's last key; add another one first.", at: "key")
    }
    return true
  }
}
