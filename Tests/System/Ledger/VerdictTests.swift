import FoundationEssentials
import Schema
import Testing

/// The ledger's own judgement: each fault that it looks for is one that it finds.
@Suite("The ledger's verdict") struct VerdictTests {
  private let task = PlanTask.ID()
  private let sent: [Entry]
  private let found: Found

  init() {
    let task = task
    sent = [Entry.Outcome.ok, .ok, .refused(.conflict), .refused(.unavailable), .unknown].map { outcome in
      Entry(
        key: UUIDv7(), account: "lan", unit: "38/15043", method: "plans.progress", body: Data(), effects: 2, task: task,
        outcome: outcome)
    }
    var found = Found()
    for entry in sent where entry.outcome != .refused(.unavailable) {
      found.records[entry.key] = entry.outcome == .refused(.conflict) ? .conflict : .ok
    }
    for entry in [sent[0], sent[1], sent[4]] {
      found.effects[entry.key] = 2
      found.runs[entry.key] = 1
      found.order[task, default: []].append(entry.key)
    }
    self.found = found
  }

  @Test("what is as it should be is clean; an unknown that is there is recovered")
  func clean() {
    let verdict = Verdict(sent, found)
    #expect(verdict.isClean)
    #expect(verdict.recovered == [sent[4].key])
  }

  @Test("an acknowledged command without effects, or without its record, is lost")
  func lost() {
    #expect(verdict { $0.effects[sent[0].key] = nil }.lost == [sent[0].key])
    #expect(verdict { $0.records[sent[1].key] = nil }.lost == [sent[1].key])
    #expect(verdict { $0.records[sent[2].key] = nil }.lost == [sent[2].key])
  }

  @Test("what nobody sent, and what was said not to be done, is unexpected")
  func unexpected() {
    let stranger = UUIDv7()
    #expect(verdict { $0.effects[stranger] = 1 }.unexpected == [stranger])
    #expect(verdict { $0.records[stranger] = .ok }.unexpected == [stranger])
    #expect(verdict { $0.effects[sent[3].key] = 2 }.unexpected == [sent[3].key])
  }

  @Test("what happened twice, or in part, or in another order is told")
  func wrong() {
    #expect(verdict { $0.effects[sent[0].key] = 4 }.doubled == [sent[0].key])
    #expect(verdict { $0.runs[sent[0].key] = 2 }.doubled == [sent[0].key])
    #expect(verdict { $0.effects[sent[0].key] = 1 }.torn == [sent[0].key])
    #expect(verdict { $0.order[task]?.swapAt(0, 1) }.disordered == [task])
  }

  private func verdict(_ change: (inout Found) -> Void) -> Verdict {
    var found = found
    change(&found)
    return Verdict(sent, found)
  }
}
