/// Asks for the plans by which a plan is to be carried out: of a commune's plan its offices' own ones, of a province's
/// its communes'.
///
/// Asked again, it takes the place of what was asked before.
public struct AskSubplans: Command, Hashable {
  public typealias Reply = SubplanTable
  public static let method: Method = "plans.subplans.ask"
  public static let access: Access = .write(by: .focal)

  public var plan: Plan.ID
  public var due: Day
  /// Of a commune's plan, those of its offices that are to have one; a province asks all of its communes.
  public var offices: [Office.Code]

  public init(plan: Plan.ID, due: Day, offices: [Office.Code] = []) {
    self.plan = plan
    self.due = due
    self.offices = offices
  }
}

/// Who has issued a plan that carries this one out, and who has not.
public struct ListSubplans: Query, Hashable {
  public typealias Reply = SubplanTable
  public static let method: Method = "plans.subplans"
  public static let access: Access = ListPlans.access

  public var plan: Plan.ID
  public var today: Day?

  public init(plan: Plan.ID, today: Day? = nil) {
    self.plan = plan
    self.today = today
  }
}

/// The plans that carry a plan out: they name it as the one above them, by its number.
public struct SubplanTable: Body, Codable, Hashable {
  public enum Standing: String, Codable, Hashable, Sendable {
    case onTime = "on-time"
    case late
    /// Not issued, and the day is still to come.
    case awaited
    case overdue
  }

  public struct Row: Codable, Hashable, Sendable {
    public var unit: Unit
    /// Of a commune's plan.
    public var office: Office.Code?
    public var standing: Open<Standing>
    /// The plan that was issued; the first, where there are several.
    public var plan: Plan.ID?
    public var number: DocumentNumber?
    public var issuedOn: Day?

    public init(
      unit: Unit, office: Office.Code?, standing: Standing, plan: Plan.ID? = nil, number: DocumentNumber? = nil,
      issuedOn: Day? = nil
    ) {
      self.unit = unit
      self.office = office
      self.standing = Open(standing)
      self.plan = plan
      self.number = number
      self.issuedOn = issuedOn
    }
  }

  public var plan: Plan.ID
  public var due: Day
  public var today: Day
  public var rows: [Row]

  public init(plan: Plan.ID, due: Day, today: Day, rows: [Row]) {
    self.plan = plan
    self.due = due
    self.today = today
    self.rows = rows
  }
}
