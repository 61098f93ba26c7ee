import Schema
import Storage
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

  @Test("a key has a last day of its own, the sooner of it and the account's counts, and each says when it was used")
  func keys() async throws {
    let desk = try await Desk(today: Self.today)
    let (first, second) = (Identity.Key.any, Identity.Key.any)
    let invited = try await desk.invite("lan", .auditor, in: Self.unit, office: nil)
    _ = try await desk.ask(Join(key: first), as: invited, in: nil)
    let lan = Caller(account: "lan", unit: Self.unit, office: nil, roles: [.auditor])
    _ = try await desk.ask(AddKey(key: second), as: lan, in: nil)
    let soon = Self.today.adding(3)
    let limited = try await desk.ask(LimitAccount(account: "lan", key: second, last: soon), in: Self.unit)
    #expect(limited.last == nil)
    #expect(Set(limited.keys.map(\.last)) == [nil, soon])
    #expect(try await desk.seat(of: first)?.last == nil)
    #expect(try await desk.seat(of: second)?.last == soon)
    // The account's day counts for both, where it is sooner.
    _ = try await desk.ask(LimitAccount(account: "lan", last: Self.today.adding(1)), in: Self.unit)
    for key in [first, second] { #expect(try await desk.seat(of: key)?.last == Self.today.adding(1)) }
    _ = try await desk.ask(LimitAccount(account: "lan", last: Self.today.adding(9)), in: Self.unit)
    #expect(try await desk.seat(of: second)?.last == soon, "what comes of other changes keeps it")
    for (key, last, unit) in [
      (Identity.Key.any, soon, Self.unit), (second, Self.today.adding(-1), Self.unit), (second, soon, "38/14797"),
    ] {
      await #expect(throws: Refusal.self) {
        try await desk.ask(LimitAccount(account: "lan", key: key, last: last), in: unit)
      }
    }
    let seen = ReportSeen(day: Self.today, accounts: ["lan"], keys: [second, .any])
    for report in [seen, ReportSeen(day: Self.today.adding(-5), accounts: [], keys: [second])] {
      _ = try await desk.ask(report, in: nil)
    }
    let accounts = try await desk.ask(ListAccounts(), in: Self.unit).items
    #expect(accounts.first?.keys.first { $0.key == second }?.seen == Self.today)
    #expect(accounts.first?.keys.first { $0.key == first }?.seen == nil)
    await desk.database.close()
  }

  @Test("what was lent is not good for longer than the account that lent it") func lenders() async throws {
    let desk = try await Desk(today: Self.today)
    let office = Office(code: "ld", name: "Lãnh đạo")
    var callers: [Caller] = []
    for (name, role) in [("ct", .approver), ("pct", .entry)] as [(Caller.Account, Role)] {
      let invited = try await desk.invite(name, role, in: Self.unit, office: office)
      _ = try await desk.ask(Join(key: .any), as: invited, in: nil)
      callers.append(Caller(account: name, unit: Self.unit, office: "ld", roles: [role]))
    }
    func lend(from: Int, through: Int) async throws -> Delegation {
      try await desk.ask(
        Delegate(
          to: "pct", roles: [Open(.approver)], from: Self.today.adding(from), through: Self.today.adding(through),
          document: "15/QĐ-UBND"), as: callers[0], in: Self.unit)
    }
    func loans() async throws -> [Seat.Loan]? {
      try await desk.ask(ReadDirectory(), in: nil).seats.first { $0.account == "pct" }?.loans
    }
    _ = try await lend(from: 0, through: 9)
    _ = try await lend(from: 5, through: 7)
    #expect(try await loans()?.count == 2)
    _ = try await desk.ask(LimitAccount(account: "ct", last: Self.today.adding(2)), in: Self.unit)
    let left = try await loans()
    #expect(left?.map(\.through) == [Self.today.adding(2)])
    await #expect(throws: Refusal.self) { _ = try await lend(from: 0, through: 3) }
    _ = try await lend(from: 0, through: 2)
    await desk.database.close()
  }

  @Test("the audit says whom a command shut out, and why, however it was answered") func audited() async throws {
    let desk = try await Desk(today: Self.today)
    let invited = try await desk.invite("lan", .auditor, in: Self.unit, office: nil)
    _ = try await desk.ask(Join(key: .any), as: invited, in: nil)
    _ = try await desk.ask(Revoke(account: "lan", reason: "Chuyển công tác"), in: Self.unit)
    _ = try? await desk.ask(Revoke(account: "lan", reason: "lần nữa"), in: Self.unit)
    _ = try? await desk.ask(Revoke(account: "lan", reason: "CCCD 038095000123"), in: Self.unit)
    let notes = try await desk.database.read { transaction in
      try transaction.rows("SELECT note FROM audit WHERE method = 'identity.revoke' ORDER BY seq").map {
        try $0["note"] as String?
      }
    }
    #expect(notes == ["lan: Chuyển công tác", "lan: lần nữa", nil])
    await desk.database.close()
  }
}
