import PlanDocuments
import Schema
import Testing
import Units

@Suite struct DemoTests {
  @Test(arguments: Demo.allCases)
  func everyFileIsRead(_ demo: Demo) throws {
    let document = try demo.document
    let codes = Set(document.head.offices.map(\.code))
    #expect(Units[document.unit] != nil)
    #expect(document.number != nil && document.issuedOn != nil)
    #expect(document.head.focal == "vh-xh" && codes.contains("vh-xh"))
    for row in document.tasks {
      #expect(!row.leads.isEmpty && codes.isSuperset(of: row.leads + row.coordinating), "\(row)")
      #expect(row.name.count <= 120)
    }
    for row in document.targets {
      #expect(!row.leads.isEmpty && codes.isSuperset(of: row.leads + row.coordinating), "\(row)")
      #expect(row.indicator.count <= 120)
      #expect((row.value == nil) == (row.comparator == .report))
    }
    // Every office that is declared for the rows is named by one.
    let named = Set(
      document.tasks.flatMap { $0.leads + $0.coordinating } + document.targets.flatMap { $0.leads + $0.coordinating })
    if !named.isEmpty { #expect(codes.subtracting(named).isEmpty) }
    #expect(document.head.recipients.contains { $0.purpose?.known == .file })
  }

  @Test func giaoAn() throws {
    let document = try Demo.giaoAn.document
    #expect(document.unit == "38/15043")
    #expect(Units[document.unit]?.fullName == "xã Giao An, Thanh Hóa")
    #expect(document.head.year == 2026)
    #expect(document.counts == RowCounts(tasks: 10, targets: 31))
    #expect(total(document) == Money(dong: 844_000_000))
    #expect(document.head.assumed == ["number", "issued"])
    #expect(document.targets.count { $0.comparator == .report } == 2)
    #expect(document.targets.count { $0.comparator == .above } == 4)
    #expect(document.head.legalBases.filter(\.parent).map(\.number) == ["101/KH-UBND"])
    #expect(document.head.legalBases.count == 9)
    #expect(document.tasks.allSatisfy { $0.due == nil && $0.cost != nil })
  }

  @Test func thuongDuc() throws {
    let document = try Demo.thuongDuc.document
    #expect(document.unit == "42/18328")
    #expect(Units[document.unit]?.provinceName == "Hà Tĩnh")
    #expect(document.head.year == 2026)
    #expect(document.counts == RowCounts(tasks: 14, targets: 25))
    #expect(total(document) == Money(dong: 2_270_000_000))
    #expect(document.head.assumed == ["number", "issued", "money unit"])
    #expect(total(document, from: .several) == Money(dong: 950_000_000))
    #expect(total(document, from: .state) == Money(dong: 970_000_000))
    #expect(total(document, from: .commune) == Money(dong: 250_000_000))
    #expect(document.tasks.count { $0.cost != nil } == 11)
    #expect(document.tasks[6].sourceText == "Ngân sách tỉnh, xã")
    #expect(document.targets.map(\.number) == (1...25).map(String.init))
  }

  @Test func voNhai() throws {
    let document = try Demo.voNhai.document
    #expect(document.unit == "19/05716")
    #expect(Units[document.unit]?.provinceName == "Thái Nguyên")
    #expect(document.head.year == 2025)
    #expect(document.number == "119/KH-UBND")
    #expect(document.issuedOn == Day(2025, 11, 14))
    #expect(document.head.assumed.isEmpty)
    #expect(document.counts == RowCounts(tasks: 16, targets: 66))
    #expect(document.targets.count { $0.value != nil } == 62)
    #expect(document.targets.count { $0.comparator == .report } == 4)
    #expect(total(document) == Money(dong: 0))
    let milestones = [2025: 15, 2030: 19, 2035: 11, 2040: 10, 2045: 11]
    for (year, count) in milestones {
      #expect(document.targets.count { $0.due == Day(year, 12, 31) } == count)
    }
    #expect(document.targets.allSatisfy { $0.group != nil })
    #expect(document.tasks.count { $0.recurrence != nil } == 5)
  }

  @Test func xuanDuong() throws {
    let document = try Demo.xuanDuong.document
    #expect(document.unit == "20/06607")
    #expect(Units[document.unit]?.provinceName == "Lạng Sơn")
    #expect(document.head.year == 2027)
    #expect(document.head.assumed == ["number", "issued", "province"])
    #expect(document.counts == RowCounts(tasks: 21, targets: 0))
    #expect(total(document) == Money(dong: 1_009_000_000))
    #expect(document.tasks.allSatisfy { $0.due == Day(2027, 12, 31) })
  }

  @Test func giaTran() throws {
    let document = try Demo.giaTran.document
    #expect(document.unit == "37/14494")
    #expect(Units[document.unit]?.provinceName == "Ninh Bình")
    #expect(document.head.year == 2026)
    #expect(document.head.issuer.hasPrefix("Ban Chỉ đạo"))
    #expect(document.counts == RowCounts(tasks: 0, targets: 0))
    #expect(document.parts.isEmpty)
  }

  private func total(_ document: PlanDocument, from source: FundSource? = nil) -> Money {
    document.tasks.filter { source == nil || $0.source?.known == source }.compactMap(\.cost)
      .reduce(Money(dong: 0)) { Money(dong: $0.dong + $1.dong) }
  }
}
