import ArgumentParser
import Schema
import Testing

@testable import xaso

@Suite("What people type")
struct ArgumentTests {
  @Test(
    "figures, with dots or without",
    arguments: [
      ("85/100", Figure(85, of: 100)), ("1.250", Figure(1250)), ("12", Figure(12)),
      ("1.000/12.345.678", Figure(1000, of: 12_345_678)), ("0/0", Figure(0, of: 0)), ("-3", Figure(-3)),
    ])
  func figures(_ text: String, _ figure: Figure) throws {
    let written = try #require(WrittenFigure(argument: text))
    #expect(try written.resolve() == figure)
  }

  @Test("a percentage is told what to write instead", arguments: ["85%", "85,5%", "85 %", "85/100%"])
  func percentages(_ text: String) throws {
    let complaint = try refused(text)
    #expect(complaint.text.vi == "«\(text)» là phần trăm đã tính sẵn; hãy ghi tử số/mẫu số, ví dụ 85/100.")
    #expect(complaint.text.en.contains("85/100"))
  }

  @Test(
    "what is no figure is told how one looks",
    arguments: ["", "/", "85/", "/100", "1/2/3", "85,5", "1.25", "1.2500", "tám", "99999999999999999999", "1e3"])
  func others(_ text: String) throws {
    let complaint = try refused(text)
    #expect(complaint.text.vi.hasPrefix("«\(text)» không phải số liệu"))
  }

  @Test("a version that cannot be said to the service is refused, not left out", arguments: ["0", "-1"])
  func versions(_ text: String) throws {
    #expect(throws: (any Error).self) { try VersionOption.parse(["--expecting=\(text)"]) }
    #expect(try VersionOption.parse(["--expecting=1"]).expecting == 1)
    #expect(try VersionOption.parse([]).expecting == nil)
  }

  @Test(
    "a period, as XaSo writes it or as offices do",
    arguments: [
      ("2026-Q1", "2026-Q1"), ("2026-q1", "2026-Q1"), ("Q1/2026", "2026-Q1"), ("quý I/2026", "2026-Q1"),
      ("Quý 4 năm 2026", "2026-Q4"), ("2026-M03", "2026-M03"), ("2026-03", "2026-M03"), ("3/2026", "2026-M03"),
      ("03/2026", "2026-M03"), ("tháng 3/2026", "2026-M03"), ("T12/2026", "2026-M12"), ("2026-6M", "2026-6M"),
      ("6 tháng đầu năm 2026", "2026-6M"), ("9T/2026", "2026-9M"), ("2026-Y", "2026-Y"), ("năm 2026", "2026-Y"),
      ("nd09:2026-M01", "nd09:2026-M01"), ("ND09:2026-q1", "nd09:2026-Q1"),
      ("quý I/2026 (NĐ 09/2019)", "nd09:2026-Q1"), ("6 tháng đầu năm 2026 (NĐ 09/2019)", "nd09:2026-6M"),
    ])
  func periods(_ text: String, _ period: String) { #expect(Period(argument: text)?.description == period) }

  @Test("every period is read again from what is printed of it", arguments: Period.Calendar.allCases)
  func printedPeriods(_ calendar: Period.Calendar) throws {
    let spans: [Period.Span] =
      (1...12).map(Period.Span.month) + (1...4).map(Period.Span.quarter) + [.sixMonths, .nineMonths, .year]
    for span in spans {
      let period = try #require(Period(calendar, 2026, span))
      #expect(Period(argument: period.description) == period)
      #expect(Period(argument: period.text.vi) == period)
    }
  }

  @Test(
    "what is no period is refused",
    arguments: [
      "", "2026", "Q5/2026", "13/2026", "quý/2026", "2026-2027", "8T/2026", "31/03/2026", "Q1", "quý năm 2026",
    ])
  func noPeriods(_ text: String) { #expect(Period(argument: text) == nil) }

  private func refused(_ text: String) throws -> Complaint {
    let written = try #require(WrittenFigure(argument: text))
    let complaint = try #require(#expect(throws: Complaint.self) { try written.resolve() })
    #expect(complaint.code.rawValue == 65)
    return complaint
  }
}
