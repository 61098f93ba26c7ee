import Bus
import Schema
import Storage

/// Plans of the size that a test needs.
enum Sample {
  static func head(_ title: String) -> PlanHead {
    let offices: [Office] = [
      Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội"), Office(code: "vp", name: "Văn phòng HĐND và UBND"),
      Office(code: "kt", name: "Phòng Kinh tế"),
    ]
    return PlanHead(
      year: 2026, title: title, issuer: "UBND xã", focal: "vh-xh", offices: offices,
      recipients: [Recipient(name: "Sở Khoa học và Công nghệ", purpose: Open(.report))])
  }

  static func task(_ name: String, cost: Money? = 1_000_000) -> TaskRow {
    TaskRow(number: "1.1", name: name, leads: ["kt"], coordinating: ["vp"], time: "Năm 2026", cost: cost)
  }

  static func target(_ name: String) -> TargetRow {
    TargetRow(number: "1", indicator: name, comparator: Open(.report), leads: ["vh-xh"])
  }

  /// What identity's counts are about: every plan of a commune means the same indicator.
  static let counted = TargetRow(
    number: "2", indicator: "Tỷ lệ dân số trưởng thành được cấp tài khoản định danh điện tử", unit: Indicator.percent,
    comparator: Open(.atLeast), value: Quantity(60), due: Day(number: 20_800), leads: ["vh-xh"])

  static let day = Day(number: 20_500)
  /// What the number of a decision begins with; the rest names the command that it is entered by.
  static let decision = "1/"

  /// Văn thư gives a number once; this one names the plan, whenever it is asked for.
  static func number(of plan: Plan.ID) -> DocumentNumber {
    DocumentNumber("119/KH-\(plan.description.filter { $0 != "-" }.suffix(20))") ?? "119/KH-UBND"
  }
}

extension House {
  /// A plan as a commune's offices bring it about.
  struct Issued {
    var plan: PlanSummary
    /// The last event of it.
    var sequence: Int64
  }

  /// Drafts and issues a plan: one event for it, and three for each of its rows.
  func issue(_ title: String, rows: Int = 1, in unit: Unit = communes[0]) async throws -> Issued {
    var plan = try await draft(title, rows: rows, in: unit)
    try await approve(plan)
    let reply = try await client(House.clerk(unit)).send(issuing(plan), to: unit, ttl: .seconds(30))
    plan = reply.value
    return Issued(plan: plan, sequence: reply.sequence)
  }

  func draft(_ title: String, rows: Int = 1, in unit: Unit = communes[0]) async throws -> PlanSummary {
    let focal = try client(House.focal(unit))
    let draft = DraftPlan(head: Sample.head(title), expected: RowCounts(tasks: rows, targets: rows))
    var plan = try await focal.send(draft, to: unit).value
    for start in stride(from: 0, to: rows, by: 50) {
      let names = (start..<min(start + 50, rows)).map { "\(title) \($0)" }
      let part = DraftRows(plan: plan.id, tasks: names.map { Sample.task($0) }, targets: names.map(Sample.target))
      plan = try await focal.send(part, to: unit).value
    }
    return plan
  }

  /// The focal office submits it, and the clerk records what a leader signed.
  func approve(_ plan: PlanSummary) async throws {
    _ = try await client(House.focal(plan.unit)).send(SubmitPlan(plan: plan.id), to: plan.unit)
    _ = try await client(House.clerk(plan.unit)).send(approving(plan), to: plan.unit)
  }

  func approving(_ plan: PlanSummary) -> ApprovePlan {
    ApprovePlan(plan: plan.id, signed: SignedDocument(signer: "Chủ tịch", hash: Fingerprint(of: Codec.encode(plan.id))))
  }

  func issuing(_ plan: PlanSummary) -> IssuePlan {
    IssuePlan(plan: plan.id, number: Sample.number(of: plan.id), issuedOn: Sample.day)
  }

  func tasks(of plan: PlanSummary) async throws -> [TaskSummary] {
    let client = try client(House.focal(plan.unit))
    return try await client.send(ListTasks(plan: plan.id), to: plan.unit).value.items
  }
}
