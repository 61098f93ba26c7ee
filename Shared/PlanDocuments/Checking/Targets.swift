import Schema

/// Checks of one target at a time.
enum Targets {
  /// P4: more than all, less than nothing, or no number at all. Arithmetic.
  @Sendable static func impossible(_ plan: Examination) -> [Finding] {
    plan.pledges.compactMap { pledge in
      guard let problem = problem(of: pledge.row) else { return nil }
      return Finding(
        .impossibleTarget, .error, [pledge.place],
        Text(
          vi: "“\(pledge.row.indicator)”: \(pledge.written) \(problem.vi).",
          en: "“\(pledge.row.indicator)”: \(pledge.written) \(problem.en)."),
        do: Text(
          vi: "Ghi lại mức phấn đấu; nếu chỉ cần báo cáo, ghi “báo cáo”.",
          en: "Write the target anew; where none is promised, write “báo cáo”."))
    }
  }

  private static func problem(of row: TargetRow) -> Text? {
    guard let value = row.value else {
      return row.comparator == .report || row.comparator == .maintain
        ? nil : Text(vi: "không có con số", en: "has no number")
    }
    if value.millionths < 0 { return Text(vi: "nhỏ hơn không", en: "is less than nothing") }
    if row.comparator == .range {
      guard let upper = row.upper, value <= upper else {
        return Text(vi: "có cận dưới lớn hơn cận trên", en: "begins above its end")
      }
    }
    guard row.isPercent, let all = Quantity(100) else { return nil }
    if max(value, row.upper ?? value) > all || (value == all && row.comparator == .above) {
      return Text(vi: "vượt quá 100 %", en: "is more than 100 %")
    }
    return value == all && row.comparator == .atLeast
      ? Text(vi: "chỉ có thể là đúng 100 %", en: "can only be exactly 100 %") : nil
  }

  /// P5: a column's content in its neighbour. From experience: `Báo cáo` stands among the units of measure.
  @Sendable static func wrongColumn(_ plan: Examination) -> [Finding] {
    let swapped = plan.pledges.filter { $0.row.unit?.folded == "bao cao" }
    let measured = plan.pledges.filter { $0.row.comparator == .report && $0.row.isPercent }
    return [
      Finding.ifAny(
        .wrongColumn, .warning, swapped.map(\.place),
        Text(
          vi: "Cột đơn vị tính ghi “Báo cáo” thay cho đơn vị.",
          en: "The column of units says “Báo cáo” instead of a unit."),
        do: Text(
          vi: "Chuyển “Báo cáo” sang cột mức phấn đấu, bỏ trống đơn vị.",
          en: "Move “Báo cáo” to the column of targets and leave the unit blank.")),
      Finding.ifAny(
        .wrongColumn, .warning, measured.map(\.place),
        Text(
          vi: "Có đơn vị tính % nhưng chỉ ghi “báo cáo”.", en: "The unit is %, but the target only says to report."),
        do: Text(
          vi: "Ghi mức phấn đấu bằng số, hoặc bỏ đơn vị tính.", en: "Write a number, or remove the unit.")),
    ].compactMap(\.self)
  }

  /// P11: a percentage is of something, counted by someone; without that two offices report two figures. From experience.
  @Sendable static func uncounted(_ plan: Examination) -> [Finding] {
    let rows = plan.document.targets.filter { row in
      guard row.isPercent, row.value != nil else { return false }
      let measure = plan.document.body.measures[row.number]
      return measure?.numerator == nil || measure?.denominator == nil || measure?.source == nil
    }
    let finding = Finding.ifAny(
      .uncounted, .warning, rows.map { Place(.target, $0.number) },
      Text(
        vi: "Chỉ tiêu tỷ lệ chưa nêu đủ tử số, mẫu số và nguồn số liệu.",
        en: "A percentage without numerator, denominator and source of the figures."),
      do: Text(
        vi: "Nêu đếm cái gì, trên tổng số nào, ai giữ số liệu.",
        en: "Say what is counted, out of what, and who holds the figures."))
    return finding.map { [$0] } ?? []
  }
}

extension Finding {
  /// Nil where there is no such place.
  static func ifAny(_ rule: Rule, _ severity: Severity, _ places: [Place], _ problem: Text, do advice: Text) -> Finding?
  {
    places.isEmpty ? nil : Finding(rule, severity, places, problem, do: advice)
  }
}
