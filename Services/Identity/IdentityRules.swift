import Schema
import Units
import ZeroMQ

/// Who may be let in as what, and which counts can be true. No I/O: a rule gets what it decides on, and says yes or why
/// not.
enum IdentityRules {
  private static let longestInvitation: Int64 = 14 * 86_400_000
  static let longestName = 120
  /// More than any province has; sums of it fit.
  private static let mostPeople: Int64 = 20_000_000

  // MARK: Inviting

  /// The account that is invited: a new one, one that nobody has joined yet, or another key for one that is as asked.
  static func invited(
    _ request: Invite, in unit: Unit?, existing: AccountRecord?, isKnown: Bool, at now: Timestamp
  ) throws(Refusal) -> AccountRecord {
    try check(unit)
    try check(usable: request.key, isKnown: isKnown)
    guard request.expires > now, request.expires.milliseconds - now.milliseconds <= longestInvitation else {
      throw Refusal(
        .invalid, vi: "Lời mời có hạn sau bây giờ, không quá 14 ngày.",
        en: "An invitation expires after now, within 14 days.", at: "expires")
    }
    let roles = Set(request.roles.compactMap(\.known))
    try check(roles, in: unit, hasOffice: request.office != nil)
    if let office = request.office { try office.name.check(atMost: longestName, at: "office.name") }
    let account = AccountRecord(
      name: request.account, unit: unit, office: request.office, roles: roles, status: .invited)
    guard var existing else { return account }
    // Names are one for all units; what another unit has, or had, is not told.
    guard existing.unit == unit else {
      throw Refusal(
        .conflict, vi: "Không dùng được tên tài khoản \(existing.name); hãy dùng tên khác.",
        en: "The account name \(existing.name) cannot be used; choose another.", at: "account")
    }
    guard existing.status != .revoked else {
      throw Refusal(
        .conflict, vi: "Tài khoản \(existing.name) đã bị thu hồi; hãy dùng tên khác.",
        en: "The account \(existing.name) was revoked; choose another name.", at: "account")
    }
    guard existing.status == .active else { return account }
    guard existing.roles == roles, existing.office?.code == request.office?.code else {
      throw Refusal(
        .conflict, vi: "Tài khoản \(existing.name) đang có vai trò hoặc cơ quan khác; hãy thu hồi hoặc dùng tên khác.",
        en: "The account \(existing.name) has other roles or another office; revoke it or choose another name.",
        at: "account")
    }
    existing.office = request.office
    return existing
  }

  private static func check(_ roles: Set<Role>, in unit: Unit?, hasOffice: Bool) throws(Refusal) {
    guard !roles.isEmpty, !roles.contains(.invited) else {
      throw Refusal(.invalid, vi: "Hãy nêu ít nhất một vai trò.", en: "Name at least one role.", at: "roles")
    }
    guard let unit else {
      // An auditor of the whole country reads sums of its provinces.
      guard roles.isSubset(of: [.administrator, .operator, .auditor]), !hasOffice else {
        throw Refusal(
          .invalid,
          vi: "Tài khoản không thuộc đơn vị nào chỉ có thể là quản trị, vận hành hoặc thanh tra, không có cơ quan.",
          en: "An account without a unit can only be an administrator, operator or auditor, without an office.",
          at: "roles")
      }
      return
    }
    guard !roles.contains(.operator) else {
      throw Refusal(
        .invalid, vi: "Tài khoản vận hành không thuộc đơn vị nào.", en: "An operator belongs to no unit.", at: "roles")
    }
    guard !roles.contains(.province) || unit.commune == nil else {
      throw Refusal(
        .invalid, vi: "Vai trò cấp tỉnh chỉ có ở đơn vị cấp tỉnh.", en: "Only a province has the role of a province.",
        at: "roles")
    }
    guard hasOffice || roles.isDisjoint(with: Role.offices) else {
      throw Refusal(
        .invalid, vi: "Vai trò này thuộc một cơ quan; hãy nêu cơ quan.", en: "This role belongs to an office; name it.",
        at: "office")
    }
  }

  // MARK: Joining

  /// Uses an invitation up.
  ///
  /// - Returns: False when this very key came of it before: somebody asks again who did not hear the answer.
  static func join(
    _ invitation: inout InvitationRecord, _ request: Join, isKnown: Bool, at now: Timestamp
  ) throws(Refusal) -> Bool {
    guard !invitation.withdrawn else {
      throw Refusal(
        .forbidden, vi: "Lời mời đã bị hủy; hãy xin người quản trị lời mời mới.",
        en: "The invitation was withdrawn; ask the administrator for another.")
    }
    if let joined = invitation.joined {
      guard joined == request.key else {
        throw Refusal(
          .conflict, vi: "Lời mời đã được dùng. Nếu không phải anh/chị đã dùng, hãy báo ngay người quản trị.",
          en: "The invitation was used already. If it was not you, tell the administrator at once.")
      }
      return false
    }
    guard now < invitation.expires else {
      throw Refusal(
        .forbidden,
        vi: "Lời mời đã hết hạn ngày \(invitation.expires.day.written); hãy xin người quản trị lời mời mới.",
        en: "The invitation expired on \(invitation.expires.day); ask the administrator for another.")
    }
    try check(usable: request.key, isKnown: isKnown)
    invitation.joined = request.key
    return true
  }

  static func check(usable key: Identity.Key, isKnown: Bool) throws(Refusal) {
    guard PublicKey(z85: key.description) != nil else {
      throw Refusal(
        .invalid, vi: "Khóa này là khóa mẫu ai cũng biết; hãy tạo cặp khóa mới.",
        en: "This is the test key of a manual page, known to everybody; make a new pair.", at: "key")
    }
    guard !isKnown else {
      throw Refusal(
        .conflict, vi: "Khóa này đang hoặc đã được dùng; hãy tạo cặp khóa mới.",
        en: "This key is or was in use; make a new pair.", at: "key")
    }
  }

  // MARK: Revoking

  static func check(_ request: Revoke, _ account: AccountRecord) throws(Refusal) {
    try request.reason.check(atMost: 500, at: "reason")
    guard account.status != .revoked else {
      throw Refusal(
        .conflict, vi: "Tài khoản \(account.name) đã bị thu hồi trước đó.",
        en: "The account \(account.name) was revoked before.")
    }
  }

  /// Somebody must be left who can invite others.
  ///
  /// - Parameter left: The keys of administrators without a unit that are left.
  static func check(_ account: AccountRecord, left: Set<Identity.Key>) throws(Refusal) {
    guard account.unit == nil, account.roles.contains(.administrator), left.isEmpty else { return }
    throw Refusal(
      .conflict, vi: "Đây là khóa quản trị cuối cùng của hệ thống; hãy mời một người quản trị khác trước.",
      en: "This is the last administrator's last key; invite another administrator first.")
  }

  static func check(_ unit: Unit?) throws(Refusal) {
    guard let unit, Units[unit] == nil else { return }
    throw Refusal(.notFound, vi: "Không có đơn vị \(unit).", en: "There is no unit \(unit).")
  }

  // MARK: Đề án 06

  static func check(_ request: RecordCounts, _ village: OfficeSummary?, today: Day) throws(Refusal) {
    guard let village, village.kind == .village else {
      throw Refusal(
        .notFound, vi: "Đơn vị này không có thôn «\(request.village)»; hãy nhờ người quản trị thêm thôn.",
        en: "This unit has no village “\(request.village)”; ask the administrator to add it.", at: "village")
    }
    guard village.exists(on: request.month.days.upperBound) else {
      throw Refusal(
        .invalid, vi: "«\(village.name)» không có vào cuối tháng đó; hãy xem: xaso identity offices",
        en: "“\(village.name)” is not there at the end of that month; see: xaso identity offices", at: "village")
    }
    guard request.month.calendar == .plain, case .month = request.month.span,
      request.month.days.lowerBound <= today, request.month.year >= 2021
    else {
      throw Refusal(
        .invalid, vi: "Kỳ số liệu là một tháng đã bắt đầu, viết như 2026-M03.",
        en: "The period is a month that has begun, such as 2026-M03.", at: "month")
    }
    let counts = request.counts
    guard counts.adults <= mostPeople, counts.activated >= 0, counts.signatures >= 0 else {
      throw Refusal(
        .invalid, vi: "Số liệu không thể âm hoặc lớn hơn dân số.",
        en: "Counts are neither negative nor larger than the population.", at: "counts")
    }
    guard counts.issued <= counts.adults else {
      throw Refusal(
        .invalid, vi: "Số đã cấp (\(counts.issued)) lớn hơn số người trưởng thành (\(counts.adults)).",
        en: "More are issued (\(counts.issued)) than there are adults (\(counts.adults)).", at: "counts.issued")
    }
    guard counts.activated <= counts.issued else {
      throw Refusal(
        .invalid, vi: "Số đã kích hoạt (\(counts.activated)) lớn hơn số đã cấp (\(counts.issued)).",
        en: "More are activated (\(counts.activated)) than issued (\(counts.issued)).", at: "counts.activated")
    }
    guard counts.signatures <= counts.adults else {
      throw Refusal(
        .invalid, vi: "Số có chữ ký số (\(counts.signatures)) lớn hơn số người trưởng thành (\(counts.adults)).",
        en: "More have a digital signature (\(counts.signatures)) than there are adults (\(counts.adults)).",
        at: "counts.signatures")
    }
  }

  /// Where a register is kept, its counts are the counts.
  static func check(typed register: RegisterRecord?) throws(Refusal) {
    guard let register, register.isOpen else { return }
    throw Refusal(
      .conflict,
      vi: "Số liệu của đơn vị này lấy từ sổ theo dõi định danh (\(register.basis)); hãy chốt bằng: xaso person count",
      en: "This unit's counts come from its person register (\(register.basis)); record them with: xaso person count")
  }

  /// The month of a commune by village, of a province by commune.
  ///
  /// - Parameter villages: All of the unit and below, each with its counts or without.
  static func table(_ month: Period, of unit: Unit, _ villages: [CountsRow]) -> CountsTable {
    let rows =
      unit.commune != nil
      ? villages
      : Dictionary(grouping: villages, by: \.unit).sorted { $0.key.description < $1.key.description }
        .map { sum($0.value, as: $0.key) }
    return CountsTable(month: month, rows: rows, total: sum(villages, as: unit))
  }

  private static func sum(_ rows: [CountsRow], as unit: Unit) -> CountsRow {
    let counts = rows.compactMap(\.counts)
    return CountsRow(
      unit: unit, reported: counts.count, expected: rows.count,
      counts: counts.isEmpty ? nil : counts.reduce(.zero, +))
  }
}
