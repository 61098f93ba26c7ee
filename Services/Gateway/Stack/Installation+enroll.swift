import FoundationEssentials
import Schema

extension Installation {
  /// Somebody who is to come in from this machine.
  struct Enrolment {
    var account: Caller.Account
    var unit: Unit?
    var office: Office?
    var roles: [Role]
  }

  /// The operator invites each, and each joins: a key pair and a profile beside the operator's. The stack runs.
  func enroll(_ enrolments: [Enrolment]) async throws {
    var lines: [(Caller.Account, String)] = []
    try await Session.with(profilePath("operator")) { session in
      let expires = Timestamp(milliseconds: Timestamp.now.milliseconds + 3_600_000)
      for one in enrolments {
        let handout = try await session.invite(
          one.account, to: one.unit, office: one.office, as: one.roles, until: expires)
        lines.append((one.account, handout.line))
      }
    }
    for (account, line) in lines { _ = try await InvitationLine(line).join(profile: profilePath(account)) }
  }
}
