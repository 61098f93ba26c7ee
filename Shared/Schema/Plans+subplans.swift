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

/// The plans that a unit and its offices are asked for: by its province's plan the unit's own, by its own plans those of
/// its offices. Of the plan that asks only what its issue said.
public struct ListAskedSubplans: Query, Hashable {
  public typealias Reply = Page<AskedSubplan>
  public static let method: Method = "plans.subplans.asked"
  public static let access: Access = ListPlans.access

  public var today: Day?
  public var after: String?

  public init(today: Day? = nil, after: String? = nil) {
    self.today = today
    self.after = after
  }
}

/// A plan that is to carry another one out, there or not.
public struct AskedSubplan: Codable, Hashable, Sendable {
  /// Whose plan asks for it.
  public var by: Unit
  /// The version in force of the plan that asks.
  public var plan: Plan.ID
  public var number: DocumentNumber
  public var title: String
  public var due: Day
  /// Who is to have one, and which it is.
  public var row: SubplanTable.Row

  public init(by: Unit, plan: Plan.ID, number: DocumentNumber, title: String, due: Day, row: SubplanTable.Row) {
    self.by = by
    self.plan = plan
    self.number = number
    self.title = title
    self.due = due
    self.row = row
  }
}

/// A plan is waited for that carries another one out. Asked for again, or with its number taken back, it is said again.
public struct SubplanExpected: Event, Hashable {
  public static let name = "subplan.expected"
  public static let service = Plans.name

  /// Who is to have it.
  public var unit: Unit
  /// Nil for the commune's own plan.
  public var office: Office.Code?
  /// The plan of which it was asked; its amendments do not ask again.
  public var plan: Plan.ID
  /// Whose plan that is.
  public var by: Unit
  public var number: DocumentNumber
  public var title: String
  public var due: Day
  /// The focal office of the plan that asks, where it is the unit's own.
  public var focal: Office.Code?

  public init(
    unit: Unit, office: Office.Code? = nil, plan: Plan.ID, by: Unit, number: DocumentNumber, title: String, due: Day,
    focal: Office.Code? = nil
  ) {
    self.unit = unit
    self.office = office
    self.plan = plan
    self.by = by
    self.number = number
    self.title = title
    self.due = due
    self.focal = focal
  }

  public var subject: String { SubplanSettled.subject(of: plan, from: office) }
  public var partition: String { "\(subject)/\(unit)" }
}

/// A plan that was waited for is issued, or nobody waits for it any more.
public struct SubplanSettled: Event, Hashable {
  public static let name = "subplan.settled"
  public static let service = Plans.name

  public var unit: Unit
  public var office: Office.Code?
  /// The plan of which it was asked.
  public var plan: Plan.ID

  public init(unit: Unit, office: Office.Code? = nil, plan: Plan.ID) {
    self.unit = unit
    self.office = office
    self.plan = plan
  }

  public var subject: String { Self.subject(of: plan, from: office) }
  public var partition: String { "\(subject)/\(unit)" }

  fileprivate static func subject(of plan: Plan.ID, from office: Office.Code?) -> String {
    "subplan/\(plan)" + (office.map { "/\($0)" } ?? "")
  }
}
