import Schema

extension Samples {
  static let notificationRequests = [
    SampleRequest(
      ReadInbox(office: office.code, after: "12"), in: commune,
      answered: Page(
        items: [
          NoticeSummary(
            id: id(60), office: office.code, time: time,
            text: Notice.Content.planIssued(
              number: "119/KH-UBND", title: "Chuyển đổi số năm 2026", leads: 3, coordinates: 2, targets: 5
            ).text),
          NoticeSummary(
            id: id(61), office: office.code, time: time,
            text: Notice.Content.taskProgressed(number: "1.1", name: "Số hóa hồ sơ", percent: 40, by: "van-phong").text),
        ], next: "14")),
    SampleRequest(
      AcknowledgeNotice(notice: overdue.id, note: "Đang chờ nhà thầu"), in: commune, answered: overdue),
    SampleRequest(SnoozeNotice(notice: overdue.id, until: day(2026, 7, 8)), in: commune, answered: overdue),
    SampleRequest(
      TraceNotice(notice: overdue.id), in: commune,
      answered: NoticeTrace(
        notice: overdue, subject: "task/\(uuid(20))", cause: uuid(62), fingerprint: uuid(63), times: 2,
        acknowledgedBy: "lan", note: "Đang chờ nhà thầu", snoozedUntil: day(2026, 7, 8), settled: day(2026, 7, 20),
        letters: [letter],
        attempts: [.init(letter: letter.id, number: 1, time: time, outcome: "answered 451")])),
    SampleRequest(
      SilenceNotices(
        rule: .taskOverdue, subject: silence.subject, office: office.code, until: silence.until,
        reason: silence.reason, document: silence.document), in: commune, answered: silence),
    SampleRequest(LiftSilence(silence: silence.id), in: commune, answered: silence),
    SampleRequest(
      ListSilences(after: "12"), in: commune, answered: Page(items: [silence], next: "14")),
    SampleRequest(
      ListLetters(state: .dead, after: "12"), in: commune, answered: Page(items: [letter], next: "14")),
    SampleRequest(RetryLetter(letter: letter.id), in: commune, answered: letter),
    SampleRequest(
      KeepAddress(office: office.code, mail: "vh-xh@giaoan.example", language: .vietnamese), in: commune,
      answered: Done()),
    SampleRequest(
      ListAddresses(after: "12"), in: commune,
      answered: Page(
        items: [OfficeAddress(office: office.code, mail: "vh-xh@giaoan.example", isServed: true)], next: "14")),
    SampleRequest(
      ForeseeNotices(day: day(2026, 7, 1), after: "50"), in: commune,
      answered: Page(
        items: [
          Foreseen(
            rule: .taskOverdue, severity: .warning, office: office.code, subject: "task/\(uuid(20))",
            since: day(2026, 7, 1), text: overdue.text)
        ], next: "100")),
  ]

  private static let overdue = NoticeSummary(
    id: id(64), office: office.code, time: time,
    text: Text(
      vi: "Nhiệm vụ 1.1 quá hạn 1 ngày làm việc (hạn 30/06/2026). Số hóa hồ sơ",
      en: "Task 1.1 is 1 working days overdue (due 30/06/2026). Số hóa hồ sơ"),
    rule: .taskOverdue, severity: .warning, acknowledged: time)

  private static let letter = LetterSummary(
    id: id(65), office: office.code, channel: .mail, address: "vh-xh@giaoan.example", state: .pending, attempts: 1,
    next: time, outcome: "answered 451", notices: 3, time: time)

  private static let silence = Silence(
    id: id(66), rule: Open(.taskOverdue), subject: "task/\(uuid(20))", office: office.code,
    until: day(2026, 7, 31), reason: "Tỉnh gia hạn", document: "98/TB-UBND", account: "lan", time: time, lifted: time)
}
