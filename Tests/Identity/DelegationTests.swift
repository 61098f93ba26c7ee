import Schema
import Testing

@testable import xaso_identity

@Suite("Roles that are lent") struct DelegationTests {
  private static let unit: Schema.Unit = "38/15043"
  private static let today = Day(number: 20_778)

  private func account(
    _ name: Caller.Account, _ office: Slug, _ roles: Set<Role>, in unit: Schema.Unit = unit
  ) -> AccountRecord {
    AccountRecord(
      name: name, unit: unit, office: Office(code: office, name: "\(office)"), roles: roles, status: .active)
  }

  private func lend(
    _ roles: [Role], by lender: AccountRecord, to borrower: AccountRecord?, from: Int = 0, through: Int = 5
  ) throws -> Delegation {
    try IdentityRules.delegated(
      Delegate(
        to: borrower?.name ?? "x", roles: roles.map { Open($0) }, from: Self.today.adding(from),
        through: Self.today.adding(through), document: "15/QĐ-UBND"), by: lender, to: borrower, today: Self.today)
  }

  @Test("one's own office roles, to a colleague, for a time; nothing else") func allowed() throws {
    let (chair, deputy) = (account("ct", "ld", [.approver]), account("pct", "ld", [.entry]))
    #expect(try lend([.approver], by: chair, to: deputy).roles == [Open(.approver)])
    var borrower = deputy
    borrower.delegations = [try lend([.approver], by: chair, to: deputy)]
    #expect(borrower.roles(on: Self.today) == [.entry, .approver])
    #expect(borrower.roles(on: Self.today.adding(5)) == [.entry, .approver])
    #expect(borrower.roles(on: Self.today.adding(6)) == [.entry])
    #expect(borrower.roles(on: Self.today.adding(-1)) == [.entry])
    var revoked = deputy
    revoked.status = .revoked
    for (roles, by, to, from, through) in [
      ([.clerk], chair, deputy, 0, 5), ([], chair, deputy, 0, 5), ([.approver], chair, chair, 0, 5),
      ([.approver], chair, revoked, 0, 5), ([.approver], chair, nil, 0, 5), ([.approver], chair, deputy, -1, 5),
      ([.approver], chair, deputy, 0, 93), ([.approver], chair, deputy, 3, 2),
      ([.approver], borrower, account("vt", "vp", [.clerk]), 0, 5),
      ([.approver], chair, account("ct2", "ld", [.entry], in: "38/14797"), 0, 5),
      ([.administrator], account("qt", "vp", [.administrator]), deputy, 0, 5),
    ] as [([Role], AccountRecord, AccountRecord?, Int, Int)] {
      #expect(throws: Refusal.self, "\(roles) \(from) \(through)") {
        try lend(roles, by: by, to: to, from: from, through: through)
      }
    }
  }

  @Test("the role that reads numbers stays within the police") func police() throws {
    let police = account("ca", "ca", [.police])
    #expect(try lend([.police], by: police, to: account("ca2", "ca", [.entry])).to == "ca2")
    #expect(throws: Refusal.self) { try lend([.police], by: police, to: account("vh", "vh-xh", [.focal])) }
  }

  @Test("an account's last day has not passed, and the last administrator has none") func limits() throws {
    let lan = account("lan", "vp", [.clerk])
    for (last, isAllowed) in [(0, true), (9, true), (-1, false)] {
      let request = LimitAccount(account: "lan", last: Self.today.adding(last))
      let isRefused = (try? IdentityRules.check(request, lan, today: Self.today)) == nil
      #expect(isRefused != isAllowed)
    }
    let root = AccountRecord(name: "op", unit: nil, office: nil, roles: [.administrator], status: .active)
    #expect(throws: Refusal.self) {
      try IdentityRules.check(LimitAccount(account: "op", last: Self.today), root, today: Self.today)
    }
    #expect(throws: Never.self) {
      try IdentityRules.check(LimitAccount(account: "op", last: nil), root, today: Self.today)
    }
  }
}
