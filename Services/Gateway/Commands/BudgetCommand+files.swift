import ArgumentParser
import Bus
import FoundationEssentials
import Schema

/// What comes from, and is held against, the accountant's spreadsheet.
extension BudgetCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Nhập bút toán từ bảng tính; không có --write thì chỉ xem trước. (Entries from a spreadsheet.)",
      discussion: """
        Cột (columns): TT, Nghiệp vụ, Số tiền, Ngày; nếu có: Văn bản, Cơ quan, Chứng từ.
        Dòng đã có trong sổ không được ghi lần nữa; chạy tiếp một lần nhập dở bằng --key của nó.
        (What the ledger has is not booked again; an import that stopped goes on under its --key.)
        """, aliases: ["nhap"])

    @Argument(help: "Tệp .xlsx, hoặc CSV UTF-8. (The file: .xlsx or CSV.)") var file: String
    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @Flag(help: "Ghi thật. (Book them.)") var write = false
    @OptionGroup var unit: UnitOption
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let rows = try EntryFile.read(file)
      try await change.options.session { session in
        let unit = try unit.resolve(session)
        let lines: [LineSummary] = try await session.all(in: unit) { ListLines(fiscalYear: year, after: $0) }
        // All are understood before one is sent.
        let requests = try rows.map { try $0.request(on: lines) }
        var entries: [BudgetLine.ID: [BudgetEntry]] = [:]
        for line in Set(requests.map(\.line)) {
          entries[line] = try await session.all(in: unit) { ListEntries(line: line, after: $0) }
        }
        let known = EntryFile.known(requests, in: entries)
        if write { try await book(requests, rows, known, in: unit, session) }
        change.options.show(EntryFile.preview(requests, known, of: lines, change.options.lang), json: requests)
        guard !write else { return }
        Failure.complain(
          Text(vi: "Xem trước; thêm --write để ghi.", en: "A preview; add --write to book them.")(change.options.lang))
      }
    }

    private func book(
      _ requests: [BookMoney], _ rows: [EntryFile.Row], _ known: Set<Int>, in unit: Unit, _ session: Session
    ) async throws {
      if change.key == nil, let row = known.min().map({ rows[$0].row.line }) {
        throw Complaint(
          vi:
            "Dòng \(row) đã có trong sổ, không ghi gì. Bỏ các dòng đã ghi (xem trước sẽ thấy), hoặc thêm --key của lần "
            + "nhập dở.",
          en:
            "Row \(row) is in the ledger already; nothing was booked. Leave out what is booked (see the preview), or give "
            + "the --key of the import that stopped.", code: ExitCode(65))
      }
      let first = change.key ?? UUIDv7()
      for (index, request) in requests.enumerated() {
        let key = UUIDv7(high: first.high, low: first.low &+ UInt64(index))
        do {
          _ = try await session.ask(request, in: unit, key: key)
        } catch {
          let (row, done) = (rows[index].row.line, "\(index)/\(requests.count)")
          Failure.complain(
            Text(
              vi: "Dòng \(row): đã ghi \(done). Sửa rồi chạy lại với --key \(first)",
              en: "Row \(row): \(done) are booked. Mend it, run again with --key \(first)")(change.options.lang))
          throw error
        }
      }
    }
  }

  struct Reconcile: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Đối chiếu với sổ kho bạc của kế toán (.xlsx, CSV): của ta, của họ, chênh lệch. (Compare with the treasury's.)",
      discussion: "Cột (columns): TT, Chứng từ, Số tiền.", aliases: ["doi-chieu"])

    @Argument(help: "Tệp .xlsx, hoặc CSV UTF-8. (The file: .xlsx or CSV.)") var file: String
    @Option(help: "Năm ngân sách. (The fiscal year.)") var year: Int
    @OptionGroup var unit: UnitOption
    @OptionGroup var options: Options

    func run() async throws {
      let sheet = try Spreadsheet.read(file)
      try await options.session { session in
        let unit = try unit.resolve(session)
        let lines: [LineSummary] = try await session.all(in: unit) { ListLines(fiscalYear: year, after: $0) }
        var ours: [Reconciliation.Payment] = []
        for line in lines {
          let entries: [BudgetEntry] = try await session.all(in: unit) { ListEntries(line: line.id, after: $0) }
          ours += Reconciliation.payments(entries, of: line.number)
        }
        let theirs = try PaymentFile.payments(sheet, among: Set(lines.map(\.number)))
        let rows = try Reconciliation.rows(ours: ours, theirs: theirs)
        options.show(Reconciliation.table(rows, options.lang), json: rows)
      }
    }
  }
}
