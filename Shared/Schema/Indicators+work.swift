/// Nhiệm vụ, kinh phí, vướng mắc: what plans and the budget said on the day on which a report was put together. It is
/// frozen with the figures: printed again later, the report says the same.
public struct SubmissionWork: Codable, Hashable, Sendable {
  /// A task of the year's plans.
  public struct Task: Codable, Hashable, Sendable {
    public var number: String
    public var name: String
    public var leads: [Office.Code]
    /// The nearest day, or the time as printed.
    public var time: String?
    public var percent: Int
    public var standing: Open<PlanTask.Standing>?

    public init(
      number: String, name: String, leads: [Office.Code], time: String? = nil, percent: Int,
      standing: Open<PlanTask.Standing>? = nil
    ) {
      self.number = number
      self.name = name
      self.leads = leads
      self.time = time
      self.percent = percent
      self.standing = standing
    }
  }

  /// What offices have together in the fiscal year.
  public struct Money: Codable, Hashable, Sendable {
    public var leads: [Office.Code]
    public var estimated: Schema.Money
    public var allocated: Schema.Money
    public var disbursed: Schema.Money

    public init(
      leads: [Office.Code], estimated: Schema.Money, allocated: Schema.Money, disbursed: Schema.Money
    ) {
      self.leads = leads
      self.estimated = estimated
      self.allocated = allocated
      self.disbursed = disbursed
    }
  }

  /// Vướng mắc that nobody had resolved.
  public struct Obstacle: Codable, Hashable, Sendable {
    public var office: Office.Code
    public var text: String
    /// Of one that is referred to those above: what is asked of them.
    public var asks: String?

    public init(office: Office.Code, text: String, asks: String? = nil) {
      self.office = office
      self.text = text
      self.asks = asks
    }
  }

  /// Tasks, shares of the money, and obstacles, each.
  public static let most = 500

  public var asOf: Day
  public var tasks: [Task]
  public var money: [Money]
  public var obstacles: [Obstacle]
  /// What the plans call the offices.
  public var offices: [Office]

  public init(asOf: Day, tasks: [Task], money: [Money], obstacles: [Obstacle], offices: [Office]) {
    self.asOf = asOf
    self.tasks = tasks
    self.money = money
    self.obstacles = obstacles
    self.offices = offices
  }

  /// What of it is an office's own: the tasks that it leads, the money of those, what keeps it from its work.
  public func led(by office: Office.Code) -> SubmissionWork {
    var own = self
    own.tasks.removeAll { !$0.leads.contains(office) }
    own.money.removeAll { !$0.leads.contains(office) }
    own.obstacles.removeAll { $0.office != office }
    return own
  }
}
