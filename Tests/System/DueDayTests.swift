import Bus
import FoundationEssentials
import Schema
import Storage
import Testing
import Units

@testable import xaso

extension SystemTests {
  /// The day on which all communes of a province send their reports, through the one door.
  ///
  /// Four communes here; the 168 of the largest province by `make bench-indicators`, which prints what it takes.
  @Suite("The due day") struct DueDayTests {
    private static let isBench = ProcessInfo.processInfo.environment["XASO_BENCH"] == "1"
    private static let targets = 66
    private static let department: Caller.Account = "so-khcn"

    /// Thành phố Hồ Chí Minh has the most.
    private static var communes: [Unit] {
      isBench ? Units.all.map(\.unit).filter { $0.province == "79" && $0.commune != nil } : House.communes
    }

    @Test("every commune's values, report and signature arrive, and nothing else") func dueDay() async throws {
      try await House.open { house in
        let communes = Self.communes
        try await enroll(communes, in: house)
        let province = communes[0].provinceUnit
        let regime = Regime(
          code: "quy", name: "Báo cáo quý", spans: [Open(.quarter)], due: [.init(months: 3, day: 31)])
        _ = try await house.client(Self.department).send(KeepRegime(regime: regime), to: province)
        var head: Int64 = 0
        for unit in communes { head = try await issue(in: unit, house) }
        let operators = try house.client("operator")
        _ = try await operators.send(Reached<Indicators>(stream: Plans.name, seq: head), to: nil, ttl: .seconds(60))
        let period = try #require(Period("2026-Q3"))
        var ids: [Unit: [Indicator.ID]] = [:]
        for unit in communes { ids[unit] = try await indicators(of: unit, house) }

        let start = ContinuousClock.now
        let waits = try await withThrowingTaskGroup(of: [Duration].self) { group in
          for (unit, ids) in ids { group.addTask { try await send(ids, of: unit, for: period, house) } }
          return try await group.reduce(into: []) { $0 += $1 }
        }
        let took = ContinuousClock.now - start
        let sorted = waits.sorted()
        print(
          "  \(communes.count) communes, \(Self.targets) values each, report and signature: \(took); "
            + "median \(sorted[sorted.count / 2]), p99 \(sorted[sorted.count * 99 / 100])")

        let completeness = try await house.client(Self.department)
          .send(ShowCompleteness(keeper: province, regime: "quy", period: period), to: province, ttl: .seconds(30))
          .value
        #expect(completeness.sent == communes.count && completeness.onTime == communes.count)
        let store = try StoreFile(house.store(House.indicators))
        #expect(try store.count("SELECT COUNT(*) FROM observation") == communes.count * Self.targets)
        #expect(try store.count("SELECT COUNT(*) FROM submission_cell") == communes.count * Self.targets)
      }
    }

    private func enroll(_ communes: [Unit], in house: House) async throws {
      let office = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")
      let clerks = Office(code: "vp", name: "Văn phòng HĐND và UBND")
      let others = communes.filter { !House.communes.contains($0) }
      try await house.installation.enroll(
        others.flatMap { unit in
          [
            .init(account: House.focal(unit), unit: unit, office: office, roles: [.focal]),
            .init(account: House.clerk(unit), unit: unit, office: clerks, roles: [.clerk]),
          ]
        } + [
          .init(
            account: Self.department, unit: communes[0].provinceUnit,
            office: Office(code: "so-khcn", name: "Sở Khoa học và Công nghệ"), roles: [.province])
        ])
    }

    /// Returns the last event of it.
    private func issue(in unit: Unit, _ house: House) async throws -> Int64 {
      let focal = try house.client(House.focal(unit))
      let draft = DraftPlan(
        head: Sample.head("Kế hoạch"), expected: RowCounts(tasks: 0, targets: Self.targets))
      var plan = try await focal.send(draft, to: unit).value
      let rows = (1...Self.targets).map {
        TargetRow(
          number: "\($0)", indicator: "Chỉ tiêu \($0)", unit: Indicator.percent, comparator: Open(.atLeast),
          value: Quantity(99), due: Day(2026, 12, 31), leads: ["vh-xh"])
      }
      plan = try await focal.send(DraftRows(plan: plan.id, tasks: [], targets: rows), to: unit).value
      try await house.approve(plan)
      return try await house.client(House.clerk(unit)).send(house.issuing(plan), to: unit, ttl: .seconds(30)).sequence
    }

    private func indicators(of unit: Unit, _ house: House) async throws -> [Indicator.ID] {
      let focal = try house.client(House.focal(unit))
      var (ids, request): ([Indicator.ID], ListIndicators) = ([], ListIndicators())
      repeat {
        let page = try await focal.send(request, to: unit, ttl: .seconds(30)).value
        ids += page.items.map(\.id)
        request.after = page.next
      } while request.after != nil
      return ids
    }

    /// How long each of the three requests took.
    private func send(
      _ ids: [Indicator.ID], of unit: Unit, for period: Period, _ house: House
    ) async throws -> [Duration] {
      let (focal, clerk) = (try house.client(House.focal(unit)), try house.client(House.clerk(unit)))
      var waits: [Duration] = []
      func timed<Reply>(_ body: () async throws -> Reply) async throws -> Reply {
        let start = ContinuousClock.now
        let reply = try await body()
        waits.append(ContinuousClock.now - start)
        return reply
      }
      let rows = ids.enumerated().map {
        ObserveIndicator(indicator: $1, period: period, figure: Figure(Int64($0), of: 100))
      }
      let report = try await timed {
        try await focal.send(ImportObservations(rows: rows), to: unit, ttl: .seconds(60)).value
      }
      guard report.kept == rows.count else { throw Refusal(.failed) }
      let request = PrepareSubmission(keeper: unit.provinceUnit, regime: "quy", period: period)
      let prepared = try await timed { try await focal.send(request, to: unit, ttl: .seconds(60)).value }
      let signed = SignedDocument(signer: "Chủ tịch", hash: prepared.summary.hash)
      let confirm = ConfirmSubmission(submission: prepared.summary.id, signed: signed)
      _ = try await timed { try await clerk.send(confirm, to: unit, ttl: .seconds(60)) }
      return waits
    }
  }
}
