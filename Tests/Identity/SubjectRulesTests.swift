import Schema
import Testing

@testable import xaso_identity

@Suite("What people ask about their own data") struct SubjectRulesTests {
  private func day(_ text: String) throws -> Day { try #require(Day(text)) }

  private func opened(_ kind: SubjectRequest.Kind, _ received: String) throws -> SubjectRequestSummary {
    let received = try day(received)
    return try SubjectRules.opened(
      OpenSubjectRequest(kind: Open(kind), received: received), as: .init(), today: received)
  }

  @Test(
    "is acknowledged within 2 working days and answered within 10, 15 or 20 days; a last day off is followed by a working one",
    arguments: [
      (.view, "2026-11-02", "2026-11-04", "2026-11-12"), (.copy, "2026-11-06", "2026-11-10", "2026-11-16"),
      (.restrict, "2026-11-02", "2026-11-04", "2026-11-17"), (.erase, "2026-11-02", "2026-11-04", "2026-11-23"),
    ] as [(SubjectRequest.Kind, String, String, String)])
  func clocks(_ kind: SubjectRequest.Kind, _ received: String, _ acknowledge: String, _ due: String) throws {
    let request = try opened(kind, received)
    #expect(request.acknowledgeBy == (try day(acknowledge)))
    #expect(request.due == (try day(due)))
    #expect(!request.isLate(on: request.acknowledgeBy))
    #expect(request.isLate(on: request.acknowledgeBy.adding(1)))
  }

  @Test("is extended once, in time, and answered once") func steps() throws {
    let request = try opened(.view, "2026-11-02")
    let late = request.due.adding(1)
    #expect(throws: Refusal.self) { try SubjectRules.extended(request, reason: "nhiều hồ sơ", today: late) }
    let extended = try SubjectRules.extended(request, reason: "nhiều hồ sơ", today: request.due)
    #expect(extended.due == (try day("2026-11-23")))
    #expect(throws: Refusal.self) { try SubjectRules.extended(extended, reason: "nữa", today: request.due) }
    let acknowledged = try SubjectRules.acknowledged(extended, on: try day("2026-11-03"), today: late)
    #expect(throws: Refusal.self) { try SubjectRules.acknowledged(acknowledged, on: late, today: late) }
    #expect(!acknowledged.isLate(on: late))
    let answer = AnswerSubjectRequest(request: request.id, document: "9/CV-UBND", on: late, granted: true)
    let answered = try SubjectRules.answered(acknowledged, answer, today: late)
    #expect(!answered.isLate(on: late.adding(100)))
    #expect(throws: Refusal.self) { try SubjectRules.answered(answered, answer, today: late) }
    #expect(throws: Refusal.self) {
      try SubjectRules.answered(acknowledged, answer, today: try day("2026-11-03"))
    }
  }

  @Test("what is said of it is its clocks, and who took the step; nothing of the person") func said() throws {
    let caller = Caller(account: "lan", unit: "38/15043", office: "vp", roles: [.clerk])
    let request = try opened(.view, "2026-11-02")
    let first = SubjectRules.moved(request, in: "38/15043", by: caller)
    #expect(first.acknowledgeBy == request.acknowledgeBy && first.due == request.due && first.office == "vp")
    let acknowledged = try SubjectRules.acknowledged(request, on: request.received, today: request.received)
    let second = SubjectRules.moved(acknowledged, in: "38/15043", by: caller)
    #expect(second.acknowledgeBy == nil && second.due == request.due)
    let answer = AnswerSubjectRequest(request: request.id, document: "9/CV-UBND", on: request.due, granted: true)
    let third = SubjectRules.moved(
      try SubjectRules.answered(request, answer, today: request.due), in: "38/15043", by: caller)
    #expect(third.acknowledgeBy == nil && third.due == nil)
  }

  @Test("an answer in time says that the request was received") func answeredAtOnce() throws {
    let request = try opened(.view, "2026-11-02")
    let (soon, late) = (try day("2026-11-03"), try day("2026-12-30"))
    func answered(on day: Day) throws -> SubjectRequestSummary {
      try SubjectRules.answered(
        request, AnswerSubjectRequest(request: request.id, document: "9/CV-UBND", on: day, granted: true), today: late)
    }
    #expect(!(try answered(on: soon)).isLate(on: late))
    #expect((try answered(on: request.acknowledgeBy.adding(1))).isLate(on: late))
  }
}
