import Bus
import FoundationEssentials
import Glibc
import Schema
import Testing
import ZeroMQ

@testable import xaso

extension SystemTests {
  /// Who comes in, and who does not any more.
  @Suite("Invitations and the directory")
  struct IdentityTests {
    @Test("an invitation used twice, expired, or for a key in use is refused in words that say why")
    func invitations() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let invitation = CurveKeys.generate()
        try await house.invite(invitation.publicKey, "tuan", into: unit)
        let (own, other) = (CurveKeys.generate(), CurveKeys.generate())
        #expect(try await house.join(invitation, other: try house.publicKey(of: House.focal(unit))).contains("in use"))
        #expect(try await house.join(invitation, other: own.publicKey) == "")
        #expect(try await house.join(invitation, other: own.publicKey) == "", "who did not hear the answer asks again")
        #expect(try await house.join(invitation, other: other.publicKey).contains("used already"))

        let short = CurveKeys.generate()
        try await house.invite(short.publicKey, "tam", into: unit, for: .milliseconds(300))
        try await Task.sleep(for: .milliseconds(400))
        #expect(try await house.join(short, other: other.publicKey).contains("expired"))
        #expect(try await house.join(other, other: other.publicKey).contains("does not accept"), "a stranger")

        let known = await #expect(throws: Refusal.self) { try await house.invite(own.publicKey, "hai", into: unit) }
        #expect(known?.status == .conflict)
        #expect(try await house.status(own) == .ok)
      }
    }

    @Test("an invitation may do nothing but join")
    func nothingElse() async throws {
      try await House.open { house in
        let invitation = CurveKeys.generate()
        try await house.invite(invitation.publicKey, "tuan", into: House.communes[0])
        #expect(try await house.status(invitation) == .forbidden)
      }
    }

    @Test("whoever is revoked is refused within a second: on an open session, and while a poll waits")
    func revoked() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let focal = try house.anotherClient(House.focal(unit))
        _ = try await focal.send(ListPlans(), to: unit)
        let reader = try house.anotherClient(House.reader)
        let poll = Task { () -> Status in
          do throws(Refusal) {
            let request = ReadEvents<Plans>(epoch: nil, after: .now, waitms: 30_000)
            _ = try await reader.send(request, to: "38", ttl: .seconds(30))
            return .ok
          } catch {
            return error.status
          }
        }
        try await Task.sleep(for: .milliseconds(300))
        let start = ContinuousClock.now
        try await house.revoke(House.reader, in: "38")
        #expect(await poll.value == .forbidden)
        #expect(.now - start < .seconds(1))
        try await house.revoke(House.focal(unit), in: unit)
        // The reply was held until the door knew: there is nothing to wait for.
        let refusal = await #expect(throws: Refusal.self) { try await focal.send(ListPlans(), to: unit) }
        #expect(refusal?.status == .forbidden)
        await focal.close()
        await reader.close()
      }
    }

    @Test("with identity down people work on from the door's copy, for as long as it is good, and then nobody does")
    func withoutIdentity() async throws {
      try await House.open { house in
        try house.kill([House.gateway])
        try house.start(House.gateway, ["XASO_DIRECTORY_LIMIT": "4"])
        let unit = House.communes[0]
        let clerk = try house.client(House.clerk(unit))
        _ = try await clerk.send(ListPlans(), to: unit)
        try house.kill([House.identity])
        _ = try await clerk.send(ListPlans(), to: unit)
        try await Task.sleep(for: .seconds(2))
        _ = try await clerk.send(ListPlans(), to: unit)
        try await Task.sleep(for: .seconds(4))
        let refusal = await #expect(throws: Refusal.self) {
          try await clerk.send(ListPlans(), to: unit, ttl: .milliseconds(300))
        }
        #expect(refusal?.status == .unavailable)
        #expect(refusal?.text.en.contains("identity") == true)
        try house.start(House.identity)
        _ = try await clerk.send(ListPlans(), to: unit, ttl: .seconds(20))
      }
    }

    @Test("a front door that starts while identity is down does not open")
    func closed() async throws {
      try await House.open { house in
        try house.kill([House.gateway, House.identity])
        try house.start(House.gateway)
        try await Task.sleep(for: .seconds(1))
        let unit = House.communes[0]
        let clerk = try house.anotherClient(House.clerk(unit))
        let refusal = await #expect(throws: Refusal.self) {
          try await clerk.send(ListPlans(), to: unit, ttl: .seconds(1))
        }
        #expect(refusal?.status == .unavailable)
        let log = try String(contentsOfFile: house.installation.path("logs", "gateway.log"), encoding: .utf8)
        #expect(log.split(separator: "\n").last?.contains("waiting for identity") == true)
        try house.start(House.identity)
        _ = try await clerk.send(ListPlans(), to: unit, ttl: .seconds(20))
        await clerk.close()
        try house.kill([House.identity])
        let ending = try await house.terminate(House.gateway)
        #expect(ending.status == 0)
      }
    }

    @Test("a changed character of an invitation is noticed, whichever it is; the secret is not told")
    func changedByte() throws {
      let keys = CurveKeys.generate()
      let line = InvitationLine(
        server: "tcp://127.0.0.1:7400", serverKey: CurveKeys.generate().publicKey, keys: keys,
        expires: Timestamp(milliseconds: 1_795_228_200_000))
      let text = line.revealed()
      let read = try InvitationLine(" \(text)\n")
      #expect(read.server == line.server)
      #expect(read.serverKey == line.serverKey)
      #expect(read.keys.publicKey == keys.publicKey)
      #expect(read.expires == line.expires)
      for index in text.indices {
        for character in ["A", "b", "_", "é"] where String(text[index]) != character {
          let changed = text.replacingCharacters(at: index, with: character)
          let complaint = #expect(throws: Complaint.self) { try InvitationLine(changed) }
          #expect(complaint?.text.en.contains(keys.secretKey.revealed()) == false)
        }
      }
      for length in 0..<text.count {
        #expect(throws: Complaint.self) { try InvitationLine(String(text.prefix(length))) }
      }
    }
  }
}

extension House {
  fileprivate func invite(
    _ key: PublicKey, _ account: Caller.Account, into unit: Schema.Unit, for time: Duration = .seconds(3600)
  ) async throws {
    let request = Invite(
      key: try key.asIdentityKey, account: account, office: nil, roles: [Open(.auditor)],
      expires: Timestamp(milliseconds: Timestamp.now.milliseconds + Int64(time / .milliseconds(1))))
    _ = try await client("operator").send(request, to: unit)
  }

  /// What joining was refused with, in English; nothing when it was not.
  fileprivate func join(_ invitation: CurveKeys, other key: PublicKey) async throws -> String {
    let client = try self.client(with: invitation)
    let request = Join(key: try key.asIdentityKey)
    var said = ""
    do throws(Refusal) {
      _ = try await client.send(request, to: nil)
    } catch {
      said = error.text.en
    }
    await client.close()
    return said
  }

  /// What the auditor's reading is answered with.
  fileprivate func status(_ keys: CurveKeys) async throws -> Status {
    let client = try self.client(with: keys)
    var status = Status.ok
    do throws(Refusal) {
      _ = try await client.send(ListPlans(), to: House.communes[0])
    } catch {
      status = error.status
    }
    await client.close()
    return status
  }

  fileprivate func revoke(_ account: Caller.Account, in unit: Schema.Unit) async throws {
    _ = try await client("operator").send(Revoke(account: account, reason: "left"), to: unit)
  }

  fileprivate func publicKey(of account: Caller.Account) throws -> PublicKey {
    try CurveKeys.load(from: installation.profileKeyPath(account)).publicKey
  }

  private func client(with keys: CurveKeys) throws -> Client {
    let profile = try Profile.load(from: installation.profilePath("operator")).0
    return Client(
      to: profile.server, security: .client(keys: keys, server: profile.serverKey), in: House.context, on: House.loop)
  }
}

extension String {
  fileprivate func replacingCharacters(at index: Index, with character: String) -> String {
    String(self[..<index]) + character + String(self[self.index(after: index)...])
  }
}
