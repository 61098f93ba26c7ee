import ArgumentParser
import FoundationEssentials
import Schema
import Testing

@testable import xaso

@Suite("A sheet of figures")
struct FigureSheetTests {
  private static func indicator(_ name: String, number: String) -> IndicatorSummary {
    IndicatorSummary(
      id: Indicator.ID(), unit: "38/15043", name: name, measure: "%",
      target: Milestone(
        target: Target.ID(), plan: Plan.ID(), year: 2026, number: number, comparator: Open(.atLeast), leads: ["vp"]),
      standing: Open(.noData))
  }

  private static let (first, tenth) = (
    indicator("Hồ sơ trực tuyến", number: "1.1"), indicator("Chữ ký số", number: "1.10")
  )

  private static let known: [String: Result<IndicatorSummary, Refusal>] = [
    "1.1": .success(first), "1.10": .success(tenth), "2.1": .failure(Refusal(.notFound)),
    "2.10": .success(tenth), "3": .failure(Refusal(.invalid, vi: "Có 2 mục «3».", en: "There are 2.")),
    "9": .failure(Refusal(.notFound)), "9.90": .failure(Refusal(.notFound)),
  ]

  private static func sheet(_ text: String, of period: String? = "2026-Q1") throws -> FigureSheet {
    try FigureSheet(
      Spreadsheet.rows(text), of: period.flatMap(Period.init(argument:)), among: known)
  }

  private static func rows(_ sheet: FigureSheet) -> [[String]] {
    let answers = sheet.requests.map { _ in ImportReport.Answer(revision: 1) }
    return sheet.answered(answers).table(isKept: false, .vietnamese).rows.map { $0.map(\.shown) }
  }

  @Test("what is good is sent, what is wrong is told why, row by row, with the indicator's name")
  func rowByRow() throws {
    let sheet = try Self.sheet("TT,Số liệu,Kỳ\n1.1,85%,\n9,1/2,\n1.10,8/10,\n1.1,3/4,quý IV năm nào\n1.1,3/4,Q2/2026\n")
    #expect(sheet.requests.map(\.indicator) == [Self.tenth.id, Self.first.id])
    #expect(sheet.requests.map(\.period.description) == ["2026-Q1", "2026-Q2"])
    let rows = Self.rows(sheet)
    #expect(rows.map { $0[2] } == [Self.first.name, "", Self.tenth.name, Self.first.name, Self.first.name])
    #expect(rows.map { $0[4] } == ["sai", "sai", "đúng, chưa ghi", "sai", "đúng, chưa ghi"])
    #expect(rows[0][5].contains("85/100") && rows[3][5].contains("cột «Kỳ»"))
  }

  @Test("the form that is given out is read again: with its revisions, by id, without the rows that nobody filled in")
  func form() throws {
    let period = try #require(Period("2026-Q1"))
    let stands = Observation(
      period: period, revision: 3, figure: Figure(1_200, of: 1_600), note: "Theo hệ thống, đã soát", evidence: "12/BC",
      estimatedAsOf: Day(2026, 3, 15), office: "vp", time: Timestamp(milliseconds: 0))
    let table = FormRow.table([
      FormRow(indicator: Self.first, period: period, standing: stands),
      FormRow(indicator: Self.tenth, period: period, standing: nil),
    ])
    let lines = table.csv(.english)
    let known = [Self.first, Self.tenth].reduce(into: [String: Result<IndicatorSummary, Refusal>]()) {
      $0["\($1.id)"] = .success($1)
    }
    func requests(_ lines: [String]) throws -> [ObserveIndicator] {
      try FigureSheet(Spreadsheet.rows(lines.joined(separator: "\r\n")), of: nil, among: known).requests
    }
    let same = ObserveIndicator(
      indicator: Self.first.id, period: period, figure: stands.figure, note: stands.note, evidence: "12/BC",
      estimatedAsOf: Day(2026, 3, 15), seen: 3)
    #expect(try requests(lines) == [same])
    let filled = lines[2].replacing("2026-Q1,,", with: "2026-Q1,8,10")
    #expect(
      try requests([lines[0], filled]) == [
        ObserveIndicator(indicator: Self.tenth.id, period: period, figure: Figure(8, of: 10), seen: 0)
      ])
    #expect(throws: Complaint.self) { try requests([lines[0], lines[2]]) }
  }

  @Test("what stands already is said to be unchanged")
  func unchanged() throws {
    let sheet = try Self.sheet("TT,Số liệu\n1.1,85/100\n1.10,1/2\n")
    let answers = [ImportReport.Answer(revision: 4, isUnchanged: true), .init(revision: 1)]
    let rows = sheet.answered(answers).table(isKept: true, .vietnamese).rows.map { $0.map(\.shown) }
    #expect(rows.map { $0[4] } == ["không đổi, bản 4", "đã ghi, bản 1"])
  }

  @Test("two rows for one place are both refused, however far apart they stand")
  func doubled() throws {
    let sheet = try Self.sheet("TT,Số liệu,Thôn\n1.1,900/1000,\n1.10,1/2,\n1.1,100/1000,\n1.1,1/2,thon-1\n")
    #expect(sheet.requests.count == 2)
    let rows = Self.rows(sheet)
    #expect(rows.map { $0[4] } == ["sai", "đúng, chưa ghi", "sai", "đúng, chưa ghi"])
    #expect(rows[0][5].hasPrefix("Các dòng 2, 4 "))
  }

  @Test("a decimal of a workbook lands on 1.1 or on 1.10 only where there is no doubt")
  func decimals() throws {
    let rows = Self.rows(try Self.sheet("TT;Số liệu\n1,1;8/10\n2,1;8/10\n1.10;7/10\n9,9;1/2"))
    #expect(rows.map { $0[4] } == ["sai", "sai", "sai", "sai"])
    #expect(rows[0][5].contains("1.1 hay 1.10"))
    // 2,1 and 1.10 are the same indicator here: both rows are found, and doubled.
    #expect(rows[1][2] == Self.tenth.name && rows[1][5].hasPrefix("Các dòng 3, 4 "))
  }

  @Test("a number that several plans have says so")
  func unclear() throws {
    #expect(Self.rows(try Self.sheet("TT,Số liệu\n3,1/2\n"))[0][5].contains("Có 2 mục «3»"))
  }

  @Test("a sheet without a row is no success") func empty() {
    for text in ["", "TT,Số liệu\n", "TT,Số liệu\n,\n"] {
      let complaint = #expect(throws: Complaint.self) { try Self.sheet(text) }
      #expect(complaint?.code.rawValue == 65)
    }
  }

  @Test("a row without a period needs one for all") func periodless() throws {
    #expect(Self.rows(try Self.sheet("TT,Số liệu\n1.1,1/2\n", of: nil))[0][5].contains("--period"))
  }
}
