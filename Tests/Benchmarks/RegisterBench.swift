import Bus
import Foundation
import Schema
import Units
import ZeroMQ

/// `benchmarks identity`: a register of a province's largest communes together, 1,000,000 people whom there are not, through
/// the front door of a real stack.
struct RegisterBench {
  private static let people = 1_000_000
  private static let communes = 20
  private static let perRequest = 2000
  private static let villages = 12

  private let directory: URL
  private let context = Context()
  private let loop = PollLoop(name: "bench")
  private let server: (endpoint: String, key: PublicKey)
  private let administrator: Client
  private let province: Client
  private let police: [(unit: Schema.Unit, client: Client)]

  /// Starts the stack, lets everybody in, and opens a register in each commune.
  init() async throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "xaso-register-\(getpid())")
    try Idle.run("up", "--dir", directory.path, "--port", "0")
    let profile = try String(contentsOf: directory.appending(path: "profiles/operator.yaml"), encoding: .utf8)
    func field(_ name: String) -> String {
      let line = profile.split(separator: "\n").first { $0.hasPrefix("\(name):") }
      return line.map { String($0.dropFirst(name.count + 1)).filter { !" '\"".contains($0) } } ?? ""
    }
    guard let key = PublicKey(z85: field("serverKey")) else { throw CocoaError(.fileReadCorruptFile) }
    server = (field("server"), key)
    let (context, loop, server) = (context, loop, server)
    let connection = { (keys: CurveKeys) in
      Client(to: server.endpoint, security: .client(keys: keys, server: server.key), in: context, on: loop)
    }
    let own = try CurveKeys.load(from: directory.appending(path: "profiles/operator.key").path)
    let administrator = connection(own)
    self.administrator = administrator
    province = connection(try await Self.enroll("so-khcn", [.province], "38", by: administrator, with: connection))
    var police: [(Schema.Unit, Client)] = []
    for unit in Units.all.map(\.unit).filter({ $0.province == "38" && $0.commune != nil }).prefix(Self.communes) {
      let account = Slug(stringLiteral: "ca\(unit.commune ?? "")")
      let keys = try await Self.enroll(account, [.police, .approver], unit, by: administrator, with: connection)
      let client = connection(keys)
      for village in 1...Self.villages {
        let office = OfficeSummary(
          code: Slug(stringLiteral: "thon-\(village)"), name: "Thôn \(village)", kind: Open(.village))
        _ = try await administrator.send(KeepOffice(office: office), to: unit)
      }
      let opening = OpenRegister(
        basis: "01/QĐ-UBND", issued: Timestamp.now.day, purpose: "Đo tốc độ", months: 24)
      _ = try await client.send(opening, to: unit)
      police.append((unit, client))
    }
    self.police = police
  }

  func stop() async {
    for (_, client) in police { await client.close() }
    await administrator.close()
    await province.close()
    try? Idle.run("down", "--dir", directory.path)
    try? FileManager.default.removeItem(at: directory)
  }

  /// Rows a second, imported, validated and on the disk.
  func importing() async throws -> Double {
    let each = Self.people / Self.communes
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Int.self) { group in
      // Two offices at a time.
      for lane in 0..<2 {
        group.addTask { [police] in
          var added = 0
          for index in stride(from: lane, to: Self.communes, by: 2) {
            let (unit, client) = police[index]
            for first in stride(from: 0, to: each, by: Self.perRequest) {
              let lines = (first..<first + Self.perRequest).map { Self.line(of: index * each + $0) }
              let request = ImportPeople(first: first + 1, lines: lines.joined(separator: "\n"), pads: false)
              added += try await client.send(request, to: unit, ttl: .seconds(60)).value.added
            }
          }
          return added
        }
      }
      let added = try await group.reduce(0, +)
      precondition(added == Self.people, "\(added) of \(Self.people) were added")
    }
    return Double(Self.people) / ((.now - start) / .seconds(1))
  }

  /// Milliseconds, of looking up one after the other.
  func lookups(_ count: Int) async throws -> [Double] {
    let each = Self.people / Self.communes
    return try await Self.milliseconds(count) { round in
      let person = round &* 7919 % Self.people
      let (unit, client) = police[person / each]
      let number = String(Self.line(of: person).prefix(12))
      _ = try await client.send(FindPerson(number: number), to: unit)
    }
  }

  /// Of the whole province; each is what was imported.
  func statistics(_ count: Int) async throws -> [Double] {
    try await Self.milliseconds(count) { _ in
      let table = try await province.send(ReadStatistics(), to: "38").value
      precondition(table.total.people == Int64(Self.people) && table.rows.count == Self.communes)
    }
  }

  /// Bytes of the store, and KiB that the process has in memory.
  func size() async throws -> (store: Int64, memory: Int) {
    let health = try await administrator.send(Health<Identity>(), to: nil).value
    let text = try String(contentsOf: directory.appending(path: "run/identity.pid"), encoding: .utf8)
    return (health.storeBytes, try Idle.resident(of: pid_t(text.prefix { $0 != " " }) ?? 0))
  }

  // MARK: People whom there are not

  /// One number each: the serial digits and the year are the person's own number in another base.
  private static func line(of person: Int) -> String {
    let year = 1940 + person % 80
    let serial = person / 80
    let (female, century) = (serial % 2, (year / 100 - 19) * 2)
    func padded(_ number: Int, _ width: Int) -> String {
      String(repeating: "0", count: width - String(number).count) + String(number)
    }
    let number = "038\(century + female)\(padded(year % 100, 2))\(padded(serial, 6))"
    let state = ["đã kích hoạt", "đã kích hoạt", "đã cấp", "chưa"][person % 4]
    let fields = [
      number, "Người \(person)", "01/01/\(year)", female == 1 ? "nữ" : "nam", "Thôn \(1 + person % villages)", state,
      person % 4 == 3 ? "" : "01/10/2025", person % 5 == 0 ? "có" : "", "01/11/2025",
    ]
    return fields.joined(separator: "\t")
  }

  private static func milliseconds(_ count: Int, _ body: (Int) async throws -> Void) async throws -> [Double] {
    var times: [Double] = []
    for round in 0..<count {
      let start = PollLoop.now()
      try await body(round)
      times.append(Double(PollLoop.now() - start) / 1e6)
    }
    return times.sorted()
  }

  private static func enroll(
    _ account: Caller.Account, _ roles: [Role], _ unit: Schema.Unit, by administrator: Client,
    with connection: (CurveKeys) -> Client
  ) async throws -> CurveKeys {
    let (invitation, keys) = (CurveKeys.generate(), CurveKeys.generate())
    guard let key = Identity.Key(invitation.publicKey.z85), let own = Identity.Key(keys.publicKey.z85) else {
      throw CocoaError(.coderInvalidValue)
    }
    let invite = Invite(
      key: key, account: account, office: Office(code: "ca", name: "Công an"), roles: roles.map { Open($0) },
      expires: Timestamp(milliseconds: Timestamp.now.milliseconds + 3_600_000))
    _ = try await administrator.send(invite, to: unit, ttl: .seconds(30))
    let invited = connection(invitation)
    _ = try await invited.send(Join(key: own), to: nil, ttl: .seconds(30))
    await invited.close()
    return keys
  }
}
