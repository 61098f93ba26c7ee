import Schema
import Seeds
import Testing

@testable import xaso_identity

@Suite("Counts for publication") struct PublishingTests {
  private static let unit: Unit = "38/15043"

  private func table(_ villages: [EnrolmentCounts?]) throws -> CountsTable {
    let month = try #require(Period("2026-M10"))
    let rows = villages.enumerated().map { index, counts in
      CountsRow(
        unit: Self.unit,
        village: Office(code: Slug(stringLiteral: "thon-\(index)"), name: "Thôn \(index)"),
        reported: counts == nil ? 0 : 1, expected: 1, counts: counts)
    }
    return IdentityRules.table(month, of: Self.unit, rows)
  }

  private let large = EnrolmentCounts(adults: 300, issued: 250, activated: 200, signatures: 20)
  private let larger = EnrolmentCounts(adults: 500, issued: 450, activated: 300, signatures: 50)
  /// Three have none: who knows the village knows them.
  private let telling = EnrolmentCounts(adults: 300, issued: 297, activated: 200, signatures: 20)

  @Test("a group of fewer than five is left out, and one more with it, or the sum would tell")
  func suppressed() throws {
    let published = IdentityRules.published(try table([large, larger, telling, nil]))
    #expect(published.rows.map(\.suppressed) == [true, nil, true, nil])
    #expect(published.rows.map { $0.counts != nil } == [false, true, false, false])
    #expect(published.total.counts == large + larger + telling)
    #expect(published.rows.map(\.reported) == [1, 1, 1, 0], "who has reported is no secret")
  }

  @Test("nothing is left out where nobody can be known") func whole() throws {
    let table = try table([large, larger, nil])
    #expect(IdentityRules.published(table) == table)
  }

  @Test("what is left out cannot be had from what is shown") func property() throws {
    var seed = Seed()
    for _ in 0..<500 {
      let villages = (0..<Int.random(in: 1...8, using: &seed)).map { _ -> EnrolmentCounts? in
        guard Int.random(in: 0..<6, using: &seed) > 0 else { return nil }
        let adults = Int64.random(in: 0...60, using: &seed)
        let issued = Int64.random(in: 0...adults, using: &seed)
        return EnrolmentCounts(
          adults: adults, issued: issued, activated: .random(in: 0...issued, using: &seed),
          signatures: .random(in: 0...adults, using: &seed))
      }
      let whole = try table(villages)
      let published = IdentityRules.published(whole)
      let hidden = zip(published.rows, whole.rows).filter { $0.0.suppressed == true }.compactMap(\.1.counts)
      #expect(hidden.count != 1 || published.total.counts == nil)
      // Whoever takes what is shown from the sum has all that is left out, together.
      let together = hidden.reduce(.zero, +)
      let groups = [
        together.issued, together.adults - together.issued, together.activated, together.issued - together.activated,
        together.signatures, together.adults - together.signatures,
      ]
      #expect(hidden.isEmpty || published.total.counts == nil || !groups.contains { (1..<5).contains($0) })
      for (row, was) in zip(published.rows, whole.rows) {
        #expect(row.counts == nil || row.counts == was.counts)
      }
    }
  }
}

@Suite("Why an account may do something") struct ExplainingTests {
  private let unit: Unit = "38/15043"

  private func explain(
    _ asked: String, in place: Unit?, _ roles: Set<Role>, status: Identity.AccountStatus = .active,
    keys: Int = 1
  ) -> AccessExplanation {
    let account = AccountRecord(
      name: "lan", unit: unit, office: Office(code: "vp", name: "Văn phòng"), roles: roles,
      status: status)
    return IdentityRules.explain(
      account, keys: keys, ExplainAccess(account: "lan", asked: asked, unit: place),
      today: Timestamp.now.day)
  }

  @Test("the answer is the one that the decision itself gives, for every request, role and place")
  func agrees() {
    for request in Catalogue.all {
      for role in Role.allCases {
        for place in [nil, unit, "38", "38/14797", "01/00070"] as [Unit?] {
          let caller = Caller(account: "lan", unit: unit, office: "vp", roles: [role])
          let explained = explain(request.method.description, in: place, [role])
          #expect(explained.isPermitted == request.access.permits(caller, in: place))
          #expect(explained.isPermitted == explained.reasons.allSatisfy(\.holds))
        }
      }
    }
  }

  @Test("what is missing is named") func reasons() {
    #expect(explain("plans.issue", in: unit, [.clerk]).isPermitted)
    for (explained, words) in [
      (explain("plans.issue", in: unit, [.focal]), "for the roles clerk"),
      (explain("plans.issue", in: "38/14797", [.clerk]), "one's own unit alone"),
      (explain("plans.issue", in: unit, [.clerk], status: .revoked), "revoked"),
      (explain("plans.issue", in: unit, [.clerk], keys: 0), "no key"),
      (explain("plans.nothing", in: unit, [.clerk]), "no request"),
    ] {
      #expect(!explained.isPermitted)
      #expect(explained.reasons.contains { !$0.holds && $0.text.en.contains(words) }, "\(words)")
    }
  }
}
