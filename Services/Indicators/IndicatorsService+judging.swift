import Bus
import Schema
import Storage

/// Verdicts on objectives without a number.
extension IndicatorsService {
  static func registerJudging(in handlers: inout Handlers<Indicators>) {
    handlers.on(JudgeIndicator.self) { request, call, transaction in
      let unit = try call.home()
      let day = request.period?.days.upperBound ?? transaction.time.day
      guard let subject = try IndicatorsStore.subjects(in: unit, on: day, transaction)[request.indicator] else {
        throw Refusal.notFound("chỉ tiêu", "indicator", request.indicator, at: "indicator")
      }
      let locks = try (request.period?.containing ?? []).flatMap {
        try IndicatorsStore.locks(in: unit, for: $0, transaction)
      }
      let judgement = try IndicatorsRules.judgement(
        request, of: subject, by: call.caller, locks: locks, at: transaction.time)
      try IndicatorsStore.add(judgement, of: subject.id, transaction)
      return .accepted(try IndicatorsStore.indicator(subject.id, in: unit, transaction))
    }
    handlers.on(ListJudgements.self) { request, call, transaction in
      _ = try IndicatorsStore.indicator(request.indicator, in: try call.home(), transaction)
      return try IndicatorsStore.list(request, transaction)
    }
  }
}
