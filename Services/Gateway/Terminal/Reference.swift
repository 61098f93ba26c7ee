import ArgumentParser
import Bus
import Schema

/// A plan as people name it: by its number (`31/KH-UBND`), by its id, or as `draft` (`du-thao`) where the unit has one
/// only that was not issued yet.
struct PlanReference: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  func resolve(_ session: Session, in unit: Unit) async throws(Refusal) -> Plan.ID {
    if let id = Plan.ID(text) { return id }
    let plans: [PlanSummary] = try await session.all(in: unit) { ListPlans(after: $0) }
    let isDraft = ["draft", "du thao"].contains(text.folded)
    let found = plans.filter { plan in
      isDraft ? plan.unit == unit && plan.status.known?.isOpen == true : plan.number?.description == text
    }
    return try Reference.only(found, \.id, named: text).id
  }
}

/// A task as people name it: by its number in the plan (`1.1`), or by its id.
struct TaskReference: ExpressibleByArgument {
  private let text: String

  init?(argument: String) { text = argument }

  func resolve(_ session: Session, in unit: Unit, of plan: Plan.ID?) async throws(Refusal) -> PlanTask.ID {
    if let id = PlanTask.ID(text) { return id }
    return try await find(session, in: unit, of: plan).id
  }

  /// The task itself.
  func find(_ session: Session, in unit: Unit, of plan: Plan.ID?) async throws(Refusal) -> TaskSummary {
    let tasks: [TaskSummary] = try await session.all(in: unit) { ListTasks(plan: plan, after: $0) }
    let id = PlanTask.ID(text)
    return try Reference.only(tasks.filter { $0.row.number == text || $0.id == id }, \.id, named: text)
  }
}

/// A line of the budget as people name it: by its number, which is its task's in the plan (`1.1`), by the task's id, or
/// by its own. Where two years have the number, the plan or an id tells them apart.
struct LineReference: ExpressibleByArgument {
  private let text: String

  init(_ text: String) { self.text = text }

  init?(argument: String) { text = argument }

  func resolve(_ session: Session, in unit: Unit, of plan: Plan.ID?) async throws(Refusal) -> BudgetLine.ID {
    try await find(session, in: unit, of: plan).id
  }

  /// The line itself.
  func find(_ session: Session, in unit: Unit, of plan: Plan.ID?) async throws(Refusal) -> LineSummary {
    try find(in: try await session.all(in: unit) { ListLines(plan: plan, after: $0) })
  }

  /// The line among those that were read.
  func find(in lines: [LineSummary]) throws(Refusal) -> LineSummary {
    let found = lines.filter { $0.number == text || $0.task?.description == text || $0.id.description == text }
    return try Reference.only(found, \.id, named: text)
  }
}

/// An indicator as people name it: by the number of one of its targets in the plan (`2.1`), passed or not, or by its id.
struct IndicatorReference: ExpressibleByArgument {
  private let text: String

  init(_ text: String) { self.text = text }

  init?(argument: String) { text = argument }

  func resolve(_ session: Session, in unit: Unit, of plan: Plan.ID?) async throws(Refusal) -> Indicator.ID {
    if let id = Indicator.ID(text) { return id }
    return try await find(session, in: unit, of: plan).get().id
  }

  /// The indicator itself, or why it is not clear which one is meant.
  ///
  /// - Throws: Where it could not be looked for.
  func find(
    _ session: Session, in unit: Unit, of plan: Plan.ID?
  ) async throws(Refusal) -> Result<IndicatorSummary, Refusal> {
    let id = Indicator.ID(text)
    let number = id == nil ? text : nil
    let found: [IndicatorSummary] = try await session.all(in: unit) {
      ListIndicators(plan: plan, number: number, after: $0)
    }
    return Result { () throws(Refusal) in
      try Reference.only(found.filter { id == nil || $0.id == id }, \.id, named: text)
    }
  }
}

private enum Reference {
  /// The one that is meant; where there are several, their ids.
  static func only<Item, Entity>(
    _ found: [Item], _ id: (Item) -> Identifier<Entity>, named text: String
  ) throws(Refusal) -> Item {
    guard let first = found.first else {
      throw Refusal(
        .notFound, vi: "Không có «\(text)» trong đơn vị này.", en: "There is no “\(text)” in this unit.")
    }
    guard found.count == 1 else {
      let ids = found.map { id($0).description }.joined(separator: ", ")
      throw Refusal(
        .invalid, vi: "Có \(found.count) mục «\(text)»; hãy nêu kế hoạch (--plan) hoặc dùng mã: \(ids)",
        en: "There are \(found.count) called “\(text)”; name the plan (--plan) or use an id: \(ids)")
    }
    return first
  }
}
