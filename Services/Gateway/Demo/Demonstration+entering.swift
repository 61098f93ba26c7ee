import ArgumentParser
import Bus
import PlanDocuments
import Schema
import Storage

/// What the offices of a commune do, each by its own account.
extension Demonstration {
  /// The focal office enters the plan and submits it; the clerk records what a leader signed, and issues it.
  func issue(_ commune: Commune) async throws {
    guard let document = commune.plan else { return }
    let plan = try await session(commune.account(of: try commune.office(with: .focal))) { session in
      let plan = try await session.submit(document, key: UUIDv7())
      return try await session.ask(SubmitPlan(plan: plan.id), in: commune.unit).value
    }
    guard let number = document.number, let day = document.issuedOn else { return }
    try await session(commune.account(of: try commune.office(with: .clerk))) { session in
      let signed = SignedDocument(
        signer: document.head.signer ?? "Chủ tịch", hash: Fingerprint(of: Codec.encode(document.draft)))
      let approval = ApprovePlan(plan: plan.id, signed: signed, accepted: commune.quarter?.accepted)
      _ = try await session.ask(approval, in: commune.unit)
      _ = try await session.ask(IssuePlan(plan: plan.id, number: number, issuedOn: day), in: commune.unit)
    }
  }

  /// - Returns: What was refused for want of money.
  func enter(_ quarter: Quarter, in commune: Commune) async throws -> [Outcome.RefusedPayment] {
    try await record(quarter.progress, in: commune)
    try await observe(quarter.figures, for: quarter.quarter, in: commune)
    try await count(quarter.villages, in: commune)
    return try await spend(quarter, in: commune)
  }

  private func record(_ entries: [Quarter.Progress], in commune: Commune) async throws {
    guard !entries.isEmpty else { return }
    let tasks: [TaskSummary] = try await session(commune.account(of: try commune.office(with: .focal))) { session in
      try await session.all(in: commune.unit) { ListTasks(after: $0) }
    }
    try await enter(
      try entries.map { entry in (entry, try commune.only(tasks, entry.task) { $0.row.number == entry.task }) },
      in: commune, leads: \.row.leads
    ) { session, entry, task in
      _ = try await session.ask(RecordProgress(task: task.id, percent: entry.percent), in: commune.unit)
    }
  }

  private func observe(_ entries: [Quarter.Reading], for period: Period, in commune: Commune) async throws {
    guard !entries.isEmpty else { return }
    let account = commune.account(of: try commune.office(with: .focal))
    let indicators: [IndicatorSummary] = try await session(account) { session in
      try await session.all(in: commune.unit) { ListIndicators(after: $0) }
    }
    try await enter(
      try entries.map { entry in
        // By what the plan calls it: which of its milestones an indicator shows depends on the day.
        let row = try commune.only(commune.plan?.targets ?? [], entry.target) { $0.number == entry.target }
        let indicator = try commune.only(indicators, entry.target) {
          $0.name == row.indicator && $0.measure == row.unit
        }
        return (entry, indicator)
      }, in: commune, leads: \.target.leads
    ) { session, entry, indicator in
      let request = ObserveIndicator(indicator: indicator.id, period: period, figure: try entry.figure.resolve())
      _ = try await session.ask(request, in: commune.unit)
    }
  }

  private func count(_ villages: [Quarter.Village], in commune: Commune) async throws {
    guard villages.contains(where: { !$0.counts.isEmpty }) else { return }
    try await session(commune.account(of: try commune.office(with: .police))) { session in
      for village in villages {
        for count in village.counts {
          let request = RecordCounts(village: village.code, month: count.month, counts: count.counts)
          _ = try await session.ask(request, in: commune.unit)
        }
      }
    }
  }

  private func spend(_ quarter: Quarter, in commune: Commune) async throws -> [Outcome.RefusedPayment] {
    guard !quarter.allocations.isEmpty || !quarter.payments.isEmpty else { return [] }
    return try await session(commune.account(of: try commune.office(with: .finance))) { session in
      let found: [LineSummary] = try await session.all(in: commune.unit) { ListLines(after: $0) }
      // As each stands after what was entered so far.
      var lines = Dictionary(found.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
      for entry in quarter.approvals ?? [] {
        let line = try commune.only(found, entry.task) { $0.number == entry.task }.id
        let request = BookMoney(
          line: line, phase: Open(.approve), amount: try entry.amount.resolve(), day: entry.day,
          document: entry.document, issuer: Open(entry.issuer.word))
        lines[line] = try await session.ask(request, in: commune.unit).value
      }
      for entry in quarter.allocations {
        let line = try commune.only(found, entry.task) { $0.number == entry.task }.id
        let request = AllocateMoney(
          line: line, amount: try entry.amount.resolve(), document: entry.document, day: entry.day)
        lines[line] = try await session.ask(request, in: commune.unit).value
      }
      var refused: [Outcome.RefusedPayment] = []
      for entry in quarter.payments {
        let line = try commune.only(found, entry.task) { $0.number == entry.task }
        let request = DisburseMoney(
          line: line.id, amount: try entry.amount.resolve(), day: entry.day, reference: entry.reference)
        do {
          lines[line.id] = try await session.ask(request, in: commune.unit).value
        } catch let refusal as Refusal where refusal.status == .conflict {
          refused.append(.init(request, of: lines[line.id] ?? line, refusal))
        }
      }
      return refused
    }
  }

  /// Each entry by the account of an office that may enter it.
  private func enter<Entry, Item>(
    _ entries: [(Entry, Item)], in commune: Commune, leads: (Item) -> [Office.Code],
    _ body: (Session, Entry, Item) async throws -> Void
  ) async throws {
    let byOffice = try Dictionary(grouping: entries) { try commune.office(enteringFor: leads($0.1)) }
    for (office, entries) in byOffice.sorted(by: { $0.key < $1.key }) {
      try await session(commune.account(of: office)) { session in
        for (entry, item) in entries { try await body(session, entry, item) }
      }
    }
  }
}

extension Demonstration.Commune {
  /// The row that an entry names by its number.
  fileprivate func only<Item>(_ items: [Item], _ number: String, _ isMeant: (Item) -> Bool) throws -> Item {
    let found = items.filter(isMeant)
    guard let item = found.first, found.count == 1 else {
      throw Complaint(
        vi: "\(name): kế hoạch không có đúng một dòng «\(number)» mà số liệu quý nêu.",
        en: "\(name): the plan has not exactly one row “\(number)”, which the figures name.", code: ExitCode(65))
    }
    return item
  }
}
