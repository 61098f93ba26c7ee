import Schema

/// What the demo prints: a table for each question, none wider than a page.
extension Demonstration.Outcome {
  private static let width = 118

  func lines(_ lang: Language) -> [String] {
    var lines: [String] = []
    func add(_ title: Text, _ table: Table) {
      lines += [title(lang)] + table.lines(lang, width: Table.terminalWidth ?? Self.width) + [""]
    }
    add(Text(vi: "Kế hoạch đã ban hành, tỉnh → xã", en: "Issued plans, province → commune"), planTable)
    add(
      Text(
        vi: "Chỉ tiêu theo năm của kế hoạch; các mốc của một chỉ tiêu chỉ tính một lần",
        en: "Indicators by the plans' year; the milestones of one count once"), indicatorTable)
    add(Text(vi: "Kinh phí theo năm ngân sách (đồng)", en: "Money by fiscal year (đồng)"), moneyTable)
    add(
      Text(vi: "Đề án 06, trên số người trưởng thành", en: "Đề án 06, of the adult population"), enrolmentTable)
    add(
      Text(vi: "Nhiệm vụ: tiến độ bên cạnh kinh phí (đồng)", en: "Tasks: progress beside money (đồng)"), taskTable)
    for year in years { add(year.title, year.table(lang)) }
    if !refusals.isEmpty {
      lines.append(Text(vi: "Khoản chi bị từ chối", en: "Payments refused")(lang))
      lines += refusals.flatMap { $0.lines(lang) }.flatMap { $0.wrapped(at: Self.width) } + [""]
    }
    add(Text(vi: "Thông báo đầu tiên của mỗi cơ quan", en: "The first notice of each office"), noticeTable(lang))
    add(Text(vi: "Dịch vụ và luồng sự kiện", en: "Services and streams"), serviceTable)
    let (ready, took) = (readyMilliseconds.seconds, tookMilliseconds.seconds)
    lines.append(
      Text(
        vi: "Sáu tiến trình trả lời sau \(ready) s; toàn bộ mất \(took) s.",
        en: "Six processes answered after \(ready) s; all of it took \(took) s.")(lang))
    return lines
  }

  private var planTable: Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Số, ký hiệu", en: "Number")),
      .init(title: Text(vi: "Nhiệm vụ", en: "Tasks"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Targets"), isNumber: true),
      .init(title: Text(vi: "có số", en: "numeric"), isNumber: true),
      .init(title: Text(vi: "báo cáo", en: "report"), isNumber: true),
      .init(title: Text(vi: "Kinh phí (đồng)", en: "Money (đồng)"), isNumber: true),
    ])
    for province in provinces {
      table.add("\(province.title)", "", "", "", "", "", "", "")
      for commune in province.communes {
        guard let plan = commune.plan else {
          table.add("\(commune.title)", "—", "—", "—", "—", "—", "—", "—")
          continue
        }
        table.add(
          "\(commune.title)", Table.Cell(plan.year), "\(plan.number?.description ?? "")", Table.Cell(plan.rows.tasks),
          Table.Cell(plan.rows.targets), Table.Cell(plan.numericTargets),
          Table.Cell(plan.rows.targets - plan.numericTargets), plan.lines == 0 ? "—" : Table.Cell(plan.planned))
      }
    }
    return table
  }

  private var indicatorTable: Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Đạt", en: "Met"), isNumber: true),
      .init(title: Text(vi: "Chưa đạt", en: "Behind"), isNumber: true),
      .init(title: Text(vi: "Chưa có số liệu", en: "No data"), isNumber: true),
      .init(title: Text(vi: "Chỉ báo cáo", en: "Report only"), isNumber: true),
      .init(title: Text(vi: "Tổng số", en: "Total"), isNumber: true),
    ])
    func add(_ title: String, _ year: Int, _ item: IndicatorOverview.Item) {
      table.add(
        "\(title)", Table.Cell(year), Table.Cell(item.met), Table.Cell(item.behind), Table.Cell(item.noData),
        Table.Cell(item.reportOnly), Table.Cell(item.met + item.behind + item.noData + item.reportOnly))
    }
    for province in provinces {
      for standings in province.indicators where !standings.units.isEmpty {
        add(province.title, standings.year, standings.total)
        for item in standings.units { add(province.title(of: item.unit), standings.year, item) }
      }
    }
    return table
  }

  private var moneyTable: Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Dự toán", en: "Estimated"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ giải ngân", en: "Of allocated"), isNumber: true),
    ])
    func add(_ title: String, _ year: Int, _ sums: MoneySums) {
      table.add(
        "\(title)", Table.Cell(year), Table.Cell(sums.estimated), Table.Cell(sums.allocated),
        Table.Cell(sums.disbursed), .share(sums.disbursed.dong, of: sums.allocated.dong))
    }
    for province in provinces {
      for totals in province.money {
        add(province.title, totals.fiscalYear, totals.sums)
        for item in totals.units { add(province.title(of: item.unit), totals.fiscalYear, item.sums) }
      }
    }
    return table
  }

  private var enrolmentTable: Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "Tháng", en: "Month")),
      .init(title: Text(vi: "Thôn đã báo cáo", en: "Villages in"), isNumber: true),
      .init(title: Text(vi: "Trưởng thành", en: "Adults"), isNumber: true),
      .init(title: Text(vi: "Định danh mức 2", en: "eID level 2"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Rate"), isNumber: true),
      .init(title: Text(vi: "Chữ ký số", en: "Signatures"), isNumber: true),
      .init(title: Text(vi: "Tỷ lệ", en: "Rate"), isNumber: true),
    ])
    func add(_ title: String, _ month: Period, _ row: CountsRow) {
      let coverage = Table.Cell("\(row.reported)/\(row.expected)")
      guard let counts = row.counts else {
        table.add("\(title)", "\(month)", coverage, "—", "—", "—", "—", "—")
        return
      }
      table.add(
        "\(title)", "\(month)", coverage, .people(counts.adults), .people(counts.activated),
        .share(counts.activated, of: counts.adults), .people(counts.signatures),
        .share(counts.signatures, of: counts.adults))
    }
    for province in provinces {
      guard let enrolment = province.enrolment else { continue }
      add(province.title, enrolment.month, enrolment.total)
      for row in enrolment.rows { add(province.title(of: row.unit), enrolment.month, row) }
    }
    return table
  }

  private var taskTable: Table {
    var table = Table([
      .init(title: Text(vi: "Xã", en: "Commune")),
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Nhiệm vụ", en: "Task"), isLong: true),
      .init(title: Text(vi: "Tiến độ", en: "Progress"), isNumber: true),
      .init(title: Text(vi: "Dự toán", en: "Estimated"), isNumber: true),
      .init(title: Text(vi: "Đã phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Đã giải ngân", en: "Disbursed"), isNumber: true),
    ])
    for commune in provinces.flatMap(\.communes) {
      for whole in commune.moving {
        for line in whole.lines.isEmpty ? [nil] : whole.lines.map(Optional.some) {
          table.add(
            "\(commune.name)", "\(whole.task.row.number)", "\(whole.task.row.name)",
            Table.Cell(whole.task.percent, shown: "\(whole.task.percent)%"),
            line.map { Table.Cell($0.estimated) } ?? "—", line.map { Table.Cell($0.allocated) } ?? "—",
            line.map { Table.Cell($0.disbursed) } ?? "—")
        }
      }
    }
    return table
  }

  private func noticeTable(_ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Xã", en: "Commune")),
      .init(title: Text(vi: "Cơ quan", en: "Office")),
      .init(title: Text(vi: "Số lượng", en: "Count"), isNumber: true),
      .init(title: Text(vi: "Thông báo", en: "Notice"), isLong: true),
    ])
    for notice in notices {
      table.add(
        "\(notice.unit.officialName)", "\(notice.office.name)", Table.Cell(notice.count), "\(notice.first.text(lang))")
    }
    return table
  }

  private var serviceTable: Table {
    var table = Table([
      .init(title: Text(vi: "Dịch vụ", en: "Service")),
      .init(title: Text(vi: "Sự kiện", en: "Events"), isNumber: true),
      .init(title: Text(vi: "Kho (KiB)", en: "Store (KiB)"), isNumber: true),
      .init(title: Text(vi: "Đọc luồng, đến sự kiện", en: "Streams read, up to the event")),
      .init(title: Text(vi: "Chờ", en: "Parked"), isNumber: true),
    ])
    for service in services {
      let streams = service.streams.map { "\($0.stream) \($0.cursor)" }
      table.add(
        "\(service.service)", Table.Cell(service.head), Table.Cell(service.storeBytes / 1024),
        "\(streams.joined(separator: ", "))", Table.Cell(service.streams.reduce(0) { $0 + $1.parked }))
    }
    return table
  }
}

extension Demonstration.Outcome.PlayedYear {
  fileprivate var title: Text {
    let unit = steps.first?.line.unit.officialName ?? ""
    return Text(
      vi: "\(unit): một năm đã qua, \(fiscalYear), từng bút toán (đồng)",
      en: "\(unit): a year that is over, \(fiscalYear), entry by entry (đồng)")
  }

  fileprivate func table(_ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Ngày", en: "Day")),
      .init(title: Text(vi: "TT", en: "No")),
      .init(title: Text(vi: "Nghiệp vụ", en: "Phase")),
      .init(title: Text(vi: "Số tiền", en: "Amount"), isNumber: true),
      .init(title: Text(vi: "Được giao", en: "Approved"), isNumber: true),
      .init(title: Text(vi: "Phân bổ", en: "Allocated"), isNumber: true),
      .init(title: Text(vi: "Tạm ứng", en: "Advanced"), isNumber: true),
      .init(title: Text(vi: "Giải ngân", en: "Disbursed"), isNumber: true),
      .init(title: Text(vi: "Quyết toán", en: "Settled"), isNumber: true),
      .init(title: Text(vi: "Còn lại", en: "Remaining"), isNumber: true),
    ])
    for step in steps {
      let line = step.line
      table.add(
        "\(step.day.written)", "\(line.number)", "\(step.phase.text(lang))", Table.Cell(step.amount),
        Table.Cell(line.approved), Table.Cell(line.allocated), Table.Cell(line.advanced), Table.Cell(line.disbursed),
        Table.Cell(line.settled),
        Table.Cell(Money(dong: line.allocated.dong - line.advanced.dong - line.disbursed.dong - line.carried.dong)))
    }
    return table
  }
}

extension Demonstration.Outcome.Province {
  fileprivate var title: String { "\(unit) \(name)" }

  fileprivate func title(of commune: Unit) -> String { "  \(commune) \(commune.officialName)" }
}

extension Demonstration.Outcome.Commune {
  fileprivate var title: String { "  \(unit) \(name)" }
}

extension Demonstration.Outcome.RefusedPayment {
  /// What was asked, how it was refused, and who was told.
  fileprivate func lines(_ lang: Language) -> [String] {
    let what = Text(
      vi: "\(line.unit.officialName): chi \(asked.written) đồng cho nhiệm vụ \(line.number)",
      en: "\(line.unit.officialName): \(asked.written) đồng asked for task \(line.number)")(lang)
    return ["\(what)", "  \(code): \(text(lang))"] + told.map { "  → \($0.office.name): \($0.notice.text(lang))" }
  }
}

extension String {
  /// In lines no longer than that, at its spaces; those after the first are set in.
  fileprivate func wrapped(at width: Int) -> [String] {
    let indent = String(prefix { $0 == " " })
    var lines = [indent]
    for word in split(separator: " ") {
      if lines[lines.count - 1].count + 1 + word.count > width { lines.append(indent + "    ") }
      let isFirst = lines[lines.count - 1].allSatisfy { $0 == " " }
      lines[lines.count - 1] += (isFirst ? "" : " ") + word
    }
    return lines
  }
}

extension Table.Cell {
  fileprivate static func people(_ count: Int64) -> Table.Cell { Table.Cell(count, shown: Figure(count).written) }

  /// Of nothing there is no share.
  fileprivate static func share(_ part: Int64, of whole: Int64) -> Table.Cell {
    Table.Cell(Ratio(part, of: whole)?.percentWritten ?? "—")
  }
}

extension Int64 {
  /// Milliseconds as seconds: `0,3`.
  fileprivate var seconds: String { "\(self / 1000),\(self % 1000 / 100)" }
}
