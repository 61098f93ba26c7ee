import Schema
import Units

/// Lines of the budget, each by the number of its task.
enum LineTable {
  static func of(_ lines: [LineSummary], _ offices: OfficeNames, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
      .init(title: Text(vi: "Nguồn vốn", en: "Source")),
      .init(title: Text(vi: "Dự toán (đồng)", en: "Estimated (đồng)"), isNumber: true),
      .init(title: Text(vi: "Được giao", en: "Approved"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Cam kết", en: "Committed"), isNumber: true),
      .init(title: Text(vi: "Tạm ứng", en: "Advanced"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
      .init(title: Text(vi: "Quyết toán", en: "Settled"), isNumber: true),
      .init(title: Text(vi: "Chuyển nguồn", en: "Carried"), isNumber: true),
      .init(title: Text(vi: "Chi %", en: "Spent %"), isNumber: true),
      .init(title: Text(vi: "Việc %", en: "Done %"), isNumber: true),
      .init(title: Text(vi: "Thời gian %", en: "Time %"), isNumber: true),
    ])
    for line in lines {
      table.add(
        "\(Units[line.unit]?.name ?? line.unit.description)", Table.Cell(line.fiscalYear), "\(line.number)",
        "\(line.name)", "\(line.leads.written(offices, in: line.unit, lang))",
        "\(line.sourceText ?? line.source.text(lang))",
        Table.Cell(line.estimated), Table.Cell(line.approved), Table.Cell(line.allocated), Table.Cell(line.committed),
        Table.Cell(line.advanced), Table.Cell(line.disbursed), Table.Cell(line.settled), Table.Cell(line.carried),
        line.share.map { Table.Cell($0, shown: "\($0)%") } ?? "",
        line.work.map { Table.Cell($0.percent, shown: "\($0.percent)%") } ?? "",
        line.elapsed(on: Timestamp.now.day).map { Table.Cell($0, shown: "\($0)%") } ?? "")
    }
    return table
  }
}

/// One fiscal year, in all and by what it can be split by.
enum TotalsTable {
  static func of(_ totals: BudgetTotals, _ offices: OfficeNames, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Năm \(totals.fiscalYear)", en: "Year \(totals.fiscalYear)")),
      .init(title: Text(vi: "Tên", en: "Name"), isLong: true),
      .init(title: Text(vi: "Số dòng", en: "Lines"), isNumber: true),
      .init(title: Text(vi: "Dự toán (đồng)", en: "Estimated (đồng)"), isNumber: true),
      .init(title: Text(vi: "Được giao", en: "Approved"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Tạm ứng", en: "Advanced"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
      .init(title: Text(vi: "Chuyển nguồn", en: "Carried"), isNumber: true),
      .init(title: Text(vi: "Còn lại", en: "Remaining"), isNumber: true),
    ])
    func add(_ kind: Text, _ name: String, _ sums: MoneySums) {
      table.add(
        "\(kind(lang))", "\(name)", Table.Cell(sums.lines), Table.Cell(sums.estimated), Table.Cell(sums.approved),
        Table.Cell(sums.allocated), Table.Cell(sums.advanced), Table.Cell(sums.disbursed), Table.Cell(sums.carried),
        Table.Cell(sums.remaining))
    }
    func name(of unit: Unit) -> String { Units[unit]?.name ?? unit.description }
    add(Text(vi: "Tổng", en: "In all"), name(of: totals.unit), totals.sums)
    table.add(
      "\(Text(vi: "Chưa có kinh phí", en: "Unfunded")(lang))", "\(Text(vi: "nhiệm vụ", en: "tasks")(lang))",
      Table.Cell(totals.unfunded), "", "", "", "", "", "", "")
    for item in totals.units { add(Text(vi: "Đơn vị", en: "Unit"), name(of: item.unit), item.sums) }
    for item in totals.sources { add(Text(vi: "Nguồn vốn", en: "Source"), item.source.text(lang), item.sums) }
    for item in totals.leads {
      add(Text(vi: "Chủ trì", en: "Lead"), item.leads.written(offices, in: totals.unit, lang), item.sums)
    }
    for item in totals.spenders {
      let name =
        item.spender.map { offices.name(of: $0, in: totals.unit) } ?? Text(vi: "không ghi", en: "unstated")(lang)
      add(Text(vi: "Đơn vị chi", en: "Spender"), name, item.sums)
    }
    for item in totals.pillars {
      let name = item.pillar?.text(lang) ?? Text(vi: "không ghi", en: "unstated")(lang)
      add(Text(vi: "Trụ cột", en: "Pillar"), name, item.sums)
    }
    return table
  }
}

/// The ledger of a line, an entry each.
enum EntryTable {
  static func of(_ entries: [BudgetEntry], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "Nghiệp vụ", en: "Phase")),
      .init(title: Text(vi: "Nợ", en: "Debit")),
      .init(title: Text(vi: "Có", en: "Credit")),
      .init(title: Text(vi: "Số tiền (đồng)", en: "Amount (đồng)"), isNumber: true),
      .init(title: Text(vi: "Chứng từ", en: "Document"), isLong: true),
      .init(title: Text(vi: "Cơ quan", en: "Issuer")),
      .init(title: Text(vi: "Người nhập", en: "Entered by")),
      .init(title: Text(vi: "Ngày nhập", en: "Entered on")),
      .init(title: Text(vi: "Mã", en: "Id")),
    ])
    for entry in entries {
      table.add(
        "\(entry.day.written)", "\(entry.title(lang))", "\(entry.debit.text(lang))", "\(entry.credit.text(lang))",
        Table.Cell(entry.amount), "\(entry.papers)", "\(entry.issuer.text(lang))", "\(entry.account)",
        "\(entry.time.day.written)", "\(entry.id)")
    }
    return table
  }
}

extension LineSummary {
  /// Percent of the time that the task has, else of the year, that is over.
  fileprivate func elapsed(on day: Day) -> Int? {
    guard let year = Day.days(ofYear: fiscalYear) else { return nil }
    let (start, due) = (work?.start ?? year.lowerBound, work?.due ?? year.upperBound)
    return (start <= due ? start...due : year).elapsed(on: day)
  }
}

extension [Office.Code] {
  /// Several answer for one thing together.
  fileprivate func written(_ offices: OfficeNames, in unit: Unit, _ lang: Language) -> String {
    let names = offices.list(self, in: unit)
    return count < 2 ? names : Text(vi: "chung: \(names)", en: "together: \(names)")(lang)
  }
}

extension BudgetEntry {
  /// What it is: of a reversal, what it takes back and why.
  fileprivate func title(_ lang: Language) -> String {
    guard reverses != nil else { return phase.text(lang) }
    return Text(vi: "đảo: \(phase.text(lang))", en: "reversed: \(phase.text(lang))")(lang)
      + (note.map { " (\($0))" } ?? "")
  }

  fileprivate var papers: String { [document?.description, reference].compactMap(\.self).joined(separator: "; ") }
}

extension MoneySums {
  /// Allocated, and neither paid nor given to the next year.
  fileprivate var remaining: Money {
    Money(dong: allocated.dong - advanced.dong - disbursed.dong - carried.dong)
  }
}
