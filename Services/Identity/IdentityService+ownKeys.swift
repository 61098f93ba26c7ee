import Bus
import Schema
import Storage

/// What people do about their own keys.
extension IdentityService {
  static func registerOwnKeys(in handlers: inout Handlers<Identity>) {
    handlers.on(AddKey.self) { request, call, transaction in
      let account = try own(call, transaction)
      let keys = try IdentityStore.summary(account, transaction).keys
      let isNew = try IdentityRules.added(
        request.key, keys: keys, isKnown: try IdentityStore.isKnown(request.key, transaction))
      guard isNew else { return .accepted(try IdentityStore.summary(account, transaction)) }
      let (admitted, events) = try admit(request.key, for: account, transaction)
      return .accepted(try IdentityStore.summary(admitted, transaction), events: events)
    }
    handlers.on(WithdrawKey.self) { request, call, transaction in
      let account = try own(call, transaction)
      let isLeft = try IdentityRules.withdrawn(
        request.key, keys: try IdentityStore.summary(account, transaction).keys)
      guard isLeft else { return .accepted(try IdentityStore.summary(account, transaction)) }
      let reason = "replaced by its owner"
      let keys = try IdentityStore.revoke(request.key, of: account, reason: reason, transaction)
      return .accepted(
        try IdentityStore.summary(account, transaction),
        events: keys.map { KeyRevoked(unit: account.filed, key: $0, account: account.name, reason: reason) })
    }
  }

  private static func own(_ call: Call, _ transaction: borrowing Transaction) throws -> AccountRecord {
    guard let account = try IdentityStore.account(call.caller.account, transaction), account.status == .active
    else { throw Refusal(.forbidden) }
    return account
  }
}
