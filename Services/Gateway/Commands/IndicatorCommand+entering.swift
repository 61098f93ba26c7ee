import ArgumentParser
import Bus
import FoundationEssentials
import Schema

/// Many values from a sheet, and that nothing arose.
extension IndicatorCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract:
        "Nhập số liệu từ bảng .xlsx hoặc CSV, xem trước rồi mới ghi. (Enter figures from a sheet, shown first.)",
      discussion: """
        Biểu lấy bằng: xaso indicator sheet. Cột: TT (số thứ tự hoặc mã chỉ tiêu); Số liệu (85/100 hoặc 12), hoặc Tử số
        và Mẫu số; tùy chọn: Kỳ, Thôn, Minh chứng, Ghi chú, Lý do, Ước đến ngày, Bản. Không có --write thì chỉ kiểm tra.
        Dòng giữ nguyên số cũ thì không đổi gì; dòng đã được người khác sửa sau khi xuất biểu thì không ghi. Có dòng sai
        thì mã thoát là 65.
        The form: xaso indicator sheet. Columns: TT (number or id); Số liệu (85/100 or 12), or Tử số and Mẫu số
        (numerator, denominator); optional: Kỳ (period), Thôn (village), Minh chứng (evidence), Ghi chú (note), Lý do
        (reason), Ước đến ngày (estimated as of), Bản (revision). Without --write it only checks. What stands already is
        left alone; what somebody changed since the form was given out is not kept. Where a row is wrong the exit code is
        65.
        """, aliases: ["nhap-bang"])

    @Argument(help: "Tệp .xlsx, hoặc CSV UTF-8. (The file: .xlsx or CSV.)") var path: String
    @Option(help: "Kỳ của các dòng không ghi kỳ. (The period of rows that name none.)") var period: Period?
    @Flag(help: "Ghi những dòng đúng. (Keep what is good.)") var write = false
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      var isWhole = true
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let rows = try Spreadsheet.read(path)
          var indicators: [String: Result<IndicatorSummary, Refusal>] = [:]
          for name in Set(rows.flatMap { (try? $0.indicators) ?? [] }) {
            indicators[name] = try await IndicatorReference(name).find(session, in: unit, of: plan)
          }
          let sheet = try FigureSheet(rows, of: period, among: indicators)
          return sheet.answered(try await answers(to: sheet.requests, in: unit, session, key))
        },
        show: { sheet in
          isWhole = sheet.report.kept == sheet.report.rows.count
          return sheet.table(isKept: write, change.options.lang)
        })
      // A script has to know that a row is wrong; those that are right are kept all the same.
      if !isWhole { throw ExitCode(65) }
    }

    /// In parts that a request may carry, each under a key of its own.
    private func answers(
      to rows: [ObserveIndicator], in unit: Unit, _ session: Session, _ key: UUIDv7
    ) async throws(Refusal) -> [ImportReport.Answer] {
      var answers: [ImportReport.Answer] = []
      for (index, start) in stride(from: 0, to: rows.count, by: ImportObservations.most).enumerated() {
        let part = Array(rows[start..<min(rows.count, start + ImportObservations.most)])
        let report =
          if write {
            try await session.ask(
              ImportObservations(rows: part), in: unit,
              key: UUIDv7(high: key.high, low: key.low &+ UInt64(index))
            ).value
          } else {
            try await session.ask(CheckObservations(rows: part), in: unit).value
          }
        answers += report.rows
      }
      return answers
    }
  }

  struct Nothing: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Ghi «không phát sinh» cho một kỳ. (Say that nothing arose in a period.)",
      aliases: ["khong-phat-sinh"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Option(help: "Kỳ. (The period.)") var period: Period
    @Option(help: "Ghi chú. (A note.)") var note: String?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let indicator = try await indicator.resolve(session, in: unit, of: plan)
          let request = DeclareNothing(indicator: indicator, period: period, note: note)
          return try await session.ask(request, in: unit, key: key).value
        }, namedBy: { ($0.target.plan, $0.unit) }, show: { IndicatorTable.of([$0], $1, change.options.lang) })
    }
  }
}
