/// Vướng mắc: what keeps an office, a village or a committee's member from doing what a plan asks.
public enum Obstacle {
  public typealias ID = Identifier<Obstacle>

  /// `raised → (referred →) resolved`
  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    case raised
    /// Kiến nghị cấp trên: the unit cannot resolve it itself.
    case referred
    case resolved
  }
}

/// Tells the focal office of an obstacle.
public struct RaiseObstacle: Command, Hashable {
  public typealias Reply = ObstacleSummary
  public static let method: Method = "plans.obstacle.raise"
  public static let access: Access = .write(by: .entry, .focal, .approver)

  public var text: String
  /// Who said so, where it is not the office that enters it: a village's head, a member of a committee.
  public var raiser: String?
  public var task: PlanTask.ID?

  public init(text: String, raiser: String? = nil, task: PlanTask.ID? = nil) {
    self.text = text
    self.raiser = raiser
    self.task = task
  }
}

/// Decides on an obstacle: it is resolved, or referred to those above.
public struct AnswerObstacle: Command, Hashable {
  public typealias Reply = ObstacleSummary
  public static let method: Method = "plans.obstacle.answer"
  public static let access: Access = .write(by: .focal, .approver)

  public enum Outcome: String, Codable, Hashable, Sendable, CaseIterable {
    case resolved
    case referred
  }

  public var obstacle: Obstacle.ID
  public var outcome: Open<Outcome>
  public var answer: String
  /// By which document, where there is one.
  public var decision: Decision?

  public init(obstacle: Obstacle.ID, outcome: Outcome, answer: String, decision: Decision? = nil) {
    self.obstacle = obstacle
    self.outcome = Open(outcome)
    self.answer = answer
    self.decision = decision
  }
}

/// The obstacles of a unit and below it, in the order in which they were raised.
public struct ListObstacles: Query, Hashable {
  public typealias Reply = Page<ObstacleSummary>
  public static let method: Method = "plans.obstacles"
  public static let access: Access = ListPlans.access

  public var status: Open<Obstacle.Status>?
  public var office: Office.Code?
  public var after: String?

  public init(status: Obstacle.Status? = nil, office: Office.Code? = nil, after: String? = nil) {
    self.status = status.map(Open.init)
    self.office = office
    self.after = after
  }
}

/// An obstacle, and what came of it.
public struct ObstacleSummary: Body, Codable, Hashable {
  public var id: Obstacle.ID
  public var unit: Unit
  public var version: Int
  public var office: Office.Code
  public var raiser: String?
  public var task: PlanTask.ID?
  public var text: String
  public var raisedOn: Day
  public var status: Open<Obstacle.Status>
  public var answer: String?
  public var decision: Decision?
  public var answeredOn: Day?

  public init(
    id: Obstacle.ID, unit: Unit, version: Int, office: Office.Code, raiser: String?, task: PlanTask.ID?, text: String,
    raisedOn: Day, status: Obstacle.Status, answer: String? = nil, decision: Decision? = nil, answeredOn: Day? = nil
  ) {
    self.id = id
    self.unit = unit
    self.version = version
    self.office = office
    self.raiser = raiser
    self.task = task
    self.text = text
    self.raisedOn = raisedOn
    self.status = Open(status)
    self.answer = answer
    self.decision = decision
    self.answeredOn = answeredOn
  }
}

/// Somebody told of an obstacle. What it is stays with the unit: its words may name people.
public struct ObstacleRaised: Event, Hashable {
  public static let name = "obstacle.raised"
  public static let service = Plans.name

  public var unit: Unit
  public var obstacle: Obstacle.ID
  public var office: Office.Code
  public var task: PlanTask.ID?

  public init(unit: Unit, obstacle: Obstacle.ID, office: Office.Code, task: PlanTask.ID?) {
    self.unit = unit
    self.obstacle = obstacle
    self.office = office
    self.task = task
  }

  public var subject: String { "obstacle/\(obstacle)" }
  public var partition: String { "obstacle/\(obstacle)" }
}

/// An obstacle was decided on.
public struct ObstacleAnswered: Event, Hashable {
  public static let name = "obstacle.answered"
  public static let service = Plans.name

  public var unit: Unit
  public var obstacle: Obstacle.ID
  /// That raised it.
  public var office: Office.Code
  public var outcome: Open<AnswerObstacle.Outcome>

  public init(unit: Unit, obstacle: Obstacle.ID, office: Office.Code, outcome: Open<AnswerObstacle.Outcome>) {
    self.unit = unit
    self.obstacle = obstacle
    self.office = office
    self.outcome = outcome
  }

  public var subject: String { "obstacle/\(obstacle)" }
  public var partition: String { "obstacle/\(obstacle)" }
}
