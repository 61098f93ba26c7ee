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
      if let key = request.key {
        guard try IdentityStore.limit(key, of: account, through: request.last, transaction) else {
          throw Refusal(
            .notFound, vi: "Tài khoản \(account.name) không có khóa này, hoặc khóa đã bị thu hồi.",
            en: "The account \(account.name) has no such key, or it was revoked before: \(key)", at: "key")
        }
      } else {
        account.last = request.last
        try IdentityStore.keep(account, transaction)
      }
      let events = try request.key == nil ? shortenDelegations(by: account, transaction) : []
      return .accepted(
        try IdentityStore.summary(account, transaction),
        events: events + (try IdentityStore.reseat(account, transaction)))
    }
    handlers.on(
      ReportSeen.self,
      answer: { [database = handlers.database] request, _ in
        guard request.accounts.count <= ReportSeen.limit, request.keys?.count ?? 0 <= ReportSeen.limit else {
          throw Refusal(.invalid, at: "accounts")
        }
        try await database.write { transaction in
          try IdentityStore.see(request.accounts, on: request.day, transaction)
          try IdentityStore.see(request.keys ?? [], on: request.day, transaction)
        }
        return Done()
      })
  }

  /// Nobody has a role longer than the one who lent it.
  private static func shortenDelegations(
    by account: AccountRecord, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    guard let last = account.last else { return [] }
    var events: [any Event] = []
    for delegation in try IdentityStore.delegations(by: account.name, transaction) where delegation.through > last {
      if delegation.from > last {
        try IdentityStore.end(delegation.id, transaction)
      } else {
        try IdentityStore.shorten(delegation.id, to: last, transaction)
      }
      events += try reseat(delegation.to, transaction)
    }
    return events
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
