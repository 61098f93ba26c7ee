import Schema

/// Checks that compare promises with one another, with the parent plan's and with last year's results.
enum Promises {
  /// P1: one indicator, one milestone, two targets. From experience: found three times in five plans, unnoticed.
  @Sendable static func twoTargets(_ plan: Examination) -> [Finding] {
    plan.pledges.filter { $0.row.value != nil }.grouped { Moment(pledge: $0) }.compactMap { _, same in
      let values = same.grouped { [$0.row.value, $0.row.upper] }
      let signs = same.grouped { $0.row.comparator }
      guard values.count > 1 || signs.count > 1, let first = same.first else { return nil }
      let said = same.grouped { $0.row.indicator }.map { name, members in
        "“\(name)”: \(members.grouped(by: \.written).map(\.key).joined(separator: " / "))"
      }.joined(separator: "; ")
      guard values.count > 1 else {
        return Finding(
          .twoTargets, .warning, same.map(\.place),
          Text(
            vi: "Một chỉ tiêu được viết với hai dấu so sánh, \(said).",
            en: "One indicator is written with two comparators, \(said)."),
          do: Text(
            vi: "Viết thống nhất, ví dụ ≥ \(first.row.value?.written ?? "") \(first.row.unit ?? "").",
            en: "Write it the same way everywhere."))
      }
      return Finding(
        .twoTargets, .error, same.map(\.place),
        Text(
          vi: "Một chỉ tiêu có hai mức phấn đấu cho cùng một mốc, \(said).",
          en: "One indicator has two targets for the same milestone, \(said)."),
        do: Text(
          vi: "Giữ một mức; nếu là hai chỉ tiêu khác nhau, đặt tên cho rõ.",
          en: "Keep one; if they are two indicators, name them apart."))
    }
  }

  /// P2: a commune promises no less than the plan that it carries out asks. From experience: figures come down from above.
  @Sendable static func weakerThanParent(_ plan: Examination) -> [Finding] {
    guard plan.context.parent != nil else {
      return [
        Finding(
          .weakerThanParent, .notCheckable, [],
          Text(vi: "Chưa có kế hoạch cấp trên để so sánh.", en: "There is no parent plan to compare with."),
          do: Text(vi: "Nêu tệp kế hoạch cấp trên bằng --parent.", en: "Name the parent plan's file with --parent."))
      ]
    }
    let asked = Dictionary(grouping: plan.parentPledges.filter { $0.row.value != nil }) { Moment(pledge: $0) }
    return plan.pledges.filter { $0.place.kind == .target }.compactMap { pledge in
      guard let parent = asked[Moment(pledge: pledge)]?.first, pledge.strength(beside: parent) == .weaker else {
        return nil
      }
      return Finding(
        .weakerThanParent, .error, [pledge.place],
        Text(
          vi: "“\(pledge.row.indicator)”: \(pledge.written) thấp hơn cấp trên giao, \(parent.written).",
          en: "“\(pledge.row.indicator)”: \(pledge.written) is less than the parent plan asks, \(parent.written)."),
        do: Text(
          vi: "Nâng lên bằng mức cấp trên, hoặc nêu văn bản giao mức thấp hơn.",
          en: "Raise it to what is asked, or name the document that allows less."))
    }
  }

  /// P3: a later milestone asks no less than an earlier one. From experience.
  @Sendable static func milestonesGoBack(_ plan: Examination) -> [Finding] {
    plan.pledges.filter { $0.row.value != nil && $0.place.kind == .target }.grouped(by: \.key).flatMap {
      _, same -> [Finding] in
      let ordered = same.sorted { $0.milestone < $1.milestone }
      return zip(ordered, ordered.dropFirst()).compactMap { earlier, later -> Finding? in
        guard earlier.milestone < later.milestone, later.strength(beside: earlier) == .weaker else { return nil }
        return Finding(
          .milestonesGoBack, .warning, [earlier.place, later.place],
          Text(
            vi: "“\(later.row.indicator)”: mốc \(later.milestone.written) (\(later.written)) thấp hơn mốc "
              + "\(earlier.milestone.written) (\(earlier.written)).",
            en: "“\(later.row.indicator)”: \(later.written) by \(later.milestone.written) is less than "
              + "\(earlier.written) by \(earlier.milestone.written)."),
          do: Text(vi: "Kiểm tra lại số của hai mốc.", en: "Check both figures."))
      }
    }
  }

  /// P6: what was reached last year is no target any more; `duy trì` may be meant, so it is asked. From experience.
  @Sendable static func alreadyMet(_ plan: Examination) -> [Finding] {
    guard !plan.results.isEmpty else {
      return [
        Finding(
          .alreadyMet, .notCheckable, [],
          Text(vi: "Không có kết quả năm trước để so sánh.", en: "There are no results of last year to compare with."),
          do: Text(
            vi: "Nêu kết quả năm trước trong kế hoạch (results).",
            en: "State last year's results in the plan (results)."))
      ]
    }
    let reached = Dictionary(plan.results.map { (plan.subjects[$0.indicator], $0) }) { first, second in
      second.year > first.year ? second : first
    }
    return plan.pledges.compactMap { pledge in
      guard let result = reached[pledge.subject], let target = pledge.row.value,
        result.unit?.folded == pledge.row.unit?.folded,
        pledge.row.upper.map({ target <= result.value && result.value <= $0 })
          ?? (target == result.value ? !pledge.isKept : (target < result.value) == pledge.moreIsBetter)
      else { return nil }
      return Finding(
        .alreadyMet, .warning, [pledge.place],
        Text(
          vi: "“\(pledge.row.indicator)”: \(pledge.written), trong khi năm \(result.year) đã đạt "
            + "\(result.value.written) \(result.unit ?? "").",
          en: "“\(pledge.row.indicator)”: \(pledge.written), while \(result.value.written) \(result.unit ?? "") "
            + "was reached in \(result.year)."),
        do: Text(
          vi: "Nâng mức phấn đấu, hoặc viết duy trì bằng kết quả đã đạt.",
          en: "Raise the target, or write that what was reached is to be kept."))
    }
  }

  /// P12: the same thing under two names, which a sum or a search then misses; and a name that is near one of the catalogue, which
  /// only a person can decide. From experience.
  @Sendable static func twoNames(_ plan: Examination) -> [Finding] {
    let twice = plan.pledges.grouped(by: \.key).compactMap { _, same -> Finding? in
      let names = same.grouped { $0.row.indicator }
      guard let first = names.first, names.count > 1 else { return nil }
      let wording = Wording(first.key)
      let alike = names.filter { Wording($0.key).score(against: wording) >= Subjects.sameName }
      guard alike.count > 1 else { return nil }
      let written = alike.map { "“\($0.key)”" }.joined(separator: ", ")
      return Finding(
        .twoNames, .warning, alike.flatMap { $0.members.map(\.place) },
        Text(
          vi: "Một chỉ tiêu được viết bằng nhiều tên: \(written).",
          en: "One indicator is written in several ways: \(written)."),
        do: Text(vi: "Dùng một tên trong cả văn bản.", en: "Use one name throughout."))
    }
    let near = plan.pledges.filter { $0.row.value != nil }.grouped { $0.row.indicator }.compactMap {
      name, same -> Finding? in
      guard let entry = plan.subjects.offered[name] else { return nil }
      return Finding(
        .twoNames, .information, same.map(\.place),
        Text(
          vi: "“\(name)” gần với “\(entry.name.vi)” trong danh mục chỉ tiêu.",
          en: "“\(name)” is near “\(entry.name.en)” (\(entry.name.vi)) in the catalogue."),
        do: Text(
          vi: "Nếu là một, dùng tên trong danh mục để số liệu được cộng chung.",
          en: "If they are one, use the catalogue's name, so that figures add up."))
    }
    return twice + Terms.misspelt(plan) + near
  }

  private struct Moment: Hashable {
    let key: PromisedTarget.Key
    let milestone: Day

    init(pledge: PromisedTarget) {
      key = pledge.key
      milestone = pledge.milestone
    }
  }
}

extension PromisedTarget {
  /// Says that a level is kept, or cannot promise more.
  fileprivate var isKept: Bool {
    row.comparator == .maintain || !moreIsBetter || (row.isPercent && row.value == Quantity(100))
  }
}
