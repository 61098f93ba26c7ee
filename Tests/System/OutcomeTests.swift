import Bus
import Schema
import Testing

extension SystemTests {
  /// What a client may say of a command whose answer it never got.
  @Suite("Outcomes that are not known") struct OutcomeTests {
    @Test("an attempt that may have been carried out is not forgotten over a later answer that nothing was done")
    func unknownStays() async throws {
      // What plans does when it is killed: the first attempt is lost with it, and then it is not there.
      #expect(try await outcome(of: .outcomeUnknown, .unavailable) == .outcomeUnknown)
      #expect(try await outcome(of: .outcomeUnknown, .full) == .outcomeUnknown)
      #expect(try await outcome(of: .outcomeUnknown, .timedOut) == .outcomeUnknown)
    }

    @Test("what only ever was turned away was not done; what is answered in the end is answered")
    func known() async throws {
      #expect(try await outcome(of: .unavailable) == .unavailable)
      #expect(try await outcome(of: .full) == .full)
      #expect(try await outcome(of: .timedOut) == .timedOut)
      #expect(try await outcome(of: .outcomeUnknown, .unavailable, .conflict, within: .seconds(10)) == .conflict)
    }

    private func outcome(of script: Status..., within limit: Duration = .seconds(1)) async throws -> Status? {
      let door = ScriptedDoor(script)
      let client = try await door.open()
      let refusal = await #expect(throws: Refusal.self) {
        try await client.send(DiscardPlan(plan: Plan.ID()), to: "38/15043", ttl: limit)
      }
      await client.close()
      await door.close()
      return refusal?.status
    }
  }
}
