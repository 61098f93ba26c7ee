/// What an account may be in its unit. One person often holds several.
public enum Role: String, Codable, Hashable, Sendable, CaseIterable {
  /// Công chức, trưởng thôn, trạm y tế, trường: enters progress and figures of its own office.
  case entry
  /// Phòng VH-XH (đầu mối): drafts the plan, assigns, compiles, returns, chases.
  case focal
  /// Phòng Kinh tế: budget.
  case finance
  /// Trung tâm PVHCC: indicators of administrative procedures.
  case serviceCentre = "service-centre"
  /// Công an xã: electronic identity; the only reader of personal numbers.
  case police
  /// Chủ tịch, phó chủ tịch: approves and signs.
  case approver
  /// Văn thư: number, date, release.
  case clerk
  /// Sở KH&CN, UBND tỉnh: sees what its communes submitted.
  case province
  /// HĐND, MTTQ, thanh tra: reads all but personal numbers.
  case auditor
  /// A machine that follows events.
  case subscriber
  /// Runs the services; sees their state, no unit's data.
  case `operator`
  /// Quản trị: says who may come in, in its unit and below.
  case administrator
  /// Holds an invitation: may join, and nothing else.
  case invited

  /// The roles held by people who work in an office.
  public static let offices: Set<Role> = [.entry, .focal, .finance, .serviceCentre, .police, .approver, .clerk]
}

/// Who asks: one account, in one office of one unit.
public struct Caller: Hashable, Sendable {
  public typealias Account = Slug

  public var account: Account
  /// Nil for operators and the first administrators, who belong to no unit.
  public var unit: Unit?
  public var office: Office.Code?
  public var roles: Set<Role>
  /// The units that were merged into its own: what they left is its unit's now.
  public var former: Set<Unit>

  public init(account: Account, unit: Unit?, office: Office.Code?, roles: Set<Role>, former: Set<Unit> = []) {
    self.account = account
    self.unit = unit
    self.office = office
    self.roles = roles
    self.former = former
  }

  /// Whether that is its own unit, or was merged into it.
  public func isAtHome(in unit: Unit) -> Bool { unit == self.unit || former.contains(unit) }
}

extension Caller: LosslessStringConvertible {
  /// The caller frame of XSB/1: `<account> <unit> <office> <role,role>`, `-` for what there is not. Units that were merged
  /// into its own follow it: `38/15043+38/15049`.
  public var description: String {
    let roles = roles.map(\.rawValue).sorted().joined(separator: ",")
    let units = ([unit?.description ?? "-"] + former.map(\.description).sorted()).joined(separator: "+")
    return "\(account) \(units) \(office?.description ?? "-") \(roles.isEmpty ? "-" : roles)"
  }

  public init?(_ description: String) {
    let fields = description.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard fields.count == 4, let account = Account(fields[0]) else { return nil }
    let units = fields[1].split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    let (unit, former) = (Unit(units[0]), units.dropFirst().compactMap { Unit($0) })
    let office = Office.Code(fields[2])
    let words = fields[3] == "-" ? [] : fields[3].split(separator: ",", omittingEmptySubsequences: false)
    let roles = words.compactMap { Role(rawValue: String($0)) }
    guard unit != nil || fields[1] == "-", former.count == units.count - 1, office != nil || fields[2] == "-",
      roles.count == words.count
    else { return nil }
    self.init(account: account, unit: unit, office: office, roles: Set(roles), former: Set(former))
  }
}
