import Schema
import Units

/// Indicators, a line each, by their number in the plan.
enum IndicatorTable {
  static func of(_ indicators: [IndicatorSummary], _ offices: OfficeNames, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit")),
      .init(title: Text(vi: "TT", en: "No"), isNumber: true),
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Chủ trì", en: "Lead")),
      .init(title: Text(vi: "Mức phấn đấu", en: "Target"), isNumber: true),
      .init(title: Text(vi: "Thời hạn", en: "By")),
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Kết quả", en: "Result"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Đánh giá", en: "Standing")),
      .init(title: Text(vi: "Mốc sau", en: "Later")),
    ])
    for indicator in indicators {
      let (target, measure) = (indicator.target, indicator.measure)
      let later = indicator.later.map { milestone in
        "\(milestone.due?.written ?? String(milestone.year)): \(milestone.promise(in: measure, lang))"
      }
      table.add(
        "\(Units[indicator.unit]?.name ?? indicator.unit.description)", "\(target.number)", "\(indicator.name)",
        "\(offices.list(target.leads, in: indicator.unit))",
        "\(target.promise(in: measure, lang))",
        "\(target.due?.written ?? Text(vi: "chưa có hạn", en: "no date")(lang))",
        "\(indicator.last?.period.description ?? "")", Table.Cell(result: indicator.last, in: measure, lang),
        Table.Cell(indicator.last?.figure.numerator), Table.Cell(indicator.last?.figure.denominator),
        "\(indicator.standingText(lang))", "\(later.joined(separator: "; "))")
    }
    return table
  }
}

/// What was entered, where the indicator's line shows it; else, as of an older period or a village, by itself.
enum EnteredTable {
  static func of(_ entry: ObservationEntry, _ offices: OfficeNames, _ lang: Language) -> Table {
    let indicator = entry.indicator
    let isShown = [indicator.last, indicator.estimate].contains { shown in
      shown?.period == entry.observation.period && shown?.figure == entry.observation.figure
    }
    return isShown && entry.observation.village == nil
      ? IndicatorTable.of([indicator], offices, lang) : ObservationTable.of([entry.observation], lang)
  }
}

/// Figures, a line each, the latest period first.
enum ObservationTable {
  static func of(_ observations: [Observation], _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Từ ngày", en: "From")),
      .init(title: Text(vi: "Đến ngày", en: "To")),
      .init(title: Text(vi: "Tỷ lệ", en: "Share"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Bản", en: "Revision"), isNumber: true),
      .init(title: Text(vi: "Hiệu lực", en: "Stands")),
      .init(title: Text(vi: "Cơ quan nhập", en: "Entered by")),
      .init(title: Text(vi: "Ngày nhập", en: "On")),
      .init(title: Text(vi: "Ghi chú", en: "Note"), isLong: true),
    ])
    for observation in observations {
      let (figure, days) = (observation.figure, observation.period.days)
      let stands =
        observation.superseded
        ? Text(vi: "đã thay", en: "superseded")
        : observation.estimatedAsOf.map { Text(vi: "ước đến \($0.written)", en: "estimated as of \($0.written)") }
          ?? Text(vi: "đang dùng", en: "stands")
      table.add(
        "\(observation.period)", "\(days.lowerBound.written)", "\(days.upperBound.written)",
        "\(figure.ratio?.percentWritten ?? "")", Table.Cell(Int64?(figure.numerator)), Table.Cell(figure.denominator),
        Table.Cell(observation.revision), "\(stands(lang))", "\(observation.office)",
        "\(observation.time.day.written)", "\(observation.remark(lang))")
    }
    return table
  }
}

/// Units, a line each, with their indicators counted.
enum OverviewTable {
  static func of(_ overview: IndicatorOverview) -> Table {
    var table = Table([
      .init(title: Text(vi: "Đơn vị", en: "Unit"), isLong: true),
      .init(title: Text(vi: "Năm", en: "Year"), isNumber: true),
      .init(title: Text(vi: "Đạt", en: "Met"), isNumber: true),
      .init(title: Text(vi: "Đúng tiến độ", en: "On track"), isNumber: true),
      .init(title: Text(vi: "Có nguy cơ", en: "At risk"), isNumber: true),
      .init(title: Text(vi: "Chưa đạt", en: "Behind"), isNumber: true),
      .init(title: Text(vi: "Chưa có số liệu", en: "No data"), isNumber: true),
      .init(title: Text(vi: "Chỉ báo cáo", en: "Report only"), isNumber: true),
      .init(title: Text(vi: "Đã đánh giá", en: "Judged"), isNumber: true),
      .init(title: Text(vi: "Hoàn thành", en: "Achieved"), isNumber: true),
      .init(title: Text(vi: "Một phần", en: "Partly"), isNumber: true),
      .init(title: Text(vi: "Chưa hoàn thành", en: "Not achieved"), isNumber: true),
      .init(title: Text(vi: "Tổng số", en: "Total"), isNumber: true),
    ])
    for item in overview.units {
      table.add(
        "\(Units[item.unit]?.name ?? item.unit.description)", Table.Cell(overview.year), Table.Cell(item.met),
        Table.Cell(item.onTrack ?? 0), Table.Cell(item.atRisk ?? 0), Table.Cell(item.behind), Table.Cell(item.noData),
        Table.Cell(item.reportOnly), Table.Cell(item.judged), Table.Cell(item.achieved ?? 0),
        Table.Cell(item.partly ?? 0), Table.Cell(item.notAchieved ?? 0), Table.Cell(item.total))
    }
    return table
  }
}

/// One line: the sum, and what it rests on.
enum RollUpTable {
  static func of(_ rollUp: RollUp, _ lang: Language) -> Table {
    var table = Table([
      .init(title: Text(vi: "Chỉ tiêu", en: "Indicator"), isLong: true),
      .init(title: Text(vi: "Kỳ", en: "Period")),
      .init(title: Text(vi: "Kết quả", en: "Result"), isNumber: true),
      .init(title: Text(vi: "Tử số", en: "Numerator"), isNumber: true),
      .init(title: Text(vi: "Mẫu số", en: "Denominator"), isNumber: true),
      .init(title: Text(vi: "Đã báo cáo", en: "Reported"), isNumber: true),
      .init(title: Text(vi: "Nếu phần thiếu là 0–100 %", en: "If the missing were 0–100 %")),
      .init(title: Text(vi: "Thấp nhất", en: "Lowest")),
      .init(title: Text(vi: "Trung vị", en: "Median")),
      .init(title: Text(vi: "Cao nhất", en: "Highest")),
      .init(title: Text(vi: "Chưa có số liệu", en: "No data")),
      .init(title: Text(vi: "Chưa đủ thôn", en: "Villages missing")),
    ])
    let total = rollUp.total.map { Figure($0.numerator, of: $0.denominator) }
    let notAddable = rollUp.reported == 0 ? "" : Text(vi: "không cộng được", en: "not addable")(lang)
    func written(_ share: RollUp.Share?) -> String {
      share.map { "\(name($0.unit)) \($0.figure.written(in: rollUp.measure))" } ?? ""
    }
    func name(_ unit: Unit) -> String { Units[unit]?.name ?? unit.description }
    let range = rollUp.range.map { range in
      "\(range.lowest.percentWritten)–\(range.highest.percentWritten), "
        + Text(vi: "đã có \(range.covered.percentWritten) mẫu số", en: "\(range.covered.percentWritten) covered")(lang)
    }
    table.add(
      "\(rollUp.name)", "\(rollUp.period)",
      (total ?? rollUp.sum.map { Figure($0) }).map { Table.Cell(result: $0, in: rollUp.measure) }
        ?? Table.Cell(notAddable),
      Table.Cell(total?.numerator), Table.Cell(total?.denominator),
      "\(rollUp.reported)/\(rollUp.expected)", "\(range ?? "")", Table.Cell(written(rollUp.lowest)),
      Table.Cell(written(rollUp.median)), Table.Cell(written(rollUp.highest)),
      "\(rollUp.missing.prefix(20).map(name).joined(separator: ", "))\(rollUp.missing.count > 20 ? "…" : "")",
      Table.Cell((rollUp.partial ?? []).map(name).joined(separator: ", ")))
    return table
  }
}

extension Options {
  /// Whose word a sum is, below it.
  func say(_ basis: Open<RollUp.Basis>?) {
    guard !json, !csv, let basis = basis?.known else { return }
    let text =
      switch basis {
      case .entered:
        Text(
          vi: "Theo số đang nhập, gồm cả số chưa gửi; số đã tiếp nhận: xaso indicator rollup --received.",
          en: "By the working state, with what is not sent yet; what was received: xaso indicator rollup --received.")
      case .sent: Text(vi: "Số đã gửi lên cấp trên.", en: "What was sent to the upper level.")
      case .received: Text(vi: "Số đã tiếp nhận.", en: "What was received.")
      }
    Output.write(text(lang))
  }
}

extension Table.Cell {
  /// Empty for no number at all.
  init(_ number: Int64?) {
    if let number {
      self.init(number, shown: Money(dong: number).written)
    } else {
      self.init("")
    }
  }

  /// With the villages that it rests on, where some are missing.
  fileprivate init(result observation: Observation?, in measure: String?, _ lang: Language) {
    self.init(result: observation?.figure, in: measure)
    guard let villages = observation?.villages, !villages.isComplete else { return }
    self.init("\(shown) (\(villages.text(lang)))")
  }

  /// `85,0 %`, or the count with its measure.
  init(result figure: Figure?, in measure: String?) {
    guard let figure else {
      self.init("")
      return
    }
    let isShare = measure == Indicator.percent
    self.init(isShare ? figure.ratio?.percentWritten ?? figure.written : figure.written(in: measure))
  }
}

extension Observation.Villages {
  func text(_ lang: Language) -> String {
    Text(vi: "cộng \(reported)/\(expected) thôn", en: "sum of \(reported)/\(expected) villages")(lang)
  }
}

extension Milestone {
  /// What is promised, as offices write it: `≥ 99,9 %`, `báo cáo`.
  func promise(in measure: String?, _ lang: Language) -> String {
    TargetRow(
      number: number, indicator: "", unit: measure, comparator: comparator, value: value, upper: upper, leads: leads
    ).promise(lang)
  }
}

extension Open where Word == Indicator.Standing {
  func text(_ lang: Language) -> String {
    switch self {
    case .known(.met): Text(vi: "đạt", en: "met")(lang)
    case .known(.onTrack): Text(vi: "đúng tiến độ", en: "on track")(lang)
    case .known(.atRisk): Text(vi: "có nguy cơ", en: "at risk")(lang)
    case .known(.behind): Text(vi: "chưa đạt", en: "behind")(lang)
    case .known(.noData): Text(vi: "chưa có số liệu", en: "no data")(lang)
    case .known(.reportOnly): Text(vi: "chỉ báo cáo", en: "report only")(lang)
    case .unknown(let word): word
    }
  }
}

extension Observation {
  /// What was written about it, and what it rests on.
  fileprivate func remark(_ lang: Language) -> String {
    [
      note, evidence.map { Text(vi: "minh chứng: \($0)", en: "evidence: \($0)")(lang) },
      reason.map { Text(vi: "lý do: \($0)", en: "because: \($0)")(lang) }, villages?.text(lang),
      source?.known?.remark?(lang),
    ].compactMap(\.self).joined(separator: "; ")
  }
}

extension Observation.Source {
  /// Nil where the villages that it rests on say it.
  fileprivate var remark: Text? {
    switch self {
    case .villages, .counts: nil
    case .spending: Text(vi: "từ sổ kinh phí", en: "from the budget")
    case .tasks: Text(vi: "từ tiến độ nhiệm vụ", en: "from the plan's tasks")
    case .periods: Text(vi: "cộng các kỳ", en: "periods added up")
    }
  }
}

extension IndicatorOverview.Item {
  var total: Int { met + notMet + noData + reportOnly }

  /// Chưa đạt, wherever its course leads.
  var notMet: Int { behind + (onTrack ?? 0) + (atRisk ?? 0) }

  /// Of those that are only to be reported: the focal office has given its verdict.
  var judged: Int { (achieved ?? 0) + (partly ?? 0) + (notAchieved ?? 0) }
}

extension IndicatorSummary {
  /// With the verdict on what has no number, and with what was estimated.
  func standingText(_ lang: Language) -> String {
    let parts = [
      standing.text(lang), judgement.map { $0.verdict.text(lang) },
      estimate.map { estimate in
        Text(
          vi: "ước \(estimate.period): \(estimate.figure.written(in: measure))",
          en: "estimate \(estimate.period): \(estimate.figure.written(in: measure))")(lang)
      },
    ]
    return parts.compactMap(\.self).joined(separator: "; ")
  }
}
