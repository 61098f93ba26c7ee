import Bus
import FoundationEssentials
import Logging
import Schema
import Service
import Storage
import WorkingDays

/// The plans service: takes a plan in parts, shows it, leads it through its life, and keeps how far its tasks are.
@main struct PlansService: HostedService {
  typealias Interface = Plans

  static let migrations = PlansMigrations.all

  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {
    let days: WorkingDays
    do throws(WorkingDaysError) {
      days = try WorkingDays.official(with: settings["working.days"])
    } catch {
      throw SettingsError("XASO_WORKING_DAYS cannot be used: \(error)")
    }
    try await open(database, days)
  }

  static func open(_ database: Database, _ days: WorkingDays) async throws {
    try await database.write { transaction in
      try PlansStore.keep(days, transaction)
      try PlansStore.complete(transaction)
    }
  }

  static func register(in handlers: inout Handlers<Plans>) {
    registerDrafts(in: &handlers)
    registerLife(in: &handlers)
    registerTasks(in: &handlers)
    registerQueries(in: &handlers)
    registerSubplans(in: &handlers)
    registerLegal(in: &handlers)
    registerObstacles(in: &handlers)
    registerCommittees(in: &handlers)
  }

  /// A plan of the call's own unit, in the version that the caller has seen.
  static func plan(_ id: Plan.ID, _ call: Call, _ transaction: borrowing Transaction) throws -> PlanRecord {
    let plan = try PlansStore.plan(id, in: try call.home(), transaction)
    let version = plan.summary.version
    if let seen = call.expected, seen != version {
      throw PlanEdit.conflict(
        seen: seen, now: version, since: try PlansStore.changes(of: id, after: seen, transaction))
    }
    return plan
  }

  private static func registerQueries(in handlers: inout Handlers<Plans>) {
    handlers.on(ListPlans.self) { request, call, transaction in
      try PlansStore.list(request, in: try call.home(), for: call.caller, transaction)
    }
    handlers.on(ShowPlan.self) { request, call, transaction in
      let plan = try PlansStore.plan(request.plan, in: try call.home(), for: call.caller, transaction)
      var detail = plan.detail
      detail.notes = PlansRules.notes(on: plan, try PlansStore.workingDays(transaction))
      return detail
    }
    handlers.on(ComparePlans.self) { request, call, transaction in
      let unit = try call.home()
      let later = try PlansStore.plan(request.plan, in: unit, for: call.caller, transaction)
      guard let other = request.with ?? later.replaces else {
        throw Refusal(
          .invalid, vi: "Kế hoạch này không thay thế kế hoạch nào; hãy nêu kế hoạch để so sánh.",
          en: "This plan replaces none; name the plan to compare it with.", at: "with")
      }
      let earlier = try PlansStore.plan(other, in: unit, for: call.caller, transaction)
      let comparison = PlanComparison(
        earlier: try PlansStore.content(of: earlier, transaction), later: try PlansStore.content(of: later, transaction)
      )
      return try page(comparison.changes, after: request.after) {
        2 * ($0.text.vi.utf8.count + $0.text.en.utf8.count) + 100
      }
    }
    handlers.on(ListTargets.self) { request, call, transaction in
      let unit = try call.home()
      _ = try PlansStore.plan(request.plan, in: unit, for: call.caller, transaction)
      return try PlansStore.list(request, atHome: call.caller.isAtHome(in: unit), transaction)
    }
  }

  /// A part of a list that is made when it is asked for; its positions are numbers.
  ///
  /// - Parameter size: About how many bytes an item has in a reply.
  static func page<Item: Codable & Sendable>(
    _ items: [Item], after position: String?, size: (Item) -> Int
  ) throws(Refusal) -> Page<Item> {
    let start = max(0, try position.map { text throws(Refusal) in try text.position(as: Int.self) } ?? 0)
    var (part, bytes): ([Item], Int) = ([], 0)
    for item in items.dropFirst(start).prefix(100) {
      bytes += size(item)
      if bytes > 80 * 1024, !part.isEmpty { break }
      part.append(item)
    }
    let end = start + part.count
    return Page(items: part, next: end < items.count ? String(end) : nil)
  }
}
