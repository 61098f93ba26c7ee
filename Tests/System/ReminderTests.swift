import Bus
import FoundationEssentials
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// From what a service says to what an office reads, with real processes: a month's end in a commune.
  @Suite("Reminders") struct ReminderTests {
    private static let commune = House.communes[0]
    private static let accountant: Caller.Account = "ke-toan"
    /// A Monday; the month's last working day is the Wednesday.
    private static let before = Day(number: 20_724)
    private static let after = before.adding(3)

    @Test("reports, targets, money, legal bases and who stands in for the focal office: each reaches whom it concerns")
    func monthEnd() async throws {
      try #require(Self.before == Day(2026, 9, 28))
      try await House.open { house in
        try await house.installation.enroll([
          .init(
            account: Self.accountant, unit: Self.commune, office: Office(code: "kt", name: "Phòng Kinh tế"),
            roles: [.finance])
        ])
        try await house.turn(to: Self.before)
        try await prepare(house)
        try await house.caughtUp()
        try await house.turn(to: Self.after)
        let clerk = try house.client(House.clerk(Self.commune))
        _ = try await clerk.send(
          EndLegalDocument(number: "13/2023/NĐ-CP", endedOn: try day(2026, 1, 1), replacedBy: "356/2025/NĐ-CP"),
          to: Self.commune)

        let expected: [Office.Code: Set<Notice.Rule>] = [
          // It leads the target. What money lags behind is said to it because it stands in for the focal office.
          "vp": [.reportOpen, .targetAtRisk, .disbursementLag, .legalBasisChanged],
          "vh-xh": [.targetAtRisk, .disbursementLag, .legalBasisChanged],
          "kt": [.disbursementLag, .legalBasisChanged], .viceChair: [.disbursementLag], .chair: [],
        ]
        for (office, rules) in expected {
          #expect(try await told(office, house, awaiting: rules) == rules, "\(office)")
        }
        try await checkCauses(house)
      }
    }

    private func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day { try #require(Day(year, month, day)) }

    // MARK: Before the month's end

    private func prepare(_ house: House) async throws {
      let (focal, clerk) = (try house.client(House.focal(Self.commune)), try house.client(House.clerk(Self.commune)))
      _ = try await clerk.send(
        KeepLegalDocument(
          number: "13/2023/NĐ-CP", kind: "Nghị định", issuer: "Chính phủ", issuedOn: try day(2023, 4, 17),
          title: "Về bảo vệ dữ liệu cá nhân"), to: Self.commune)
      try await issue(house)
      try await fund(house)
      let indicator = try #require(try await focal.send(ListIndicators(), to: Self.commune).value.items.first)
      for (period, value) in [("2026-Q1", 10), ("2026-Q2", 20)] as [(String, Int64)] {
        _ = try await focal.send(
          ObserveIndicator(
            indicator: indicator.id, period: try #require(Period(period)), figure: Figure(value, of: 100)),
          to: Self.commune)
      }
      let regime = Regime(
        code: "quy", name: "Báo cáo quý", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)])
      _ = try await focal.send(KeepRegime(regime: regime), to: Self.commune)
      _ = try await focal.send(
        Delegate(
          to: House.clerk(Self.commune), roles: [Open(.focal)], from: Self.before, through: Self.after,
          document: "15/QĐ-UBND"), to: Self.commune)
    }

    /// A plan that cites the decree, with a task that costs money and a target that is far away.
    private func issue(_ house: House) async throws {
      let focal = try house.client(House.focal(Self.commune))
      var head = Sample.head("Kế hoạch năm 2026")
      head.legalBases = [LegalBasis(number: "13/2023/NĐ-CP", kind: "Nghị định", date: nil, issuer: nil)]
      let task = TaskRow(
        number: "1.1", name: "Số hóa hồ sơ", leads: ["kt"], due: try day(2026, 12, 31), cost: 100_000_000)
      let target = TargetRow(
        number: "5", indicator: "Tỷ lệ hồ sơ trực tuyến", unit: Indicator.percent, comparator: Open(.atLeast),
        value: Quantity(90), due: try day(2026, 12, 31), leads: ["vp"])
      let draft = try await focal.send(
        DraftPlan(head: head, expected: RowCounts(tasks: 1, targets: 1)), to: Self.commune
      ).value
      let plan = try await focal.send(DraftRows(plan: draft.id, tasks: [task], targets: [target]), to: Self.commune)
        .value
      try await house.approve(plan)
      _ = try await house.client(House.clerk(Self.commune)).send(house.issuing(plan), to: Self.commune)
      try await house.caughtUp()
    }

    /// Money is allocated, and not spent.
    private func fund(_ house: House) async throws {
      let accountant = try house.client(Self.accountant)
      let line = try #require(try await accountant.send(ListLines(), to: Self.commune).value.items.first)
      _ = try await accountant.send(
        BookMoney(
          line: line.id, phase: Open(.approve), amount: 100_000_000, day: try day(2026, 1, 10), document: "03/NQ-HĐND",
          issuer: Open(.council)), to: Self.commune)
      _ = try await accountant.send(
        AllocateMoney(line: line.id, amount: 100_000_000, document: "12/QĐ-UBND", day: try day(2026, 1, 20)),
        to: Self.commune)
    }

    // MARK: After it

    /// The rules by which an office was reminded, once it has heard of all that is awaited.
    private func told(
      _ office: Office.Code, _ house: House, awaiting rules: Set<Notice.Rule>
    ) async throws -> Set<Notice.Rule> {
      let client = try house.client(House.focal(Self.commune))
      let deadline = ContinuousClock.now + .seconds(600)
      var told: Set<Notice.Rule> = []
      repeat {
        let notices = try await client.send(ReadInbox(office: office), to: Self.commune).value.items
        told = Set(notices.compactMap(\.rule?.known)).subtracting([.news, .accountChanged])
        guard !told.isSuperset(of: rules) else { break }
        // Nothing tells of a round but the inbox.
        try await Task.sleep(for: .milliseconds(50))
      } while ContinuousClock.now < deadline
      return told
    }

    /// Each reminder names the event that it comes from, in the outbox of the service that said it.
    private func checkCauses(_ house: House) async throws {
      let client = try house.client(House.focal(Self.commune))
      let services: [Notice.Rule: String] = [
        .reportOpen: House.indicators, .targetAtRisk: House.indicators, .disbursementLag: House.budget,
        .legalBasisChanged: House.plans,
      ]
      let notices = try await client.send(ReadInbox(office: "vp"), to: Self.commune).value.items
      for (rule, service) in services {
        let notice = try #require(notices.first { $0.rule?.known == rule }, "\(rule)")
        let trace = try await client.send(TraceNotice(notice: notice.id), to: Self.commune).value
        let said = try StoreFile(house.store(service)).ids("SELECT id FROM outbox")
        #expect(said.contains(try #require(trace.cause)), "\(rule)")
      }
    }
  }
}
