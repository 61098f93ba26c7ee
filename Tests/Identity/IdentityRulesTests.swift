import Schema
import Testing
import ZeroMQ

@testable import xaso_identity

@Suite("Who may be invited, and as what")
struct InvitingTests {
  private static let now = Timestamp(milliseconds: 1_795_228_200_000)
  private static let day: Int64 = 86_400_000
  private let office = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")

  private func invite(
    _ roles: [Role], in unit: Unit?, office: Office? = nil, days: Double = 7, existing: AccountRecord? = nil,
    isKnown: Bool = false
  ) throws(Refusal) -> AccountRecord {
    let expires = Timestamp(milliseconds: Self.now.milliseconds + Int64(days * Double(Self.day)))
    let request = Invite(
      key: .any, account: "lan", office: office, roles: roles.map { Open($0) }, expires: expires)
    return try IdentityRules.invited(request, in: unit, existing: existing, isKnown: isKnown, at: Self.now)
  }

  private func status(_ body: () throws(Refusal) -> AccountRecord) -> Status {
    do throws(Refusal) {
      _ = try body()
      return .ok
    } catch {
      return error.status
    }
  }

  @Test("a new account waits for whoever joins") func new() throws {
    let account = try invite([.focal, .entry], in: "38/15043", office: office)
    #expect(account.status == .invited)
    #expect(account.unit == "38/15043")
    #expect(account.openRoles == [Open(.entry), Open(.focal)])
  }

  @Test(
    "roles stand where they belong",
    arguments: [
      ([Role.focal], "38/15043", true, Status.ok), ([.focal], "38/15043", false, .invalid),
      ([.focal], nil, false, .invalid), ([.province], "38", false, .ok), ([.province], "38/15043", false, .invalid),
      ([.administrator], "38/15043", false, .ok), ([.administrator], nil, false, .ok),
      ([.administrator, .operator], nil, false, .ok), ([.operator], nil, true, .invalid),
      ([.operator], "38", false, .invalid), ([.invited], "38/15043", false, .invalid),
      ([], "38/15043", false, .invalid),
      ([.subscriber], "38/15043", false, .ok), ([.subscriber], nil, false, .invalid),
      ([.auditor], "38/99999", false, .notFound), ([.administrator], "00", false, .notFound),
    ] as [([Role], String?, Bool, Status)])
  func roles(_ roles: [Role], _ unit: String?, _ hasOffice: Bool, _ expected: Status) {
    let unit = unit.flatMap(Unit.init)
    let status = status { () throws(Refusal) in try invite(roles, in: unit, office: hasOffice ? office : nil) }
    #expect(status == expected)
  }

  @Test(
    "for 14 days at most, and not into the past", arguments: [(-1.0, false), (0, false), (14, true), (14.01, false)])
  func expiry(_ days: Double, _ isGood: Bool) {
    let status = status { () throws(Refusal) in try invite([.auditor], in: "38", days: days) }
    #expect(status == (isGood ? .ok : .invalid))
  }

  @Test("a key that was ever known is not taken again") func knownKey() {
    #expect(status { () throws(Refusal) in try invite([.auditor], in: "38", isKnown: true) } == .conflict)
  }

  @Test("an account that is there gets another key only as what it is")
  func existing() throws {
    let active = AccountRecord(name: "lan", unit: "38", office: nil, roles: [.auditor], status: .active)
    #expect(try invite([.auditor], in: "38", existing: active).status == .active)
    #expect(status { () throws(Refusal) in try invite([.province], in: "38", existing: active) } == .conflict)
    #expect(status { () throws(Refusal) in try invite([.auditor], in: "38/15043", existing: active) } == .conflict)
    var waiting = active
    waiting.status = .invited
    #expect(try invite([.province], in: "38", existing: waiting).roles == [.province])
    waiting.status = .revoked
    #expect(status { () throws(Refusal) in try invite([.auditor], in: "38", existing: waiting) } == .conflict)
  }
}

@Suite("Joining")
struct JoiningTests {
  private static let expires = Timestamp(milliseconds: 1000)
  private let invitation = InvitationRecord(id: .init(), key: .any, account: "lan", expires: expires)

  private func join(
    _ invitation: inout InvitationRecord, _ key: Identity.Key = .any, isKnown: Bool = false, at time: Int64 = 0
  ) throws(Refusal) -> Bool {
    try IdentityRules.join(&invitation, Join(key: key), isKnown: isKnown, at: Timestamp(milliseconds: time))
  }

  @Test("once, and again only for who did not hear the answer") func once() throws {
    var invitation = invitation
    let key = Identity.Key.any
    #expect(try join(&invitation, key))
    #expect(try !join(&invitation, key, isKnown: true, at: 5000))
    let refusal = #expect(throws: Refusal.self) { try join(&invitation) }
    #expect(refusal?.status == .conflict)
    #expect(refusal?.text.en.contains("used already") == true)
  }

  @Test("not when it has expired, was withdrawn, or with a key in use") func refused() {
    var invitation = invitation
    let late = #expect(throws: Refusal.self) { try join(&invitation, at: 1000) }
    #expect(late?.status == .forbidden)
    #expect(late?.text.en.contains("expired") == true)
    let known = #expect(throws: Refusal.self) { try join(&invitation, isKnown: true) }
    #expect(known?.status == .conflict)
    #expect(known?.text.en.contains("in use") == true)
    invitation.withdrawn = true
    let withdrawn = #expect(throws: Refusal.self) { try join(&invitation) }
    #expect(withdrawn?.status == .forbidden)
    #expect(invitation.joined == nil)
  }

  @Test("not with the test key of the manual") func published() throws {
    var invitation = invitation
    let key = try #require(Identity.Key("Yne@$w-vo<fVvi]a<NY6T1ed:M$fCG*[IaLV{hID"))
    #expect(throws: Refusal.self) { try join(&invitation, key) }
  }
}

@Suite("The last administrator")
struct LastAdministratorTests {
  @Test("is not revoked; anybody else is") func last() throws {
    var account = AccountRecord(name: "op", unit: nil, office: nil, roles: [.administrator], status: .active)
    #expect(throws: Refusal.self) { try IdentityRules.check(account, left: []) }
    try IdentityRules.check(account, left: [.any])
    account.unit = "38"
    try IdentityRules.check(account, left: [])
  }
}

@Suite("The counts of Đề án 06")
struct CountsTests {
  private static let village = OfficeSummary(code: "thon-1", name: "Thôn 1", kind: Open(.village))
  private static let today = Day(number: 20_778)

  @Test(
    "activated ≤ issued ≤ adults, signatures ≤ adults",
    arguments: [
      (10, 9, 8, 7, nil), (0, 0, 0, 0, nil), (10, 10, 10, 10, nil), (10, 11, 8, 7, "counts.issued"),
      (10, 8, 9, 7, "counts.activated"), (10, 9, 8, 11, "counts.signatures"), (10, 9, -1, 7, "counts"),
      (10, 9, 8, -1, "counts"), (30_000_000, 0, 0, 0, "counts"),
    ] as [(Int64, Int64, Int64, Int64, String?)])
  func possible(_ adults: Int64, _ issued: Int64, _ activated: Int64, _ signatures: Int64, _ place: String?) throws {
    let month = try #require(Period("2026-M10"))
    let counts = EnrolmentCounts(adults: adults, issued: issued, activated: activated, signatures: signatures)
    var found: String?
    do throws(Refusal) {
      try IdentityRules.check(
        RecordCounts(village: "thon-1", month: month, counts: counts), Self.village, today: Self.today)
    } catch {
      found = error.place
      #expect(error.status == .invalid)
    }
    #expect(found == place)
  }

  @Test(
    "of a month that has begun", arguments: ["2026-M12", "2026-Q3", "nd09:2026-M10", "2026-Y", "2020-M01"])
  func months(_ text: String) throws {
    let request = RecordCounts(village: "thon-1", month: try #require(Period(text)), counts: .zero)
    #expect(throws: Refusal.self) { try IdentityRules.check(request, Self.village, today: Self.today) }
  }

  @Test("of a village that there is") func villages() throws {
    let request = RecordCounts(village: "thon-1", month: try #require(Period("2026-M10")), counts: .zero)
    #expect(throws: Refusal.self) { try IdentityRules.check(request, nil, today: Self.today) }
    let office = OfficeSummary(code: "vp", name: "Văn phòng", kind: Open(.office))
    #expect(throws: Refusal.self) { try IdentityRules.check(request, office, today: Self.today) }
  }

  @Test("numerators and denominators are summed apart; missing is not zero, and coverage is said") func rollUp() throws
  {
    let month = try #require(Period("2026-M10"))
    func row(_ unit: Unit, _ code: Office.Code, _ counts: EnrolmentCounts?) -> CountsRow {
      CountsRow(
        unit: unit, village: Office(code: code, name: "\(code)"), reported: counts == nil ? 0 : 1, expected: 1,
        counts: counts)
    }
    let first = EnrolmentCounts(adults: 1000, issued: 900, activated: 800, signatures: 10)
    let second = EnrolmentCounts(adults: 100, issued: 10, activated: 5, signatures: 0)
    let villages = [
      row("38/14797", "thon-1", first), row("38/14797", "thon-2", nil), row("38/16522", "thon-1", second),
      row("38/16417", "thon-1", nil),
    ]
    let table = IdentityRules.table(month, of: "38", villages)
    #expect(table.rows.map(\.unit) == ["38/14797", "38/16417", "38/16522"])
    #expect(table.rows.map { "\($0.reported)/\($0.expected)" } == ["1/2", "0/1", "1/1"])
    #expect(table.rows.map(\.counts) == [first, nil, second])
    #expect(table.total.counts == EnrolmentCounts(adults: 1100, issued: 910, activated: 805, signatures: 10))
    #expect("\(table.total.reported)/\(table.total.expected)" == "2/4")
    #expect(IdentityRules.table(month, of: "38/14797", Array(villages.prefix(2))).rows == Array(villages.prefix(2)))
  }
}

extension Identity.Key {
  /// A new one.
  static var any: Identity.Key {
    guard let key = Identity.Key(CurveKeys.generate().publicKey.z85) else { preconditionFailure("a key is a key") }
    return key
  }
}
