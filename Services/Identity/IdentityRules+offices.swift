import Schema
import Units

/// Which offices and villages a unit can have, and how they change. No I/O.
extension IdentityRules {
  /// All of a unit's are shown in one reply.
  static let mostOffices = 300
  private static let mostWords = 20

  /// - Parameter count: The offices that the unit has.
  static func check(
    _ office: OfficeSummary, existing: OfficeSummary?, in unit: Unit, count: Int
  ) throws(Refusal) {
    try check(unit)
    try office.name.check(atMost: longestName, at: "office.name")
    for (words, place) in [(office.aliases, "office.aliases"), (office.duties, "office.duties")] {
      guard let words else { continue }
      guard words.count <= mostWords else {
        throw Refusal(.invalid, vi: "Nhiều nhất \(mostWords) mục.", en: "\(mostWords) at most.", at: place)
      }
      for word in words { try word.check(atMost: longestName, at: place) }
    }
    guard office.until == nil || office.until == existing?.until else {
      throw Refusal(
        .invalid, vi: "Muốn dừng một cơ quan, một thôn, hãy dùng: xaso identity retire",
        en: "An office or a village is ended with: xaso identity retire", at: "office.until")
    }
    guard let existing else {
      guard count < mostOffices else {
        throw Refusal(
          .invalid, vi: "Một đơn vị có nhiều nhất \(mostOffices) cơ quan và thôn.",
          en: "A unit has \(mostOffices) offices and villages at most.")
      }
      return
    }
    guard existing.kind == office.kind else {
      throw Refusal(
        .conflict, vi: "Mã \(office.code) đã dùng cho loại khác («\(existing.name)»); hãy dùng mã khác.",
        en: "The code \(office.code) stands for something of another kind (“\(existing.name)”); choose another.",
        at: "office.code")
    }
  }

  /// What is not described stays as it was.
  static func kept(_ office: OfficeSummary, over existing: OfficeSummary?) -> OfficeSummary {
    var kept = office
    kept.aliases = office.aliases ?? existing?.aliases
    kept.duties = office.duties ?? existing?.duties
    kept.agency = office.agency ?? existing?.agency
    kept.since = office.since ?? existing?.since
    kept.until = existing?.until
    return kept
  }

  /// An office of a province has a code of the second level, one of a commune of the third, below what the others of its
  /// unit are below (Decision 20/2020/QĐ-TTg, article 4); bodies outside have whatever they have.
  ///
  /// - Parameter others: The codes that the unit's other offices have; not those of bodies outside.
  static func check(
    _ agency: AgencyCode, of office: OfficeSummary, in unit: Unit, others: [AgencyCode]
  ) throws(Refusal) {
    guard office.kind != Open(.village), office.kind != Open(.team) else {
      throw Refusal(
        .invalid, vi: "Thôn và tổ không có mã định danh điện tử.", en: "Villages and teams have no agency code.",
        at: "office.agency")
    }
    guard office.kind != Open(.outside) else { return }
    let level = unit.commune == nil ? 2 : 3
    guard agency.level == level else {
      throw Refusal(
        .invalid, vi: "Mã \(agency) có \(agency.level) cấp; cơ quan của đơn vị này có mã \(level) cấp.",
        en: "The code \(agency) has \(agency.level) levels; an office of this unit has \(level).",
        at: "office.agency")
    }
    guard !others.contains(agency) else {
      throw Refusal(
        .conflict, vi: "Mã \(agency) đã là của cơ quan khác.", en: "The code \(agency) is another office's.",
        at: "office.agency")
    }
    guard let sibling = others.first, sibling.parent != agency.parent else { return }
    throw Refusal(
      .conflict, vi: "Mã của các cơ quan khác trong đơn vị bắt đầu bằng \(sibling.parent?.description ?? "").",
      en: "The codes of this unit's other offices begin with \(sibling.parent?.description ?? "").",
      at: "office.agency")
  }

  /// - Parameter accounts: Those of the office that are not revoked.
  static func retired(
    _ office: OfficeSummary?, _ request: RetireOffice, accounts: [Caller.Account], today: Day
  ) throws(Refusal) -> OfficeSummary {
    guard var office else { throw Refusal.notFound("cơ quan, thôn", "office or village", request.office, at: "office") }
    guard request.last.map({ $0 >= office.since ?? $0 }) ?? true else {
      throw Refusal(
        .invalid, vi: "Ngày cuối không thể trước ngày đầu.", en: "The last day is not before the first.", at: "last")
    }
    guard request.last.map({ $0 >= today }) ?? true || accounts.isEmpty else {
      let names = accounts.prefix(5).map(\.description).joined(separator: ", ")
      throw Refusal(
        .conflict, vi: "Cơ quan còn tài khoản; hãy thu hồi trước: \(names).",
        en: "The office still has accounts; revoke them first: \(names).", at: "office")
    }
    office.until = request.last
    return office
  }

  /// Who is outside is asked, and does not come in; nor does anybody for what is no more.
  static func checkAccounts(of office: OfficeSummary, today: Day) throws(Refusal) {
    guard office.kind != Open(.outside) else {
      throw Refusal(
        .invalid, vi: "«\(office.name)» ở ngoài đơn vị: chỉ đề nghị phối hợp, không có tài khoản.",
        en: "“\(office.name)” is outside: it may be asked, and holds no account.", at: "office")
    }
    guard office.exists(on: today) || (office.since ?? today) > today else {
      throw Refusal(
        .conflict, vi: "«\(office.name)» đã thôi hoạt động.", en: "“\(office.name)” is no more.", at: "office")
    }
  }
}
