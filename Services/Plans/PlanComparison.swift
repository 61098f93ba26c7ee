import Schema

/// What changed from one plan to another, in the words of an amending decision.
///
/// Rows are the same when their numbers are; where a number occurs several times, in the order of the document.
struct PlanComparison {
  struct Content {
    var tasks: [TaskRow]
    var targets: [TargetRow]
    var planned: Money
    /// Names by code.
    var offices: [Office.Code: String]
  }

  let earlier: Content
  let later: Content

  var changes: [PlanChange] {
    var changes = rows(earlier.tasks, later.tasks, .task, describe: { $0.name }, compare: taskChanges)
    changes += rows(earlier.targets, later.targets, .target, describe: { $0.indicator }, compare: targetChanges)
    let total = adjusted(
      Text(vi: "tổng kinh phí", en: "the money in all"), amount(earlier.planned), amount(later.planned))
    if let total { changes.append(PlanChange(kind: .changed, subject: .plan, text: total)) }
    return changes
  }

  // MARK: Rows

  /// The pairs of rows that are the same, and those without a counterpart, by the index of the later and earlier row.
  static func pairs<Row: NumberedRow>(_ earlier: [Row], _ later: [Row]) -> [(earlier: Int?, later: Int?)] {
    var waiting = Dictionary(grouping: earlier.indices, by: { earlier[$0].number })
    var pairs: [(earlier: Int?, later: Int?)] = later.indices.map { index in
      guard let first = waiting[later[index].number]?.first else { return (nil, index) }
      waiting[later[index].number]?.removeFirst()
      return (first, index)
    }
    pairs += waiting.values.joined().sorted().map { ($0, nil) }
    return pairs
  }

  private func rows<Row: NumberedRow>(
    _ earlier: [Row], _ later: [Row], _ subject: PlanChange.Subject, describe: (Row) -> String,
    compare: (Row, Row) -> [Text]
  ) -> [PlanChange] {
    Self.pairs(earlier, later).flatMap { pair -> [PlanChange] in
      switch (pair.earlier.map { earlier[$0] }, pair.later.map { later[$0] }) {
      case (let before?, let after?):
        return compare(before, after).map {
          PlanChange(kind: .changed, subject: subject, number: after.number, text: $0)
        }
      case (nil, let row?):
        let named = name(subject, row.number)
        return [
          PlanChange(
            kind: .added, subject: subject, number: row.number,
            text: Text(vi: "Bổ sung \(named.vi): \(describe(row))", en: "Add \(named.en): \(describe(row))"))
        ]
      case (let row?, nil):
        let named = name(subject, row.number)
        return [
          PlanChange(
            kind: .removed, subject: subject, number: row.number,
            text: Text(vi: "Bãi bỏ \(named.vi): \(describe(row))", en: "Remove \(named.en): \(describe(row))"))
        ]
      case (nil, nil): return []
      }
    }
  }

  private func taskChanges(_ before: TaskRow, _ after: TaskRow) -> [Text] {
    let named = name(.task, after.number)
    func of(_ vi: String, _ en: String) -> Text { Text(vi: "\(vi) \(named.vi)", en: "\(en) of \(named.en)") }
    return [
      adjusted(of("nội dung", "the wording"), same(before.name), same(after.name)),
      adjusted(of("sản phẩm", "the output"), same(before.output), same(after.output)),
      adjusted(of("trụ cột", "the pillar"), word(before.pillar), word(after.pillar)),
      adjusted(of("cơ quan chủ trì", "the lead"), names(before.leads, earlier), names(after.leads, later)),
      adjusted(
        of("cơ quan phối hợp", "the coordinating offices"), names(before.coordinating, earlier),
        names(after.coordinating, later)),
      adjusted(of("thời gian thực hiện", "the time"), same(before.time), same(after.time)),
      adjusted(of("ngày bắt đầu", "the start"), same(before.start?.written), same(after.start?.written)),
      adjusted(of("thời hạn hoàn thành", "the deadline"), same(before.due?.written), same(after.due?.written)),
      adjusted(of("kinh phí", "the money"), amount(before.cost), amount(after.cost)),
      adjusted(of("nguồn kinh phí", "the source of money"), source(before), source(after)),
    ].compactMap(\.self)
  }

  private func targetChanges(_ before: TargetRow, _ after: TargetRow) -> [Text] {
    let named = name(.target, after.number)
    func of(_ vi: String, _ en: String) -> Text { Text(vi: "\(vi) \(named.vi)", en: "\(en) of \(named.en)") }
    return [
      adjusted(of("nội dung", "the wording"), same(before.indicator), same(after.indicator)),
      adjusted(named, before.promise, after.promise),
      adjusted(of("thời hạn", "the milestone"), same(before.due?.written), same(after.due?.written)),
      adjusted(of("cơ quan chủ trì", "the lead"), names(before.leads, earlier), names(after.leads, later)),
    ].compactMap(\.self)
  }

  // MARK: Words

  private func name(_ subject: PlanChange.Subject, _ number: String) -> Text {
    switch subject {
    case .task: Text(vi: "nhiệm vụ số \(number)", en: "task \(number)")
    case .target: Text(vi: "chỉ tiêu số \(number)", en: "target \(number)")
    case .plan: Text(vi: "kế hoạch", en: "the plan")
    }
  }

  private func adjusted(_ what: Text, _ before: Text, _ after: Text) -> Text? {
    guard before != after else { return nil }
    return Text(
      vi: "Điều chỉnh \(what.vi) từ \(before.vi) thành \(after.vi)",
      en: "Change \(what.en) from \(before.en) to \(after.en)")
  }

  private func same(_ text: String?) -> Text {
    text.map { Text(vi: "«\($0)»", en: "“\($0)”") } ?? Text(vi: "không ghi", en: "nothing")
  }

  private func word(_ pillar: Open<Pillar>?) -> Text {
    switch pillar {
    case .known(let pillar): pillar.text
    case .unknown(let word): same(word)
    case nil: same(nil)
    }
  }

  private func amount(_ money: Money?) -> Text {
    money.map { Text(vi: "\($0.written) đồng", en: "\($0.written) đồng") } ?? Text(vi: "không ghi", en: "nothing")
  }

  private func names(_ codes: [Office.Code], _ content: Content) -> Text {
    same(codes.isEmpty ? nil : codes.map { content.offices[$0] ?? "\($0)" }.joined(separator: "; "))
  }

  private func source(_ row: TaskRow) -> Text {
    guard case .known(let source)? = row.source else { return same(row.sourceText) }
    return same(row.sourceText ?? source.rawValue)
  }
}
