import Schema
import Testing

@testable import xaso

@Suite("A table")
struct TableTests {
  private var table: Table {
    var table = Table([
      .init(title: Text(vi: "Mã", en: "Code")), .init(title: Text(vi: "Tên", en: "Name"), isLong: true),
      .init(title: Text(vi: "Số", en: "Count"), isNumber: true),
    ])
    table.add("a", "Giao An", Table.Cell(7))
    table.add("bb", "Một tên dài hơn tất cả những tên khác", Table.Cell(12345))
    return table
  }

  @Test("is aligned, numbers to the right, in the language that is asked for") func aligned() {
    #expect(
      table.lines(.vietnamese, width: nil) == [
        "Mã  Tên                                       Số",
        "──  ─────────────────────────────────────  ─────",
        "a   Giao An                                    7",
        "bb  Một tên dài hơn tất cả những tên khác  12345",
      ])
    #expect(table.lines(.english, width: nil)[0] == "Code  Name                                   Count")
  }

  @Test("is cut to the width of the terminal where it may be cut, and nowhere else", arguments: [30, 40])
  func cut(_ width: Int) {
    let lines = table.lines(.vietnamese, width: width)
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines[3].contains("…"))
    #expect(lines[3].hasPrefix("bb  Một tên"))
    #expect(lines[3].hasSuffix("  12345"))
  }

  @Test("on the narrowest terminal a name keeps 12 characters") func narrow() {
    #expect(table.lines(.vietnamese, width: 1)[1] == "──  ────────────  ─────")
    #expect(table.lines(.vietnamese, width: 1)[3] == "bb  Một tên dài…  12345")
  }

  @Test("what was written to steer a terminal, or over several lines, is shown in one") func controls() {
    var table = Table([.init(title: Text(vi: "Tên", en: "Name"))])
    table.add("\u{1B}[31mĐỏ\r\nhai\u{7}")
    #expect(table.lines(.english, width: nil).last == " [31mĐỏ  hai")
    #expect(table.csv(.english).last == "\"\u{1B}[31mĐỏ\r\nhai\u{7}\"")
  }

  @Test("an empty one has its head") func empty() {
    #expect(Table([.init(title: Text(vi: "Mã", en: "Code"))]).lines(.english, width: nil) == ["Code", "────"])
  }

  @Test(
    "fields of a spreadsheet are quoted where they must be, and never run as a formula",
    arguments: [
      ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("a\nb", "\"a\nb\""),
      ("a\rb", "\"a\rb\""), ("a\r\nb", "\"a\r\nb\""), ("=1+1", "'=1+1"), ("@x", "'@x"), ("-2", "'-2"),
      ("=a,b", "\"'=a,b\""), ("\t=1", "'\t=1"), ("Giao An", "Giao An"),
    ])
  func quoting(_ text: String, _ field: String) {
    var table = Table([.init(title: Text(vi: "Mã", en: "Code")), .init(title: Text(vi: "Số", en: "Count"))])
    table.add(Table.Cell(text), Table.Cell(-3))
    #expect(table.csv(.english) == ["\u{FEFF}Code,Count", "\(field),-3"])
  }

  @Test("money is a number for a spreadsheet, and written as offices do for people") func money() {
    var table = Table([.init(title: Text(vi: "Tiền", en: "Money"), isNumber: true)])
    table.add(Table.Cell(Money(dong: 844_000_000)))
    #expect(table.csv(.english)[1] == "844000000")
    #expect(table.lines(.english, width: nil)[2].contains("844"))
  }
}
