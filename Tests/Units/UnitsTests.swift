import Schema
import Testing

@testable import Units

@Suite struct UnitsTests {
  @Test func editionOfTheDecision() {
    #expect(Units.edition.effective == Day(2025, 7, 1))
    #expect(Units.edition.decision == "19/2025/QĐ-TTg")
  }

  @Test func thirtyFourProvincesAndTheirCommunes() {
    let provinces = Units.all.filter { $0.unit.commune == nil }
    let communes = Units.all.filter { $0.unit.commune != nil }
    #expect(provinces.count == 34)
    #expect(communes.count == 3321)
    #expect(communes.count { $0.kind == .ward } == 687)
    #expect(provinces.count { $0.kind == .city } == 6)
    #expect(Set(Units.all.map { $0.unit.commune ?? $0.unit.province }).count == Units.all.count)
    for commune in communes {
      #expect(Units[commune.unit.provinceUnit]?.name == commune.provinceName)
    }
  }

  @Test func everyLineIsRead() {
    let lines = String(decoding: PackageResources.units_csv, as: UTF8.self).split(separator: "\n")
    #expect(Units.all.count == lines.count - 1)
    #expect(Units.parse("head\n01,Hà Nội,thành phố,01,Hà Nội\n\nbroken,line\n99,X,vương quốc,99,X\n").count == 1)
  }

  @Test(arguments: [
    "38/15043", "15043", "giao an", "Giao An", "xa giao an", "xã Giao An", "giao an, thanh hoa",
    "XÃ GIAO AN, TỈNH THANH HÓA",
  ])
  func oneCommuneManyWays(_ query: String) throws {
    let unit = try Units.find(query)
    #expect(unit.unit == "38/15043")
    #expect(unit.fullName == "xã Giao An, Thanh Hóa")
  }

  @Test(arguments: ["38", "tinh thanh hoa", "Thanh Hóa", "an giang"])
  func oneProvince(_ query: String) throws {
    let unit = try Units.find(query)
    #expect(unit.unit.commune == nil)
    #expect(unit.fullName == (query == "an giang" ? "tỉnh An Giang" : "tỉnh Thanh Hóa"))
  }

  @Test(arguments: ["tp ha noi", "thanh pho ha noi", "Thành phố Hà Nội"])
  func oneCity(_ query: String) throws {
    #expect(try Units.find(query).unit == "01")
  }

  @Test func severalOfOneName() throws {
    let failure = try #require(throws: UnitNotFound.self) { try Units.find("Xuân Dương") }
    #expect(Set(failure.candidates.map(\.unit)) == ["19/02191", "20/06607"])
    #expect(failure.text.vi.contains("20/06607 xã Xuân Dương, Lạng Sơn"))
    #expect(failure.text.en.contains("19/02191"))
    #expect(try Units.find("xuan duong, lang son").unit == "20/06607")
  }

  @Test func aLongListIsCutShort() throws {
    let most = try #require(Dictionary(grouping: Units.all, by: \.name.folded).max { $0.value.count < $1.value.count })
    let failure = try #require(throws: UnitNotFound.self) { try Units.find(most.key) }
    #expect(failure.candidates.count == most.value.count)
    #expect(failure.text.vi.utf8.count < 1500)
  }

  @Test(arguments: ["", "atlantis", "38/99999", "20/15043", "99", "giao an, ha tinh", ",", "xa ", "15043 "])
  func noUnit(_ query: String) throws {
    let failure = try #require(throws: UnitNotFound.self) { try Units.find(query) }
    #expect(failure.candidates.isEmpty)
    #expect(failure.text.vi.contains("Không có đơn vị"))
  }

  @Test func accentsDecideWhereTheyAreTyped() throws {
    let alike = Dictionary(grouping: Units.all, by: \.name.folded).values.first { units in
      units.count > 1 && Set(units.map(\.name)).count == units.count
        && units.allSatisfy { $0.name.utf8.contains { $0 >= 0x80 } }
    }
    let units = try #require(alike)
    for unit in units {
      #expect(try Units.find(unit.name) == unit)
    }
    #expect(throws: UnitNotFound.self) { try Units.find(units[0].name.folded) }
  }

  @Test func everyUnitIsFoundByItsCode() throws {
    for unit in Units.all {
      #expect(try Units.find(unit.unit.description) == unit)
      #expect(try Units.find(unit.unit.commune ?? unit.unit.province) == unit)
    }
  }

  @Test func everyUnambiguousNameIsFoundFolded() throws {
    var single = 0
    for (name, units) in Dictionary(grouping: Units.all, by: \.name.folded) where units.count == 1 {
      #expect(try Units.find(name) == units[0])
      single += 1
    }
    #expect(single > 1500)
  }
}
