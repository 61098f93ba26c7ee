import Schema

extension Samples {
  static let reportingRequests = regimes + submissions

  private static let regimes = [
    SampleRequest(KeepRegime(regime: regime), in: commune.provinceUnit, answered: regimeSummary),
    SampleRequest(
      ListRegimes(after: "20"), in: commune, answered: Page(items: [regimeSummary, request, requestToSome], next: "40")),
    SampleRequest(MoveDueDay(regime: regime.code, move: move), in: commune.provinceUnit, answered: regimeSummary),
    SampleRequest(
      GrantException(
        regime: regime.code, period: quarter, unit: commune, office: office.code, until: Day(number: 20_750),
        reason: "Mất điện ba ngày"), in: commune.provinceUnit, answered: Done()),
    SampleRequest(
      ShowCompleteness(keeper: commune.provinceUnit, regime: regime.code, period: quarter), in: commune,
      answered: Completeness(
        name: regime.name, period: quarter, dates: dates,
        lines: [
          .init(
            unit: commune, office: office.code, status: Open(.received), answered: 2, cells: 2,
            sentOn: Day(2026, 10, 9), firstSentOn: Day(2026, 10, 5), late: 0, reviews: 1),
          .init(unit: "38/15044", answered: 0, estimated: 1, cells: 2, late: 3, reviews: 0),
        ])),
    SampleRequest(
      ExplainLock(indicator: indicator.id, period: quarter), in: commune,
      answered: LockExplained(
        isLocked: true,
        causes: [
          .init(
            day: Day(number: 20_730),
            text: Text(vi: "chốt số liệu của quý III/2026.", en: "the cut-off of quarter 3 of 2026."))
        ])),
  ]

  private static let submissions = [
    SampleRequest(
      PrepareSubmission(
        keeper: commune.provinceUnit, regime: regime.code, period: quarter, remarks: remarks), in: commune,
      answered: detail),
    SampleRequest(ConfirmSubmission(submission: submission.id, signed: signed), in: commune, answered: detail),
    SampleRequest(
      AnswerSubmission(
        submission: submission.id, isReceived: false, reason: "Mẫu số không khớp dân số", cells: [indicator.id],
        signed: signed), in: commune.provinceUnit, answered: detail),
    SampleRequest(
      RecallSubmission(submission: submission.id, reason: "Sót một thôn"), in: commune, answered: detail),
    SampleRequest(
      ListSubmissions(regime: regime.code, period: quarter, after: submission.id.description), in: commune,
      answered: Page(items: [submission], next: submission.id.description)),
    SampleRequest(ShowSubmission(submission: submission.id), in: commune, answered: detail),
  ]

  private static let regime = Regime(
    code: "khcn-cds", name: "Báo cáo KHCN-ĐMST-CĐS", basis: "09/2019/NĐ-CP",
    via: "Phòng Văn hóa - Xã hội", spans: [Open(.quarter), Open(.year)],
    due: [.init(spans: [Open(.year)], months: 1, day: 15), .init(months: 1, day: 10)], lockAfter: 15,
    indicators: ["Hồ sơ trực tuyến toàn trình"])
  private static let move = DueMove(period: quarter, due: Day(number: 20_738), document: "2117/SKHCN-VP")
  private static let dates = RegimeDates(
    cutoff: Day(number: 20_726), due: Day(2026, 10, 12), lock: Day(2026, 10, 27))
  private static let regimeSummary = RegimeSummary(
    keeper: commune.provinceUnit, regime: regime, moves: [move],
    warnings: [Text(vi: "Hạn gửi trước ngày chốt số liệu.", en: "Due before its cut-off.")])
  private static let request = RegimeSummary(
    keeper: commune,
    regime: Regime(
      code: "cv-2117", name: "Báo cáo đột xuất về chữ ký số", isDecree09: true,
      letter: .init(
        number: "2117/SKHCN-VP", asks: "Số chữ ký số đã cấp", period: quarter, due: Day(number: 20_738)),
      offices: [office.code]))
  private static let requestToSome = RegimeSummary(
    keeper: commune.provinceUnit,
    regime: Regime(
      code: "cv-2118", name: "Báo cáo đột xuất của một xã",
      letter: .init(
        number: "2118/SKHCN-VP", asks: "Số chữ ký số đã cấp", period: quarter, due: Day(number: 20_738)),
      units: [commune]))

  private static let remarks = SubmissionRemarks(
    direction: "Ban Chỉ đạo họp hai lần.", obstacles: "Thiếu máy quét.", proposals: "Bổ sung kinh phí.",
    next: "Số hóa xong hồ sơ đất đai.",
    work: SubmissionWork(
      asOf: Day(number: 20_726),
      tasks: [
        .init(
          number: "1.1", name: "Duy trì đường truyền", leads: [office.code], time: "31/12/2026", percent: 40,
          standing: Open(.notDue))
      ],
      money: [.init(leads: [office.code], estimated: 40_000_000, allocated: 30_000_000, disbursed: 12_500_000)],
      obstacles: [.init(office: office.code, text: "Thiếu máy quét.", asks: "Bổ sung 02 máy quét.")],
      offices: [office]))
  private static let signed: SignedDocument? = Fingerprint(String(repeating: "ab", count: 32)).map {
    SignedDocument(signer: "Phó Chủ tịch Lê Văn Mẫu", hash: $0)
  }
  static let submission: SubmissionSummary = {
    guard let hash = Fingerprint(String(repeating: "cd", count: 32)) else { preconditionFailure("64 digits") }
    return SubmissionSummary(
      id: id(60), keeper: commune.provinceUnit, regime: "khcn-cds", period: quarter, unit: commune,
      office: office.code, status: Open(.inReview), version: 2, answered: 3, cells: 3, hash: hash,
      sentOn: Day(2026, 10, 9))
  }()
  private static let detail = SubmissionDetail(
    summary: submission, remarks: remarks,
    cells: [
      .init(
        indicator: indicator.id, name: indicator.name, measure: "%", figure: Figure(85, of: 100), revision: 2,
        estimatedAsOf: Day(2026, 9, 15), standing: Open(.met), target: indicator.target,
        villages: .init(reported: 9, expected: 11)),
      .init(indicator: id(52), name: "Hồ sơ giấy", isNothing: true, standing: Open(.noData)),
      .init(
        indicator: id(51), name: "Số thôn có tổ công nghệ số", standing: Open(.reportOnly), judgement: judgement),
    ],
    steps: [
      .init(
        status: Open(.inReview), account: "so-khcn", office: "so-khcn", time: time, signed: signed,
        reason: "Mẫu số không khớp dân số", cells: [indicator.id])
    ])
}
