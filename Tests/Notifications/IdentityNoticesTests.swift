import SampleMessages
import Schema
import Storage
import Testing

@testable import xaso_notifications

@Suite("Notices of people, offices and counts", .timeLimit(.minutes(60)))
struct IdentityNoticesTests {
  private static let focal = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")
  private static let police = Office(code: "cong-an", name: "Công an xã")

  /// Identity's stream, as its events are said one after the other.
  private struct Stream {
    private(set) var events: [IncomingEvent] = []

    mutating func say(_ event: some Event) throws {
      let json = Codec.encode(
        CloudEvent(
          event, id: UUIDv7(), time: Timestamp(milliseconds: Samples.time.milliseconds + Int64(events.count)),
          sequence: Int64(events.count + 1), correlation: nil))
      events.append(try IncomingEvent(json, of: Identity.name))
    }

    mutating func keep(_ office: Office, _ kind: Office.Kind = .office) throws {
      let summary = OfficeSummary(code: office.code, name: office.name, kind: Open(kind))
      try say(OfficeKept(unit: Samples.commune, office: summary))
    }

    /// Somebody joins by an invitation, whose own key is admitted and withdrawn in between.
    mutating func join(_ account: Caller.Account, _ office: Office?, _ role: Role) throws {
      let invitation = Seat(
        key: Samples.key, account: "018f-invitation", unit: Samples.commune, office: nil, roles: [Open(.invited)])
      try say(KeyAdmitted(unit: Samples.commune, seat: invitation))
      try say(AccountAdmitted(unit: Samples.commune, account: account, office: office, roles: [Open(role)]))
      try admit(account, office, role)
    }

    mutating func admit(_ account: Caller.Account, _ office: Office?, _ role: Role) throws {
      let seat = Seat(
        key: Samples.key, account: account, unit: Samples.commune, office: office?.code, roles: [Open(role)])
      try say(KeyAdmitted(unit: Samples.commune, seat: seat))
    }

    mutating func revokeKey(_ account: Caller.Account) throws {
      try say(KeyRevoked(unit: Samples.commune, key: Samples.key, account: account, reason: "mất máy tính"))
    }

    mutating func change(
      _ account: Caller.Account, _ office: Office, _ role: Role, last: Day? = nil, loans: [Seat.Loan]? = nil
    ) throws {
      let seat = Seat(
        key: Samples.key, account: account, unit: Samples.commune, office: office.code, roles: [Open(role)], last: last,
        loans: loans)
      try say(SeatChanged(unit: Samples.commune, seat: seat))
    }

    mutating func count(_ revision: Int, by office: Office.Code?) throws {
      guard let month = Period("2026-M03") else { throw Refusal(.malformed) }
      try say(
        CountsRecorded(
          unit: Samples.commune, village: Office(code: "thon-1", name: "Thôn 1"), month: month,
          counts: EnrolmentCounts(adults: 400, issued: 380, activated: 350, signatures: 90), revision: revision,
          office: office))
    }
  }

  /// What two offices read after this.
  private func read(_ speak: (inout Stream) throws -> Void) async throws -> (focal: [String], police: [String]) {
    var stream = Stream()
    try stream.keep(Self.focal)
    try stream.keep(Self.police)
    try stream.join("lan", Self.focal, .focal)
    let known = stream.events.count
    try speak(&stream)
    let inbox = try await Inbox(of: Identity.name)
    let epoch = UUIDv7()
    try await inbox.follow(Array(stream.events.prefix(known)), as: epoch)
    let before = try await (inbox.texts(for: Self.focal.code).count, inbox.texts(for: Self.police.code).count)
    try await inbox.follow(stream.events, as: epoch)
    let after = try await (inbox.texts(for: Self.focal.code), inbox.texts(for: Self.police.code))
    await inbox.store.close()
    return (Array(after.0.dropFirst(before.0)), Array(after.1.dropFirst(before.1)))
  }

  @Test("who joins concerns the office and the focal office, once")
  func joined() async throws {
    let read = try await read { try $0.join("tuan", Self.police, .police) }
    let text = "Tài khoản tuan của Công an xã đã tham gia hệ thống. Nếu không phải người của cơ quan, hãy báo ngay "
    #expect(read.focal == [text + "người quản trị."])
    #expect(read.police == read.focal)
  }

  @Test("another key concerns them too, the key that somebody joined by does not")
  func anotherKey() async throws {
    let read = try await read {
      try $0.join("tuan", Self.police, .police)
      try $0.admit("tuan", Self.police, .police)
      try $0.revokeKey("tuan")
      try $0.revokeKey("018f-invitation")
    }
    #expect(
      read.focal.dropFirst() == [
        "Tài khoản tuan của Công an xã có thêm một khóa. Nếu không ai xin khóa này, hãy báo ngay người quản trị.",
        "Một khóa của tài khoản tuan, Công an xã, đã bị thu hồi: mất máy tính",
      ])
    #expect(read.police == read.focal)
  }

  @Test("an account that is revoked is said once, whatever keys it had")
  func revoked() async throws {
    let read = try await read {
      try $0.join("tuan", Self.police, .police)
      try $0.admit("tuan", Self.police, .police)
      try $0.say(AccountRevoked(unit: Samples.commune, account: "tuan", reason: "chuyển công tác"))
      for _ in 1...2 { try $0.revokeKey("tuan") }
    }
    #expect(read.focal.dropFirst(2) == ["Tài khoản tuan của Công an xã đã bị thu hồi: chuyển công tác"])
    #expect(read.police == read.focal)
  }

  @Test("the last focal account gone, there is no focal office to tell")
  func noFocal() async throws {
    let read = try await read {
      try $0.say(AccountRevoked(unit: Samples.commune, account: "lan", reason: "nghỉ hưu"))
      try $0.count(1, by: Self.police.code)
    }
    #expect(read.focal == ["Tài khoản lan của Phòng Văn hóa - Xã hội đã bị thu hồi: nghỉ hưu"])
    #expect(read.police.isEmpty)
  }

  @Test("who is lent the focal office's role is told in its place, on the days of the loan, until it is taken back")
  func lent() async throws {
    let today = Samples.time.day
    func read(_ from: Int, _ through: Int, takenBack: Bool = false) async throws -> Int {
      let loan = Seat.Loan(roles: [Open(.focal)], from: today.adding(from), through: today.adding(through))
      return try await self.read {
        try $0.join("tuan", Self.police, .police)
        try $0.change("tuan", Self.police, .police, loans: [loan, loan])
        if takenBack { try $0.change("tuan", Self.police, .police) }
        try $0.say(OfficeKept(unit: Samples.commune, office: OfficeSummary(code: "kt", name: "A", kind: Open(.office))))
        try $0.say(OfficeKept(unit: Samples.commune, office: OfficeSummary(code: "kt", name: "B", kind: Open(.office))))
      }.police.count { $0.contains("đổi tên") }
    }
    #expect(try await read(-1, 0) == 1)
    #expect(try await read(0, 3) == 1)
    #expect(try await read(1, 3) == 0)
    #expect(try await read(-3, -1) == 0)
    #expect(try await read(-1, 1, takenBack: true) == 0)
  }

  @Test("after the last day of its only account an office is no focal office any more") func lastDay() async throws {
    let today = Samples.time.day
    func read(_ last: Day?) async throws -> Int {
      try await self.read {
        try $0.change("lan", Self.focal, .focal, last: last)
        try $0.count(1, by: Self.police.code)
      }.focal.count
    }
    #expect(try await read(today.adding(-1)) == 0)
    #expect(try await read(today) == 1)
    #expect(try await read(nil) == 1)
  }

  @Test("an account without an office, and one of another unit, concern nobody here")
  func elsewhere() async throws {
    let read = try await read {
      try $0.join("kiem-tra", nil, .auditor)
      try $0.say(
        AccountAdmitted(unit: "38/15044", account: "minh", office: Self.police, roles: [Open(.police)]))
      try $0.say(
        AccountAdmitted(unit: Identity.nowhere, account: "operator", office: nil, roles: [Open(.administrator)]))
    }
    #expect(read.focal.isEmpty && read.police.isEmpty)
  }

  @Test("another name concerns who bears it and the focal office; a new office or village nobody")
  func renamed() async throws {
    let read = try await read {
      try $0.keep(Office(code: "thon-1", name: "Thôn 1"), .village)
      try $0.keep(Office(code: Self.police.code, name: "Công an xã Giao An"))
      try $0.keep(Office(code: "thon-1", name: "Thôn Chiềng"), .village)
    }
    #expect(
      read.focal == ["«Công an xã» đổi tên thành «Công an xã Giao An».", "«Thôn 1» đổi tên thành «Thôn Chiềng»."])
    #expect(read.police == Array(read.focal.prefix(1)))
  }

  @Test("counts concern the focal office, unless it recorded them itself")
  func counts() async throws {
    let read = try await read {
      try $0.count(1, by: Self.police.code)
      try $0.count(2, by: "chua-biet")
      try $0.count(3, by: Self.focal.code)
      try $0.count(4, by: nil)
    }
    let figures =
      "của Thôn 1: 400 người trưởng thành, 380 tài khoản mức độ 2 đã cấp, 350 đã kích hoạt, 90 chữ ký số"
    #expect(
      read.focal == [
        "Số liệu Đề án 06 tháng 3/2026 \(figures) (Công an xã nhập).",
        "Số liệu Đề án 06 tháng 3/2026 sửa lần 1 \(figures) (chua-biet nhập).",
        "Số liệu Đề án 06 tháng 3/2026 sửa lần 3 \(figures) (Thôn 1 nhập).",
      ])
    #expect(read.police.isEmpty)
  }

  @Test("reading identity's stream again gives the same notices and leaves other streams' alone")
  func resync() async throws {
    var stream = Stream()
    try stream.keep(Self.focal)
    try stream.join("lan", Self.focal, .focal)
    try stream.join("tuan", Self.police, .police)
    try stream.admit("tuan", Self.police, .police)
    try stream.keep(Office(code: "vh-xh", name: "Phòng VH-XH"))
    try stream.count(1, by: Self.police.code)
    try stream.say(AccountRevoked(unit: Samples.commune, account: "tuan", reason: "chuyển công tác"))
    let today = Samples.time.day
    try stream.change(
      "lan", Self.focal, .focal, last: today,
      loans: [Seat.Loan(roles: [Open(.focal)], from: today, through: today.adding(2))])
    try await Inbox.checkResync(of: Identity.name, stream.events, tables: ["account", "office", "focal_loan"])
  }
}
