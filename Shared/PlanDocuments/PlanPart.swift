public import Schema

/// Rows of a plan that travel in one request.
public struct PlanPart: Hashable, Sendable {
  public internal(set) var tasks: [TaskRow] = []
  public internal(set) var targets: [TargetRow] = []

  public var count: Int { tasks.count + targets.count }
}
