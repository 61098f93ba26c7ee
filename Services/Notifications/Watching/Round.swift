import Schema
import WorkingDays

/// What is known of an alarm that was said.
struct Standing: Hashable, Sendable {
  var fingerprint: Alarm.Fingerprint
  var rule: Notice.Rule
  var matter: Matter.ID
  var office: Office.Code
  /// The day on which it was last said.
  var said: Day
  /// How often.
  var times: Int
  var isAcknowledged: Bool
  /// Not said before this day.
  var snoozed: Day?
  /// The day from which on it is not so any more.
  var settled: Day?
  /// Said when it is settled; nil where nothing is.
  var ended: Text?
  /// What it is about; nil for one of an earlier version.
  var subject: String?
}

/// What a silence keeps quiet.
struct Quiet: Hashable, Sendable {
  var rule: Notice.Rule?
  var subject: String?
  var office: Office.Code?
  var until: Day

  func covers(_ rule: Notice.Rule, _ subject: String?, _ office: Office.Code, on today: Day) -> Bool {
    today <= until && (self.rule == nil || self.rule == rule) && (self.subject == nil || self.subject == subject)
      && (self.office == nil || self.office == office)
  }
}

/// A look at all that is open in a unit, on a day: what is to be said now, and what is settled.
///
/// It knows nothing of the days before but what was said: after a week without a service, each alarm is said once, by
/// the day on which it began.
struct Round {
  enum Step: Hashable {
    case say(Alarm)
    /// It is not so any more; the office is told where it knew.
    case settle(Standing, tell: Bool)
  }

  let today: Day
  let book: RuleBook
  let days: WorkingDays

  func steps(
    _ matters: [Matter], known standings: [Standing], _ quiets: [Quiet], _ addressees: Addressees
  ) -> [Step] {
    let known = Dictionary(standings.map { ($0.fingerprint, $0) }) { first, _ in first }
    let firing = matters.flatMap { $0.alarms(on: today, book, days, addressees) }
    let said = firing.filter { alarm in
      isDue(alarm, known[alarm.fingerprint]) && !isHushed(alarm, by: firing, quiets)
        && !(alarm.stage.unlessAcknowledged && isAcknowledged(alarm, standings))
    }
    let (stands, open) = (Set(firing.map(\.fingerprint)), Set(matters.map(\.id)))
    let settled = standings.filter { $0.settled == nil && !stands.contains($0.fingerprint) }
    return said.map { .say($0) }
      + settled.map { standing in
        // A task that is due on another day, or whose next stage is reached, is not settled for the office.
        .settle(standing, tell: !open.contains(standing.matter) && standing.ended != nil)
      }
  }

  /// Critical alarms go on over days off, whoever took note, and nobody can put them off.
  private func isDue(_ alarm: Alarm, _ standing: Standing?) -> Bool {
    let isCritical = book[alarm.rule].severity == .critical
    guard isCritical || days.isWorking(today) else { return false }
    guard let standing else { return true }
    let passed = days.count(after: standing.said, through: today)
    // What came back after it was settled is said again, though not on the same day.
    guard let interval = alarm.stage.interval ?? (standing.settled == nil ? nil : 1) else { return false }
    guard passed >= interval else { return false }
    if isCritical { return true }
    if standing.settled == nil, standing.isAcknowledged { return false }
    return standing.snoozed.map { today >= $0 } ?? true
  }

  private func isHushed(_ alarm: Alarm, by others: [Alarm], _ quiets: [Quiet]) -> Bool {
    guard book[alarm.rule].severity != .critical else { return false }
    if quiets.contains(where: { $0.covers(alarm.rule, alarm.matter.subject, alarm.office, on: today) }) { return true }
    return others.contains { other in
      book[other.rule].hushes.contains(alarm.rule)
        && (other.matter.subject == alarm.matter.subject || other.matter.content.tags.contains(alarm.matter.subject)
          || !Set(other.matter.content.tags).isDisjoint(with: alarm.matter.content.tags))
    }
  }

  /// Who took note of an earlier time, which was settled since, has not taken note of this one.
  private func isAcknowledged(_ alarm: Alarm, _ standings: [Standing]) -> Bool {
    standings.contains {
      $0.matter == alarm.matter.id && $0.rule == alarm.rule && $0.isAcknowledged && $0.settled == nil
    }
  }
}
