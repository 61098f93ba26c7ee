import Bus
import FoundationEssentials
import Schema
import Testing
import ZeroMQ

@testable import xaso

extension SystemTests {
  @Suite("Invitations") struct InvitationTests {
    private let unit = House.communes[0]

    @Test("used twice, of a revoked account, or for a key in use, an invitation is refused in words that say why")
    func refused() async throws {
      try await House.open { house in
        let invitation = CurveKeys.generate()
        try await house.invite(invitation.publicKey, "tuan", into: unit)
        let (own, other) = (CurveKeys.generate(), CurveKeys.generate())
        #expect(
          try await house.join(invitation, other: house.keys(of: House.focal(unit)).publicKey).contains("in use"))
        #expect(try await house.join(invitation, other: own.publicKey) == "")
        #expect(try await house.join(invitation, other: own.publicKey) == "", "who did not hear the answer asks again")
        #expect(try await house.join(invitation, other: other.publicKey).contains("used already"))
        #expect(try await house.join(other, other: other.publicKey).contains("does not accept"), "a stranger")

        let known = await #expect(throws: Refusal.self) { try await house.invite(own.publicKey, "hai", into: unit) }
        #expect(known?.status == .conflict)
        #expect(try await house.frontDoor().status(own, reading: unit) == .ok)

        try await house.revoke("tuan", in: unit)
        #expect(try await house.join(invitation, other: own.publicKey).contains("does not accept"), "with the account")
      }
    }

    @Test("an invitation may do nothing but join")
    func nothingElse() async throws {
      try await House.open { house in
        let invitation = CurveKeys.generate()
        try await house.invite(invitation.publicKey, "tuan", into: unit)
        #expect(try await house.frontDoor().status(invitation, reading: unit) == .forbidden)
      }
    }

    @Test("xaso join tells who types a changed, used, or expired line, or has a key that is in use")
    func typed() async throws {
      try await House.open { house in
        let line = try await house.invitation("tuan", into: unit)
        let place = line.index(line.startIndex, offsetBy: line.count / 2)
        let changed = line.replacingCharacters(at: place, with: line[place] == "A" ? "B" : "A")
        let damaged = try await house.typeIn(changed, for: "tuan")
        #expect(damaged.status == 65)
        #expect(damaged.said.contains("a character is missing or wrong"))
        #expect(try await house.typeIn(line, for: "tuan").status == 0)
        let again = try await house.typeIn(line, for: "tam")
        #expect(again.status != 0)
        #expect(again.said.contains("used already"))

        let taken = try await house.invitation("hai", into: unit)
        try house.keys(of: House.clerk(unit)).save(to: house.path("hai.key"))
        let inUse = try await house.typeIn(taken, for: "hai")
        #expect(inUse.status != 0)
        #expect(inUse.said.contains("in use"))
        #expect(try await house.typeIn(taken, for: "chin").status == 0, "nothing came of it: it is still good")

        let reading = try await house.run("plan", "list", profile: house.path("tuan.yaml"))
        #expect(reading.status == 0)
      }
    }

    @Test("xaso join tells who comes too late, and whose key has a changed byte")
    func useless() async throws {
      try await House.open { house in
        let door = try house.frontDoor()
        let expires = Timestamp(milliseconds: Timestamp.now.milliseconds + 300)
        let short = CurveKeys.generate()
        try await house.invite(short.publicKey, "tam", into: unit, for: .milliseconds(300))
        var line = InvitationLine(server: door.endpoint, serverKey: door.key, keys: short, expires: expires)
        // Nothing tells that it has expired but the clock.
        try await Task.sleep(for: .milliseconds(400))
        let late = try await house.typeIn(line.revealed(), for: "tam")
        #expect(late.status != 0)
        #expect(late.said.contains("expired"))

        let whole = CurveKeys.generate()
        try await house.invite(whole.publicKey, "hai", into: unit)
        let secret = whole.secretKey.revealed()
        // The last of five characters that stand for four bytes in the middle of the key.
        let place = secret.index(secret.startIndex, offsetBy: 24)
        let text = secret.replacingCharacters(at: place, with: secret[place] == "0" ? "1" : "0")
        line.keys = CurveKeys(secret: try #require(SecretKey(z85: text)))
        let stranger = try await house.typeIn(line.revealed(), for: "hai")
        #expect(stranger.status != 0)
        #expect(stranger.said.contains("does not accept"))
        line.keys = whole
        #expect(try await house.typeIn(line.revealed(), for: "hai").status == 0)
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
  /// What `xaso invite` prints for an auditor.
  fileprivate func invitation(_ account: String, into unit: Schema.Unit) async throws -> String {
    let (status, said) = try await run(
      "invite", "--unit", "\(unit)", "--role", "auditor", "--account", account,
      profile: installation.profilePath("operator"))
    guard status == 0, let line = said.split(separator: "\n").last else { throw CallFailure(said, 0) }
    return String(line)
  }

  /// `xaso join`, for a profile of this name.
  fileprivate func typeIn(_ line: String, for name: String) async throws -> Saying {
    try await run("join", profile: path("\(name).yaml"), input: line)
  }
}

extension String {
  fileprivate func replacingCharacters(at index: Index, with character: String) -> String {
    String(self[..<index]) + character + String(self[self.index(after: index)...])
  }
}
