import ArgumentParser
import Bus
import Schema

extension IndicatorCommand {
  struct Sheet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Biểu nhập số liệu của một kỳ, dạng CSV. (The form to fill in for a period, as CSV.)",
      discussion: """
        Điền rồi nhập lại bằng: xaso indicator import TỆP --write. Cột «Bản» cho biết số nào đã có khi xuất biểu: số mà
        người khác sửa sau đó không bị ghi đè.
        Fill it in, then: xaso indicator import FILE --write. The column “Bản” has the revision that stood when the form was
        given out: what somebody corrects after that is not overwritten.
        """, aliases: ["bieu"])

    @Option(help: "Kỳ. (The period.)") var period: Period
    @Option(help: "Chỉ của cơ quan này. (Of this office only.)") var office: Office.Code?
    @OptionGroup var place: PlaceOptions
    @OptionGroup var options: Options

    func run() async throws {
      try await options.session { session in
        let (unit, plan) = try await place.resolve(session)
        let indicators: [IndicatorSummary] = try await session.all(in: unit) {
          ListIndicators(plan: plan, office: office, after: $0)
        }
        var rows: [FormRow] = []
        for indicator in indicators where indicator.unit == unit && indicator.kind?.known?.isCounted != false {
          let values: [Observation] = try await session.all(in: unit) {
            ListObservations(indicator: indicator.id, after: $0)
          }
          rows.append(
            FormRow(
              indicator: indicator, period: period,
              standing: values.first { $0.period == period && $0.source == nil && !$0.superseded }))
        }
        if options.json {
          Output.json(rows)
        } else {
          for line in FormRow.table(rows).csv(.vietnamese) { Output.data(line) }
        }
      }
    }
  }
}

/// A row of a form: an indicator, and what was entered of it for the period.
struct FormRow: Encodable {
  let indicator: IndicatorSummary
  let period: Period
  let standing: Observation?

  /// The titles are those that an import reads, in whatever language people are answered.
  static func table(_ rows: [FormRow]) -> Table {
    let titles = [
      "TT", "Chỉ tiêu", "Đơn vị tính", "Kỳ", "Tử số", "Mẫu số", "Ước đến ngày", "Minh chứng", "Ghi chú", "Lý do", "Bản",
      "Mã",
    ]
    var table = Table(titles.map { .init(title: Text(vi: $0, en: $0)) })
    for row in rows {
      let (indicator, standing) = (row.indicator, row.standing)
      table.add(
        Table.Cell(indicator.target.number), Table.Cell(indicator.name), Table.Cell(indicator.measure ?? ""),
        "\(row.period)", Table.Cell(standing.map { "\($0.figure.numerator)" } ?? ""),
        Table.Cell(standing?.figure.denominator.map { "\($0)" } ?? ""),
        Table.Cell(standing?.estimatedAsOf?.written ?? ""), Table.Cell(standing?.evidence ?? ""),
        Table.Cell(standing?.note ?? ""), Table.Cell(standing?.reason ?? ""), Table.Cell("\(standing?.revision ?? 0)"),
        Table.Cell("\(indicator.id)"))
    }
    return table
  }
}
