import Schema

/// What may be lent, by whom, to whom and for how long. No I/O.
extension IdentityRules {
  private static let longest = 92

  static func delegated(
    _ request: Delegate, by lender: AccountRecord, to borrower: AccountRecord?, today: Day
  ) throws(Refusal) -> Delegation {
    guard let borrower, borrower.unit == lender.unit, borrower.status == .active else {
      throw Refusal(
        .notFound, vi: "Đơn vị không có tài khoản đang dùng «\(request.to)».",
        en: "The unit has no active account “\(request.to)”.", at: "to")
    }
    guard borrower.name != lender.name else {
      throw Refusal(.invalid, vi: "Không thể ủy quyền cho chính mình.", en: "Nobody lends to themselves.", at: "to")
    }
    let roles = Set(request.roles.compactMap(\.known))
    guard !roles.isEmpty, roles.isSubset(of: lender.roles), roles.isSubset(of: Role.offices) else {
      throw Refusal(
        .invalid, vi: "Chỉ ủy quyền được vai trò nghiệp vụ của chính mình, không phải vai trò được ủy quyền.",
        en: "Only office roles of one's own can be lent, not those that were lent.", at: "roles")
    }
    // The only role that reads personal numbers stays with the police.
    guard !roles.contains(.police) || borrower.office?.code == lender.office?.code else {
      throw Refusal(
        .invalid, vi: "Vai trò công an chỉ ủy quyền được cho người cùng cơ quan.",
        en: "The role of the police can be lent within its own office only.", at: "roles")
    }
    guard request.from >= today, request.through >= request.from,
      request.through <= request.from.adding(longest), request.through <= lender.last ?? request.through
    else {
      throw Refusal(
        .invalid, vi: "Ủy quyền từ hôm nay trở đi, không quá \(longest) ngày và không quá hạn tài khoản của mình.",
        en: "Roles are lent from today or later, for \(longest) days at most, and while one's own account is good.",
        at: "through")
    }
    return Delegation(
      id: Delegation.ID(), by: lender.name, to: borrower.name,
      roles: Role.allCases.filter(roles.contains).map { Open($0) }, from: request.from, through: request.through,
      document: request.document)
  }

  /// A day that has not passed; and those who can let anybody in have none.
  static func check(_ request: LimitAccount, _ account: AccountRecord, today: Day) throws(Refusal) {
    guard account.status != .revoked else {
      throw Refusal(
        .conflict, vi: "Tài khoản \(account.name) đã bị thu hồi trước đó.",
        en: "The account \(account.name) was revoked before.")
    }
    guard request.last.map({ $0 >= today }) ?? true else {
      throw Refusal(
        .invalid, vi: "Ngày cuối không thể đã qua; muốn dừng ngay, hãy thu hồi tài khoản.",
        en: "The last day cannot have passed; to end it now, revoke the account.", at: "last")
    }
    guard request.last == nil || account.unit != nil || !account.roles.contains(.administrator) else {
      throw Refusal(
        .invalid, vi: "Quản trị chung không có ngày cuối: phải luôn còn người mời được người khác.",
        en: "An administrator of the system has no last day: somebody must be left who can invite.", at: "last")
    }
  }
}
