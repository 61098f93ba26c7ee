import Bus
import Schema
import Storage

/// Entering values: one, or many in one command, by the same rules.
extension IndicatorsService {
  static func registerEntering(in handlers: inout Handlers<Indicators>) {
    handlers.on(ObserveIndicator.self) { request, call, transaction in
      let unit = try call.home()
      var ground = try IndicatorsStore.ground(for: [request], in: unit, transaction)
      if ground.subjects[request.indicator] != nil { try call.expects(ground.stated[request.place]?.revision ?? 0) }
      let entry = try IndicatorsRules.entry(of: request, on: ground, by: call.caller, at: transaction.time)
      try IndicatorsRules.checkSeen(request, on: ground)
      guard let subject = ground.subjects[request.indicator] else { throw Refusal(.notFound) }
      try IndicatorsStore.append(entry.observation, of: subject, on: &ground, transaction)

      let since = try IndicatorsStore.indicator(request.indicator, in: unit, transaction)
      let plan = try IndicatorsStore.plan(since.target.plan, transaction)
      let recorded = IndicatorsRules.recorded(entry.observation, of: since, in: plan)
      return .accepted(
        ObservationEntry(
          observation: entry.observation, indicator: since, warnings: entry.warnings.isEmpty ? nil : entry.warnings),
        events: [recorded] + (try announcements(of: since, in: plan, transaction)))
    }
    handlers.on(ImportObservations.self) { request, call, transaction in
      let unit = try call.home()
      try checkCount(of: request.rows)
      var ground = try IndicatorsStore.ground(for: request.rows, in: unit, transaction)
      guard let office = call.caller.office else { throw Refusal(.forbidden) }
      var imported = ObservationsImported(unit: unit, office: office, values: [])
      var reached: [Indicator.ID] = []
      var answers: [ImportReport.Answer] = []
      let doubled = ImportObservations.doubled(in: request.rows)
      for (index, row) in request.rows.enumerated() {
        let read: SheetEntry
        do throws(Refusal) {
          try checkAlone(doubled[index])
          read = try IndicatorsRules.sheetEntry(of: row, on: ground, by: call.caller, at: transaction.time)
        } catch {
          answers.append(ImportReport.Answer(refusal: error.text, place: error.place))
          continue
        }
        guard case .entry(let entry) = read, let subject = ground.subjects[row.indicator] else {
          answers.append(answer(read))
          continue
        }
        try IndicatorsStore.append(entry.observation, of: subject, on: &ground, transaction)
        answers.append(answer(read))
        imported.values.append(IndicatorsRules.imported(entry.observation, of: row.indicator))
        if !subject.isTargetMet, IndicatorsRules.isMet(subject.target, in: subject.name.measure, at: row.figure) {
          reached.append(row.indicator)
        }
      }
      var events: [any Event] = imported.values.isEmpty ? [] : [imported]
      for indicator in Set(reached).sorted() {
        let since = try IndicatorsStore.indicator(indicator, in: unit, transaction)
        let plan = try IndicatorsStore.plan(since.target.plan, transaction)
        events += try announcements(of: since, in: plan, transaction)
      }
      return .accepted(ImportReport(rows: answers), events: events)
    }
    handlers.on(CheckObservations.self) { request, call, transaction in
      try checkCount(of: request.rows)
      var ground = try IndicatorsStore.ground(for: request.rows, in: try call.home(), transaction)
      let doubled = ImportObservations.doubled(in: request.rows)
      return ImportReport(
        rows: request.rows.enumerated().map { index, row in
          do throws(Refusal) {
            try checkAlone(doubled[index])
            let read = try IndicatorsRules.sheetEntry(of: row, on: ground, by: call.caller, at: transaction.time)
            if case .entry(let entry) = read { ground.stated[row.place] = EntryGround.Stated(entry.observation) }
            return answer(read)
          } catch {
            return ImportReport.Answer(refusal: error.text, place: error.place)
          }
        })
    }
    handlers.on(DeclareNothing.self) { request, call, transaction in
      let unit = try call.home()
      let row = ObserveIndicator(indicator: request.indicator, period: request.period, figure: Figure(0))
      let ground = try IndicatorsStore.ground(for: [row], in: unit, transaction)
      let office = try IndicatorsRules.office(declaring: request, on: ground, by: call.caller)
      try IndicatorsStore.keep(request, by: office, in: unit, transaction)
      return .accepted(try IndicatorsStore.indicator(request.indicator, in: unit, transaction))
    }
  }

  private static func answer(_ read: SheetEntry) -> ImportReport.Answer {
    switch read {
    case .entry(let entry):
      ImportReport.Answer(
        revision: entry.observation.revision, warnings: entry.warnings.isEmpty ? nil : entry.warnings)
    case .unchanged(let revision): ImportReport.Answer(revision: revision, isUnchanged: true)
    }
  }

  /// - Parameter same: The rows that are of the same place, of which a row has to be the only one.
  private static func checkAlone(_ same: [Int]?) throws(Refusal) {
    guard let same else { return }
    let numbers = same.map { "\($0 + 1)" }.joined(separator: ", ")
    throw Refusal(
      .invalid, vi: "Các dòng thứ \(numbers) cùng một chỉ tiêu, một kỳ (và thôn); hãy giữ một dòng.",
      en: "The rows \(numbers) are of one indicator and period (and village); keep one of them.", at: "indicator")
  }

  private static func checkCount(of rows: [ObserveIndicator]) throws(Refusal) {
    guard (1...ImportObservations.most).contains(rows.count) else {
      throw Refusal(
        .invalid, vi: "Mỗi lần nhập từ 1 đến \(ImportObservations.most) dòng; hãy chia thành nhiều phần.",
        en: "1 to \(ImportObservations.most) rows at a time; send them in parts.", at: "rows")
    }
  }
}
