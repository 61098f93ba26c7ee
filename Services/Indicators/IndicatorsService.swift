import Bus
import Logging
import Schema
import Service
import Storage

/// The indicators service: takes what plans promise by number, keeps what is counted, adds it up, says where each unit
/// stands, and leads what is reported on its way.
@main struct IndicatorsService: HostedService {
  typealias Interface = Indicators

  static let migrations = IndicatorsMigrations.all

  static func options(_ settings: Settings) -> Database.Options { options }

  static let options: Database.Options = {
    var options = Database.Options()
    // Values of many communes at a time work on pages all over the indexes.
    options.writerCache = 32
    return options
  }()

  static func register(in handlers: inout Handlers<Indicators>) {
    registerCatalogue(in: &handlers)
    registerEntering(in: &handlers)
    registerStanding(in: &handlers)
    registerJudging(in: &handlers)
    registerRollUp(in: &handlers)
    registerRegimes(in: &handlers)
    registerSubmissions(in: &handlers)
  }

  static func open(_ database: Database, _ settings: Settings, log: Logger) async throws {
    try await database.write { transaction in try IndicatorsStore.matchAll(transaction) }
  }

  private static func registerStanding(in handlers: inout Handlers<Indicators>) {
    handlers.on(ListIndicators.self) { request, call, transaction in
      try IndicatorsStore.list(request, in: try call.home(), for: call.caller, transaction)
    }
    handlers.on(ListObservations.self) { request, call, transaction in
      let unit = try call.home()
      _ = try IndicatorsStore.indicator(request.indicator, in: unit, transaction)
      guard call.caller.isAtHome(in: unit) else {
        try IndicatorsRules.checkSent(request)
        return try IndicatorsStore.page(
          try IndicatorsStore.sent(request.indicator, transaction), after: request.after)
      }
      return try IndicatorsStore.list(request, in: unit, transaction)
    }
    handlers.on(ExplainStanding.self) { request, call, transaction in
      let unit = try call.home()
      let record = try IndicatorsStore.record(
        request.indicator, in: unit, for: call.caller, as: request.period, transaction)
      let day = request.period?.days.upperBound ?? transaction.time.day
      guard let explained = IndicatorsRules.explanation(of: record, on: day, for: request.period) else {
        throw Refusal.notFound("chỉ tiêu", "indicator", request.indicator)
      }
      return explained
    }
    handlers.on(OverviewIndicators.self) { request, call, transaction in
      let records = try IndicatorsStore.records(in: try call.home(), upTo: request.year, transaction)
      return IndicatorsRules.overview(of: records, for: request.year, on: transaction.time.day)
    }
  }

  private static func registerRollUp(in handlers: inout Handlers<Indicators>) {
    handlers.on(RollUpIndicator.self) { request, call, transaction in
      let unit = call.unit
      try IndicatorsRules.checkBegun(request.period, on: transaction.time.day)
      let catalogue = try IndicatorsStore.catalogue(of: unit, transaction)
      let name = try IndicatorsRules.choose(
        request, among: IndicatorsStore.names(in: unit, transaction), by: catalogue)
      let units = catalogue.definition(of: name)?.overUnits.known
      var parts = try IndicatorsStore.parts(of: name, in: unit, for: request.period, transaction)
      let basis: RollUp.Basis =
        if request.received == true {
          .received
        } else if let unit, unit.commune != nil, !call.caller.isAtHome(in: unit) {
          // One commune's sum is its own value.
          .sent
        } else {
          .entered
        }
      if basis != .entered {
        let sent = try IndicatorsStore.sent(
          name, for: request.period, in: unit, received: basis == .received, transaction)
        for index in parts.indices {
          let before = parts[index].figure
          parts[index].figure = sent[parts[index].unit]
          parts[index].isPartial = false
          parts[index].lastDenominator = parts[index].lastDenominator ?? before?.denominator
        }
      }
      var rollUp = try IndicatorsRules.rollUp(name, for: request.period, of: parts, over: units)
      rollUp.basis = Open(basis)
      if unit == nil, request.received != true {
        rollUp.provinces = try IndicatorsStore.provinces(of: name, for: request.period, over: units, transaction)
      }
      return rollUp
    }
    handlers.on(ShowRollUpTable.self) { request, call, transaction in
      if let commune = call.unit, commune.commune != nil {
        throw Refusal(
          .invalid, vi: "Bảng tổng hợp là của tỉnh hoặc cả nước; của xã thì xem danh sách chỉ tiêu.",
          en: "The table is of a province or of the country; of a commune, list its indicators.")
      }
      try IndicatorsRules.checkBegun(request.period, on: transaction.time.day)
      var table = try IndicatorsStore.table(request, in: call.unit, transaction)
      table.basis = Open(.entered)
      return table
    }
    handlers.on(RecordMerger.self) { request, call, transaction in
      try IndicatorsRules.check(request.merger, in: try call.home())
      guard try IndicatorsStore.mergedOn(request.merger.into, transaction) == nil,
        try IndicatorsStore.keep(request.merger, transaction)
      else {
        throw Refusal(
          .conflict, vi: "Một trong hai đơn vị đã sáp nhập trước đó.", en: "One of the two was merged before.")
      }
      return .accepted(request.merger)
    }
    handlers.on(RevokeMerger.self) { request, call, transaction in
      try request.reason.check(atMost: 2000, at: "reason")
      let merger = try IndicatorsStore.merger(of: request.from, in: try call.home(), transaction)
      guard !merger.isIdentitys else {
        throw Refusal(
          .conflict,
          vi: "Sáp nhập này do quản trị ghi (xaso identity merge): tài khoản đã chuyển, không quay lại được.",
          en: "Identity's administrators recorded this merger: rights have moved, it is for good.", at: "from")
      }
      try IndicatorsStore.revoke(merger.merger, by: request, account: call.caller.account, transaction)
      return .accepted(merger.merger)
    }
  }

  static var subscriptions: [Subscription] {
    var identity = Subscription(to: Identity.name) { transaction in try IndicatorsStore.resetIdentity(transaction) }
    identity.on(OfficeKept.self) { event, transaction in
      try IndicatorsStore.keep(event.data, transaction)
    }
    identity.on(UnitMerged.self) { event, transaction in
      // One that was recorded here before stands.
      let merger = event.data.merger
      guard try IndicatorsStore.mergedOn(merger.into, transaction) == nil else { return }
      _ = try IndicatorsStore.keep(merger, transaction)
      try IndicatorsStore.markIdentitys(merger, transaction)
    }
    identity.on(CountsRecorded.self) { event, transaction in
      try IndicatorsStore.keep(event, transaction)
      // On the day of the event, so that reading it again later judges by the milestone of that time; and only where
      // these counts are the last value: one that was entered later said what it met when it came.
      let (unit, month) = (event.data.unit, event.data.month)
      for indicator in try IndicatorsStore.counted(in: unit, on: event.time.day, transaction)
      where indicator.last?.source?.known == .counts && indicator.last?.period == month {
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
      try IndicatorsStore.endTasks(of: event.data.plan, in: event.data.unit, transaction)
      try IndicatorsStore.endTargets(of: event.data.plan, transaction)
    }
    plans.on(PlanRevoked.self) { event, transaction in
      try IndicatorsStore.endTasks(of: event.data.plan, in: event.data.unit, transaction)
      try IndicatorsStore.endTargets(of: event.data.plan, transaction)
    }
    plans.on(TaskAssigned.self) { event, transaction in try IndicatorsStore.keep(event, transaction) }
    plans.on(TaskDue.self) { event, transaction in try IndicatorsStore.keep(event, transaction) }
    plans.on(TaskContinued.self) { event, transaction in try IndicatorsStore.keep(event, transaction) }
    plans.on(TaskProgressed.self) { event, transaction in
      try IndicatorsStore.keep(event, transaction)
      try announce(.tasks, in: event.data.unit, on: event.time.day, transaction)
    }
    var budget = Subscription(to: Budget.name) { transaction in try IndicatorsStore.resetBudget(transaction) }
    budget.on(LineAllocated.self) { event, transaction in
      try spent(LineMoney(event.data), at: event.time, transaction)
    }
    budget.on(LineDisbursed.self) { event, transaction in
      try spent(LineMoney(event.data), at: event.time, transaction)
    }
    budget.on(EntryBooked.self) { event, transaction in
      try spent(LineMoney(event.data), at: event.time, transaction)
    }
    return [identity, plans, budget]
  }

  private static func spent(_ money: LineMoney, at time: Timestamp, _ transaction: borrowing Transaction) throws {
    guard try IndicatorsStore.keep(money, at: time, transaction) else { return }
    try announce(.spending, in: money.unit, on: time.day, transaction)
  }

  /// What is met by the values that came, of indicators whose last value they are.
  private static func announce(
    _ source: Observation.Source, in unit: Unit, on day: Day, _ transaction: borrowing Transaction
  ) throws {
    for indicator in try IndicatorsStore.counted(in: unit, on: day, transaction)
    where indicator.last?.source?.known == source {
      let plan = try IndicatorsStore.plan(indicator.target.plan, transaction)
      for event in try announcements(of: indicator, in: plan, transaction) { try transaction.emit(event) }
    }
  }

  // MARK: What several of them do

  /// A target that is met is announced once.
  static func announcements(
    of indicator: IndicatorSummary, in plan: PlanRecord, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    guard let met = IndicatorsRules.met(indicator, in: plan),
      try IndicatorsStore.announce(met.milestone.target, transaction)
    else { return [] }
    return [met]
  }
}
