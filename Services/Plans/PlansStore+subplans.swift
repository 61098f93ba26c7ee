import Schema
import Storage

/// The SQL of plans that carry others out.
extension PlansStore {
  /// The plans in force of which others are asked that a unit or its offices are to have, or the communes of a province:
  /// with the version that was asked.
  static func asked(
    of unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [(asked: Plan.ID, plan: PlanRecord)] {
    let rows = try transaction.rows(
      """
      SELECT id, province, commune FROM plan
      WHERE province = ? AND commune IN (?, ?) AND subplans IS NOT NULL AND status <> 'revoked' AND status <> 'closed'
      ORDER BY id
      """, unit.province, unit.communeColumn, unit.provinceUnit.communeColumn)
    return try rows.compactMap { row in
      let asked: Plan.ID = try row["id"]
      var plan = try plan(asked, in: Unit(row), transaction)
      while let later = plan.replacedBy {
        plan = try self.plan(later, in: plan.summary.unit, transaction)
        // What a later version asks for takes the place of it.
        if plan.subplans != nil { return nil }
      }
      return plan.summary.status.known?.isInForce == true ? (asked, plan) : nil
    }
  }

  /// A plan, and those whose place it took: what was to carry out the one carries out the other.
  static func versions(of plan: PlanRecord, _ transaction: borrowing Transaction) throws -> [PlanRecord] {
    var versions = [plan]
    while let earlier = versions.last?.replaces {
      versions.append(try self.plan(earlier, in: plan.summary.unit, transaction))
    }
    return versions
  }

  /// The plans that were issued to carry out one of several versions, by the day of their issue.
  ///
  /// - Parameter unit: Whose plans are looked for; of a commune's plan its own, of a province's its communes' where it is
  ///   the province itself.
  static func subplans(
    of versions: [PlanSummary], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [PlansRules.Subplan] {
    var found: [PlansRules.Subplan] = []
    for version in versions { found += try subplans(of: version, in: unit, transaction) }
    return found.sorted { $0.order < $1.order }
  }

  private static func subplans(
    of plan: PlanSummary, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [PlansRules.Subplan] {
    guard let number = plan.number else { return [] }
    var condition = Condition()
    condition.add("plan.province = ?", unit.province)
    if let commune = unit.commune {
      condition.add("plan.commune = ?", commune)
    } else {
      condition.add("plan.commune <> '00000'")
    }
    condition.add("plan.id <> ? AND plan.proposed = 0 AND plan.status IN ('issued', 'in-execution', 'closed')", plan.id)
    condition.addCiting(number, of: plan.issuedOn, as: "parent = 1 AND ")
    let rows = try transaction.rows("SELECT plan.* FROM plan WHERE \(condition.sql)", values: condition.values)
    return try rows.compactMap { row in
      let head: PlanHead = try row.json("head")
      // The conclusions of a meeting or an inspection cite the plan as well, and carry nothing out.
      guard !head.isConclusions, plan.unit.commune == nil || head.purpose == .known(.office) else { return nil }
      return PlansRules.Subplan(summary: try PlanSummary(row), focal: head.focal)
    }
  }
}
