public import Schema

extension Samples {
  static let identityRequests = [
    SampleRequest(
      Invite(
        key: invitationKey, account: account, office: office, roles: [Open(.focal), Open(.entry)], expires: expires),
      in: commune,
      answered: InvitationSummary(
        id: id(70), account: account, unit: commune, office: office, roles: [Open(.focal), Open(.entry)],
        expires: expires)),
    SampleRequest(Join(key: key), in: nil, answered: summary),
    SampleRequest(AddKey(key: key), in: nil, answered: summary),
    SampleRequest(WithdrawKey(key: key), in: nil, answered: summary),
    SampleRequest(ReadSuccessor(), in: nil, answered: Successor(key: key, port: 7500, unit: commune, former: [former])),
    SampleRequest(
      ListAccounts(after: "giao-an.ca"), in: commune,
      answered: Page(
        items: [
          summary,
          AccountSummary(
            account: "operator", unit: nil, office: nil, roles: [Open(.administrator), Open(.operator)],
            status: Open(.invited), keys: []),
        ], next: "operator")),
    SampleRequest(
      Revoke(account: account, key: key, reason: "Mất máy tính"), in: commune,
      answered: AccountSummary(
        account: account, unit: commune, office: office, roles: [Open(.focal)], status: Open(.active),
        keys: [KeySummary(key: key, admitted: time, revoked: expires, reason: "Mất máy tính")])),
    SampleRequest(
      ReadDirectory(after: invitationKey), in: nil,
      answered: DirectoryPage(epoch: epoch, sequence: 42, seats: [seat, bareSeat], next: key)),
    SampleRequest(
      ListOffices(after: "ca"), in: commune,
      answered: Page(items: [village, keptOffice], next: keptOffice.code.description)
    ),
    SampleRequest(KeepOffice(office: village), in: commune, answered: village),
    SampleRequest(RetireOffice(office: office.code, last: today), in: commune, answered: describedOffice),
    SampleRequest(
      Delegate(to: "giao-an.vp", roles: [Open(.approver)], from: today, through: today, document: "15/QĐ-UBND"),
      in: commune, answered: delegation),
    SampleRequest(EndDelegation(delegation: delegation.id), in: commune, answered: Done()),
    SampleRequest(LimitAccount(account: account, key: key, last: today), in: commune, answered: borrower),
    SampleRequest(MergeUnits(merger: merger), in: commune.provinceUnit, answered: merger),
    SampleRequest(ReportSeen(day: today, accounts: [account], keys: [key]), in: nil, answered: Done()),
    SampleRequest(
      RecordCounts(village: village.code, month: month, counts: counts), in: commune, answered: villageRow),
    SampleRequest(
      ListCounts(month: month, published: true), in: commune,
      answered: CountsTable(
        month: month,
        rows: [
          villageRow,
          CountsRow(
            unit: commune, village: Office(code: "thon-2", name: "Thôn 2"), reported: 1, expected: 1, counts: nil,
            suppressed: true),
        ], total: CountsRow(unit: commune, reported: 1, expected: 2, counts: counts))),
  ]

  static let identityEvents = [
    SampleEvent(
      AccountAdmitted(unit: commune, account: account, office: office, roles: [Open(.focal)]), sequence: 50),
    SampleEvent(KeyAdmitted(unit: commune, seat: seat), sequence: 51),
    SampleEvent(KeyRevoked(unit: commune, key: key, account: account, reason: "Mất máy tính"), sequence: 52),
    SampleEvent(AccountRevoked(unit: commune, account: account, reason: "Chuyển công tác"), sequence: 53),
    SampleEvent(OfficeKept(unit: commune, office: village), sequence: 54),
    SampleEvent(
      CountsRecorded(
        unit: commune, village: village.office, month: month, counts: counts, revision: 2, office: "ca"), sequence: 55),
    SampleEvent(
      SeatChanged(
        unit: commune,
        seat: Seat(
          key: key, account: account, unit: commune, office: office.code, roles: [Open(.focal)], last: today,
          loans: [Seat.Loan(roles: [Open(.approver)], from: today, through: today)], former: [former])), sequence: 56),
    SampleEvent(
      SubjectRequestMoved(
        unit: commune, request: id(80), received: day(2026, 9, 1), acknowledgeBy: day(2026, 9, 4),
        due: day(2026, 9, 11), office: office.code), sequence: 57),
    SampleEvent(UnitMerged(merger: merger), sequence: 58),
  ]

  private static let former: Unit = "38/15049"
  private static let merger = Merger(
    from: former, into: commune, day: day(2026, 7, 1), document: "35/NQ-HĐND")
  private static let account: Caller.Account = "giao-an.vh-xh"
  private static let expires = Timestamp(milliseconds: time.milliseconds + 7 * 86_400_000)
  private static let invitationKey = named("k2qK/sI?zc=k[8UC:.^3RX@Wux}r/PiPZi$uLIJ5")
  public static let key = named("dfg&p8JWuN.!9HJJ{mXjNDQcD/7bo)KHwF#Elw0u")

  private static let summary = AccountSummary(
    account: account, unit: commune, office: office, roles: [Open(.focal)], status: Open(.active),
    keys: [KeySummary(key: key, admitted: time)])
  private static let seat = Seat(
    key: key, account: account, unit: commune, office: office.code, roles: [Open(.focal)])
  private static let bareSeat = Seat(
    key: invitationKey, account: "operator", unit: nil, office: nil, roles: [Open(.operator)])

  private static let village = OfficeSummary(code: "thon-1", name: "Thôn 1", kind: Open(.village))
  private static let keptOffice = OfficeSummary(code: office.code, name: office.name, kind: Open(.office))

  private static var today: Day { time.day }
  private static let describedOffice = OfficeSummary(
    code: office.code, name: office.name, kind: Open(.office), aliases: ["Phòng VHXH"], duties: ["chuyển đổi số"],
    agency: AgencyCode("H56.12.03"), since: time.day, until: time.day)
  private static let delegation = Delegation(
    id: id(71), by: "giao-an.chu-tich", to: "giao-an.vp", roles: [Open(.approver)], from: time.day, through: time.day,
    document: "15/QĐ-UBND")
  private static let borrower = AccountSummary(
    account: account, unit: commune, office: office, roles: [Open(.focal)], status: Open(.active),
    keys: [KeySummary(key: key, admitted: time, last: time.day, seen: time.day)], last: time.day,
    delegations: [delegation], seen: time.day)

  private static let counts = EnrolmentCounts(adults: 1000, issued: 900, activated: 850, signatures: 120)
  private static let villageRow = CountsRow(
    unit: commune, village: village.office, reported: 1, expected: 1, counts: counts, revision: 2)

  private static var month: Period {
    guard let month = Period(.plain, 2026, .month(10)) else { preconditionFailure("samples name real months") }
    return month
  }

  private static func named(_ text: String) -> Identity.Key {
    guard let key = Identity.Key(text) else { preconditionFailure("samples name real keys") }
    return key
  }
}
