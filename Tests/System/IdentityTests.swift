import Bus
import FoundationEssentials
import Schema
import Testing
import ZeroMQ

@testable import xaso

extension SystemTests {
  /// Who is served, and who is not any more.
  @Suite("The directory") struct IdentityTests {
    private let unit = House.communes[0]

    @Test("whoever is revoked is refused at every front door: on open sessions, and while a poll waits")
    func revoked() async throws {
      try await House.open { house in
        let doors = [try house.frontDoor(), try await house.anotherFrontDoor()]
        let (focal, reader) = (try house.keys(of: House.focal(unit)), try house.keys(of: House.reader))
        let sessions = doors.map { $0.client(with: focal) }
        let readers = doors.map { $0.client(with: reader) }
        var polls: [Task<Status, Never>] = []
        for client in sessions { #expect(await client.status(reading: unit, ttl: .seconds(120)) == .ok) }
        for client in readers {
          let poll = { (wait: Int) in
            await client.status(
              of: ReadEvents<Plans>(epoch: nil, after: .now, waitms: wait), "38", ttl: .seconds(30))
          }
          #expect(await poll(0) == .ok)
          polls.append(Task { await poll(30_000) })
          // Sent after it over the same connection, and answered: by now it waits.
          #expect(await poll(0) == .ok)
        }

        var start = ContinuousClock.now
        try await house.revoke(House.reader, in: "38")
        for poll in polls { #expect(await poll.value == .forbidden) }
        print("revoked: waiting polls at two front doors refused in \(ContinuousClock.now - start)")

        start = .now
        try await house.revoke(House.focal(unit), focal.publicKey, in: unit)
        // The reply was held until this door knew: there is nothing to wait for.
        #expect(await sessions[0].status(reading: unit) == .forbidden)
        #expect(try await statusAtLast(of: sessions[1]) == .forbidden)
        print("revoked: open sessions at two front doors refused in \(ContinuousClock.now - start)")
        for door in doors {
          for keys in [focal, reader] { #expect(try await door.status(keys, reading: unit) == .forbidden) }
          #expect(try await door.status(house.keys(of: House.clerk(unit)), reading: unit) == .ok, "the others stay")
        }
        for client in sessions + readers { await client.close() }
      }
    }

    @Test("with identity down people work on from the door's copy, for as long as it is good, and then nobody does")
    func withoutIdentity() async throws {
      try await House.open { house in
        try house.kill([House.gateway])
        try house.start(House.gateway, ["XASO_DIRECTORY_LIMIT": "4"])
        let (door, clerk) = (try house.frontDoor(), try house.keys(of: House.clerk(unit)))
        let session = door.client(with: clerk)
        #expect(await session.status(reading: unit, ttl: .seconds(120)) == .ok)
        try house.kill([House.identity])
        let start = ContinuousClock.now
        #expect(await session.status(reading: unit) == .ok)
        #expect(try await door.status(clerk, reading: unit) == .ok, "over a new connection too")

        #expect(try await statusAtLast(of: session) == .unavailable)
        print("identity is down: served until \(ContinuousClock.now - start), with a limit of 4 s")
        let refusal = await #expect(throws: Refusal.self) {
          try await session.send(ListPlans(), to: unit, ttl: .milliseconds(300))
        }
        #expect(refusal?.status == .unavailable)
        #expect(refusal?.text.en.contains("identity") == true)
        #expect(try await door.status(.generate(), reading: unit) == .forbidden, "no stranger comes in meanwhile")
        try house.start(House.identity)
        #expect(await session.status(reading: unit, ttl: .seconds(120)) == .ok)
        await session.close()
      }
    }

    @Test("a front door that starts while identity is down does not open")
    func closed() async throws {
      try await House.open { house in
        let door = try house.frontDoor()
        #expect(try door.isOpen)
        try house.kill([House.gateway, House.identity])
        let log = house.installation.path("logs", "gateway.log")
        try "".write(toFile: log, atomically: false, encoding: .utf8)
        try house.start(House.gateway)
        while try !String(contentsOfFile: log, encoding: .utf8).contains("waiting for identity") {
          // It tells nobody but its log.
          try await Task.sleep(for: .milliseconds(10))
        }
        let clerk = try house.client(House.clerk(unit))
        #expect(await clerk.status(reading: unit, ttl: .seconds(1)) == .unavailable)
        #expect(try !door.isOpen)
        try house.start(House.identity)
        #expect(await clerk.status(reading: unit, ttl: .seconds(120)) == .ok)
        #expect(try door.isOpen)
        try house.kill([House.identity])
        let ending = try await house.terminate(House.gateway)
        #expect(ending.status == 0)
      }
    }

    /// What reading is answered with when it is not served any more, or after ten minutes.
    private func statusAtLast(of session: Client) async throws -> Status {
      let deadline = ContinuousClock.now + .seconds(600)
      var status = Status.ok
      while status == .ok, .now < deadline {
        status = await session.status(reading: unit, ttl: .milliseconds(300))
      }
      return status
    }
  }
}
