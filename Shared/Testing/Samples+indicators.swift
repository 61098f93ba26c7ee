import Schema

extension Samples {
  static let indicatorRequests = observing + standing + rollingUp + cataloguing

  private static let observing = [
    SampleRequest(
      row, in: commune,
      answered: ObservationEntry(observation: observation, indicator: indicator, warnings: [doubt])),
    SampleRequest(
      ImportObservations(rows: [row, villageRow, estimateRow]), in: commune,
      answered: ImportReport(rows: [
        .init(revision: 2, warnings: [doubt]), .init(revision: 1, isUnchanged: true),
        .init(
          refusal: Text(vi: "Mẫu số phải lớn hơn 0.", en: "The denominator must be larger than 0."),
          place: "figure.denominator"),
      ])),
    SampleRequest(
      CheckObservations(rows: [row]), in: commune, answered: ImportReport(rows: [.init(revision: 2)])),
    SampleRequest(
      DeclareNothing(indicator: indicator.id, period: quarter, note: "Không có hồ sơ nào"), in: commune,
      answered: indicator),
    SampleRequest(
      ListObservations(indicator: indicator.id, village: "thon-1", after: "2026-Q2/1"), in: commune,
      answered: Page(items: [observation, superseded, counted, village, estimate], next: "2026-Q1/1")),
  ]

  private static let standing = [
    SampleRequest(
      ListIndicators(plan: id(10), number: "2.2", office: office.code, standing: Open(.behind), after: "20"),
      in: commune,
      answered: Page(items: [indicator, bareIndicator], next: "22")),
    SampleRequest(
      ExplainStanding(indicator: indicator.id, period: quarter), in: commune,
      answered: StandingExplained(
        indicator: indicator, course: [superseded, observation], forecast: Quantity("86.25"),
        steps: [Text(vi: "Thay đổi 5,00 trong 92 ngày.", en: "A change of 5,00 in 92 days.")])),
    SampleRequest(
      JudgeIndicator(
        indicator: bareIndicator.id, verdict: Open(.achieved), text: "Đã triển khai ở 11 thôn.",
        evidence: "45/BC-UBND", period: quarter), in: commune, answered: bareIndicator),
    SampleRequest(
      ListJudgements(indicator: bareIndicator.id, after: "3"), in: commune,
      answered: Page(items: [judgement, earlierJudgement], next: "1")),
    SampleRequest(
      OverviewIndicators(year: 2026), in: commune,
      answered: IndicatorOverview(
        year: 2026,
        units: [
          .init(
            unit: commune, met: 3, behind: 12, noData: 9, reportOnly: 2, onTrack: 4, atRisk: 1, achieved: 1,
            partly: 1)
        ])),
  ]

  private static let rollingUp = [
    SampleRequest(
      RollUpIndicator(name: "hồ sơ trực tuyến", measure: "%", period: quarter, received: true), in: commune,
      answered: RollUp(
        name: indicator.name, measure: "%", period: quarter, basis: .received, reported: 1, expected: 2,
        missing: ["38/15044"], partial: [commune], total: Ratio(85, of: 100), range: range, lowest: share,
        median: share, highest: share,
        provinces: [.init(unit: "38", reported: 1, expected: 2, total: Ratio(85, of: 100), sum: 12)], sum: 12)),
    SampleRequest(
      ShowRollUpTable(period: quarter, after: "150"), in: commune.provinceUnit,
      answered: RollUpSummary(
        period: quarter, basis: .entered,
        lines: [
          .init(name: indicator.name, measure: "%", reported: 1, expected: 2, total: Ratio(85, of: 100), sum: 12)
        ],
        next: "300")),
    SampleRequest(RecordMerger(merger: merger), in: commune.provinceUnit, answered: merger),
    SampleRequest(
      RevokeMerger(from: merger.from, document: "13/NQ-HĐND", reason: "Ghi nhầm xã"), in: commune.provinceUnit,
      answered: merger),
  ]

  private static let cataloguing = [
    SampleRequest(DefineIndicator(definition: definition), in: commune.provinceUnit, answered: defined),
    SampleRequest(
      AdoptIndicator(unit: commune, code: definition.code, edition: "1082/QĐ-UBND, 2026", into: "dvc.toan-trinh"),
      in: commune.provinceUnit, answered: defined),
    SampleRequest(
      ListDefinitions(name: "hồ sơ", after: "40"), in: commune, answered: Page(items: [defined], next: "80")),
  ]

  private static let definition = Indicator.Definition(
    code: "hs.toan-trinh", name: Text(vi: "Hồ sơ trực tuyến toàn trình", en: "Cases handled end to end"), unit: "%",
    aliases: ["Hồ sơ toàn trình"], kind: .ratio,
    numerator: Text(vi: "số hồ sơ xử lý toàn trình trong kỳ", en: "cases handled end to end in the period"),
    denominator: Text(vi: "số hồ sơ tiếp nhận trong kỳ", en: "cases received in the period"), overTime: .sum,
    overUnits: .ratio, evidence: Text(vi: "Trích xuất hệ thống một cửa", en: "Extract of the one-stop system"),
    owner: .village, edition: "KH 119/KH-UBND, 2026")
  private static let defined = DefinedIndicator(
    definition: definition, origin: .commune, unit: commune, adoptedAs: "dvc.toan-trinh")

  static let indicatorEvents = [
    SampleEvent(
      ObservationRecorded(
        unit: commune, indicator: indicator.id, title: indicator.name, measure: "%", period: quarter, revision: 2,
        figure: observation.figure, note: observation.note, village: "thon-1", estimatedAsOf: Day(2026, 9, 15),
        office: office, focal: office.code), sequence: 51),
    SampleEvent(
      TargetMet(
        unit: commune, indicator: indicator.id, title: indicator.name, measure: "%", milestone: indicator.target,
        period: quarter, figure: observation.figure, focal: office.code), sequence: 52),
    SampleEvent(
      ObservationsImported(
        unit: commune, office: office.code,
        values: [
          .init(
            indicator: indicator.id, period: quarter, revision: 2, figure: Figure(85, of: 100), village: "thon-1",
            estimatedAsOf: Day(2026, 9, 15))
        ]), sequence: 53),
    SampleEvent(
      SubmissionMoved(
        unit: commune, submission: submission, title: "Báo cáo KHCN-ĐMST-CĐS", due: Day(2026, 10, 12),
        reason: "Mẫu số không khớp dân số", offices: [office.code], focal: office.code), sequence: 54),
    SampleEvent(
      ReportExpected(
        unit: commune, office: office.code, keeper: commune, regime: "khcn-cds", title: "Báo cáo KHCN-ĐMST-CĐS",
        period: quarter, cutoff: day(2026, 9, 30), due: day(2026, 10, 12), focal: office.code), sequence: 55),
    SampleEvent(
      ReportSettled(
        unit: commune, office: office.code, keeper: commune, regime: "khcn-cds", period: quarter), sequence: 56),
    SampleEvent(
      TargetEndangered(
        unit: commune, indicator: indicator.id, title: indicator.name, measure: "%", milestone: indicator.target,
        period: quarter, figure: observation.figure, forecast: Quantity("87.5"), focal: office.code), sequence: 57),
    SampleEvent(
      TargetRecovered(unit: commune, indicator: indicator.id, target: indicator.target.target), sequence: 58),
  ]

  static let quarter: Period = {
    guard let quarter = Period(.plain, 2026, .quarter(3)) else { preconditionFailure("samples name real periods") }
    return quarter
  }()

  private static let row = ObserveIndicator(
    indicator: indicator.id, period: quarter, figure: Figure(85, of: 100), note: "Theo hệ thống một cửa",
    evidence: "12/BC-PVHCC", reason: "Số của Đề án 06 chưa có thôn mới nhập", seen: 1)
  private static let villageRow = ObserveIndicator(
    indicator: indicator.id, period: quarter, figure: Figure(9, of: 10), evidence: "Biểu thôn 1", village: "thon-1")
  private static let estimateRow = ObserveIndicator(
    indicator: indicator.id, period: quarter, figure: Figure(80, of: 100), estimatedAsOf: Day(2026, 9, 15))
  private static let doubt = Text(vi: "Cùng một số liệu trong ba kỳ liền.", en: "The same for three periods in a row.")

  private static let observation = Observation(
    period: quarter, revision: 2, figure: Figure(85, of: 100), note: "Theo hệ thống một cửa", evidence: "12/BC-PVHCC",
    reason: "Số của Đề án 06 chưa có thôn mới nhập", office: office.code, time: time)
  private static let superseded = Observation(
    period: quarter, revision: 1, figure: Figure(80), office: office.code, time: time, superseded: true)
  private static let counted = Observation(
    period: quarter, revision: 12, figure: Figure(640, of: 800), office: office.code, time: time,
    villages: .init(reported: 9, expected: 11), source: .counts)
  private static let village = Observation(
    period: quarter, revision: 1, figure: Figure(9, of: 10), evidence: "Biểu thôn 1", village: "thon-1",
    office: office.code, time: time)
  private static let estimate = Observation(
    period: quarter, revision: 1, figure: Figure(80, of: 100), estimatedAsOf: Day(2026, 9, 15), office: office.code,
    time: time)

  private static let share = RollUp.Share(unit: commune, figure: Figure(85, of: 100))
  private static let range: RollUp.Range? = {
    guard let lowest = Ratio(85, of: 150), let highest = Ratio(135, of: 150), let covered = Ratio(100, of: 150) else {
      return nil
    }
    return RollUp.Range(lowest: lowest, highest: highest, covered: covered)
  }()
  private static let merger = Merger(
    from: "38/15044", into: commune, day: Day(number: 20_635), document: "12/NQ-HĐND")

  static let indicator = IndicatorSummary(
    id: id(50), unit: commune, name: "Hồ sơ trực tuyến toàn trình", measure: "%",
    target: Milestone(
      target: id(30), plan: id(10), year: 2026, number: "2.2", comparator: Open(.atLeast), value: Quantity(80),
      due: Day(2026, 12, 31), leads: [office.code]),
    later: [
      Milestone(
        target: id(32), plan: id(10), year: 2026, number: "40", comparator: Open(.atLeast), value: Quantity(95),
        due: Day(2030, 12, 31), leads: [office.code])
    ], last: observation, estimate: estimate, standing: Open(.met), kind: .ratio)
  private static let bareIndicator = IndicatorSummary(
    id: id(51), unit: commune, name: "Số thôn có tổ công nghệ số",
    target: Milestone(
      target: id(31), plan: id(10), year: 2026, number: "2", comparator: Open(.report), leads: [office.code]),
    later: [
      Milestone(
        target: id(33), plan: id(10), year: 2026, number: "41", comparator: Open(.range), value: Quantity(9),
        upper: Quantity(11), due: Day(2030, 12, 31), leads: [office.code])
    ], standing: Open(.reportOnly), judgement: judgement)

  static let judgement = Indicator.Judgement(
    verdict: Open(.achieved), text: "Đã triển khai ở 11 thôn.", evidence: "45/BC-UBND", office: office.code,
    time: time, year: 2026, period: quarter, account: "lan")
  private static let earlierJudgement = Indicator.Judgement(
    verdict: Open(.partly), text: "Mới ở 4 thôn.", evidence: "12/BC-UBND", office: office.code, time: time, year: 2026)
}
