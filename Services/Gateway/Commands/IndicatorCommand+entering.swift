import ArgumentParser
import Bus
import FoundationEssentials
import Schema

/// Many values from a sheet, and what is no number.
extension IndicatorCommand {
  struct Import: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract:
        "Nhập số liệu từ bảng .xlsx hoặc CSV, xem trước rồi mới ghi. (Enter figures from a sheet, shown first.)",
      discussion: """
        Cột: TT (số thứ tự hoặc mã chỉ tiêu); Số liệu (85/100 hoặc 12), hoặc Tử số và Mẫu số; tùy chọn: Kỳ, Thôn,
        Minh chứng, Ghi chú, Lý do, Ước đến ngày. Không có --write thì chỉ kiểm tra. Có dòng sai thì mã thoát là 65.
        Columns: TT (number or id); Số liệu (85/100 or 12), or Tử số and Mẫu số (numerator, denominator); optional: Kỳ
        (period), Thôn (village), Minh chứng (evidence), Ghi chú (note), Lý do (reason), Ước đến ngày (estimated as of).
        Without --write it only checks. Where a row is wrong the exit code is 65.
        """, aliases: ["nhap-bang"])

    @Argument(help: "Tệp CSV. (The file.)") var path: String
    @Option(help: "Kỳ của các dòng không ghi kỳ. (The period of rows that name none.)") var period: Period?
    @Flag(help: "Ghi những dòng đúng. (Keep what is good.)") var write = false
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      let sheet = try Spreadsheet.read(path)
      var isWhole = true
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let indicators: [IndicatorSummary] = try await session.all(in: unit) { ListIndicators(plan: plan, after: $0) }
          let rows = try sheet.map { try row($0, among: indicators) }
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
          return ImportReport(rows: answers)
        },
        show: { report in
          isWhole = report.kept == report.rows.count
          return ImportTable.of(report, sheet, isKept: write, change.options.lang)
        })
      // A script has to know that a row is wrong; those that are right are kept all the same.
      if !isWhole { throw ExitCode(65) }
    }

    private func row(_ row: Spreadsheet.Row, among indicators: [IndicatorSummary]) throws -> ObserveIndicator {
      let number = try row.number
      let found = indicators.filter { indicator in
        indicator.id.description == number
          || ([indicator.target] + indicator.later).contains { $0.number == number }
      }
      guard let indicator = found.first, found.count == 1 else {
        throw Complaint(
          vi: "Dòng \(row.line): không có đúng một chỉ tiêu «\(number)» trong đơn vị này.",
          en: "Row \(row.line): not exactly one indicator “\(number)” in this unit.", code: ExitCode(65))
      }
      guard let period = try row.optional("Kỳ", { Period($0) }) ?? period else {
        throw Complaint(
          vi: "Dòng \(row.line): chưa rõ kỳ; thêm cột «Kỳ» hoặc --period.",
          en: "Row \(row.line): no period; add the column “Kỳ” or --period.", code: ExitCode(65))
      }
      let figure = try figure(of: row)
      return ObserveIndicator(
        indicator: indicator.id, period: period, figure: figure, note: row["Ghi chú"], evidence: row["Minh chứng"],
        reason: row["Lý do"], village: try row.optional("Thôn", { Office.Code($0) }),
        estimatedAsOf: try row.optional("Ước đến ngày", Day.init(argument:)))
    }

    private func figure(of row: Spreadsheet.Row) throws -> Figure {
      let written = row["Tử số"].map { top in row["Mẫu số"].map { "\(top)/\($0)" } ?? top }
      do {
        guard let written else { return try row.word("Số liệu", WrittenFigure.init(argument:)).resolve() }
        guard let figure = WrittenFigure(argument: written) else { return try row.word("Số liệu") { _ in nil } }
        return try figure.resolve()
      } catch let complaint as Complaint {
        throw Complaint(
          vi: "Dòng \(row.line), ô số liệu: \(complaint.text.vi)", en: "Row \(row.line), figure: \(complaint.text.en)",
          code: ExitCode(65))
      }
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

  struct Judge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Đánh giá một chỉ tiêu định tính. (Judge an objective without a number.)", aliases: ["danh-gia"])

    @Argument(help: "Số thứ tự hoặc mã chỉ tiêu. (The indicator's number or id.)") var indicator: IndicatorReference
    @Argument(help: "achieved, partly, not-achieved.") var verdict: Indicator.Verdict
    @Option(help: "Kết quả bằng lời. (The result in words.)") var text: String
    @Option(help: "Minh chứng. (The evidence.)") var evidence: String
    @OptionGroup var place: PlaceOptions
    @OptionGroup var change: ChangeOptions

    func run() async throws {
      try await change.make(
        { session, key in
          let (unit, plan) = try await place.resolve(session)
          let indicator = try await indicator.resolve(session, in: unit, of: plan)
          let request = JudgeIndicator(
            indicator: indicator, verdict: Open(verdict), text: text, evidence: evidence)
          return try await session.ask(request, in: unit, key: key).value
        }, namedBy: { ($0.target.plan, $0.unit) }, show: { IndicatorTable.of([$0], $1, change.options.lang) })
    }
  }
}

/// The rows of a sheet, each with what became of it.
enum ImportTable {
  static func of(_ report: ImportReport, _ sheet: [Spreadsheet.Row], isKept: Bool, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dòng", en: "Row"), isNumber: true),
      .init(title: Text(vi: "TT", en: "No")),
      .init(title: Text(vi: "Số liệu", en: "Figure"), isNumber: true),
      .init(title: Text(vi: "Kết quả", en: "Outcome")),
      .init(title: Text(vi: "Chi tiết", en: "Details"), isLong: true),
    ])
    for (row, answer) in zip(sheet, report.rows) {
      let outcome =
        if answer.refusal != nil {
          Text(vi: "sai", en: "wrong")
        } else if isKept {
          Text(vi: "đã ghi, bản \(answer.revision ?? 0)", en: "kept, revision \(answer.revision ?? 0)")
        } else {
          Text(vi: "đúng, chưa ghi", en: "good, not kept yet")
        }
      let cell = answer.place.flatMap { column(of: $0, in: row) }
        .map { Text(vi: "ô «\($0)»:", en: "cell “\($0)”:")(lang) }
      let details =
        [cell].compactMap(\.self) + [answer.refusal].compactMap { $0?(lang) } + (answer.warnings ?? []).map { $0(lang) }
      table.add(
        Table.Cell(row.line), Table.Cell(row["TT"] ?? ""),
        Table.Cell(row["Số liệu"] ?? [row["Tử số"], row["Mẫu số"]].compactMap(\.self).joined(separator: "/")),
        Table.Cell(outcome(lang)),
        Table.Cell(details.joined(separator: " ")))
    }
    return table
  }

  /// The column of a sheet that a part of a row stands in.
  private static func column(of place: String, in row: Spreadsheet.Row) -> String? {
    let figure = row["Tử số"] == nil ? "Số liệu" : nil
    return switch place {
    case "figure", "figure.numerator": figure ?? "Tử số"
    case "figure.denominator": figure ?? "Mẫu số"
    case "indicator": "TT"
    case "period": "Kỳ"
    case "village": "Thôn"
    case "evidence": "Minh chứng"
    case "note": "Ghi chú"
    case "reason": "Lý do"
    case "estimatedAsOf": "Ước đến ngày"
    default: nil
    }
  }
}
