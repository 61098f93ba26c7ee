import Foundation
import Schema
import Storage
import Testing

@testable import xaso_identity

@Suite("Offices and villages", .timeLimit(.minutes(60))) struct OfficeRulesTests {
  private static let unit: Schema.Unit = "38/15043"
  private static let today = Day(number: 20_778)
  private let office = OfficeSummary(code: "vh-xh", name: "Phòng VH-XH", kind: Open(.office))

  private func place(_ body: () throws -> Void) -> String? {
    do {
      try body()
      return nil
    } catch {
      return (error as? Refusal)?.place ?? "\(error)"
    }
  }

  @Test("what is not described stays; when it ends is said apart") func described() throws {
    var first = office
    (first.aliases, first.duties, first.until) = (["VHXH"], ["chuyển đổi số"], Self.today)
    var next = OfficeSummary(code: "vh-xh", name: "Phòng Văn hóa - Xã hội", kind: Open(.office))
    #expect(IdentityRules.kept(next, over: first).aliases == ["VHXH"])
    #expect(IdentityRules.kept(next, over: first).until == Self.today)
    next.aliases = []
    #expect(IdentityRules.kept(next, over: first).aliases == [])
    next.until = Self.today
    #expect(
      place { try IdentityRules.check(next, existing: office, in: Self.unit, count: 1) } == "office.until")
    next.until = nil
    next.aliases = [" "]
    #expect(place { try IdentityRules.check(next, existing: nil, in: Self.unit, count: 1) } == "office.aliases")
  }

  @Test("an agency's code has the level of its unit's offices, below the same agency, once")
  func agencies() throws {
    let code = try #require(AgencyCode("H56.12.03"))
    let others = [try #require(AgencyCode("H56.12.04"))]
    #expect(place { try IdentityRules.check(code, of: office, in: Self.unit, others: others) } == nil)
    #expect(place { try IdentityRules.check(code, of: office, in: "38", others: []) } == "office.agency")
    #expect(place { try IdentityRules.check(code, of: office, in: Self.unit, others: [code]) } == "office.agency")
    let elsewhere = [try #require(AgencyCode("H56.13.04"))]
    #expect(place { try IdentityRules.check(code, of: office, in: Self.unit, others: elsewhere) } == "office.agency")
    var village = office
    village.kind = Open(.village)
    #expect(place { try IdentityRules.check(code, of: village, in: Self.unit, others: []) } == "office.agency")
    var outside = office
    outside.kind = Open(.outside)
    let ministry = try #require(AgencyCode("G12"))
    #expect(place { try IdentityRules.check(ministry, of: outside, in: Self.unit, others: others) } == nil)
  }

  @Test("who is outside, or no more, has no account; an office with accounts is not ended behind them")
  func accounts() throws {
    var outside = office
    outside.kind = Open(.outside)
    #expect(throws: Refusal.self) { try IdentityRules.checkAccounts(of: outside, today: Self.today) }
    let yesterday = Self.today.adding(-1)
    let gone = try IdentityRules.retired(
      office, RetireOffice(office: "vh-xh", last: yesterday), accounts: [], today: Self.today)
    #expect(gone.until == yesterday)
    #expect(throws: Refusal.self) { try IdentityRules.checkAccounts(of: gone, today: Self.today) }
    #expect(throws: Never.self) { try IdentityRules.checkAccounts(of: gone, today: yesterday) }
    let refusal = try #require(throws: Refusal.self) {
      try IdentityRules.retired(
        office, RetireOffice(office: "vh-xh", last: yesterday), accounts: ["lan"], today: Self.today)
    }
    #expect(refusal.text.en.contains("lan"))
    let back = try IdentityRules.retired(
      gone, RetireOffice(office: "vh-xh", last: nil), accounts: [], today: Self.today)
    #expect(back.until == nil)
    #expect(throws: Refusal.self) {
      try IdentityRules.retired(nil, RetireOffice(office: "x", last: nil), accounts: [], today: Self.today)
    }
  }

  @Test("a village that ended is expected in the months before, and in none after; what was counted stays")
  func coverage() async throws {
    let folder = URL(filePath: "/tmp/offices-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try await Database.open(
      folder.appending(path: "identity.sqlite").path, service: Identity.name, migrations: IdentityMigrations.all)
    let months = try ["2026-M05", "2026-M06", "2026-M07"].map { try #require(Period($0)) }
    func expected() async throws -> [String] {
      var found: [String] = []
      for month in months {
        let rows = try await store.read { try IdentityStore.villages(month, in: Self.unit, $0) }
        let total = IdentityRules.table(month, of: Self.unit, rows).total
        found.append("\(total.reported)/\(total.expected)")
      }
      return found
    }
    var last = OfficeSummary(code: "thon-2", name: "Thôn 2", kind: Open(.village))
    try await store.write { [last] transaction in
      let first = OfficeSummary(code: "thon-1", name: "Thôn 1", kind: Open(.village))
      for village in [first, last] { try IdentityStore.keep(village, in: Self.unit, transaction) }
      for month in months.prefix(2) {
        let counts = EnrolmentCounts(adults: 10, issued: 9, activated: 8, signatures: 1)
        _ = try IdentityStore.record(
          RecordCounts(village: "thon-2", month: month, counts: counts), in: Self.unit, transaction)
      }
    }
    #expect(try await expected() == ["1/2", "1/2", "0/2"])
    // In the middle of June: the counts of June, which came all the same, stay.
    last.until = Day("2026-06-15")
    try await store.write { [last] in try IdentityStore.keep(last, in: Self.unit, $0) }
    #expect(try await expected() == ["1/2", "1/2", "0/1"])
    let read = try await store.read { try IdentityStore.office("thon-2", in: Self.unit, $0) }
    #expect(read == last)
    let july = RecordCounts(village: "thon-2", month: months[2], counts: .zero)
    #expect(place { try IdentityRules.check(july, last, today: Self.today) } == "village")
    var new = OfficeSummary(code: "thon-3", name: "Thôn 3", kind: Open(.village))
    new.since = Day("2026-06-20")
    try await store.write { [new] in try IdentityStore.keep(new, in: Self.unit, $0) }
    #expect(try await expected() == ["1/2", "1/3", "0/2"])
    await store.close()
  }
}
