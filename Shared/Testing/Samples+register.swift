import Schema

/// The person register, its people, and what administrators ask.
extension Samples {
  static let registerRequests = registerKeeping + people + inquiries + subjects

  private static let registerKeeping = [
    SampleRequest(
      OpenRegister(basis: "12/QĐ-UBND", issued: day, purpose: "Rà soát định danh mức độ 2 theo Đề án 06", months: 24),
      in: commune, answered: register),
    SampleRequest(CloseRegister(document: "98/QĐ-UBND"), in: commune, answered: closedRegister),
    SampleRequest(ShowRegister(), in: commune, answered: register),
    SampleRequest(
      ImportPeople(
        first: 2, lines: "038095000123\tNguyễn Văn An\t1995\tnam\tThôn 1\tđã cấp\t01/10/2026\t\t", pads: false),
      in: commune,
      answered: ImportSummary(
        added: 1, changed: 2, unchanged: 3, refused: 1, findings: [RowFinding(line: 7, kind: Open(.zerosEaten))],
        unsaid: 4)),
    SampleRequest(ReadStatistics(), in: commune, answered: statistics),
    SampleRequest(
      CountRegister(month: registerMonth), in: commune,
      answered: CountsTable(month: registerMonth, rows: [countedRow], total: countedRow)),
    SampleRequest(RekeyRegister(begins: true), in: nil, answered: Rekeying(done: 40_000, left: 20_000)),
    SampleRequest(
      ListWork(aspect: Open(.complete), after: other.description), in: commune,
      answered: Page(items: [person], next: person.person.description)),
  ]

  private static let people = [
    SampleRequest(PurgeRegister(), in: commune, answered: Purged(erased: 3)),
    SampleRequest(FindPerson(number: "038095000123"), in: commune, answered: person),
    SampleRequest(
      UpdatePerson(
        person: person.person, village: "thon-1", eid: Open(.activated), eidSince: day, signature: Open(.personal),
        checked: day, returned: true), in: commune, answered: person),
    SampleRequest(PersonLeft(person: person.person, day: day, why: Open(.moved)), in: commune, answered: gonePerson),
    SampleRequest(
      RenumberPerson(person: other, number: "038095000123", document: "15/CV-CAX"), in: commune, answered: person),
    SampleRequest(ErasePerson(person: person.person, reason: "Yêu cầu 12/YC-DLCN"), in: commune, answered: Done()),
    SampleRequest(
      ReadNumber(person: person.person, reason: "Hồ sơ 045"), in: commune, answered: NumberRead(number: "038095000123")),
    SampleRequest(
      ExportPerson(person: person.person, reason: "Yêu cầu 13/YC-DLCN"), in: commune,
      answered: PersonExport(
        number: "038095000123", person: person, earlier: ["038095000999"], basis: "12/QĐ-UBND", earlierBases: [opening],
        changes: [
          PersonChange(
            time: time, account: "giao-an.ca", method: "identity.person.update", eid: Open(.issued),
            signature: Open(.none), village: "thon-1")
        ],
        requests: [
          SubjectRequestSummary(
            id: id(70), kind: Open(.view), received: day, person: person.person, acknowledgeBy: day, due: day)
        ],
        readings: [
          PersonReading(
            time: time, account: "giao-an.ca", office: office.code, method: "identity.person.number",
            reason: "Hồ sơ 045")
        ])),
    SampleRequest(
      ListDuplicates(after: "\(person.person)/\(other)"), in: commune,
      answered: Page(
        items: [Duplicate(kind: Open(.likeness), person: person.person, other: other, found: time)],
        next: "\(person.person)/\(other)")),
    SampleRequest(
      DecideDuplicate(person: person.person, other: other, isSame: true, reason: "Đã đối chiếu"), in: commune,
      answered: person),
  ]

  private static let inquiries = [
    SampleRequest(
      ExplainAccess(account: "giao-an.vh-xh", asked: "plans.issue", unit: commune), in: commune,
      answered: AccessExplanation(
        isPermitted: false,
        reasons: [
          .init(holds: true, text: Text(vi: "Tài khoản đang dùng.", en: "The account is active.")),
          .init(holds: false, text: Text(vi: "Thiếu vai trò clerk.", en: "The role clerk is missing.")),
        ])),
    SampleRequest(
      ListInvitations(after: uuid(70).description), in: commune,
      answered: Page(
        items: [
          PendingInvitation(
            id: id(71), account: "giao-an.ca", unit: commune,
            expires: Timestamp(milliseconds: time.milliseconds + 86_400_000))
        ], next: uuid(71).description)),
    SampleRequest(CancelInvitation(invitation: id(71)), in: commune, answered: Done()),
  ]

  private static let subjects = [
    SampleRequest(
      OpenSubjectRequest(kind: Open(.view), received: day, person: person.person), in: commune, answered: asked),
    SampleRequest(AcknowledgeSubjectRequest(request: id(80), on: day), in: commune, answered: asked),
    SampleRequest(ExtendSubjectRequest(request: id(80), reason: "Hồ sơ nhiều"), in: commune, answered: asked),
    SampleRequest(
      AnswerSubjectRequest(request: id(80), document: "31/CV-UBND", on: day, granted: true), in: commune,
      answered: answered),
    SampleRequest(
      ListSubjectRequests(after: uuid(81).description), in: commune,
      answered: Page(items: [answered, asked], next: uuid(80).description)),
  ]

  private static let asked = SubjectRequestSummary(
    id: id(80), kind: Open(.view), received: day, acknowledgeBy: day.adding(3), due: day.adding(10))

  private static let answered = SubjectRequestSummary(
    id: id(80), kind: Open(.view), received: day, person: person.person, acknowledgeBy: day.adding(3),
    acknowledged: day, due: day.adding(20), extended: "Hồ sơ nhiều", answered: day, document: "31/CV-UBND",
    granted: true)

  private static var day: Day { time.day }
  private static let other = reference("ffeeddccbbaa99887766554433221100")

  private static let person = PersonSummary(
    person: reference("00112233445566778899aabbccddeeff"), number: "•••••••••123",
    village: Office(code: "thon-1", name: "Thôn 1"), birthYear: 1995, sex: Open(.male), eid: Open(.activated),
    eidSince: day, signature: Open(.personal), checked: day, version: 3)

  private static let gonePerson = PersonSummary(
    person: reference("00112233445566778899aabbccddeeff"), number: "•••••••••123", village: nil, birthYear: 1995,
    sex: Open(.male), eid: Open(.activated), eidSince: nil, signature: Open(.none), checked: nil, left: day,
    replacedBy: other, version: 4)

  private static let register = RegisterSummary(
    unit: commune, basis: "12/QĐ-UBND", issued: day, purpose: "Rà soát định danh mức độ 2 theo Đề án 06", months: 24,
    opened: day, closed: nil,
    quality: RegisterQuality(people: 9500, correct: 9400, complete: 9100, clean: 9490, live: 8000))

  private static let opening = RegisterOpening(
    basis: "3/QĐ-UBND", issued: day, purpose: "Rà soát năm trước", months: 12, opened: day, closed: day,
    closedBy: "45/QĐ-UBND")

  private static var closedRegister: RegisterSummary {
    var register = register
    register.closed = day
    register.closedBy = "98/QĐ-UBND"
    register.before = [opening]
    return register
  }

  private static let statistics = StatisticsTable(
    rows: [
      StatisticsRow(
        unit: commune, village: Office(code: "thon-1", name: "Thôn 1"), people: 1200,
        counts: EnrolmentCounts(adults: 1000, issued: 900, activated: 850, signatures: 120), pending: 60, suspended: 4)
    ],
    total: StatisticsRow(
      unit: commune, people: 1200,
      counts: EnrolmentCounts(adults: 1000, issued: 900, activated: 850, signatures: 120), pending: 60, suspended: 4))

  private static let countedRow = CountsRow(
    unit: commune, reported: 1, expected: 1,
    counts: EnrolmentCounts(adults: 1000, issued: 900, activated: 850, signatures: 120))

  private static var registerMonth: Period {
    guard let month = Period(.plain, 2026, .month(11)) else { preconditionFailure("samples name real months") }
    return month
  }

  private static func reference(_ text: String) -> Person.Reference {
    guard let reference = Person.Reference(text) else { preconditionFailure("samples name real references") }
    return reference
  }
}
