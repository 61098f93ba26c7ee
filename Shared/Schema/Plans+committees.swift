/// A member of a Ban Chỉ đạo or of a Tổ Đề án 06.
public struct CommitteeMember: Codable, Hashable, Sendable {
  /// With the office held: `Phó Chủ tịch Nguyễn Văn A`.
  public var name: String
  /// Trưởng ban, Phó Trưởng ban, ủy viên
  public var position: String
  /// Lĩnh vực phụ trách
  public var field: String?
  /// Địa bàn phụ trách: villages.
  public var areas: [Office.Code]

  public init(name: String, position: String, field: String? = nil, areas: [Office.Code] = []) {
    self.name = name
    self.position = position
    self.field = field
    self.areas = areas
  }
}

/// Cuộc họp: from which a plan of the purpose `conclusion` comes; its items are tasks.
public struct Meeting: Codable, Hashable, Sendable {
  public var committee: Office.Code
  public var on: Day

  public init(committee: Office.Code, on: Day) {
    self.committee = committee
    self.on = on
  }
}

/// Says who is in a committee, in place of who was said before.
public struct KeepCommittee: Command, Hashable {
  public typealias Reply = CommitteeSummary
  public static let method: Method = "plans.committee.keep"
  public static let access: Access = .write(by: .focal)

  public var committee: Office
  public var members: [CommitteeMember]

  public init(committee: Office, members: [CommitteeMember]) {
    self.committee = committee
    self.members = members
  }
}

/// The committees of a unit, and when they met in a year.
public struct ListCommittees: Query, Hashable {
  public typealias Reply = Page<CommitteeSummary>
  public static let method: Method = "plans.committees"
  public static let access: Access = ListPlans.access

  public var year: Int
  public var today: Day?
  public var after: String?

  public init(year: Int, today: Day? = nil, after: String? = nil) {
    self.year = year
    self.today = today
    self.after = after
  }
}

/// A committee, and when it met.
public struct CommitteeSummary: Body, Codable, Hashable {
  public struct Conclusion: Codable, Hashable, Sendable {
    public var metOn: Day
    public var plan: Plan.ID
    public var number: DocumentNumber?

    public init(metOn: Day, plan: Plan.ID, number: DocumentNumber?) {
      self.metOn = metOn
      self.plan = plan
      self.number = number
    }
  }

  public var unit: Unit
  public var committee: Office
  public var members: [CommitteeMember]
  /// The meetings of the year whose conclusions were issued.
  public var conclusions: [Conclusion]
  /// The quarters that are over and in which it did not meet; it is to meet in each.
  public var missed: [Int]

  public init(
    unit: Unit, committee: Office, members: [CommitteeMember], conclusions: [Conclusion] = [], missed: [Int] = []
  ) {
    self.unit = unit
    self.committee = committee
    self.members = members
    self.conclusions = conclusions
    self.missed = missed
  }
}
