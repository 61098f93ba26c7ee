import ArgumentParser
import Bus
import Schema

/// A sheet of figures, each row read by itself: one that is wrong does not keep the others from being entered.
struct FigureSheet {
  /// A row, and what is to be entered of it.
  struct Line {
    let row: Spreadsheet.Row
    /// The name of the indicator that is meant, where that is clear.
    let name: String?
    var request: Result<ObserveIndicator, Complaint>
  }

  private(set) var lines: [Line]

  /// - Parameters:
  ///   - period: Of the rows that name none.
  ///   - indicators: By the texts that the rows name them with; the refusal of what is not clear.
  init(_ rows: [Spreadsheet.Row], of period: Period?, among indicators: [String: Result<IndicatorSummary, Refusal>])
    throws(Complaint)
  {
    // A form that was given out has rows that nobody filled in.
    let rows = rows.filter { !$0.isUnfilled }
    guard !rows.isEmpty else {
      throw Complaint(
        vi: "Bảng không có dòng số liệu nào; dòng đầu là tiêu đề cột.",
        en: "The sheet has no row of figures; its first row is that of the titles.", code: ExitCode(65))
    }
    lines = rows.map { Self.line(of: $0, period, among: indicators) }
    refuseDoubled()
  }

  /// What is to be entered, in the order of the rows.
  var requests: [ObserveIndicator] { lines.compactMap { try? $0.request.get() } }

  /// The whole sheet's report: what was answered for the rows that could be sent, and why the others were not.
  ///
  /// - Parameter answers: For `requests`, in their order.
  func answered(_ answers: [ImportReport.Answer]) -> AnsweredSheet {
    var answers = answers.makeIterator()
    let rows = lines.compactMap { line -> ImportReport.Answer? in
      switch line.request {
      case .success: answers.next()
      case .failure(let complaint): ImportReport.Answer(refusal: complaint.text)
      }
    }
    return AnsweredSheet(sheet: self, report: ImportReport(rows: rows))
  }

  /// Nothing of them is sent: the service sees a long sheet in parts.
  private mutating func refuseDoubled() {
    let sent = lines.indices.filter { (try? lines[$0].request.get()) != nil }
    for (index, same) in ImportObservations.doubled(in: requests) {
      let numbers = same.map { "\(lines[sent[$0]].row.line)" }.joined(separator: ", ")
      lines[sent[index]].request = .failure(
        Complaint(
          vi: "Các dòng \(numbers) cùng một chỉ tiêu, một kỳ (và thôn); hãy giữ một dòng.",
          en: "The rows \(numbers) are of one indicator and period (and village); keep one of them.",
          code: ExitCode(65)))
    }
  }

  private static func line(
    of row: Spreadsheet.Row, _ period: Period?, among indicators: [String: Result<IndicatorSummary, Refusal>]
  ) -> Line {
    var name: String?
    do throws(Complaint) {
      let indicator = try indicator(of: row, among: indicators)
      name = indicator.name
      return Line(row: row, name: name, request: .success(try request(of: row, for: indicator.id, period)))
    } catch {
      return Line(row: row, name: name, request: .failure(error))
    }
  }

  private static func indicator(
    of row: Spreadsheet.Row, among indicators: [String: Result<IndicatorSummary, Refusal>]
  ) throws(Complaint) -> IndicatorSummary {
    var found: [IndicatorSummary] = []
    var missing: Refusal?
    for number in try row.indicators {
      switch indicators[number] {
      case .success(let indicator)?: found.append(indicator)
      case .failure(let refusal)? where refusal.status == .notFound: missing = missing ?? refusal
      case .failure(let refusal)?: throw row.complaint(vi: refusal.text.vi, en: refusal.text.en)
      case nil: break
      }
    }
    guard let indicator = found.first else {
      let text = (missing ?? Refusal(.notFound)).text
      throw row.complaint(vi: text.vi, en: text.en)
    }
    guard found.count == 1 else { throw row.unclear(try row.numbers) }
    return indicator
  }

  private static func request(
    of row: Spreadsheet.Row, for indicator: Indicator.ID, _ period: Period?
  ) throws(Complaint) -> ObserveIndicator {
    guard let period = try row.optional("Kỳ", Period.init(argument:)) ?? period else {
      throw row.complaint(
        vi: "chưa rõ kỳ; thêm cột «Kỳ» hoặc --period.", en: "no period; add the column “Kỳ” or --period.")
    }
    return ObserveIndicator(
      indicator: indicator, period: period, figure: try figure(of: row), note: row["Ghi chú"],
      evidence: row["Minh chứng"], reason: row["Lý do"], village: try row.optional("Thôn", { Office.Code($0) }),
      estimatedAsOf: try row.optional("Ước đến ngày", Day.init(argument:)),
      seen: try row.optional("Bản", { Int($0) }))
  }

  private static func figure(of row: Spreadsheet.Row) throws(Complaint) -> Figure {
    let written = row["Tử số"].map { top in row["Mẫu số"].map { "\(top)/\($0)" } ?? top }
    let figure =
      if let written, let figure = WrittenFigure(argument: written) {
        figure
      } else {
        try row.word("Số liệu", WrittenFigure.init(argument:))
      }
    do throws(Complaint) {
      return try figure.resolve()
    } catch {
      throw row.complaint(vi: "ô số liệu: \(error.text.vi)", en: "figure: \(error.text.en)")
    }
  }
}

extension Spreadsheet.Row {
  /// What names the indicator: its id on a form that was given out, else its number.
  var indicators: [String] {
    get throws(Complaint) { if let id = self["Mã"] { [id] } else { try numbers } }
  }

  /// A form's row without a figure: nobody has counted it yet.
  fileprivate var isUnfilled: Bool {
    self["Bản"] != nil && ["Số liệu", "Tử số", "Mẫu số"].allSatisfy { self[$0] == nil }
  }
}

/// A sheet with what became of each row; in JSON the report alone.
struct AnsweredSheet: Encodable {
  let sheet: FigureSheet
  let report: ImportReport

  func encode(to encoder: any Encoder) throws { try report.encode(to: encoder) }

  func table(isKept: Bool, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Dòng", en: "Row"), isNumber: true),
      .init(title: Text(vi: "TT", en: "No")),
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Số liệu", en: "Figure"), isNumber: true),
      .init(title: Text(vi: "Kết quả", en: "Outcome")),
      .init(title: Text(vi: "Chi tiết", en: "Details")),
    ])
    for (line, answer) in zip(sheet.lines, report.rows) {
      let row = line.row
      let outcome =
        if answer.refusal != nil {
          Text(vi: "sai", en: "wrong")
        } else if answer.isUnchanged == true {
          Text(vi: "không đổi, bản \(answer.revision ?? 0)", en: "unchanged, revision \(answer.revision ?? 0)")
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
        Table.Cell(row.line), Table.Cell(row["TT"] ?? ""), Table.Cell(line.name ?? ""),
        Table.Cell(row["Số liệu"] ?? [row["Tử số"], row["Mẫu số"]].compactMap(\.self).joined(separator: "/")),
        Table.Cell(outcome(lang)),
        Table.Cell(details.joined(separator: " ")))
    }
    return table
  }

  /// The column of a sheet that a part of a row stands in.
  private func column(of place: String, in row: Spreadsheet.Row) -> String? {
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
