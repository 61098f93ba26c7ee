import FoundationEssentials
import Schema
import Testing

/// The ledger's own judgement: each fault that it looks for is one that it finds.
@Suite("The ledger's verdict") struct VerdictTests {
  private let task = "task/\(PlanTask.ID())"
  private let sent: [Entry]
  private let found: Found

  init() {
    let task = task
    sent = [Entry.Outcome.ok, .ok, .refused(.conflict), .refused(.unavailable), .unknown].map { outcome in
      Entry(
        key: UUIDv7(), account: "lan", unit: "38/15043", method: "plans.progress", body: Data(), effects: 2, said: 1,
        subject: task, outcome: outcome)
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
    found.effects[sent[2].key] = 1
    self.found = found
  }

  @Test("what is as it should be is clean; an unknown that is there is recovered")
  func clean() {
    let verdict = Verdict(sent, found)
    #expect(verdict.isClean, "\(verdict.faults)")
    #expect(verdict.recovered == [sent[4].key])
  }

  @Test("an unknown that was not done, or was refused with what tells of it, is clean too")
  func unknown() {
    let key = sent[4].key
    let refused = verdict {
      $0.records[key] = .conflict
      $0.effects[key] = 1
      $0.runs[key] = nil
    }
    #expect(refused.isClean, "\(refused.faults)")
    let absent = verdict {
      $0.records[key] = nil
      $0.effects[key] = nil
      $0.runs[key] = nil
    }
    #expect(absent.isClean, "\(absent.faults)")
    #expect(absent.recovered.isEmpty)
  }

  @Test("an acknowledged command without effects, or without its record, is lost; a refusal without its word too")
  func lost() {
    #expect(verdict { $0.effects[sent[0].key] = nil }.lost == [sent[0].key])
    #expect(verdict { $0.records[sent[1].key] = nil }.lost == [sent[1].key])
    #expect(verdict { $0.records[sent[2].key] = nil }.lost == [sent[2].key])
    #expect(verdict { $0.effects[sent[2].key] = nil }.lost == [sent[2].key])
    #expect(verdict { $0.effects[sent[4].key] = nil }.lost == [sent[4].key])
  }

  @Test("what nobody sent, and what was said not to be done, is unexpected")
  func unexpected() {
    let stranger = UUIDv7()
    #expect(verdict { $0.effects[stranger] = 1 }.unexpected == [stranger])
    #expect(verdict { $0.records[stranger] = .ok }.unexpected == [stranger])
    #expect(verdict { $0.runs[stranger] = 1 }.unexpected == [stranger])
    #expect(verdict { $0.effects[sent[3].key] = 2 }.unexpected == [sent[3].key])
    #expect(verdict { $0.records[sent[3].key] = .conflict }.unexpected == [sent[3].key])
  }

  @Test("what happened twice, or in part, or in another order is told")
  func wrong() {
    #expect(verdict { $0.effects[sent[0].key] = 4 }.doubled == [sent[0].key])
    #expect(verdict { $0.effects[sent[2].key] = 2 }.doubled == [sent[2].key])
    #expect(verdict { $0.runs[sent[0].key] = 2 }.doubled == [sent[0].key])
    #expect(verdict { $0.effects[sent[0].key] = 1 }.torn == [sent[0].key])
    #expect(verdict { $0.effects[sent[4].key] = 1 }.torn == [sent[4].key])
    #expect(verdict { $0.order[task]?.swapAt(0, 1) }.disordered == [task])
  }

  private func verdict(_ change: (inout Found) -> Void) -> Verdict {
    var found = found
    change(&found)
    return Verdict(sent, found)
  }
}
