import Bus
import Schema
import Storage

/// What an administrator asks about who may do what, and who was invited.
extension IdentityService {
  private static let pageSize = 50

  static func registerInquiries(in handlers: inout Handlers<Identity>) {
    handlers.on(ExplainAccess.self) { request, call, transaction in
      guard let account = try IdentityStore.account(request.account, transaction),
        call.unit.map({ unit in account.unit.map(unit.contains) ?? false }) ?? true
      else { throw Refusal.notFound("tài khoản", "account", request.account, at: "account") }
      let today = transaction.time.day
      let keys = try IdentityStore.summary(account, transaction).keys.count { $0.isGood(on: today) }
      return IdentityRules.explain(account, keys: keys, request, today: transaction.time.day)
    }
    handlers.on(ListInvitations.self) { request, call, transaction in
      let after = try request.after.map { try $0.position(as: Invitation.ID.self) }
      let pending = try IdentityStore.pending(in: call.unit, after: after, limit: pageSize + 1, transaction)
      let items = pending.prefix(pageSize).map {
        PendingInvitation(id: $0.0.id, account: $0.0.account, unit: $0.unit, expires: $0.0.expires)
      }
      return Page(items: items, next: pending.count > pageSize ? items.last?.id.description : nil)
    }
    handlers.on(CancelInvitation.self) { request, call, transaction in
      let invitation = try IdentityStore.invitation(request.invitation, transaction)
      guard let invitation, let account = try IdentityStore.account(invitation.account, transaction),
        account.unit == call.unit
      else { throw Refusal.notFound("lời mời", "invitation", request.invitation, at: "invitation") }
      guard invitation.joined == nil, !invitation.withdrawn else {
        throw Refusal(
          .conflict, vi: "Lời mời đã được dùng hoặc đã hủy.", en: "The invitation was used or withdrawn before.")
      }
      try IdentityStore.withdraw(invitation, transaction)
      return .accepted(
        Done(),
        events: [
          KeyRevoked(
            unit: account.filed, key: invitation.key, account: InvitationRecord.caller(invitation.id),
            reason: "invitation cancelled")
        ])
    }
  }
}
