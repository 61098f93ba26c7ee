import Schema
import WorkingDays

/// The plans that carry a plan out.
extension PlansRules {
  static func ask(_ plan: inout PlanRecord, _ request: AskSubplans) throws(Refusal) {
    guard plan.summary.status.known?.isInForce == true, let issued = plan.summary.issuedOn else {
      throw Refusal(
        .conflict, vi: "Chỉ kế hoạch đã ban hành mới được cụ thể hóa bằng kế hoạch cấp dưới.",
        en: "Only a plan in force is carried out by others.")
    }
    guard request.due >= issued else {
      throw Refusal(
        .invalid, vi: "Hạn không thể trước ngày ban hành \(issued.written).",
        en: "The day cannot be before the plan was issued, \(issued).", at: "due")
    }
    if plan.summary.unit.commune != nil {
      try check(request.offices, in: Set(plan.head.offices.map(\.code)), at: "offices")
      guard !request.offices.isEmpty, Set(request.offices).count == request.offices.count else {
        throw Refusal(
          .invalid, vi: "Hãy nêu các cơ quan phải có kế hoạch, mỗi cơ quan một lần.",
          en: "Name the offices that are to have a plan, each once.", at: "offices")
      }
    } else if !request.offices.isEmpty {
      throw Refusal(
        .invalid, vi: "Kế hoạch của tỉnh do các xã cụ thể hóa; không nêu cơ quan.",
        en: "A province's plan is carried out by its communes; name no offices.", at: "offices")
    }
    plan.subplans = SubplanDuty(due: request.due, offices: request.offices)
    plan.move(to: plan.summary.status.known ?? .issued)
  }

  /// A plan that carries out another one, and whose it is.
  struct Subplan {
    var summary: PlanSummary
    var focal: Office.Code

    /// First come first.
    var order: Int { summary.issuedOn?.number ?? .max }
  }

  /// - Parameters:
  ///   - found: By the day of their issue.
  ///   - communes: Of the province whose plan it is.
  static func table(
    of plan: PlanRecord, _ duty: SubplanDuty, found: [Subplan], communes: [Unit], on today: Day, _ days: WorkingDays
  ) -> SubplanTable {
    let end = days.end(of: duty.due)
    func row(_ unit: Unit, _ office: Office.Code?, _ subplan: Subplan?) -> SubplanTable.Row {
      guard let subplan, let issued = subplan.summary.issuedOn else {
        return SubplanTable.Row(unit: unit, office: office, standing: today > end ? .overdue : .awaited)
      }
      return SubplanTable.Row(
        unit: unit, office: office, standing: issued <= end ? .onTime : .late, plan: subplan.summary.id,
        number: subplan.summary.number, issuedOn: issued)
    }
    let rows =
      plan.summary.unit.commune == nil
      ? communes.map { unit in row(unit, nil, found.first { $0.summary.unit == unit }) }
      : duty.offices.map { office in row(plan.summary.unit, office, found.first { $0.focal == office }) }
    return SubplanTable(plan: plan.summary.id, due: duty.due, today: today, rows: rows)
  }

  /// What was asked of a plan, and who is to have one.
  struct Asked {
    /// The version that was asked; the one in force may be a later one.
    var asked: Plan.ID
    var plan: PlanRecord
    var table: SubplanTable

    /// Those that are not there.
    var expected: [SubplanExpected] {
      guard let number = plan.summary.number else { return [] }
      let (unit, isOwn) = (plan.summary.unit, plan.summary.unit.commune != nil)
      return table.rows.filter { $0.plan == nil }.map { row in
        SubplanExpected(
          unit: row.unit, office: row.office, plan: asked, by: unit, number: number, title: plan.summary.title,
          due: table.due, focal: isOwn ? plan.head.focal : nil)
      }
    }
  }

  /// What a change makes of the plans that are waited for: which are waited for no more, which are now.
  static func events(from before: [SubplanExpected], to after: [SubplanExpected]) -> [any Event] {
    let (known, open) = (Set(before.map(\.partition)), Set(after.map(\.partition)))
    let settled = before.filter { !open.contains($0.partition) }
    return settled.map { SubplanSettled(unit: $0.unit, office: $0.office, plan: $0.plan) }
      + after.filter { !known.contains($0.partition) }
  }
}
