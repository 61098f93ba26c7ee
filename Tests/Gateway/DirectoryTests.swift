import Foundation
import Schema
import Synchronization
import Testing
import ZeroMQ

@testable import xaso

@Suite("The directory")
struct DirectoryTests {
  private let lan = CurveKeys.generate().publicKey
  private let hoa = CurveKeys.generate().publicKey
  private let directory = Directory()

  init() throws {
    try directory.admit([
      (try #require(Caller("lan 38/15043 vh-xh entry,focal")), lan), (try #require(Caller("op - - operator")), hoa),
    ])
    directory.confirm(.zero)
  }

  @Test("people are found by key") func found() throws {
    #expect(try directory.caller(lan).description == "lan 38/15043 vh-xh entry,focal")
    #expect(try directory.caller(hoa).description == "op - - operator")
    for key in [nil, CurveKeys.generate().publicKey] {
      let refusal = #expect(throws: Refusal.self) { try directory.caller(key) }
      #expect(refusal?.status == .forbidden)
    }
    #expect(directory.admits(lan))
    #expect(!directory.admits(CurveKeys.generate().publicKey))
    #expect(directory.sequence == 2)
  }

  @Test("a key that is revoked is out; another one of the same account is not") func keyRevoked() throws {
    let other = CurveKeys.generate().publicKey
    try directory.admit([(try directory.caller(lan), other)])
    try directory.tell(KeyRevoked(unit: "38/15043", key: lan.asIdentityKey, account: "lan", reason: "lost"))
    #expect(!directory.admits(lan))
    #expect(try directory.caller(other).account == "lan")
  }

  @Test("an account that is revoked is out with all its keys, and nobody else") func accountRevoked() throws {
    let other = CurveKeys.generate().publicKey
    try directory.admit([(try directory.caller(lan), other)])
    try directory.tell(AccountRevoked(unit: "38/15043", account: "lan", reason: "left"))
    #expect(!directory.admits(lan))
    #expect(!directory.admits(other))
    #expect(directory.admits(hoa))
  }

  @Test("other events of identity only move the position") func others() throws {
    let counts = EnrolmentCounts(adults: 3, issued: 2, activated: 1, signatures: 0)
    let village = Office(code: "thon-1", name: "Thôn 1")
    let month = try #require(Period("2026-M10"))
    try directory.tell(
      CountsRecorded(unit: "38/15043", village: village, month: month, counts: counts, revision: 1, office: nil))
    #expect(directory.sequence == 3)
    #expect(directory.admits(lan))
  }

  @Test("a role that a newer identity knows gives no right here") func unknownRole() throws {
    let key = CurveKeys.generate().publicKey
    let seat = Seat(
      key: try key.asIdentityKey, account: "nam", unit: nil, office: nil, roles: [.unknown("king"), Open(.auditor)])
    try directory.tell(KeyAdmitted(unit: Identity.nowhere, seat: seat))
    #expect(try directory.caller(key).roles == [.auditor])
  }

  @Test("what was lent counts for its days; after its last day an account is out, and told why") func times() throws {
    let today = Timestamp.now.day
    func seat(last: Day? = nil, _ loans: [Seat.Loan]? = nil) throws -> Seat {
      Seat(
        key: try lan.asIdentityKey, account: "lan", unit: "38/15043", office: "vh-xh", roles: [Open(.focal)],
        last: last, loans: loans)
    }
    func tell(_ seat: Seat) throws { try directory.tell(SeatChanged(unit: "38/15043", seat: seat)) }
    let loan = Seat.Loan(roles: [Open(.approver), .unknown("king")], from: today, through: today)
    try tell(try seat([loan]))
    #expect(try directory.caller(lan).roles == [.focal, .approver])
    for (from, through) in [(-2, -1), (1, 2)] {
      try tell(try seat([.init(roles: [Open(.approver)], from: today.adding(from), through: today.adding(through))]))
      #expect(try directory.caller(lan).roles == [.focal])
    }
    try tell(try seat(last: today))
    #expect(try directory.caller(lan).roles == [.focal])
    try tell(try seat(last: today.adding(-1)))
    let refusal = #expect(throws: Refusal.self) { try directory.caller(lan) }
    #expect(refusal?.status == .forbidden)
    #expect(refusal?.text.en.contains("good through \(today.adding(-1))") == true)
    try tell(try seat())
    #expect(try directory.caller(lan).roles == [.focal])
  }

  @Test("who comes is told once a day, and again when it could not be told") func seen() throws {
    #expect(directory.takeSeen() == nil)
    for key in [lan, hoa, lan] { _ = try directory.caller(key) }
    _ = try? directory.caller(CurveKeys.generate().publicKey)
    let report = try #require(directory.takeSeen())
    let keys = try [lan, hoa].map { try $0.asIdentityKey }.sorted()
    #expect(report == ReportSeen(day: Timestamp.now.day, accounts: ["lan", "op"], keys: keys))
    _ = try directory.caller(lan)
    #expect(directory.takeSeen() == nil)
    directory.giveBack(report)
    #expect(directory.takeSeen() == report)
  }

  @Test("what cannot be read changes nothing") func unreadable() throws {
    #expect(throws: Refusal.self) { try directory.apply([Data("{}".utf8)], through: 9) }
    #expect(directory.sequence == 2)
    #expect(directory.admits(lan))
  }

  @Test("without word from identity the copy is good for five minutes, then nobody is served") func stale() throws {
    let now = Mutex(ContinuousClock.now)
    let directory = Directory(clock: { now.withLock { $0 } })
    try directory.admit([(try #require(Caller("lan 38/15043 vh-xh focal")), lan)])
    func status() -> Status? {
      do throws(Refusal) {
        _ = try directory.caller(lan)
        return nil
      } catch {
        return error.status
      }
    }
    #expect(status() == .unavailable, "never known to be complete")
    directory.confirm(.zero)
    #expect(status() == nil)
    now.withLock { $0 += .seconds(300) }
    #expect(status() == nil)
    now.withLock { $0 += .milliseconds(1) }
    #expect(status() == .unavailable)
    directory.confirm(.seconds(301))
    #expect(status() == .unavailable, "what was so long ago confirms nothing")
    directory.confirm(.seconds(2))
    #expect(status() == nil)
  }
}
