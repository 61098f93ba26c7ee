import Bus
import Schema
import Storage
import Units

/// The plans that carry plans out.
extension PlansService {
  static func registerSubplans(in handlers: inout Handlers<Plans>) {
    handlers.on(AskSubplans.self) { request, call, transaction in
      var plan = try plan(request.plan, call, transaction)
      let unit = plan.summary.unit
      let before = try expected(of: unit, transaction)
      try PlansRules.ask(&plan, request)
      let due = request.due
      try PlansStore.update(
        plan, Text(vi: "yêu cầu kế hoạch cụ thể hóa, hạn \(due.written)", en: "asked for sub-plans by \(due)"),
        by: call.caller.account, transaction)
      let after = try expected(of: unit, transaction)
      // Asked again, everybody is asked again.
      let others = before.filter { $0.plan != plan.summary.id || !after.map(\.partition).contains($0.partition) }
      return .accepted(
        try subplans(of: plan, on: transaction.time.day, transaction),
        events: PlansRules.events(from: others, to: after))
    }
    handlers.on(ListSubplans.self) { request, call, transaction in
      let plan = try PlansStore.plan(request.plan, in: try call.home(), for: call.caller, transaction)
      return try subplans(of: plan, on: request.today ?? transaction.time.day, transaction)
    }
    handlers.on(ListAskedSubplans.self) { request, call, transaction in
      let day = request.today ?? transaction.time.day
      let asked = try asked(of: try call.home(), on: day, transaction).flatMap { asked -> [AskedSubplan] in
        guard let number = asked.plan.summary.number else { return [] }
        return asked.table.rows.map { row in
          AskedSubplan(
            by: asked.plan.summary.unit, plan: asked.plan.summary.id, number: number, title: asked.plan.summary.title,
            due: asked.table.due, row: row)
        }
      }
      return try page(asked, after: request.after) { 2 * $0.title.utf8.count + 500 }
    }
  }

  private static func subplans(
    of plan: PlanRecord, on today: Day, _ transaction: borrowing Transaction
  ) throws -> SubplanTable {
    guard let table = try table(of: plan, for: plan.summary.unit, on: today, transaction) else {
      throw Refusal(
        .conflict, vi: "Chưa yêu cầu kế hoạch nào cụ thể hóa kế hoạch này (xaso plan ask-subplans --due).",
        en: "No plan was asked for yet that carries this one out (xaso plan ask-subplans --due).")
    }
    return table
  }

  /// Nil where none was asked for.
  ///
  /// - Parameter unit: Of a province's plan, the commune of which it is told, or the province for all of them.
  private static func table(
    of plan: PlanRecord, for unit: Unit, on today: Day, _ transaction: borrowing Transaction
  ) throws -> SubplanTable? {
    let versions = try PlansStore.versions(of: plan, transaction)
    guard let duty = versions.lazy.compactMap(\.subplans).first else { return nil }
    return PlansRules.table(
      of: plan, duty, found: try PlansStore.subplans(of: versions.map(\.summary), in: unit, transaction),
      communes: unit.commune == nil ? Units.all.map(\.unit).filter { $0 != unit && unit.contains($0) } : [unit],
      on: today, try PlansStore.workingDays(transaction))
  }

  /// What is asked of a unit and its offices; of a province, what it asks of its communes.
  private static func asked(
    of unit: Unit, on today: Day, _ transaction: borrowing Transaction
  ) throws -> [PlansRules.Asked] {
    try PlansStore.asked(of: unit, transaction).compactMap { asked, plan in
      try table(of: plan, for: unit, on: today, transaction).map {
        PlansRules.Asked(asked: asked, plan: plan, table: $0)
      }
    }
  }

  /// Those that are waited for: of a unit and its offices, of a province the ones of its communes.
  static func expected(of unit: Unit, _ transaction: borrowing Transaction) throws -> [SubplanExpected] {
    try asked(of: unit, on: transaction.time.day, transaction).flatMap(\.expected)
  }

  /// What a step of a plan's life has made of the plans that are waited for: of its own, where it carries one out, and of
  /// those that carry it out.
  static func subplanEvents(
    since before: [SubplanExpected], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    PlansRules.events(from: before, to: try expected(of: unit, transaction))
  }
}
