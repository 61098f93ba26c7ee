import Schema

/// Whom an event concerns, and who may look into which inbox. No I/O.
enum NotificationsRules {
  /// A notice for one office of one unit, caused by one event.
  struct Post {
    var id: Notice.ID
    var unit: Unit
    var office: Office.Code
    var time: Timestamp
    var content: Notice.Content
  }

  /// What notifications knows of a task, from its own tables.
  struct KnownTask {
    var row: TaskRow
    var focal: Office.Code
    /// All of the plan.
    var offices: [Office]
  }

  /// A plan concerns each office to which it gives work.
  static func notices(of event: CloudEvent<PlanIssued>) -> [Post] {
    let plan = event.data
    let concerned = plan.shares.filter { $0.leads + $0.coordinates + $0.targets > 0 }
    return concerned.enumerated().map { index, share in
      Post(
        id: id(of: event.id, index), unit: plan.unit, office: share.office.code, time: event.time,
        content: .planIssued(
          number: plan.number, title: plan.title, leads: share.leads, coordinates: share.coordinates,
          targets: share.targets))
    }
  }

  /// Progress concerns those who share the task and the focal office, not the one that recorded it.
  static func notices(of event: CloudEvent<TaskProgressed>, _ task: KnownTask) -> [Post] {
    let progress = event.data
    let concerned = Set(task.row.leads + task.row.coordinating + [task.focal]).subtracting([progress.office])
    let recorder = task.offices.first { $0.code == progress.office }?.name ?? progress.office.description
    return concerned.sorted().enumerated().map { index, office in
      Post(
        id: id(of: event.id, index), unit: progress.unit, office: office, time: event.time,
        content: .taskProgressed(
          number: task.row.number, name: task.row.name, percent: progress.percent, by: recorder))
    }
  }

  /// Money concerns those who lead the task that it is for.
  static func notices(of event: CloudEvent<LineAllocated>) -> [Post] {
    let line = event.data
    return Set(line.leads).sorted().enumerated().map { index, office in
      Post(
        id: id(of: event.id, index), unit: line.unit, office: office, time: event.time,
        content: .lineAllocated(
          number: line.number, name: line.name, amount: line.amount, allocated: line.allocated,
          document: line.document))
    }
  }

  /// Money that was asked for and is not there concerns the focal office too.
  static func notices(of event: CloudEvent<LineOverspent>) -> [Post] {
    let line = event.data
    return Set(line.leads + [line.focal]).sorted().enumerated().map { index, office in
      Post(
        id: id(of: event.id, index), unit: line.unit, office: office, time: event.time,
        content: .lineOverspent(number: line.number, name: line.name, asked: line.asked, available: line.available))
    }
  }

  /// A value concerns the focal office, unless it entered it itself.
  static func notices(of event: CloudEvent<ObservationRecorded>) -> [Post] {
    let recorded = event.data
    guard recorded.focal != recorded.office.code else { return [] }
    return [
      Post(
        id: id(of: event.id, 0), unit: recorded.unit, office: recorded.focal, time: event.time,
        content: .observationRecorded(
          name: recorded.title, measure: recorded.measure, period: recorded.period, figure: recorded.figure,
          revision: recorded.revision, by: recorded.office.name))
    ]
  }

  /// A target that is met concerns those who lead it and the focal office.
  static func notices(of event: CloudEvent<TargetMet>) -> [Post] {
    let (met, milestone) = (event.data, event.data.milestone)
    return Set(milestone.leads + [met.focal]).sorted().enumerated().map { index, office in
      Post(
        id: id(of: event.id, index), unit: met.unit, office: office, time: event.time,
        content: .targetMet(
          name: met.title, measure: met.measure, number: milestone.number, value: milestone.value, period: met.period,
          figure: met.figure))
    }
  }

  /// The same event gives the same ids, in whatever store it is read again.
  private static func id(of event: UUIDv7, _ index: Int) -> Notice.ID {
    Notice.ID(UUIDv7(high: event.high, low: event.low ^ UInt64(index + 1)))
  }

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
