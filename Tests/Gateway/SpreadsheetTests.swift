import ArgumentParser
import FoundationEssentials
import Schema
import Testing

@testable import xaso

@Suite("The accountant's spreadsheet")
struct SpreadsheetTests {
  private static let line = LineSummary(
    id: BudgetLine.ID(), unit: "38/15043", version: 1, number: "1.1", name: "Đường truyền", fiscalYear: 2026,
    source: Open(.commune), leads: ["vp"], estimated: 40_000_000, allocated: 0, disbursed: 0)

  private static func requests(_ text: String) throws -> [BookMoney] {
    try EntryFile.rows(Spreadsheet.rows(text)).map { try $0.request(on: [line]) }
  }

  private static let payment = BookMoney(
    line: line.id, phase: Open(.disburse), amount: 3_000_000, day: Day(number: 20_484), reference: "GA-01")

  @Test(
    "commas or semicolons, a byte order mark, either line end, quotes, titles with accents or not, money as people write it",
    arguments: [
      "TT,Nghiệp vụ,Số tiền,Ngày,Chứng từ\n1.1,giải ngân,3000000,31/01/2026,GA-01\n",
      "\u{FEFF}TT;Nghiệp vụ;Số tiền;Ngày;Chứng từ\r\n1.1;Giải ngân;3.000.000;31/01/2026;GA-01\r\n",
      "chung tu,tt,nghiep vu,so tien,ngay\n\"GA-01\",1.1,giai-ngan,3 triệu,2026-01-31",
      "TT,Nghiệp vụ,Số tiền,Ngày,Văn bản,Chứng từ\n\n 1.1 ,disburse,\"3 triệu\",31/01/2026,,GA-01\n,,,,,\n",
    ])
  func read(text: String) throws {
    #expect(try Self.requests(text) == [Self.payment])
  }

  @Test("a decimal of a workbook is the line that there is: 1.1 or 1.10; of both it is told")
  func decimals() throws {
    let sheet = try Spreadsheet.rows("TT;Nghiệp vụ;Số tiền;Ngày;Chứng từ\n1,1;giải ngân;3000000;31/01/2026;GA-01\n")
    var tenth = Self.line
    (tenth.number, tenth.id) = ("1.10", BudgetLine.ID())
    let row = try #require(EntryFile.rows(sheet).first)
    #expect(try row.request(on: [Self.line]) == Self.payment)
    #expect(try row.request(on: [tenth]).line == tenth.id)
    let unclear = try #require(#expect(throws: Complaint.self) { try row.request(on: [Self.line, tenth]) })
    #expect(unclear.text.vi.hasPrefix("Dòng 2: ô «TT»") && unclear.text.vi.contains("1.1 hay 1.10"))
    let missing = try #require(#expect(throws: Complaint.self) { try row.request(on: []) })
    #expect(missing.text.vi.contains("«1.1»"))
    #expect(try PaymentFile.payments(sheet, among: ["1.10"]).map(\.number) == ["1.10"])
    #expect(throws: Complaint.self) { try PaymentFile.payments(sheet, among: ["1.1", "1.10"]) }
  }

  @Test(
    "what cannot be read is named by its row and column, and nothing is sent",
    arguments: [
      ("1.1,giải ngân,,31/01/2026,GA-01", "Dòng 2: cột «Số tiền»"),
      ("1.1,giải ngân,ba triệu,31/01/2026,GA-01", "Dòng 2: cột «Số tiền»"),
      ("1.1,chi,3 triệu,31/01/2026,GA-01", "Dòng 2: cột «Nghiệp vụ»"),
      ("1.1,giải ngân,3 triệu,31/02/2026,GA-01", "Dòng 2: cột «Ngày»"),
      ("9.9,giải ngân,3 triệu,31/01/2026,GA-01", "Dòng 2: "),
      ("1.1,giải ngân,3 triệu,31/01/2026,GA-01,thừa", "Dòng 2 có 6 ô"),
      ("1.1,giải ngân,3 triệu,31/01/2026,\"GA-01", "Dòng 2: thiếu dấu ngoặc kép"),
      (",giải ngân,3 triệu,31/01/2026,GA-01", "Dòng 2: cột «TT»"),
    ])
  func unread(row: String, says: String) throws {
    let complaint = try #require(
      #expect(throws: Complaint.self) { try Self.requests("TT,Nghiệp vụ,Số tiền,Ngày,Chứng từ\n" + row) })
    #expect(complaint.text.vi.hasPrefix(says), "\(complaint.text.vi)")
    #expect(complaint.code.rawValue == 65)
  }

  @Test("a workbook says what the same table says as CSV, its days and numbers too")
  func workbook() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "deploy/transcripts/money")
    func requests(_ name: String) throws -> [BookMoney] {
      var other = Self.line
      other.number = "3.1"
      return try EntryFile.read(folder.appending(path: name).path).map { try $0.request(on: [Self.line, other]) }
    }
    #expect(try requests("dau-nam.xlsx") == requests("dau-nam.csv"))
    #expect(try requests("dau-nam.xlsx").count == 12)
    let complaint = #expect(throws: Complaint.self) { try Spreadsheet.rows(workbook: [0x50, 0x4B, 3, 4]) }
    #expect(complaint?.code.rawValue == 65)
  }

  @Test("a row that the ledger has is known, once for each entry, and not when it was taken back")
  func known() {
    func entry(reversing id: BudgetEntry.ID? = nil) -> BudgetEntry {
      BudgetEntry(
        id: BudgetEntry.ID(), phase: Open(.disburse), debit: Open(.disbursed), credit: Open(.available),
        amount: 3_000_000, day: Self.payment.day, issuer: Open(.spender), reference: "GA-01", reverses: id,
        account: "ke-toan", time: Timestamp(milliseconds: 0))
    }
    let (first, twice) = (entry(), [Self.payment, Self.payment])
    func known(_ entries: [BudgetEntry]) -> Set<Int> { EntryFile.known(twice, in: [Self.line.id: entries]) }
    #expect(known([]) == [])
    #expect(known([first]) == [0])
    #expect(known([first, entry()]) == [0, 1])
    #expect(known([first, entry(reversing: first.id)]) == [])
    let table = EntryFile.preview(twice, [0], of: [Self.line], .vietnamese)
    #expect(
      table.rows.map { $0.map(\.shown) }[0] == [
        "1.1", "Đường truyền", "giải ngân", "3.000.000", "31/01/2026", "GA-01", "rồi",
      ])
    #expect(table.rows[1].last?.shown == "")
  }
}

@Suite("Beside the treasury's list")
struct ReconciliationTests {
  private func entry(
    _ phase: BudgetEntry.Phase, _ debit: BudgetEntry.Account, _ credit: BudgetEntry.Account, _ amount: Money,
    _ reference: String?, reversing id: BudgetEntry.ID? = nil
  ) -> BudgetEntry {
    BudgetEntry(
      id: BudgetEntry.ID(), phase: Open(phase), debit: Open(debit), credit: Open(credit), amount: amount,
      day: Day(number: 20_500), issuer: Open(.spender), reference: reference, reverses: id, account: "ke-toan",
      time: Timestamp(milliseconds: 0))
  }

  @Test("ours, theirs, the difference: for each paper of a line, and in all")
  func rows() throws {
    let wrong = entry(.disburse, .disbursed, .available, 9, "UNC 9")
    let ours = Reconciliation.payments(
      [
        entry(.approve, .unallocated, .funds, 100, nil), entry(.allocate, .available, .unallocated, 90, nil),
        entry(.advance, .advanced, .available, 20, "TU 1"), entry(.recover, .available, .advanced, 20, "TH 1"),
        entry(.disburse, .disbursed, .available, 40, "UNC 1"), wrong,
        entry(.disburse, .available, .disbursed, 9, "UNC 9", reversing: wrong.id),
        entry(.settle, .settled, .disbursed, 40, nil),
      ], of: "1.1")
    let theirs = try PaymentFile.payments(
      Spreadsheet.rows("TT,Chứng từ,Số tiền\n1.1,tu1,20\n1.1,TH\u{A0}1,-20\n1.1,UNC 1,41\n\"1,1\",UNC 2,5\n"),
      among: ["1.1"])
    let rows = try Reconciliation.rows(ours: ours, theirs: theirs)
    #expect(
      rows.map { "\($0.number) \($0.reference): \($0.ours.dong) \($0.theirs.dong) \($0.difference.dong)" } == [
        "1.1 TU 1: 20 20 0", "1.1 TH 1: -20 -20 0", "1.1 UNC 1: 40 41 -1", "1.1 UNC 2: 0 5 -5", " : 40 46 -6",
      ])
    #expect(Reconciliation.table(rows, .vietnamese).rows.last?.map(\.shown) == ["", "Cộng", "40", "46", "-6"])
  }

  @Test("sums beyond all money are refused, and do not wrap") func overflow() {
    let most = Reconciliation.Payment(number: "1", reference: "UNC", amount: Money(dong: .max))
    #expect(throws: Complaint.self) { try Reconciliation.rows(ours: [most, most], theirs: []) }
    let least = Reconciliation.Payment(number: "1", reference: "UNC", amount: Money(dong: .min))
    #expect(throws: Complaint.self) { try Reconciliation.rows(ours: [most], theirs: [least]) }
  }
}
