import Schema
import Storage
import Testing

@testable import xaso_notifications

/// What happens again while it is still open, and what was said of it is not true any more.
@Suite("What happens again", .timeLimit(.minutes(60)))
struct ReopenedTests {
  private func post(at day: Day, _ hour: Int = 10) async throws -> Post {
    let post = try await Post(at: Commune.at(day, hour))
    for (code, name) in [("vh-xh", "Phòng Văn hóa - Xã hội"), ("vp", "Văn phòng"), ("kt", "Phòng Kinh tế")]
      as [(Office.Code, String)]
    {
      try await post.keep(code, name)
      try await post.address(code, "a@x.vn")
    }
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "lan", office: Office(code: "vh-xh", name: "Phòng"), roles: [Open(.focal)]))
    _ = try await post.look()
    try await post.deliver { _ in .delivered }
    return post
  }

  private func look(_ post: Post, _ day: Day) async throws {
    post.clock.set(Commune.at(day, 8))
    try await post.look()
  }

  /// What an office was told on a day by a rule.
  private func texts(_ post: Post, _ office: Office.Code, _ rule: Notice.Rule, on day: Day) async throws -> [String] {
    try await post.inbox(office).filter { $0.rule == Open(rule) && $0.time.day == day }.map(\.text.vi)
  }

  private func acknowledge(_ post: Post, _ office: Office.Code, _ rule: Notice.Rule, _ note: String? = nil) async throws
  {
    let notice = try #require(try await post.inbox(office).last { $0.rule == Open(rule) })
    try await post.database.write { store in
      let record = try NotificationsStore.notice(notice.id, in: Post.commune, store)
      try NotificationsStore.acknowledge(record, by: "lan", note, store)
    }
  }

  @Test("each refused payment goes out with its own sum; who takes note of the last one has taken note of it")
  func refused() async throws {
    let day = Commune.day(2026, 5, 11)
    let post = try await post(at: day)
    let line = BudgetLine.ID()
    let receiver = Receiver()
    for (minute, asked) in [(1, 40_000_000), (2, 90_000_000)] as [(Int, Money)] {
      post.clock.set(Commune.at(day, 10, minute))
      try await post.hear(
        LineOverspent(
          unit: Post.commune, line: line, plan: Plan.ID(), task: PlanTask.ID(), number: "5", name: "Việc",
          fiscalYear: 2026, leads: ["kt"], focal: "vh-xh", asked: asked, available: 20))
      try await post.look()
      try await post.deliver { envelope in
        receiver.take(envelope.letter)
        return .delivered
      }
    }
    let sums = receiver.received.filter { $0.office.code == "kt" }.flatMap(\.notices).map(\.text.vi)
    #expect(sums.count == 2)
    for sum in ["40.000.000", "90.000.000"] { #expect(sums.contains { $0.contains(sum) }) }
    #expect(try await post.letters().allSatisfy { $0.state == .delivered })
    try await acknowledge(post, "kt", .ledgerRefusal)
    try await look(post, Commune.day(2026, 5, 14))
    #expect(try await post.inbox(.viceChair).isEmpty)
    let again = Commune.day(2026, 5, 18)
    try await look(post, again)
    #expect(try await texts(post, "kt", .ledgerRefusal, on: again).isEmpty)
    #expect(try await texts(post, "vh-xh", .ledgerRefusal, on: again).map { $0.contains("90.000.000") } == [true])
    await post.close()
  }

  private func count(_ post: Post, _ month: String, _ activated: Int64, revision: Int = 1) async throws {
    try await post.hear(
      CountsRecorded(
        unit: Post.commune, village: Office(code: "thon-1", name: "Thôn 1"), month: try #require(Period(month)),
        counts: EnrolmentCounts(adults: 400, issued: 390, activated: activated, signatures: 0), revision: revision,
        office: "kt"))
  }

  @Test("who took note of a fall hears of the next one") func fallsOn() async throws {
    let post = try await post(at: Commune.day(2026, 4, 6), 6)
    try await count(post, "2026-M03", 350)
    let (may, june) = (Commune.day(2026, 5, 5), Commune.day(2026, 6, 2))
    post.clock.set(Commune.at(may, 6))
    try await count(post, "2026-M04", 340)
    try await look(post, may)
    #expect(try await texts(post, "vh-xh", .countDrop, on: may).count == 1)
    try await acknowledge(post, "vh-xh", .countDrop)
    post.clock.set(Commune.at(june, 6))
    try await count(post, "2026-M05", 300)
    try await look(post, june)
    #expect(
      try await texts(post, "vh-xh", .countDrop, on: june)
        == ["Thôn 1: tỷ lệ tài khoản kích hoạt giảm từ 340/400 (85,0%) xuống 300/400 (75,0%)."])
    await post.close()
  }

  @Test("a fall that was corrected is not told; a month before it that is corrected makes one")
  func corrected() async throws {
    let day = Commune.day(2026, 5, 5)
    let post = try await post(at: day, 5)
    try await count(post, "2026-M03", 390)
    try await count(post, "2026-M04", 360)
    try await count(post, "2026-M03", 350, revision: 2)
    try await look(post, day)
    #expect(try await texts(post, "vh-xh", .countDrop, on: day).isEmpty)
    try await count(post, "2026-M03", 380, revision: 3)
    try await post.look()
    let text = "Thôn 1: tỷ lệ tài khoản kích hoạt giảm từ 380/400 (95,0%) xuống 360/400 (90,0%)."
    #expect(try await texts(post, "vh-xh", .countDrop, on: day) == [text])
    // The same figures again, and those of a month that is long over, change nothing.
    post.clock.set(Commune.at(day.adding(1), 6))
    try await count(post, "2026-M04", 360, revision: 2)
    try await count(post, "2026-M01", 400)
    try await look(post, day.adding(1))
    #expect(try await texts(post, "vh-xh", .countDrop, on: day.adding(1)).isEmpty)
    await post.close()
  }

  @Test("what is returned of a late task is said, and the news say what became of it") func lateReturn() async throws {
    let day = Commune.day(2026, 7, 1)
    let post = try await post(at: day, 6)
    let task = try #require(try await post.plan([("3", "vp", Commune.day(2026, 6, 30))])["3"])
    try await look(post, day)
    try await post.progress(task, .submitted)
    try await post.progress(task, .returned)
    try await post.look()
    #expect(
      try await texts(post, "vp", .taskReturned, on: day) == ["Kết quả nhiệm vụ 3 bị trả lại: thiếu chữ ký. Việc 3"])
    let news = try await texts(post, "vp", .news, on: day)
    #expect(news.contains("Kết quả nhiệm vụ 3 được vh-xh trả lại để làm tiếp. Việc 3"))
    #expect(news.contains("Nhiệm vụ 3 đã trình kết quả, đạt 50% (vh-xh trình). Việc 3"))
    #expect(!news.contains { $0.hasPrefix("Nhiệm vụ 3 đạt") })
    await post.close()
  }

  @Test("a second note takes the place of the first; saying nothing more keeps it") func noted() async throws {
    let day = Commune.day(2026, 7, 1)
    let post = try await post(at: day, 6)
    _ = try await post.plan([("3", "vp", Commune.day(2026, 6, 30))])
    try await look(post, day)
    var notes: [String?] = []
    for note in ["đang làm", "chờ nhà thầu", nil] {
      try await acknowledge(post, "vp", .taskOverdue, note)
      let notice = try #require(try await post.inbox("vp").last { $0.rule == Open(.taskOverdue) })
      notes.append(
        try await post.database.read { store in
          try NotificationsStore.trace(try NotificationsStore.notice(notice.id, in: Post.commune, store), store).note
        })
    }
    #expect(notes == ["đang làm", "chờ nhà thầu", "chờ nhà thầu"])
    await post.close()
  }

  // MARK: Who can be told

  @Test("the police, the service centre and whoever has an account are told; for a school the focal office is")
  func kinds() async throws {
    let day = Commune.day(2026, 7, 1)
    let post = try await post(at: day, 6)
    for (code, kind) in [("ca", .police), ("pvhcc", .centre), ("tyt", .station), ("truong", .school)]
      as [(Office.Code, Office.Kind)]
    {
      try await post.keep(code, "Cơ quan \(code)", kind)
    }
    try await post.hear(
      AccountAdmitted(
        unit: Post.commune, account: "y-te", office: Office(code: "tyt", name: "Trạm Y tế"), roles: [Open(.entry)]))
    let due = Commune.day(2026, 6, 30)
    _ = try await post.plan([("1", "ca", due), ("2", "pvhcc", due), ("3", "tyt", due), ("4", "truong", due)])
    try await look(post, day)
    for (office, numbers) in [("ca", ["1"]), ("pvhcc", ["2"]), ("tyt", ["3"]), ("truong", []), ("vh-xh", ["4"])]
      as [(Office.Code, [String])]
    {
      let told = try await texts(post, office, .taskOverdue, on: day).map { String($0.split(separator: " ")[2]) }
      #expect(told == numbers, "\(office)")
    }
    await post.close()
  }

  @Test("what an office led that has ended is said to the focal office; it gets no address and no silence any more")
  func ended() async throws {
    let day = Commune.day(2026, 7, 1)
    let post = try await post(at: day, 6)
    _ = try await post.plan([("1", "kt", Commune.day(2026, 6, 30))])
    try await post.keep("kt", "Phòng Kinh tế", until: Commune.day(2026, 6, 30))
    try await look(post, day)
    #expect(try await texts(post, "kt", .taskOverdue, on: day).isEmpty)
    #expect(try await texts(post, "vh-xh", .taskOverdue, on: day).count == 1)
    for office in ["kt", "khong-co"] as [Office.Code] {
      await #expect(throws: Refusal.self) {
        try await post.database.write { store in
          try NotificationsStore.keep(KeepAddress(office: office, mail: "b@x.vn"), in: Post.commune, store)
        }
      }
      await #expect(throws: Refusal.self) {
        try await post.database.read { store in
          try NotificationsStore.check(office, in: Post.commune, on: day, store)
        }
      }
    }
    try await post.database.write { store in
      try NotificationsStore.keep(KeepAddress(office: "kt", mail: nil), in: Post.commune, store)
      for office in ["vp", .viceChair, .chair] as [Office.Code] {
        try NotificationsStore.check(office, in: Post.commune, on: day, store)
      }
    }
    await post.close()
  }

  // MARK: Receivers

  @Test("a receiver that hangs holds up its own letters alone") func hangs() async throws {
    let day = Commune.day(2026, 7, 1)
    let post = try await post(at: day, 9)
    var standards = post.standards
    standards.channels = Channels()
    standards.channels.webhooks = [
      Channels.Webhook(name: "hangs", url: "https://x.vn", secretFile: "/x", units: ["38"]),
      Channels.Webhook(name: "works", url: "https://y.vn", secretFile: "/y", units: ["38"]),
    ]
    func join(_ count: Int) async throws {
      for index in 0..<count {
        try await post.hear(
          AccountAdmitted(
            unit: Post.commune, account: Slug(stringLiteral: "a-\(UUIDv7().low % 1_000_000)-\(index)"),
            office: Office(code: "vp", name: "Văn phòng"), roles: [Open(.entry)]))
        try await post.look(standards)
      }
    }
    // More than one receiver takes at the same time, for two offices each.
    try await join(Courier.atOnce)
    let receiver = Receiver()
    let running = Task {
      await post.courier.run(by: { post.clock.time }, mayBegin: { true }) { envelope in
        guard envelope.address == "works" else {
          try? await Task.sleep(for: .seconds(600))
          return .failed("nobody waits so long")
        }
        receiver.take(envelope.letter)
        return .delivered
      }
    }
    func arrived(_ count: Int) async throws {
      while receiver.received.count < count { try await Task.sleep(for: .milliseconds(10)) }
    }
    try await arrived(2 * Courier.atOnce)
    try await join(1)
    try await arrived(2 * Courier.atOnce + 2)
    running.cancel()
    await running.value
    #expect(try await post.letters().filter { $0.address == "hangs" }.allSatisfy { $0.state == .pending })
    await post.close()
  }
}
