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

  /// A plan concerns each office to which it gives work, and those among its nơi nhận; the plan whose place it takes,
  /// those who got that one. Nơi nhận are told of a document, never reminded of what is in it: the Party's offices too.
  ///
  /// - Parameter offices: What the unit's offices are called.
  static func notices(
    of event: CloudEvent<PlanIssued>, _ offices: [Office.Code: String] = [:], replacing replaced: PlanRecord? = nil
  ) -> [NoticeRecord] {
    let plan = event.data
    let concerned = plan.shares.filter { $0.leads + $0.coordinates + $0.targets > 0 }
    let working = Set(concerned.map(\.office.code))
    let received = NoticeRecord.receivers(of: plan.recipients ?? [], among: offices).filter {
      !working.contains($0.key)
    }
    var told: [(office: Office.Code, content: Notice.Content)] = []
    for share in concerned {
      let content = Notice.Content.planIssued(
        number: plan.number, title: plan.title, leads: share.leads, coordinates: share.coordinates,
        targets: share.targets)
      told.append((share.office.code, content))
    }
    for (office, purpose) in received.sorted(by: { $0.key < $1.key }) {
      told.append((office, .planReceived(number: plan.number, title: plan.title, purpose: purpose)))
    }
    if let replaced {
      let content = Notice.Content.planAmended(number: replaced.number, by: plan.number, title: replaced.title)
      for office in replaced.holders(among: offices) { told.append((office, content)) }
    }
    return told.enumerated().map { index, told in
      NoticeRecord(
        id: id(of: event.id, index), unit: plan.unit, office: told.office, time: event.time, content: told.content,
        subject: event.subject, cause: event.id)
    }
  }

  /// Who got a plan is told that it is withdrawn.
  static func notices(
    of event: CloudEvent<PlanRevoked>, _ plan: PlanRecord, _ offices: [Office.Code: String]
  ) -> [NoticeRecord] {
    posts(
      .planRevoked(number: plan.number, by: event.data.number, day: event.data.day, title: plan.title),
      to: Set(plan.holders(among: offices)), of: event)
  }

  /// An obstacle concerns the focal office, unless it raised it itself.
  static func notices(
    of event: CloudEvent<ObstacleRaised>, _ task: TaskRow?, by office: String?, focal: Set<Office.Code>
  ) -> [NoticeRecord] {
    posts(
      .obstacleRaised(by: office ?? "\(event.data.office)", number: task?.number, name: task?.name),
      to: focal.subtracting([event.data.office]), of: event)
  }

  /// What was decided concerns who raised it.
  static func notices(of event: CloudEvent<ObstacleAnswered>) -> [NoticeRecord] {
    posts(.obstacleAnswered(outcome: event.data.outcome), to: [event.data.office], of: event)
  }

  /// Progress concerns those who share the task and the focal office, not the one that recorded it.
  static func notices(of event: CloudEvent<TaskProgressed>, _ task: TaskRecord) -> [NoticeRecord] {
    let progress = event.data
    let recorder = task.offices.first { $0.code == progress.office }?.name ?? progress.office.description
    return posts(
      .taskProgressed(
        number: task.row.number, name: task.row.name, percent: progress.percent, by: recorder,
        status: progress.status),
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

  /// Money that was asked for and is not there concerns the focal office too. It is said again until the line has more.
  static func notices(of event: CloudEvent<LineOverspent>) -> [NoticeRecord] {
    let line = event.data
    let notices = posts(
      .lineOverspent(number: line.number, name: line.name, asked: line.asked, available: line.available),
      to: Set(line.leads + [line.focal].compactMap(\.self)), of: event)
    return notices.map { notice in
      var notice = notice
      notice.fingerprint = Alarm.Fingerprint(
        .ledgerRefusal, event.subject, in: event.unit, "\(event.id)", stage: 0, for: notice.office)
      return notice
    }
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

  /// Values that came from a file concern the focal office, unless it entered them itself.
  static func notices(
    of event: CloudEvent<ObservationsImported>, by office: String?, focal: Set<Office.Code>
  ) -> [NoticeRecord] {
    let imported = event.data
    return posts(
      .observationsImported(count: imported.values.count, by: office ?? "\(imported.office)"),
      to: focal.subtracting([imported.office]), of: event)
  }

  /// A target that is met concerns those who lead it and the focal office.
  static func notices(of event: CloudEvent<TargetMet>) -> [NoticeRecord] {
    let (met, milestone) = (event.data, event.data.milestone)
    return posts(
      .targetMet(
        name: met.title, measure: met.measure, number: milestone.number, value: milestone.value, upper: milestone.upper,
        period: met.period, figure: met.figure), to: Set(milestone.leads + [met.focal]), of: event)
  }

  // MARK: Posting

  /// The same for each of these offices.
  private static func posts<Payload: Event>(
    _ content: Notice.Content, to offices: Set<Office.Code>, of event: CloudEvent<Payload>
  ) -> [NoticeRecord] {
    offices.sorted().enumerated().map { index, office in
      NoticeRecord(
        id: id(of: event.id, index), unit: event.unit, office: office, time: event.time, content: content,
        subject: event.subject, cause: event.id)
    }
  }

  /// The same event gives the same ids, in whatever store it is read again.
  private static func id(of event: UUIDv7, _ index: Int) -> Notice.ID {
    Notice.ID(UUIDv7(high: event.high, low: event.low ^ UInt64(index + 1)))
  }

  // MARK: Reading

  /// Whose inbox is read: one's own, for leaders the leaders' too; the focal office and the leaders may look into any
  /// office of their unit, as who receives for a province may into the province's.
  static func offices(_ asked: Office.Code?, for caller: Caller) throws(Refusal) -> Set<Office.Code> {
    let own = Set([caller.office].compactMap(\.self))
      .union(caller.roles.contains(.approver) ? [.viceChair, .chair] : [])
    guard let asked else {
      guard !own.isEmpty else {
        throw Refusal(
          .invalid, vi: "Tài khoản này không thuộc cơ quan nào; hãy nêu mã cơ quan.",
          en: "This account belongs to no office; name one.", at: "office")
      }
      return own
    }
    guard own.contains(asked) || !caller.roles.isDisjoint(with: [.focal, .approver, .province]) else {
      throw Refusal(
        .forbidden, vi: "Chỉ xem được hộp thông báo của cơ quan mình.", en: "An office reads its own inbox only.",
        at: "office")
    }
    return [asked]
  }
}
