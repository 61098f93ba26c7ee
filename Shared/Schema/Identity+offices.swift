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

  public init(code: Office.Code, name: String, kind: Open<Office.Kind>) {
    self.code = code
    self.name = name
    self.kind = kind
  }

  public var office: Office { Office(code: code, name: name) }
}

/// Adds an office or a village to the unit of the route, or gives it another name.
public struct KeepOffice: Command, Hashable {
  public typealias Reply = OfficeSummary
  public static let method: Method = "identity.office.keep"
  public static let access: Access = .administer

  public var office: OfficeSummary

  public init(office: OfficeSummary) { self.office = office }
}

/// An office or a village is new, or has another name.
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
