import Schema
import Testing
import WorkingDays

@testable import xaso_notifications

/// The days of the rules, one task at a time. 30/6/2026 is a Tuesday.
@Suite("Who is reminded when")
struct RoundTests {
  private let due = Commune.day(2026, 6, 30)

  private func said(
    _ month: Int, _ day: Int, leads: [Office.Code] = ["vp"], coordinating: [Office.Code] = ["kt"]
  ) -> [Office.Code: Notice.Rule] {
    Commune.said(
      Commune.task(due: due, leads: leads, coordinating: coordinating), on: Commune.day(2026, month, day))
  }

  @Test("seven, three and one working days before, each to whom it is meant for") func soon() {
    #expect(said(6, 18).isEmpty)
    #expect(said(6, 19) == ["vp": .taskDueSoon])
    #expect(said(6, 25) == ["vp": .taskDueSoon, "kt": .taskDueSoon])
    #expect(said(6, 29) == ["vp": .taskDueSoon, "kt": .taskDueSoon, "vh-xh": .taskDueSoon])
    #expect(said(6, 30) == said(6, 29))
  }

  @Test("the day after it is overdue; after a week the vice chair, after two the chair") func overdue() {
    #expect(said(7, 1) == ["vp": .taskOverdue, "kt": .taskOverdue])
    #expect(said(7, 7)["pho-chu-tich"] == .taskOverdue)
    #expect(said(7, 6)["pho-chu-tich"] == nil)
    #expect(said(7, 14)["chu-tich"] == .taskOverdue)
    #expect(said(7, 13)["chu-tich"] == nil)
  }

  @Test("where the focal office leads, the vice chair is told at once") func ownLead() {
    #expect(said(7, 1, leads: ["vh-xh"], coordinating: []) == ["vh-xh": .taskOverdue, "pho-chu-tich": .taskOverdue])
  }

  @Test("nothing on a day off, nor on the day to which a limit is put off") func daysOff() {
    #expect(said(6, 20).isEmpty)
    #expect(said(7, 4).isEmpty)
    // 5/7/2026 is a Sunday: the limit ends on the Monday.
    let task = Commune.task(due: Commune.day(2026, 7, 5))
    #expect(Commune.said(task, on: Commune.day(2026, 7, 6)).values.allSatisfy { $0 == .taskDueSoon })
    #expect(Commune.said(task, on: Commune.day(2026, 7, 7))["vp"] == .taskOverdue)
  }

  @Test("never the Party committee, the Front, or who is no office here: the focal office hears it in their place")
  func outside() {
    #expect(said(7, 1, leads: ["du"], coordinating: []) == ["vh-xh": .taskOverdue])
    #expect(said(7, 1, leads: ["mttq"], coordinating: ["du", "bhxh"]) == ["vh-xh": .taskOverdue])
    #expect(said(7, 1, leads: ["vp", "du"], coordinating: []) == ["vp": .taskOverdue, "vh-xh": .taskOverdue])
  }

  @Test("without a date it is never overdue; the focal office is asked for one") func undated() {
    let task = Commune.task(due: nil)
    #expect(Commune.said(task, on: Commune.day(2026, 1, 9)).isEmpty)
    #expect(Commune.said(task, on: Commune.day(2026, 12, 30)) == ["vh-xh": .taskUndated])
    var submitted = task
    submitted.isDated = true
    #expect(Commune.said(submitted, on: Commune.day(2026, 12, 30)).isEmpty)
  }

  /// The first alarm for an office on a day.
  private func alarm(_ matter: Matter, _ office: Office.Code, on day: Day) throws -> Alarm {
    try #require(
      matter.alarms(on: day, Commune.book, Commune.days, Commune.addressees).first { $0.office == office })
  }

  @Test("said again after its interval, not before, and not to who took note or put it off") func repeated() throws {
    let task = Commune.task(due: due)
    let first = Commune.day(2026, 7, 1)
    let said = Standing(try alarm(task, "vp", on: first), said: first)
    for day in 2...7 {
      #expect(Commune.said(task, on: Commune.day(2026, 7, day), known: [said])["vp"] == nil, "\(day)/7")
    }
    let again = Commune.day(2026, 7, 8)
    #expect(Commune.said(task, on: again, known: [said])["vp"] == .taskOverdue)
    var noted = said
    noted.isAcknowledged = true
    #expect(Commune.said(task, on: again, known: [noted])["vp"] == nil)
    var snoozed = said
    snoozed.snoozed = again.adding(1)
    #expect(Commune.said(task, on: again, known: [snoozed])["vp"] == nil)
    #expect(Commune.said(task, on: again.adding(1), known: [snoozed])["vp"] == .taskOverdue)
    // The leaders hear of it all the same.
    #expect(Commune.said(task, on: again, known: [noted])["pho-chu-tich"] == .taskOverdue)
  }

  @Test("a silence hushes what it names, until its last day") func silenced() {
    let task = Commune.task(due: due)
    let (first, until) = (Commune.day(2026, 7, 1), Commune.day(2026, 7, 10))
    for quiet in [
      Quiet(rule: .taskOverdue, until: until), Quiet(subject: task.subject, until: until),
      Quiet(office: "vp", until: until), Quiet(rule: .taskOverdue, subject: task.subject, office: "vp", until: until),
    ] {
      #expect(Commune.said(task, on: first, [quiet])["vp"] == nil)
      #expect(Commune.said(task, on: until, [quiet])["vp"] == nil)
      #expect(Commune.said(task, on: Commune.day(2026, 7, 13), [quiet])["vp"] == .taskOverdue)
    }
    #expect(Commune.said(task, on: first, [Quiet(rule: .taskDueSoon, until: until)])["vp"] == .taskOverdue)
    #expect(Commune.said(task, on: first, [Quiet(subject: "task/2", until: until)])["vp"] == .taskOverdue)
  }

  @Test("what is critical goes on over days off, silences and notes") func critical() throws {
    var entries: [Notice.Rule: RuleBook.Entry] = [:]
    for rule in Notice.Rule.allCases { entries[rule] = Commune.book[rule] }
    entries[.taskOverdue]?.severity = .critical
    entries[.taskOverdue]?.stages = [
      RuleBook.Stage(offset: 1, count: .working, to: [.lead], interval: 1, unlessAcknowledged: false)
    ]
    let book = RuleBook(
      officeHours: Commune.book.officeHours, digest: Commune.book.digest, snooze: 5, attempts: 3, longestWait: 60,
      entries: entries)
    let task = Commune.task(due: due)
    let alarm = try #require(
      task.alarms(on: Commune.day(2026, 7, 1), book, Commune.days, Commune.addressees).first)
    var standing = Standing(alarm, said: Commune.day(2026, 7, 2))
    standing.isAcknowledged = true
    standing.snoozed = Commune.day(2026, 8, 1)
    let quiet = Quiet(until: Commune.day(2026, 8, 1))
    // 4/7/2026 is a Saturday, one working day after the Thursday.
    let steps = Round(today: Commune.day(2026, 7, 4), book: book, days: Commune.days)
      .steps([task], known: [standing], [quiet], Commune.addressees)
    #expect(steps == [.say(alarm)])
  }

  @Test("an overdue task hushes that a target which it serves is at risk; that its result was returned is said")
  func inhibited() {
    let late = Commune.task(due: due)
    let returned = Commune.task(due: nil, since: Commune.day(2026, 7, 1), .returned)
    var risk = Commune.task(due: nil, since: Commune.day(2026, 7, 1), .risk, number: "7")
    func said(_ matters: [Matter]) -> Set<Notice.Rule> {
      let steps = Commune.round(on: Commune.day(2026, 7, 1)).steps(matters, known: [], [], Commune.addressees)
      return Set(
        steps.compactMap { step in
          if case .say(let alarm) = step { alarm.rule } else { nil }
        })
    }
    #expect(said([late, returned]) == [.taskOverdue, .taskReturned])
    #expect(said([late, risk]) == [.taskOverdue, .targetAtRisk])
    var serving = late
    serving.content.tags = [risk.subject]
    #expect(said([serving, risk]) == [.taskOverdue])
    (serving.content.tags, risk.content.tags) = (["target/7"], ["target/7"])
    #expect(said([serving, risk]) == [.taskOverdue])
  }

  @Test("nobody took note for three working days: the vice chair hears") func escalated() throws {
    let returned = Commune.task(due: nil, since: Commune.day(2026, 7, 1), .returned)
    let lead = Standing(try alarm(returned, "vp", on: Commune.day(2026, 7, 1)), said: Commune.day(2026, 7, 1))
    let third = Commune.day(2026, 7, 6)
    #expect(Commune.said(returned, on: third, known: [lead])["pho-chu-tich"] == .taskReturned)
    #expect(Commune.said(returned, on: third.adding(-3), known: [lead])["pho-chu-tich"] == nil)
    var noted = lead
    noted.isAcknowledged = true
    #expect(Commune.said(returned, on: third, known: [noted])["pho-chu-tich"] == nil)
  }

  @Test("who took note of an earlier return has not taken note of the next one") func escalatedAgain() throws {
    var first = Standing(
      try alarm(
        Commune.task(due: nil, since: Commune.day(2026, 6, 1), .returned), "vp", on: Commune.day(2026, 6, 1)),
      said: Commune.day(2026, 6, 1))
    first.isAcknowledged = true
    first.settled = Commune.day(2026, 6, 3)
    let again = Commune.task(due: nil, since: Commune.day(2026, 7, 1), .returned)
    let second = Standing(try alarm(again, "vp", on: Commune.day(2026, 7, 1)), said: Commune.day(2026, 7, 1))
    #expect(
      Commune.said(again, on: Commune.day(2026, 7, 6), known: [first, second])["pho-chu-tich"] == .taskReturned)
  }

  @Test("after days without a service each alarm is said once, by the day on which it began") func caughtUp() throws {
    let task = Commune.task(due: due)
    let late = Commune.day(2026, 7, 10)
    let steps = Commune.round(on: late).steps([task], known: [], [], Commune.addressees)
    let alarms = steps.compactMap { step in
      if case .say(let alarm) = step { alarm } else { nil }
    }
    #expect(alarms.map(\.office) == ["pho-chu-tich", "vh-xh", "vp"])
    #expect(alarms.map(\.since) == [Commune.day(2026, 7, 7), Commune.day(2026, 7, 7), Commune.day(2026, 7, 1)])
    let known = alarms.map { Standing($0, said: late) }
    #expect(Commune.round(on: late.adding(3)).steps([task], known: known, [], Commune.addressees).isEmpty)
  }

  @Test("what is settled is told to who knew; another due day is no settlement") func settled() throws {
    let task = Commune.task(due: due)
    let day = Commune.day(2026, 7, 1)
    let known = Standing(try alarm(task, "vp", on: day), said: day)
    #expect(
      Commune.round(on: day.adding(1)).steps([], known: [known], [], Commune.addressees)
        == [.settle(known, tell: true)])
    var later = task
    later.due = Commune.day(2026, 9, 30)
    #expect(
      Commune.round(on: day.adding(1)).steps([later], known: [known], [], Commune.addressees)
        == [.settle(known, tell: false)])
  }
}
