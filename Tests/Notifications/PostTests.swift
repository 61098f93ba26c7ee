import Schema
import Storage
import Testing
import WorkingDays

@testable import xaso_notifications

/// Notices on their way: the morning, what cannot wait, and what becomes of letters.
@Suite("Letters", .timeLimit(.minutes(60)))
struct PostTests {
  /// 30/6/2026 is a Tuesday.
  private static let due = Commune.day(2026, 6, 30)

  private func post(_ hour: Int = 6) async throws -> Post {
    let post = try await Post(at: Commune.at(Commune.day(2026, 7, 1), hour))
    for (code, name) in [("vh-xh", "Phòng Văn hóa - Xã hội"), ("vp", "Văn phòng HĐND và UBND")]
      as [(Office.Code, String)]
    {
      try await post.keep(code, name)
      try await post.address(code, "a@x.vn")
    }
    return post
  }

  @Test("the inbox knows at once, the mail comes with the morning's digest: one letter, whatever it says") func digest()
    async throws
  {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Self.due), ("2", "vp", Self.due), ("3", "vp", nil)])
    #expect(try await post.look() == 0)
    #expect(try await post.inbox("vp").map(\.text.vi).filter { $0.contains("quá hạn 1 ngày") }.count == 2)
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    #expect(try await post.look() == 1)
    #expect(try await post.look() == 0)
    let receiver = Receiver()
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    let letter = try #require(receiver.received.first)
    #expect(receiver.count == 1 && letter.office.code == "vp" && letter.notices.count == 2 && letter.isDigest)
    #expect(try await post.letters().map(\.state) == [Open(.delivered)])
    await post.close()
  }

  @Test("a clock that ran ahead and was set right holds up neither digests, reminders nor letters") func wrongClock()
    async throws
  {
    let post = try await post(8)
    _ = try await post.plan([("1", "vp", Self.due)])
    #expect(try await post.look() == 1)
    post.clock.set(Commune.at(Commune.day(2027, 3, 1), 8))
    try await post.look()
    let receiver = Receiver()
    try await post.deliver { _ in .failed("no route") }
    post.clock.set(Commune.at(Commune.day(2026, 7, 2), 8))
    _ = try await post.look()
    let take: Courier.Deliver = { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    try await post.deliver(take)
    #expect(try await post.letters().allSatisfy { $0.next == nil })
    // Five working days after the clock was right again.
    post.clock.set(Commune.at(Commune.day(2026, 7, 9), 8))
    #expect(try await post.look() >= 1)
    try await post.deliver(take)
    #expect(receiver.received.contains { $0.day == Commune.day(2026, 7, 9) && $0.office.code == "vp" })
    await post.close()
  }

  @Test("no digest on a day off; Monday's has it once") func weekend() async throws {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Commune.day(2026, 7, 3))])
    for day in [4, 5] {
      post.clock.set(Commune.at(Commune.day(2026, 7, day), 9))
      #expect(try await post.look() == 0)
    }
    post.clock.set(Commune.at(Commune.day(2026, 7, 6), 9))
    #expect(try await post.look() == 1)
    await post.close()
  }

  @Test("an unexpected key goes out in the night; a returned result waits for office hours") func urgent() async throws
  {
    let post = try await post(2)
    _ = try await post.look()
    let tasks = try await post.plan([("1", "vp", nil)])
    try await post.progress(try #require(tasks["1"]), .returned)
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "la", office: Office(code: "vp", name: "Văn phòng"), roles: [Open(.entry)]))
    #expect(try await post.look() == 1)
    #expect(try await post.letters().map(\.notices) == [1])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 8))
    // The morning's digest takes what waits with it.
    #expect(try await post.look() >= 1)
    try await post.progress(try #require(tasks["1"]), .submitted)
    try await post.progress(try #require(tasks["1"]), .returned)
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 10))
    #expect(try await post.look() == 1)
    await post.close()
  }

  @Test("what is settled or silenced before it goes is not said any more; a letter with nothing left is withdrawn")
  func withdrawn() async throws {
    let post = try await post()
    let tasks = try await post.plan([("1", "vp", Self.due), ("2", "vp", Self.due), ("3", "vh-xh", Self.due)])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    #expect(try await post.look() == 2)
    try await post.progress(try #require(tasks["1"]), .submitted)
    try await post.progress(try #require(tasks["3"]), .done)
    let receiver = Receiver()
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    #expect(receiver.received.map(\.office.code) == ["vp"])
    #expect(
      receiver.received.first?.notices.map(\.text.vi) == ["Nhiệm vụ 2 quá hạn 1 ngày làm việc (hạn 30/06/2026). Việc 2"]
    )
    #expect(Set(try await post.letters().map(\.state)) == [Open(.delivered), Open(.withdrawn)])
    await post.close()
  }

  @Test("tried again with longer waits, given up, and tried again when somebody asks") func retried() async throws {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Self.due)])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    _ = try await post.look()
    var waits: [Int64] = []
    for attempt in 1...Standards.supplied.book.attempts {
      try await post.deliver { _ in .failed("answered 451\r\nlater") }
      let letter = try #require(try await post.letters().first)
      #expect(letter.attempts == attempt && letter.outcome == "answered 451  later")
      guard let next = letter.next else { continue }
      waits.append(next.milliseconds - post.clock.time.milliseconds)
      post.clock.set(next)
    }
    #expect(waits.count == Standards.supplied.book.attempts - 1)
    #expect(waits.allSatisfy { (30_000...240 * 60_000).contains($0) } && (waits.last ?? 0) > 60 * 60_000)
    let dead = try #require(try await post.letters().first)
    #expect(dead.state == .dead)
    let again = try await post.database.write { store in
      try NotificationsStore.retry(dead.id, in: Post.commune, store)
    }
    #expect(again.state == .pending)
    let receiver = Receiver()
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    #expect(receiver.received.map(\.id) == [dead.id])
    await #expect(throws: Refusal.self) {
      try await post.database.write { store in try NotificationsStore.retry(dead.id, in: Post.commune, store) }
    }
    await #expect(throws: Refusal.self) {
      try await post.database.write { store in try NotificationsStore.retry(dead.id, in: "38/15044", store) }
    }
    await post.close()
  }

  /// Tries the only letter that is due, as often as the rules let it, but for the last time.
  private func failAllButLast(_ post: Post) async throws {
    for _ in 1..<Standards.supplied.book.attempts {
      try await post.deliver { _ in .failed("no route") }
      post.clock.set(try #require(try await post.letters().compactMap(\.next).max()))
    }
  }

  @Test("a reminder that joins a letter while its last attempt fails goes out by the next one, at once")
  func joinedTheLast() async throws {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Self.due)])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    _ = try await post.look()
    try await failAllButLast(post)
    let again = Commune.at(Commune.day(2026, 7, 8), 8)
    try await post.deliver { [clock = post.clock] _ in
      clock.set(again)
      _ = try? await post.look()
      return .failed("no route")
    }
    let letters = try await post.letters().filter { $0.office == "vp" }
    #expect(letters.map(\.state) == [Open(.dead), Open(.pending)] && letters.map(\.notices) == [1, 1])
    let receiver = Receiver()
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    #expect(
      receiver.received.filter { $0.office.code == "vp" }.flatMap { $0.notices.map(\.text.vi) }
        == ["Nhiệm vụ 1 quá hạn 6 ngày làm việc (hạn 30/06/2026). Việc 1"])
    await post.close()
  }

  @Test("what joins a letter while it arrives without it goes out by the next one; what it said is not said again")
  func joinedTheArriving() async throws {
    let post = try await post()
    let tasks = try await post.plan([("1", "vp", Self.due), ("2", "vp", Self.due)])
    let task = try #require(tasks["1"])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    _ = try await post.look()
    try await post.deliver { _ in .failed("no route") }
    try await post.progress(task, .submitted)
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 9))
    let receiver = Receiver()
    // A week later both are said again: the first came back, the second goes on.
    try await post.deliver { [clock = post.clock] envelope in
      receiver.take(envelope.letter)
      clock.set(Commune.at(Commune.day(2026, 7, 8), 8))
      try? await post.progress(task, .inProgress)
      _ = try? await post.look()
      return .delivered
    }
    #expect(receiver.received.flatMap(\.notices).map { $0.text.vi.prefix(10) } == ["Nhiệm vụ 2"])
    try await post.deliver { envelope in
      receiver.take(envelope.letter)
      return .delivered
    }
    let second = receiver.received.filter { $0.day == Commune.day(2026, 7, 8) && $0.office.code == "vp" }
    let reminders = second.flatMap(\.notices).filter { $0.rule == .taskOverdue }
    #expect(reminders.map { $0.text.vi.prefix(10) } == ["Nhiệm vụ 1"])
    await post.close()
  }

  @Test("a letter with nothing left to say that something joins meanwhile is not given up") func joinedTheEmpty()
    async throws
  {
    let post = try await post()
    let tasks = try await post.plan([("1", "vp", Self.due)])
    let task = try #require(tasks["1"])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    _ = try await post.look()
    let letter = try #require(try await post.letters().first)
    try await post.progress(task, .submitted)
    func withdraw() async throws {
      try await post.database.write { [clock = post.clock] store in
        try NotificationsStore.withdraw(letter.id, on: clock.time.day, .supplied, .official, store)
      }
    }
    try await post.progress(task, .inProgress)
    try await withdraw()
    #expect(try await post.letters().map(\.state) == [Open(.pending)])
    try await post.progress(task, .submitted)
    try await withdraw()
    #expect(try await post.letters().map(\.state) == [Open(.withdrawn)])
    await post.close()
  }

  @Test("without a mail server no letter is written to an address, and who asks for addresses is told so")
  func noServer() async throws {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Self.due)])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    func served() async throws -> [Bool?] {
      try await post.database.read { store in
        try NotificationsStore.addresses(in: Post.commune, after: nil, store).items.map(\.isServed)
      }
    }
    var bare = post.standards
    bare.channels = Channels()
    #expect(try await post.look(bare) == 0)
    #expect(try await post.inbox("vp").count == 1)
    #expect(try await post.letters().isEmpty)
    #expect(try await served() == [false, false])
    let channels = post.standards.channels
    try await post.database.write { store in try NotificationsStore.keep(channels, store) }
    #expect(try await served() == [true, true])
    #expect(try await post.database.read { store in try NotificationsStore.channels(store) } == channels)
    // From then on: what the inbox told meanwhile is not sent after it.
    post.clock.set(Commune.at(Commune.day(2026, 7, 2), 7, 30))
    #expect(try await post.look() == 0)
    post.clock.set(Commune.at(Commune.day(2026, 7, 8), 7, 30))
    #expect(try await post.look() >= 1)
    await post.close()
  }

  @Test("a restart says nothing twice and sends nothing again") func restarted() async throws {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Self.due)])
    post.clock.set(Commune.at(Commune.day(2026, 7, 1), 7, 30))
    _ = try await post.look()
    let count = try await post.inbox("vp").count
    let letters = try await post.letters().count
    try await post.restart()
    _ = try await post.look()
    #expect(try await post.inbox("vp").count == count)
    #expect(try await post.letters().count == letters)
    await post.close()
  }

  @Test("a week without the service: each is said once, with the day on which it began") func downtime() async throws {
    let post = try await post()
    _ = try await post.plan([("1", "vp", Commune.day(2026, 7, 2)), ("2", "vp", Commune.day(2026, 7, 8))])
    try await post.restart()
    post.clock.set(Commune.at(Commune.day(2026, 7, 14), 11))
    #expect(try await post.look() == 2)
    #expect(
      try await Set(post.inbox("vp").map(\.text.vi)) == [
        "Nhiệm vụ 1 quá hạn 8 ngày làm việc (hạn 02/07/2026). Việc 1",
        "Nhiệm vụ 2 quá hạn 4 ngày làm việc (hạn 08/07/2026). Việc 2",
      ])
    #expect(try await post.look() == 0)
    #expect(try await post.inbox("vp").count == 2)
    await post.close()
  }
}
