import Schema
import Storage
import Testing

@testable import xaso_indicators

@Suite("What those above a commune see of its figures", .timeLimit(.minutes(60))) struct SentOnlyTests {
  private static let commune: Unit = "38/15043"

  private var quarter: Period { get throws { try #require(Period("2026-Q1")) } }

  /// A commune with one indicator that its province asks for by the quarter.
  private func desk() async throws -> Desk {
    let desk = try await Desk(today: day("2026-04-06"))
    try await desk.issue([.target("a")])
    let regime = Regime(code: "quy", name: "Báo cáo quý", spans: [Open(.quarter)], due: [.init(months: 1, day: 10)])
    _ = try await desk.ask(KeepRegime(regime: regime), as: "so", in: "38", roles: [.province])
    return desk
  }

  private func above<Message: Request>(_ request: Message, at desk: Desk) async throws -> Message.Reply {
    try await desk.ask(request, as: "so", in: Self.commune, roles: [.province], from: "38")
  }

  private func prepare(_ desk: Desk) async throws -> SubmissionDetail {
    try await desk.ask(
      PrepareSubmission(keeper: "38", regime: "quy", period: try quarter), as: Desk.focal.code, roles: [.focal])
  }

  private func confirm(_ submission: SubmissionDetail, at desk: Desk) async throws {
    _ = try await desk.ask(
      ConfirmSubmission(submission: submission.summary.id), as: "ubnd", account: "chu-tich", roles: [.approver])
  }

  private func answer(_ submission: SubmissionDetail, reviewing: [Indicator.ID], at desk: Desk) async throws {
    _ = try await desk.ask(
      AnswerSubmission(
        submission: submission.summary.id, isReceived: reviewing.isEmpty, reason: reviewing.isEmpty ? nil : "Xem lại",
        cells: reviewing), as: "so", in: "38", expecting: submission.summary.version, account: "so-khcn",
      roles: [.province])
  }

  /// What the province reads of the only indicator, wherever it may read it.
  private struct Seen: Equatable {
    var history: [Figure]
    var superseded: [Bool]
    var last: Figure?
    var why: Figure?
    var standing: Indicator.Standing?
    var sum: Ratio?

    static let nothing = Seen(history: [], superseded: [], standing: .noData)
  }

  private func seen(at desk: Desk, from unit: Unit = "38") async throws -> Seen {
    let list = try await desk.ask(ListIndicators(), in: unit, roles: [.province], from: "38").items
    let indicator = try #require(list.first)
    let history = try await above(ListObservations(indicator: indicator.id), at: desk).items
    let why = try await above(ExplainStanding(indicator: indicator.id), at: desk)
    let rollUp = try await above(RollUpIndicator(name: "a", period: try quarter), at: desk)
    #expect(rollUp.basis?.known == .sent)
    #expect(history.allSatisfy { $0.note == nil && $0.evidence == nil })
    return Seen(
      history: history.map(\.figure), superseded: history.map(\.superseded), last: indicator.last?.figure,
      why: why.indicator.last?.figure, standing: indicator.standing.known, sum: rollUp.total)
  }

  @Test("nothing before it is sent; then what was sent, not what was entered since; nothing of what was recalled")
  func figures() async throws {
    let desk = try await desk()
    let first = try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    let id = first.indicator.id
    #expect(try await seen(at: desk) == .nothing)
    #expect(try await seen(at: desk, from: Self.commune) == .nothing)
    let one = try await prepare(desk)
    #expect(try await seen(at: desk) == .nothing)
    try await confirm(one, at: desk)
    let sent = Seen(
      history: [Figure(90, of: 100)], superseded: [false], last: Figure(90, of: 100), why: Figure(90, of: 100),
      standing: .met, sum: Ratio(90, of: 100))
    #expect(try await seen(at: desk) == sent)
    try await desk.observe("a", Figure(70, of: 100), "2026-Q1")
    #expect(try await seen(at: desk) == sent)
    #expect(try await desk.list().first?.last?.figure == Figure(70, of: 100))

    try await answer(one, reviewing: [id], at: desk)
    let two = try await prepare(desk)
    #expect(try await seen(at: desk) == sent)
    try await confirm(two, at: desk)
    let again = Seen(
      history: [Figure(70, of: 100), Figure(90, of: 100)], superseded: [false, true], last: Figure(70, of: 100),
      why: Figure(70, of: 100), standing: .behind, sum: Ratio(70, of: 100))
    #expect(try await seen(at: desk) == again)
    _ = try await desk.ask(
      RecallSubmission(submission: two.summary.id, reason: "Sửa"), as: Desk.focal.code, roles: [.focal])
    #expect(try await seen(at: desk) == sent)
    // At home all of it is there.
    #expect(try await desk.ask(ListObservations(indicator: id)).items.count == 2)
    await desk.database.close()
  }

  @Test("a village's figures, and those of an estimate")
  func villages() async throws {
    let desk = try await desk()
    try await desk.keep("t1")
    try await desk.enter("a", Figure(9, of: 10), try quarter, village: "t1")
    let id = try #require(await desk.list().first).id
    let refused = await #expect(throws: Refusal.self) {
      try await above(ListObservations(indicator: id, village: "t1"), at: desk)
    }
    #expect(refused?.status == .forbidden && refused?.place == "village")
    #expect(try await desk.ask(ListObservations(indicator: id, village: "t1")).items.count == 1)
    await desk.database.close()
  }

  @Test("a sum over communes says that it is the working state")
  func sums() async throws {
    let desk = try await desk()
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    #expect(try await desk.ask(RollUpIndicator(name: "a", period: try quarter), in: "38").basis?.known == .entered)
    #expect(try await desk.ask(ShowRollUpTable(period: try quarter), in: "38").basis?.known == .entered)
    #expect(try await desk.ask(RollUpIndicator(name: "a", period: try quarter)).basis?.known == .entered)
    let received = try await desk.ask(RollUpIndicator(name: "a", period: try quarter, received: true), in: "38")
    #expect(received.basis?.known == .received && received.reported == 0)
    await desk.database.close()
  }

  @Test("what is put together and not sent is shown at home, and not above; an estimate is counted apart")
  func completeness() async throws {
    let desk = try await desk()
    let request = ShowCompleteness(keeper: "38", regime: "quy", period: try quarter)
    func lines() async throws -> (home: Completeness.Line?, above: Completeness.Line?) {
      (
        try await desk.ask(request).lines.first,
        try await desk.ask(request, as: "so", in: "38", roles: [.province]).lines.first
      )
    }
    let id = try #require(await desk.list().first).id
    _ = try await desk.ask(
      ObserveIndicator(
        indicator: id, period: try quarter, figure: Figure(80, of: 100), estimatedAsOf: day("2026-03-20")))
    for line in [try await lines().home, try await lines().above] {
      #expect(line?.answered == 0 && line?.estimated == 1 && line?.cells == 1)
    }
    _ = try await prepare(desk)
    var both = try await lines()
    #expect(both.home?.status?.known == .prepared && both.home?.answered == 0 && both.home?.estimated == 1)
    #expect(both.above?.status == nil && both.above?.estimated == 1)
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    let prepared = try await prepare(desk)
    try await confirm(prepared, at: desk)
    both = try await lines()
    #expect(both.home == both.above && both.above?.status?.known == .sent)
    #expect(both.above?.answered == 1 && both.above?.estimated == nil)
    try await answer(prepared, reviewing: [id], at: desk)
    _ = try await prepare(desk)
    both = try await lines()
    #expect(both.home?.status?.known == .prepared && both.above?.status?.known == .inReview)
    await desk.database.close()
  }

  @Test("its subscribers are told of what was sent; the commune's own of all")
  func events() async throws {
    let desk = try await desk()
    let own = Regime(code: "noi-bo", name: "Tiến độ", spans: [Open(.quarter)])
    _ = try await desk.ask(KeepRegime(regime: own), as: Desk.focal.code, roles: [.focal])
    try await desk.observe("a", Figure(90, of: 100), "2026-Q1")
    try await desk.enter("a", Figure(91, of: 100), try quarter)
    try await confirm(try await prepare(desk), at: desk)
    func names(within unit: Unit, of home: Unit) async throws -> Set<String> {
      let caller = Caller(account: "reader", unit: home, office: nil, roles: [.subscriber])
      let batch = try await desk.database.events(epoch: nil, after: .sequence(0), within: unit, by: caller)
      #expect(batch.through == batch.head)
      return Set(
        try batch.events.map { json in
          let event = try Codec.decode(CloudEvent<Unread>.self, from: json)
          return "\(event.type.split(separator: ".").dropFirst(3).dropLast().joined(separator: ".")) \(event.subject)"
        }.map { $0.contains("report.") ? $0 : String($0.split(separator: " ")[0]) })
    }
    let inside: Set = ["observation.recorded", "observations.imported", "target.met"]
    let said = try await names(within: Self.commune, of: Self.commune)
    #expect(said.isSuperset(of: inside) && said.contains("submission.moved"))
    #expect(said.contains { $0.contains("noi-bo") })
    for unit in ["38", Self.commune] as [Unit] {
      let told = try await names(within: unit, of: "38")
      #expect(told.isDisjoint(with: inside) && told.contains("submission.moved"))
      #expect(!told.contains { $0.contains("noi-bo") } && told.contains { $0.contains("/quy/") })
    }
    await desk.database.close()
  }
}
