import Bus
import FoundationEssentials
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// Rights for a time, at the front door.
  @Suite("Rights for a time") struct DelegationTests {
    private let unit = House.communes[0]

    @Test("what is lent may be done at once, in one's own name, until it is taken back; who came is known")
    func lent() async throws {
      try await House.open { house in
        let (clerk, focal) = (House.clerk(unit), House.focal(unit))
        let (lender, borrower) = (try house.client(clerk), try house.client(focal))
        // What a clerk may and the focal office may not; there is no such plan.
        let closing = ClosePlan(
          plan: Plan.ID(), report: Decision(number: "1/BC-UBND", day: Timestamp.now.day))
        #expect(await borrower.status(of: closing, unit, ttl: .seconds(10)) == .forbidden)
        let lend = Delegate(
          to: focal, roles: [Open(.clerk)], from: Timestamp.now.day, through: Timestamp.now.day,
          document: "15/QĐ-UBND")
        let loan = try await lender.send(lend, to: unit).value
        // The answer was held until the door knew.
        #expect(await borrower.status(of: closing, unit, ttl: .seconds(10)) == .notFound)
        let rows = try await house.client("operator").send(
          ListAudit<Plans>(account: focal, called: "plans.close"), to: unit
        ).value.items
        #expect(rows.map(\.code).contains(404), "in one's own name")
        #expect(await borrower.status(of: EndDelegation(delegation: loan.id), unit, ttl: .seconds(10)) == .notFound)
        _ = try await lender.send(EndDelegation(delegation: loan.id), to: unit)
        #expect(await borrower.status(of: closing, unit, ttl: .seconds(10)) == .forbidden)

        _ = try await lender.send(lend, to: unit)
        try await house.revoke(clerk, in: unit)
        #expect(await borrower.status(of: closing, unit, ttl: .seconds(10)) == .forbidden, "ends with its lender")

        var seen: Day?
        while seen == nil {
          let accounts = try await house.client("operator").send(ListAccounts(), to: unit).value.items
          seen = accounts.first { $0.account == focal }?.seen
        }
        #expect(seen == Timestamp.now.day)
      }
    }
  }
}
