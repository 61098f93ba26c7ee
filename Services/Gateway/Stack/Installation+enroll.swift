import FoundationEssentials
import Schema
import ZeroMQ

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
    var invitations: [(Enrolment, CurveKeys)] = []
    try await Session.with(profilePath("operator")) { session in
      for enrolment in enrolments {
        let keys = CurveKeys.generate()
        let request = Invite(
          key: try keys.publicKey.asIdentityKey, account: enrolment.account, office: enrolment.office,
          roles: enrolment.roles.map { Open($0) },
          expires: Timestamp(milliseconds: Timestamp.now.milliseconds + 3_600_000))
        _ = try await session.ask(request, in: enrolment.unit)
        invitations.append((enrolment, keys))
      }
    }
    for (enrolment, invitation) in invitations {
      let keys = CurveKeys.generate()
      try keys.save(to: profileKeyPath(enrolment.account))
      let profile = try profile(of: enrolment.account, unit: enrolment.unit)
      try await Session.with(profile, invitation) { session in
        _ = try await session.ask(Join(key: try keys.publicKey.asIdentityKey), in: nil)
      }
      try profile.save(to: profilePath(enrolment.account))
    }
  }
}

extension PublicKey {
  /// As messages carry it.
  var asIdentityKey: Identity.Key {
    get throws(Refusal) {
      guard let key = Identity.Key(z85) else { throw Refusal(.malformed, at: "key") }
      return key
    }
  }
}
