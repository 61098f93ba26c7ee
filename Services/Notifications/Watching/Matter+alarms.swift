import Schema
import Storage
import WorkingDays

/// When a matter is what to whom: the days of the rules, and nothing else.
extension Matter {
  func alarms(on today: Day, _ book: RuleBook, _ days: WorkingDays, _ addressees: Addressees) -> [Alarm] {
    topic.rules.flatMap { rule in
      alarms(of: rule, on: today, book[rule].stages, days, addressees)
    }
  }

  private func alarms(
    of rule: Notice.Rule, on today: Day, _ stages: [RuleBook.Stage], _ days: WorkingDays, _ addressees: Addressees
  ) -> [Alarm] {
    guard let anchor = anchor(of: rule, days) else { return [] }
    // Once something is late, that it will be due is no news.
    if rule.isBeforeDue, today > days.end(of: anchor) { return [] }
    // Of several stages that were reached, an office hears the last one that is meant for it.
    var alarms: [Office.Code: Alarm] = [:]
    for (index, stage) in stages.enumerated() {
      let day = days.day(of: stage, from: anchor)
      guard day <= today else { continue }
      for office in recipients(of: stage, addressees) {
        // What is repeated to an office goes on; nothing higher takes its place.
        guard alarms[office]?.stage.interval == nil else { continue }
        alarms[office] = Alarm(
          fingerprint: Alarm.Fingerprint(
            rule, subject, in: unit, rule.isByDay ? "\(anchor)" : "\(cause)", stage: index, for: office), rule: rule,
          matter: self, office: office, stage: stage, since: day)
      }
    }
    return alarms.values.sorted { $0.office < $1.office }
  }

  /// The day from which the rule counts; nil where it does not hold.
  private func anchor(of rule: Notice.Rule, _ days: WorkingDays) -> Day? {
    switch rule {
    case .taskDueSoon, .reportDueSoon, .subplanDueSoon: due
    // A limit that ends on a day off ends with the working day after it.
    case .taskOverdue, .reportMissing, .subplanMissing, .reportsLate, .subplansLate, .dataRequestDue:
      due.map { days.end(of: $0) }
    case .taskUndated: isDated ? nil : since
    case .taskReturned, .deadlineStarted, .ledgerRefusal, .disbursementLag, .legalBasisChanged, .countDrop,
      .reportOpen, .subplanAsked, .submissionReturned, .targetAtRisk:
      since
    case .news, .accountChanged: nil
    }
  }

  private func recipients(of stage: RuleBook.Stage, _ addressees: Addressees) -> Set<Office.Code> {
    let focal = addressees.focalOffices(content.focal)
    var recipients: Set<Office.Code> = []
    for desk in stage.to {
      switch desk {
      case .lead: recipients.formUnion(addressees.leads(content.leads, focal: content.focal))
      case .coordinating:
        recipients.formUnion(content.coordinating.filter { addressees.reachable([$0], focal: []).contains($0) })
      case .focal: recipients.formUnion(focal)
      case .viceChair: recipients.insert(.viceChair)
      case .chair: recipients.insert(.chair)
      case .viceChairForFocal:
        if content.leads.isEmpty || !focal.isDisjoint(with: content.leads) { recipients.insert(.viceChair) }
      }
    }
    return recipients
  }
}

extension Alarm.Fingerprint {
  /// - Parameter period: What makes it another alarm of the same subject: another due day, another event.
  init(
    _ rule: Notice.Rule, _ subject: String, in unit: Unit, _ period: String, stage: Int, for office: Office.Code
  ) {
    self.init(derivedFrom: "alarm", rule.rawValue, "\(unit)", subject, period, "\(stage)", "\(office)")
  }
}

extension Notice.Rule {
  /// Another due day makes it another alarm; else another event does.
  fileprivate var isByDay: Bool {
    isBeforeDue || isAfterDue || self == .taskUndated || self == .dataRequestDue
  }

  /// Its stages are before the due day.
  var isBeforeDue: Bool { [.taskDueSoon, .reportDueSoon, .subplanDueSoon].contains(self) }

  /// Its stages are after the due day.
  var isAfterDue: Bool {
    [.taskOverdue, .reportMissing, .subplanMissing, .reportsLate, .subplansLate].contains(self)
  }
}

extension WorkingDays {
  /// The day on which a stage is reached.
  fileprivate func day(of stage: RuleBook.Stage, from anchor: Day) -> Day {
    switch (stage.count, stage.offset) {
    case (.days, let offset): end(of: anchor.adding(offset))
    case (.working, 0): end(of: anchor)
    case (.working, let offset) where offset > 0: adding(offset, to: anchor)
    case (.working, let offset):
      (0 ..< -offset).reduce(anchor) { day, _ in last(before: day) }
    }
  }
}

extension Alarm {
  /// What the texts may name, on a day.
  func values(on today: Day, _ days: WorkingDays, in language: Language) -> [String: Template.Value] {
    var values = matter.content.values(in: language)
    values["since"] = .text(matter.since.written)
    let end = matter.due.map(days.end)
    let count =
      switch end {
      case let end? where today <= end: days.count(after: today, through: end)
      case let end?: days.count(after: end, through: today)
      case nil: days.count(after: matter.since, through: today)
      }
    values["days"] = .text("\(count)")
    values["due"] = .text(matter.due?.written ?? Text(vi: "chưa có hạn", en: "no day")(language))
    return values
  }
}
