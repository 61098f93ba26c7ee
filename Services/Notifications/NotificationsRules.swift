import Schema

/// Whom an event concerns, and who may look into which inbox. No I/O.
enum NotificationsRules {
  // MARK: Identity

  /// Who comes in for an office concerns the office, and the focal office.
  static func notices(of event: CloudEvent<AccountAdmitted>, _ account: AccountRecord) -> [NoticeRecord] {
    posts(
      .accountAdmitted(account: account.name, office: account.office.name), to: concerned(by: account), of: event)
  }

  /// The key that somebody joined by says nothing new; each other one does.
  static func notices(of event: CloudEvent<KeyAdmitted>, _ account: AccountRecord) -> [NoticeRecord] {
    guard account.hasKey else { return [] }
    return posts(
      .keyAdmitted(account: account.name, office: account.office.name), to: concerned(by: account), of: event)
  }

  static func notices(of event: CloudEvent<KeyRevoked>, _ account: AccountRecord) -> [NoticeRecord] {
    posts(
      .keyRevoked(account: account.name, office: account.office.name, reason: event.data.reason),
      to: concerned(by: account), of: event)
  }

  static func notices(of event: CloudEvent<AccountRevoked>, _ account: AccountRecord) -> [NoticeRecord] {
    posts(
      .accountRevoked(account: account.name, office: account.office.name, reason: event.data.reason),
      to: concerned(by: account), of: event)
  }

  private static func concerned(by account: AccountRecord) -> Set<Office.Code> {
    account.focal.union([account.office.code])
  }

  /// Another name concerns the office that bears it, and the focal office; a village has no inbox.
  static func notices(
    of event: CloudEvent<OfficeKept>, before: String?, focal: Set<Office.Code>
  ) -> [NoticeRecord] {
    let office = event.data.office
    guard let before, before != office.name else { return [] }
    return posts(
      .officeRenamed(name: office.name, before: before),
      to: office.kind == .village ? focal : focal.union([office.code]), of: event)
  }

  /// Counts concern the focal office, unless it recorded them itself.
  ///
  /// - Parameter office: What the office is called that recorded them.
  static func notices(
    of event: CloudEvent<CountsRecorded>, by office: String?, focal: Set<Office.Code>
  ) -> [NoticeRecord] {
    let recorded = event.data
    let recorder = office ?? recorded.office?.description ?? recorded.village.name
    return posts(
      .countsRecorded(
        village: recorded.village.name, month: recorded.month, counts: recorded.counts, revision: recorded.revision,
        by: recorder), to: focal.filter { $0 != recorded.office }, of: event)
  }

  // MARK: Plans

  /// A plan concerns each office to which it gives work.
  static func notices(of event: CloudEvent<PlanIssued>) -> [NoticeRecord] {
    let plan = event.data
    let concerned = plan.shares.filter { $0.leads + $0.coordinates + $0.targets > 0 }
    return concerned.enumerated().map { index, share in
      NoticeRecord(
        id: id(of: event.id, index), unit: plan.unit, office: share.office.code, time: event.time,
        content: .planIssued(
          number: plan.number, title: plan.title, leads: share.leads, coordinates: share.coordinates,
          targets: share.targets))
    }
  }

  /// Progress concerns those who share the task and the focal office, not the one that recorded it.
  static func notices(of event: CloudEvent<TaskProgressed>, _ task: TaskRecord) -> [NoticeRecord] {
    let progress = event.data
    let recorder = task.offices.first { $0.code == progress.office }?.name ?? progress.office.description
    return posts(
      .taskProgressed(number: task.row.number, name: task.row.name, percent: progress.percent, by: recorder),
      to: Set(task.row.leads + task.row.coordinating + [task.focal]).subtracting([progress.office]), of: event)
  }

  // MARK: Budget

  /// Money concerns those who lead the task that it is for.
  static func notices(of event: CloudEvent<LineAllocated>) -> [NoticeRecord] {
    let line = event.data
    return posts(
      .lineAllocated(
        number: line.number, name: line.name, amount: line.amount, allocated: line.allocated, document: line.document),
      to: Set(line.leads), of: event)
  }

  /// Money that was asked for and is not there concerns the focal office too.
  static func notices(of event: CloudEvent<LineOverspent>) -> [NoticeRecord] {
    let line = event.data
    return posts(
      .lineOverspent(number: line.number, name: line.name, asked: line.asked, available: line.available),
      to: Set(line.leads + [line.focal].compactMap(\.self)), of: event)
  }

  // MARK: Indicators

  /// A value concerns the focal office, unless it entered it itself.
  static func notices(of event: CloudEvent<ObservationRecorded>) -> [NoticeRecord] {
    let recorded = event.data
    return posts(
      .observationRecorded(
        name: recorded.title, measure: recorded.measure, period: recorded.period, figure: recorded.figure,
        revision: recorded.revision, by: recorded.office.name),
      to: Set([recorded.focal]).subtracting([recorded.office.code]), of: event)
  }

  /// A target that is met concerns those who lead it and the focal office.
  static func notices(of event: CloudEvent<TargetMet>) -> [NoticeRecord] {
    let (met, milestone) = (event.data, event.data.milestone)
    return posts(
      .targetMet(
        name: met.title, measure: met.measure, number: milestone.number, value: milestone.value, period: met.period,
        figure: met.figure), to: Set(milestone.leads + [met.focal]), of: event)
  }

  // MARK: Posting

  /// The same for each of these offices.
  private static func posts<Payload: Event>(
    _ content: Notice.Content, to offices: Set<Office.Code>, of event: CloudEvent<Payload>
  ) -> [NoticeRecord] {
    offices.sorted().enumerated().map { index, office in
      NoticeRecord(id: id(of: event.id, index), unit: event.unit, office: office, time: event.time, content: content)
    }
  }

  /// The same event gives the same ids, in whatever store it is read again.
  private static func id(of event: UUIDv7, _ index: Int) -> Notice.ID {
    Notice.ID(UUIDv7(high: event.high, low: event.low ^ UInt64(index + 1)))
  }

  // MARK: Reading

  /// Whose inbox is read: one's own; the focal office and the leaders may look into any office of their unit.
  static func office(_ asked: Office.Code?, for caller: Caller) throws(Refusal) -> Office.Code {
    guard let office = asked ?? caller.office else {
      throw Refusal(
        .invalid, vi: "Tài khoản này không thuộc cơ quan nào; hãy nêu mã cơ quan.",
        en: "This account belongs to no office; name one.", at: "office")
    }
    guard office == caller.office || !caller.roles.isDisjoint(with: [.focal, .approver]) else {
      throw Refusal(
        .forbidden, vi: "Chỉ xem được hộp thông báo của cơ quan mình.", en: "An office reads its own inbox only.",
        at: "office")
    }
    return office
  }
}
