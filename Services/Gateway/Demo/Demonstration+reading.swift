import Bus
import PlanDocuments
import Schema

/// What people see when everything is entered.
extension Demonstration {
  /// What a Sở sees of its communes, by its own account.
  func overview(of province: Unit) async throws -> Outcome.Province {
    let communes = communes.filter { $0.unit.provinceUnit == province }.sorted { $0.unit.topic < $1.unit.topic }
    return try await session(province.account("\(Self.department)")) { session in
      let plans: [PlanSummary] = try await session.all(in: province) { ListPlans(after: $0) }
      let tasks: [TaskSummary] = try await session.all(in: province) { ListTasks(after: $0) }
      let lines: [LineSummary] = try await session.all(in: province) { ListLines(after: $0) }
      var outcome = Outcome.Province(unit: province, name: province.officialName)
      outcome.communes = communes.map { commune in
        let moving = tasks.filter { $0.unit == commune.unit }
          .map { task in TaskInFull(task: task, lines: lines.filter { $0.task == task.id }) }
          .filter { $0.task.percent > 0 || $0.lines.contains { $0.allocated > 0 } }
        return Outcome.Commune(
          unit: commune.unit, name: commune.name, plan: plans.first { $0.unit == commune.unit }, moving: moving)
      }
      for year in Set(plans.map(\.year)).sorted() {
        let overview = try await session.ask(OverviewIndicators(year: year), in: province).value
        outcome.indicators.append(.init(overview, in: province))
      }
      for year in Set(lines.map(\.fiscalYear)).sorted() {
        outcome.money.append(try await session.ask(TotalBudget(fiscalYear: year), in: province).value)
      }
      // The communes of a province report for the same quarter; where they do not, the latest is looked at.
      let months = communes.compactMap(\.quarter?.lastMonth)
      if let month = months.max(by: { $0.days.upperBound < $1.days.upperBound }) {
        outcome.enrolment = try await session.ask(ListCounts(month: month), in: province).value
      }
      return outcome
    }
  }

  /// The first notice of each office, and how many it has.
  func notices(for commune: Commune) async throws -> [Outcome.Notices] {
    guard let plan = commune.plan else { return [] }
    return try await session(commune.account(of: try commune.office(with: .focal))) { session in
      var found: [Outcome.Notices] = []
      for office in plan.head.offices {
        let notices: [NoticeSummary] = try await session.all(in: commune.unit) {
          ReadInbox(office: office.code, after: $0)
        }
        // What is due is another thing on another day.
        let told = notices.filter { [.news, .accountChanged, .ledgerRefusal].contains($0.rule?.known ?? .news) }
        guard let first = told.last else { continue }
        found.append(.init(unit: commune.unit, office: office, count: told.count, first: first))
      }
      return found
    }
  }

  /// Who was told of a payment that was refused.
  func tell(_ refused: inout Outcome.RefusedPayment) async throws {
    guard let commune = communes.first(where: { $0.unit == refused.line.unit }), let plan = commune.plan else { return }
    let expected = refused.notice.text
    refused.told = try await session(commune.account(of: try commune.office(with: .focal))) { session in
      var told: [Outcome.Told] = []
      for office in plan.head.offices {
        let notices: [NoticeSummary] = try await session.all(in: commune.unit) {
          ReadInbox(office: office.code, after: $0)
        }
        told += notices.filter { $0.text == expected }.map { .init(office: office, notice: $0) }
      }
      return told
    }
  }
}
