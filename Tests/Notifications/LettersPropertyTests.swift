import Schema
import Seeds
import Storage
import Testing
import WorkingDays

@testable import xaso_notifications

/// Random years: tasks that come, move, end and come back, silences, days without the service, receivers that fail after
/// they have taken a letter.
@Suite("What is told, over random years", .timeLimit(.minutes(60)))
struct LettersPropertyTests {
  /// What the test knows of a task, apart from the service.
  private struct Task {
    let id: PlanTask.ID
    let lead: Office.Code
    var due: Day
    var isOpen = true
    /// Nobody is silent about it, it is open, and its day is what it is, from this day on.
    var undisturbed: Day
    var silentUntil: Day?

    var subject: String { "task/\(id)" }
  }

  /// One fingerprint as one receiver has it.
  private struct Arrival {
    var fingerprint: UUIDv7
    var rule: Notice.Rule
    var subject: String
    var office: Office.Code
    var day: Day
  }

  @Test(
    "each is told, to a receiver that knows letters by their ids once, never after it ended, never too soon again",
    arguments: 0..<6)
  func random(_ run: Int) async throws {
    var seed = Seed().split(run)
    let days = WorkingDays.official
    var today = Commune.day(2026, 3, 2)
    let post = try await Post(at: Commune.at(today, 6))
    let offices: [Office.Code] = ["vh-xh", "vp", "kt"]
    for office in offices {
      try await post.keep(office, "Cơ quan \(office)")
      try await post.address(office, "a@x.vn")
    }
    var tasks: [Task] = []
    var seen: Set<LetterSummary.ID> = []
    var arrivals: [Arrival] = []
    for step in 0..<160 {
      let now = post.clock.time
      switch Int.random(in: 0..<12, using: &seed) {
      case 0, 1:
        let lead = offices.randomElement(using: &seed) ?? "vp"
        let due = today.adding(Int.random(in: -3...20, using: &seed))
        let ids = try await post.plan([("\(step)", lead, due)])
        if let id = ids["\(step)"] { tasks.append(Task(id: id, lead: lead, due: due, undisturbed: today)) }
      case 2:
        guard let index = tasks.indices.randomElement(using: &seed) else { break }
        let ends = Bool.random(using: &seed)
        tasks[index].isOpen.toggle()
        tasks[index].undisturbed = today
        let status: PlanTask.Status = tasks[index].isOpen ? .inProgress : ends ? .submitted : .paused
        try await post.progress(tasks[index].id, status)
      case 3:
        guard let index = tasks.indices.randomElement(using: &seed), tasks[index].isOpen else { break }
        tasks[index].due = today.adding(Int.random(in: 1...15, using: &seed))
        tasks[index].undisturbed = today
        try await post.hear(
          TaskDue(
            unit: Post.commune, plan: Plan.ID(), task: tasks[index].id, due: tasks[index].due,
            offices: [tasks[index].lead]))
      case 4:
        guard let index = tasks.indices.randomElement(using: &seed) else { break }
        let until = today.adding(Int.random(in: 1...8, using: &seed))
        tasks[index].silentUntil = max(until, tasks[index].silentUntil ?? until)
        tasks[index].undisturbed = max(tasks[index].undisturbed, until)
        let silence = Silence(
          id: Silence.ID(), rule: nil, subject: tasks[index].subject, office: nil, until: until, reason: "gia hạn",
          document: nil, account: "lan", time: now)
        try await post.database.write { store in try NotificationsStore.keep(silence, in: Post.commune, store) }
      case 5: try await post.restart()
      case 6:
        // Some days away.
        today = today.adding(Int.random(in: 2...9, using: &seed))
        post.clock.set(Commune.at(today, Int.random(in: 0..<24, using: &seed)))
      case 7...9:
        today = today.adding(1)
        post.clock.set(Commune.at(today, Int.random(in: 5..<20, using: &seed)))
      default:
        post.clock.set(
          Timestamp(
            milliseconds: min(
              now.milliseconds + Int64.random(in: 0...7_200_000, using: &seed), Commune.at(today, 23, 59).milliseconds))
        )
      }
      try await post.look()
      let fails = Bool.random(using: &seed)
      for letter in try await receive(post, failing: fails) where seen.insert(letter.id).inserted {
        for item in letter.notices {
          guard let subject = item.subject, item.rule != .news else { continue }
          let task = try #require(tasks.first { $0.subject == subject })
          #expect(task.isOpen, "\(item.text.vi): it has ended")
          #expect(task.silentUntil.map { $0 < today } ?? true, "\(item.text.vi): it is silenced")
          if item.rule == .taskOverdue { #expect(today > days.end(of: task.due), "\(item.text.vi): it is not late") }
          if item.rule == .taskDueSoon { #expect(today <= days.end(of: task.due), "\(item.text.vi): it is late") }
          arrivals.append(
            Arrival(
              fingerprint: item.fingerprint, rule: item.rule, subject: subject, office: letter.office.code, day: today))
        }
      }
    }
    // Three working mornings with receivers that work: whoever had to be told was told.
    for _ in 0..<3 {
      today = days.adding(1, to: today)
      post.clock.set(Commune.at(today, 9))
      try await post.look()
      for letter in try await receive(post, failing: false) where seen.insert(letter.id).inserted {
        for item in letter.notices {
          guard let subject = item.subject else { continue }
          arrivals.append(
            Arrival(
              fingerprint: item.fingerprint, rule: item.rule, subject: subject, office: letter.office.code, day: today))
        }
      }
    }
    for task in tasks
    where task.isOpen && days.count(after: max(days.end(of: task.due), task.undisturbed), through: today) > 6 {
      #expect(
        arrivals.contains { $0.subject == task.subject && $0.rule == .taskOverdue && $0.day > task.due },
        "\(task.lead) was never told of what was due on \(task.due), undisturbed since \(task.undisturbed), today \(today)"
      )
    }
    for (_, same) in Dictionary(grouping: arrivals, by: \.fingerprint) {
      for (first, second) in zip(same, same.dropFirst()) {
        // The lead's own reminder is weekly; what the focal office hears of late tasks comes back when they do.
        let interval = first.rule == .taskOverdue && first.office != "vh-xh" ? 5 : 1
        #expect(days.count(after: first.day, through: second.day) >= interval, "\(first) and \(second): too soon")
      }
    }
    #expect(arrivals.contains { $0.rule == .taskOverdue } && arrivals.contains { $0.rule == .taskDueSoon })
    await post.close()
  }

  /// What arrives of what is due: a receiver that fails may have taken the letter all the same.
  private func receive(_ post: Post, failing: Bool) async throws -> [Letter] {
    let receiver = Receiver()
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return failing ? .failed("the connection broke after the last byte") : .delivered
    }
    return receiver.received
  }
}
