extension Office {
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    case office
    /// Thôn, xóm, bản, ấp, khu phố: the word is part of the name.
    case village
    case school
    /// Trạm Y tế
    case station
    /// Tổ công nghệ số cộng đồng, Tổ Đề án 06
    case team
    /// Ban Chỉ đạo
    case committee
    /// Trung tâm Phục vụ hành chính công
    case centre
    /// Công an xã
    case police
    /// Thuế, BHXH, Kho bạc, ngân hàng, viễn thông, Đảng ủy, MTTQ: may be asked, and holds no account.
    case outside
  }
}

/// The offices and villages of a unit, by code.
public struct ListOffices: Query, Hashable {
  public typealias Reply = Page<OfficeSummary>
  public static let method: Method = "identity.offices"
  public static let access: Access = .beneath(by: Role.offices.union([.province, .auditor, .administrator]))

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// An office or a village as it is kept.
public struct OfficeSummary: Body, Codable, Hashable {
  public var code: Office.Code
  public var name: String
  public var kind: Open<Office.Kind>
  /// Other names that people write.
  public var aliases: [String]?
  /// What it is there for.
  public var duties: [String]?
  /// Mã định danh điện tử
  public var agency: AgencyCode?
  /// Its first day; nil where it was always there.
  public var since: Day?
  /// Its last day; nil while it goes on.
  public var until: Day?

  public init(
    code: Office.Code, name: String, kind: Open<Office.Kind>, aliases: [String]? = nil, duties: [String]? = nil,
    agency: AgencyCode? = nil, since: Day? = nil, until: Day? = nil
  ) {
    self.code = code
    self.name = name
    self.kind = kind
    self.aliases = aliases
    self.duties = duties
    self.agency = agency
    self.since = since
    self.until = until
  }

  public var office: Office { Office(code: code, name: name) }

  public func exists(on day: Day) -> Bool { (since ?? day) <= day && day <= (until ?? day) }
}

/// Adds an office or a village to the unit of the route, or describes it anew: what is nil stays as it is, and so does
/// when it ends.
public struct KeepOffice: Command, Hashable {
  public typealias Reply = OfficeSummary
  public static let method: Method = "identity.office.keep"
  public static let access: Access = .administer

  public var office: OfficeSummary

  public init(office: OfficeSummary) { self.office = office }
}

/// Ends an office or a village of the unit of the route: what is counted of earlier months stays, and so does how many
/// villages were expected then. Its code is never given to another one.
public struct RetireOffice: Command, Hashable {
  public typealias Reply = OfficeSummary
  public static let method: Method = "identity.office.retire"
  public static let access: Access = .administer

  public var office: Office.Code
  /// Its last day; nil when it goes on after all.
  public var last: Day?

  public init(office: Office.Code, last: Day?) {
    self.office = office
    self.last = last
  }
}

/// An office or a village is new, has another name, or ends.
public struct OfficeKept: Event, Hashable {
  public static let name = "office.kept"
  public static let service = Identity.name

  public var unit: Unit
  public var office: OfficeSummary

  public init(unit: Unit, office: OfficeSummary) {
    self.unit = unit
    self.office = office
  }

  public var subject: String { "office/\(office.code)" }
  public var partition: String { "office/\(unit)/\(office.code)" }
}
