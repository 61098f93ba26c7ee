import SampleMessages
import Schema
import Testing

@testable import xaso_notifications

@Suite("The rules of notifications")
struct NotificationsRulesTests {
  private static let offices: [Office] = [
    Office(code: "vh-xh", name: "Phòng VH-XH"), Office(code: "vp", name: "Văn phòng"),
    Office(code: "cax", name: "Công an xã"), Office(code: "kt", name: "Phòng Kinh tế"),
  ]

  private func cloud<Payload: Event>(_ payload: Payload, id: UUIDv7 = UUIDv7()) -> CloudEvent<Payload> {
    CloudEvent(payload, id: id, time: Samples.time, sequence: 1, correlation: nil)
  }

  private func issued(_ shares: [(Int, Int, Int, Int)]) -> PlanIssued {
    PlanIssued(
      unit: Samples.commune, plan: Plan.ID(), year: 2026, title: "Kế hoạch", number: "119/KH-UBND",
      issuedOn: Day(number: 20_500), rows: RowCounts(tasks: 9, targets: 9), lines: 0, planned: 0, focal: "vh-xh",
      shares: shares.map { PlanIssued.Share(office: Self.offices[$0], leads: $1, coordinates: $2, targets: $3) })
  }

  @Test("an issued plan tells each office that has work, once, and no other") func plan() {
    let posts = NotificationsRules.notices(
      of: cloud(issued([(0, 2, 0, 0), (1, 0, 3, 0), (2, 0, 0, 0), (3, 0, 0, 1)])))
    #expect(posts.map(\.office) == ["vh-xh", "vp", "kt"])
    #expect(posts.allSatisfy { $0.unit == Samples.commune && $0.time == Samples.time })
    #expect(
      posts.map(\.content)
        == [(2, 0, 0), (0, 3, 0), (0, 0, 1)].map {
          .planIssued(number: "119/KH-UBND", title: "Kế hoạch", leads: $0, coordinates: $1, targets: $2)
        })
    #expect(Set(posts.map(\.id)).count == posts.count)
  }

  @Test("a plan that gives nobody work tells nobody") func idlePlan() {
    #expect(NotificationsRules.notices(of: cloud(issued([(0, 0, 0, 0)]))).isEmpty)
    #expect(NotificationsRules.notices(of: cloud(issued([]))).isEmpty)
  }

  @Test("the same event gives the same notices, another one gives others") func stable() {
    let (id, other) = (UUIDv7(), UUIDv7())
    let event = issued((0..<4).map { ($0, 1, 1, 1) })
    func ids(_ id: UUIDv7) -> [Notice.ID] { NotificationsRules.notices(of: cloud(event, id: id)).map(\.id) }
    #expect(ids(id) == ids(id))
    #expect(Set(ids(id)).count == 4)
    #expect(Set(ids(id)).isDisjoint(with: ids(other)))
    #expect(!ids(id).contains(Notice.ID(id)))
  }

  private func progressed(by office: Office.Code, id: UUIDv7 = UUIDv7()) -> CloudEvent<TaskProgressed> {
    cloud(
      TaskProgressed(
        unit: Samples.commune, plan: Plan.ID(), task: PlanTask.ID(), percent: 40, status: Open(.inProgress),
        office: office), id: id)
  }

  private func known(_ leads: [Office.Code], _ helpers: [Office.Code], focal: Office.Code)
    -> TaskRecord
  {
    TaskRecord(
      row: TaskRow(number: "1.1", name: "Số hóa", leads: leads, coordinating: helpers), focal: focal,
      offices: Self.offices)
  }

  @Test(
    "progress tells those who share the task and the focal office, each once, but never who recorded it",
    arguments: [
      (["vp"], ["cax"], "vh-xh", "vp", ["cax", "vh-xh"]), (["vp"], ["cax"], "vh-xh", "vh-xh", ["cax", "vp"]),
      (["vp", "vh-xh"], ["vp", "cax"], "vh-xh", "cax", ["vh-xh", "vp"]), (["vp"], [], "vp", "vp", []),
      ([], [], "vh-xh", "kt", ["vh-xh"]),
    ] as [([Office.Code], [Office.Code], Office.Code, Office.Code, [Office.Code])])
  func progress(
    _ leads: [Office.Code], _ helpers: [Office.Code], _ focal: Office.Code, _ by: Office.Code, _ told: [Office.Code]
  ) {
    let event = progressed(by: by)
    let task = known(leads, helpers, focal: focal)
    let posts = NotificationsRules.notices(of: event, task)
    #expect(posts.map(\.office) == told)
    #expect(Set(posts.map(\.id)).count == posts.count)
    #expect(posts.map(\.id) == NotificationsRules.notices(of: event, task).map(\.id))
    let name = Self.offices.first { $0.code == by }?.name ?? by.description
    #expect(
      posts.allSatisfy {
        $0.content
          == .taskProgressed(number: "1.1", name: "Số hóa", percent: 40, by: name, status: event.data.status)
      })
  }

  @Test("an office that the plan does not name is called by its code") func unnamed() {
    let posts = NotificationsRules.notices(of: progressed(by: "truong-th"), known(["vp"], [], focal: "vh-xh"))
    #expect(posts.allSatisfy { $0.content.text.vi.contains("(truong-th ") })
  }

  private func caller(_ office: Office.Code?, _ roles: Set<Role>) -> Caller {
    Caller(account: "lan", unit: Samples.commune, office: office, roles: roles)
  }

  @Test(
    "an office reads its own inbox, whether it names it or not",
    arguments: Role.offices.sorted { $0.rawValue < $1.rawValue })
  func own(_ role: Role) throws {
    let leaders: Set<Office.Code> = role == .approver ? [.viceChair, .chair] : []
    #expect(try NotificationsRules.offices(nil, for: caller("vp", [role])) == leaders.union(["vp"]))
    #expect(try NotificationsRules.offices("vp", for: caller("vp", [role])) == ["vp"])
  }

  @Test("another's is read by the focal office, the leaders and who receives for a province", arguments: Role.allCases)
  func others(_ role: Role) throws {
    if [.focal, .approver, .province].contains(role) {
      #expect(try NotificationsRules.offices("cax", for: caller("vp", [role])) == ["cax"])
      #expect(try NotificationsRules.offices("cax", for: caller(nil, [role, .auditor])) == ["cax"])
    } else {
      let refusal = #expect(throws: Refusal.self) { try NotificationsRules.offices("cax", for: caller("vp", [role])) }
      #expect(refusal?.status == .forbidden)
      #expect(refusal?.place == "office")
    }
  }

  @Test("who belongs to no office must name one") func nobody() {
    let refusal = #expect(throws: Refusal.self) { try NotificationsRules.offices(nil, for: caller(nil, [.focal])) }
    #expect(refusal?.status == .invalid)
    #expect(refusal?.place == "office")
  }
}
