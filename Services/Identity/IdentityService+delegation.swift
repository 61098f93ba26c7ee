import Bus
import Schema
import Storage

/// Rights for a time, and who still comes.
extension IdentityService {
  static func registerDelegation(in handlers: inout Handlers<Identity>) {
    handlers.on(Delegate.self) { request, call, transaction in
      guard let lender = try IdentityStore.account(call.caller.account, transaction), lender.status == .active,
        lender.unit == call.unit
      else { throw Refusal(.forbidden) }
      let borrower = try IdentityStore.account(request.to, transaction)
      let delegation = try IdentityRules.delegated(
        request, by: lender, to: borrower, today: transaction.time.day)
      try IdentityStore.insert(delegation, transaction)
      return .accepted(delegation, events: try reseat(delegation.to, transaction))
    }
    handlers.on(EndDelegation.self) { request, call, transaction in
      let own = try IdentityStore.delegations(by: call.caller.account, transaction)
      guard let delegation = own.first(where: { $0.id == request.delegation }) else {
        throw Refusal.notFound("ủy quyền", "delegation", request.delegation, at: "delegation")
      }
      try IdentityStore.end(delegation.id, transaction)
      return .accepted(Done(), events: try reseat(delegation.to, transaction))
    }
    handlers.on(LimitAccount.self) { request, call, transaction in
      var account = try IdentityStore.account(request.account, in: call.unit, transaction)
      try IdentityRules.check(request, account, today: transaction.time.day)
      account.last = request.last
      try IdentityStore.keep(account, transaction)
      return .accepted(
        try IdentityStore.summary(account, transaction), events: try IdentityStore.reseat(account, transaction))
    }
    handlers.on(
      ReportSeen.self,
      answer: { [database = handlers.database] request, _ in
        guard request.accounts.count <= ReportSeen.limit else { throw Refusal(.invalid, at: "accounts") }
        try await database.write { try IdentityStore.see(request.accounts, on: request.day, $0) }
        return Done()
      })
  }

  /// What somebody lent ends with their account.
  static func endDelegations(
    by account: Caller.Account, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    var events: [any Event] = []
    for delegation in try IdentityStore.delegations(by: account, transaction) {
      try IdentityStore.end(delegation.id, transaction)
      events += try reseat(delegation.to, transaction)
    }
    return events
  }

  private static func reseat(
    _ name: Caller.Account, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    guard let account = try IdentityStore.account(name, transaction) else { return [] }
    return try IdentityStore.reseat(account, transaction)
  }
}
