import Schema

extension IdentityRules {
  /// Every part of the one decision that the front door and the services make, in the order in which it is made.
  static func explain(
    _ account: AccountRecord, keys: Int, _ request: ExplainAccess, today: Day
  ) -> AccessExplanation {
    var reasons: [AccessExplanation.Reason] = []
    func add(_ holds: Bool, vi: String, en: String) { reasons.append(.init(holds: holds, text: Text(vi: vi, en: en))) }
    let isActive = account.status == .active
    add(
      isActive, vi: isActive ? "Tài khoản đang dùng." : "Tài khoản chưa tham gia hoặc đã bị thu hồi.",
      en: isActive ? "The account is active." : "The account has not joined, or was revoked.")
    add(
      keys > 0, vi: keys > 0 ? "Có \(keys) khóa còn dùng." : "Không có khóa nào còn dùng.",
      en: keys > 0 ? "It has \(keys) \(keys == 1 ? "key" : "keys") in use." : "It has no key in use.")
    if let last = account.last {
      add(
        today <= last, vi: "Tài khoản dùng được đến hết ngày \(last.written).",
        en: "The account is good through \(last).")
    }
    guard let asked = Method(request.asked).flatMap({ Catalogue[$0] }) else {
      add(false, vi: "Không có yêu cầu «\(request.asked)».", en: "There is no request “\(request.asked)”.")
      return AccessExplanation(isPermitted: false, reasons: reasons)
    }
    let access = asked.access
    let (wanted, held) = (words(access.roles), words(account.roles(on: today).intersection(access.roles)))
    add(
      !held.vi.isEmpty,
      vi: held.vi.isEmpty
        ? "Yêu cầu này dành cho vai trò: \(wanted.vi.isEmpty ? "không ai" : wanted.vi); tài khoản không có."
        : "Có vai trò \(held.vi).",
      en: held.en.isEmpty
        ? "It is for the roles \(wanted.en.isEmpty ? "of nobody" : wanted.en); the account has none of them."
        : "It has the role \(held.en).")
    let lent = account.delegations.filter { $0.from <= today && today <= $0.through }
    for loan in lent where !access.roles.isDisjoint(with: loan.roles.compactMap(\.known)) {
      let roles = words(Set(loan.roles.compactMap(\.known)))
      add(
        true, vi: "Vai trò \(roles.vi) do \(loan.by) ủy quyền đến hết ngày \(loan.through.written) (\(loan.document)).",
        en: "The role \(roles.en) was lent by \(loan.by) through \(loan.through) (\(loan.document)).")
    }
    let caller = Caller(
      account: account.name, unit: account.unit, office: account.office?.code, roles: access.roles,
      former: Set(account.former))
    let reaches = access.permits(caller, in: request.unit)
    let reach =
      switch access.reach {
      case .own: Text(vi: "chỉ đơn vị của mình", en: "one's own unit alone")
      case .subtree: Text(vi: "đơn vị của mình và cấp dưới", en: "one's own unit and those below")
      case .beneath: Text(vi: "đơn vị của mình và cấp dưới; quản trị chung: mọi nơi", en: "one's own unit and below")
      case .system: Text(vi: "hệ thống, không kèm đơn vị", en: "the system, without a unit")
      }
    let (home, there) = (account.unit?.description ?? "—", request.unit?.description ?? "—")
    if let unit = request.unit, account.former.contains(unit) {
      add(true, vi: "\(unit) đã sáp nhập vào \(home).", en: "\(unit) was merged into \(home).")
    }
    add(
      reaches, vi: "Phạm vi: \(reach.vi). Tài khoản ở \(home), hỏi ở \(there).",
      en: "Reach: \(reach.en). The account is in \(home), it is asked in \(there).")
    return AccessExplanation(isPermitted: reasons.allSatisfy(\.holds), reasons: reasons)
  }

  /// Roles in a fixed order, as people say them.
  private static func words(_ roles: Set<Role>) -> Text {
    let words = Role.allCases.filter(roles.contains).map(\.text)
    return Text(vi: words.map(\.vi).joined(separator: ", "), en: words.map(\.en).joined(separator: ", "))
  }
}
