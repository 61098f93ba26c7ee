import Bus
import Logging
import Schema
import Service
import Storage

/// The indicators service: takes what plans promise by number, keeps what is counted, and says where each unit stands.
@main struct IndicatorsService: HostedService {
  typealias Interface = Indicators

  static let migrations = IndicatorsMigrations.all

  static func register(in handlers: inout Handlers<Indicators>) {
    handlers.on(ObserveIndicator.self) { request, call, transaction in
      let unit = try call.home()
      let indicator = try IndicatorsStore.indicator(request.indicator, in: unit, transaction)
      let plan = try IndicatorsStore.plan(indicator.target.plan, transaction)
      let earlier = try IndicatorsStore.observation(of: indicator.id, for: request.period, transaction)
      try call.expects(earlier?.revision ?? 0)
      let office = try IndicatorsRules.office(
        entering: request, of: indicator, in: plan, by: call.caller, on: transaction.time.day)
      let observation = IndicatorsRules.observation(
        from: request, by: office, after: earlier, at: transaction.time)
      try IndicatorsStore.append(observation, of: indicator, transaction)

      let since = try IndicatorsStore.indicator(indicator.id, in: unit, transaction)
      let recorded = IndicatorsRules.recorded(observation, of: since, in: plan)
      return .accepted(
        ObservationEntry(observation: observation, indicator: since),
        events: [recorded] + (try announcements(of: since, in: plan, transaction)))
    }
    handlers.on(ListIndicators.self) { request, call, transaction in
      try IndicatorsStore.list(request, in: try call.home(), transaction)
    }
    handlers.on(ListObservations.self) { request, call, transaction in
      _ = try IndicatorsStore.indicator(request.indicator, in: try call.home(), transaction)
      return try IndicatorsStore.list(request, transaction)
    }
    handlers.on(OverviewIndicators.self) { request, call, transaction in
      let records = try IndicatorsStore.records(in: try call.home(), upTo: request.year, transaction)
      return IndicatorsRules.overview(of: records, for: request.year, on: transaction.time.day)
    }
    handlers.on(RollUpIndicator.self) { request, call, transaction in
      let unit = try call.home()
      let name = try IndicatorsRules.choose(request, among: IndicatorsStore.names(in: unit, transaction))
      let parts = try IndicatorsStore.parts(of: name, in: unit, for: request.period, transaction)
      return try IndicatorsRules.rollUp(name, for: request.period, of: parts)
    }
  }

  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {
    try await database.write { transaction in try IndicatorsStore.matchAll(transaction) }
  }

  static var subscriptions: [Subscription] {
    var identity = Subscription(to: Identity.name) { transaction in try IndicatorsStore.resetIdentity(transaction) }
    identity.on(OfficeKept.self) { event, transaction in
      try IndicatorsStore.keep(event.data, transaction)
    }
    identity.on(CountsRecorded.self) { event, transaction in
      try IndicatorsStore.keep(event, transaction)
      // On the day of the event, so that reading it again later judges by the milestone of that time; and only where
      // these counts are the last value: one that was entered later said what it met when it came.
      let (unit, month) = (event.data.unit, event.data.month)
      for indicator in try IndicatorsStore.counted(in: unit, on: event.time.day, transaction)
      where indicator.last?.villages != nil && indicator.last?.period == month {
        let plan = try IndicatorsStore.plan(indicator.target.plan, transaction)
        for event in try announcements(of: indicator, in: plan, transaction) { try transaction.emit(event) }
      }
    }
    var plans = Subscription(to: Plans.name) { transaction in try IndicatorsStore.resetPlans(transaction) }
    plans.on(PlanIssued.self) { event, transaction in
      try IndicatorsStore.keep(event.data, transaction)
    }
    plans.on(TargetPromised.self) { event, transaction in
      try IndicatorsStore.keep(event, transaction)
    }
    plans.on(PlanSuperseded.self) { event, transaction in
      try IndicatorsStore.endTargets(of: event.data.plan, transaction)
    }
    plans.on(PlanRevoked.self) { event, transaction in
      try IndicatorsStore.endTargets(of: event.data.plan, transaction)
    }
    return [identity, plans]
  }

  // MARK: What several of them do

  /// A target that is met is announced once.
  private static func announcements(
    of indicator: IndicatorSummary, in plan: PlanRecord, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    guard let met = IndicatorsRules.met(indicator, in: plan),
      try IndicatorsStore.announce(met.milestone.target, transaction)
    else { return [] }
    return [met]
  }
}
