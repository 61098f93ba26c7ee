import Bus
import Schema
import Units
import ZeroMQ

/// An invitation with the line to hand over; what `xaso invite --json` shows.
struct Handout: Encodable {
  var invitation: InvitationSummary
  /// The secret.
  var line: String
}

extension Session {
  /// Invites somebody through the door by which this session came in.
  ///
  /// - Parameters:
  ///   - unit: Nil for who runs the services.
  ///   - server: Where they reach that door; as this session does unless it is said.
  func invite(
    _ account: Caller.Account, to unit: Unit?, office: Office?, as roles: [Role], until expires: Timestamp,
    through server: String? = nil
  ) async throws(Refusal) -> Handout {
    let keys = CurveKeys.generate()
    let request = Invite(
      key: try keys.publicKey.asIdentityKey, account: account, office: office, roles: roles.map { Open($0) },
      expires: expires)
    let invitation = try await ask(request, in: unit).value
    let line = InvitationLine(
      server: server ?? profile.server, serverKey: profile.serverKey, keys: keys, expires: invitation.expires)
    return Handout(invitation: invitation, line: line.revealed())
  }
}

extension Unit {
  /// Its name as accounts have it: `giao-an`. Nil for a unit that there is not.
  var word: String? { Units[self]?.name.folded.replacing(" ", with: "-") }
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
