import Bus
import FoundationEssentials
import Glibc
import Schema
import Service
import Synchronization
import ZeroMQ

@testable import xaso

/// A whole stack of real processes in a folder of its own, for one test.
final class House: Sendable {
  static let plans = "plans"
  static let budget = "budget"
  static let indicators = "indicators"
  static let notifications = "notifications"
  static let gateway = "gateway"
  static let identity = "identity"
  static let all = [identity, plans, budget, indicators, notifications, gateway]

  /// Communes of Thanh Hóa.
  static let communes: [Unit] = ["38/14797", "38/16522", "38/16417", "38/16378"]
  /// A commune of Hà Nội.
  static let elsewhere: Unit = "01/00070"
  static let reader: Caller.Account = "thanh-hoa.reader"
  static func focal(_ unit: Unit) -> Caller.Account { Slug(stringLiteral: "c\(unit.commune ?? "").focal") }
  static func clerk(_ unit: Unit) -> Caller.Account { Slug(stringLiteral: "c\(unit.commune ?? "").clerk") }

  /// One context and one loop for all that the tests ask.
  static let context = Context()
  static let loop = PollLoop(name: "tests")

  let installation: Installation
  private let clients = Mutex<[Caller.Account: Client]>([:])
  private let watchman: Watchman

  private init() throws {
    var template = Array("/tmp/house-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw CallFailure("mkdtemp") }
    installation = Installation(String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self))
    watchman = try Watchman(over: installation.directory.path)
  }

  /// Runs the body with a stack that answers. Its processes and its folder are gone afterwards, however the body ends.
  static func open<Result>(_ body: (House) async throws -> Result) async throws -> Result {
    let house = try House()
    do {
      try await Stack(in: house.installation).start(port: 0)
      try await house.installation.enroll(accounts)
      let result = try await body(house)
      await house.clear()
      return result
    } catch {
      await house.clear()
      throw error
    }
  }

  private static var accounts: [Installation.Enrolment] {
    var all: [Installation.Enrolment] = [.init(account: reader, unit: "38", office: nil, roles: [.subscriber])]
    for unit in communes + [elsewhere] {
      all.append(
        .init(account: focal(unit), unit: unit, office: Office(code: "vh-xh", name: "Phòng VH-XH"), roles: [.focal]))
      all.append(
        .init(account: clerk(unit), unit: unit, office: Office(code: "vp", name: "Văn phòng"), roles: [.clerk]))
    }
    return all
  }

  private func clear() async {
    for client in clients.withLock({ clients in Array(clients.values) }) { await client.close() }
    try? kill(House.all)
    watchman.dismiss()
  }

  // MARK: People

  /// An account's connection to the front door; the same one each time.
  func client(_ account: Caller.Account) throws -> Client {
    if let client = clients.withLock({ $0[account] }) { return client }
    let client = try anotherClient(account)
    return clients.withLock { clients in
      let client = clients[account] ?? client
      clients[account] = client
      return client
    }
  }

  /// One more connection of an account, for the caller to close.
  func anotherClient(_ account: Caller.Account) throws -> Client {
    let (profile, keys) = try Profile.load(from: installation.profilePath(account))
    return Client(
      to: profile.server, security: .client(keys: keys, server: profile.serverKey), in: House.context, on: House.loop)
  }

  /// What a program that is not ours has to know to come in as the reader: endpoint, public key, key file.
  func door() throws -> [String] {
    let profile = try Profile.load(from: installation.profilePath(House.reader)).0
    return [profile.server, profile.serverKey.z85, installation.path("profiles", profile.keyFile)]
  }

  // MARK: Processes

  /// A program beside the stack, which ends with it.
  func run(_ arguments: [String]) throws -> Child {
    let child = try Child(arguments)
    let stat = try String(contentsOfFile: "/proc/\(child.pid)/stat", encoding: .utf8)
    // The 22nd field, counted from behind the name, which may hold anything.
    let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ")
    try "\(child.pid) \(fields[20])\n".write(
      toFile: installation.path("run", "\(child.pid).pid"), atomically: true, encoding: .utf8)
    return child
  }

  private func daemon(_ name: String) -> Daemon { Daemon(name, in: installation) }

  /// Nil when it does not run.
  func pid(of name: String) -> pid_t? { daemon(name).pid }

  /// A file of the test's own, gone with the rest.
  func path(_ name: String) -> String { installation.path(name) }

  func store(_ name: String) -> String { installation.path("stores", "\(name).sqlite") }

  /// - Parameter environment: What this process is told besides, or otherwise.
  func start(_ name: String, _ environment: [String: String] = [:]) throws {
    let own = try installation.environment(of: name)
    try daemon(name).start(environment: own.merging(environment) { _, new in new })
  }

  /// Beside the tests.
  static func executable(_ name: String) throws -> String {
    let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    return URL(filePath: own).deletingLastPathComponent().appending(path: name).path
  }

  /// Ended, and buried by whoever is to.
  static func isGone(_ pid: pid_t) -> Bool {
    let stat = (try? String(contentsOfFile: "/proc/\(pid)/stat", encoding: .utf8)) ?? ""
    return stat.isEmpty || stat.contains(") Z ")
  }

  /// SIGKILL for all at once; returns when they are gone.
  func kill(_ names: [String]) throws {
    let pids = names.compactMap(pid(of:))
    for pid in pids { Glibc.kill(pid, SIGKILL) }
    for pid in pids { waitpid(pid, nil, 0) }
  }

  /// SIGTERM; returns how it ended and how long that took.
  func terminate(_ name: String) async throws -> Ending {
    guard let pid = pid(of: name) else { throw CallFailure("\(name) does not run") }
    let start = ContinuousClock.now
    Glibc.kill(pid, SIGTERM)
    return Ending(status: await Child.ending(of: pid), took: .now - start)
  }

  struct Ending {
    /// The exit code, or minus the signal.
    var status: Int32
    var took: Duration
  }

  /// Ends all of them, and starts them on another day; returns when they answer.
  func turn(to day: Day, _ environment: [String: String] = [:]) async throws {
    for name in House.all.reversed() { _ = try await terminate(name) }
    for name in House.all { try start(name, environment.merging([Rehearsal.variable: "\(day)"]) { own, _ in own }) }
    for name in House.all { try await health(of: name) }
  }

  /// Returns when a process answers, started or not.
  ///
  /// - Returns: What it says of itself.
  @discardableResult
  func health(of name: String, within limit: Duration = .seconds(120)) async throws -> ServiceHealth {
    guard let contract = Catalogue.contracts.first(where: { $0.name.description == name }) else {
      throw CallFailure("\(name) is no service", 0)
    }
    return try await health(of: contract, within: limit)
  }

  private func health<S: Contract>(of contract: S.Type, within limit: Duration) async throws -> ServiceHealth {
    try await client("operator").send(Health<S>(), to: nil, ttl: limit).value
  }

  /// Returns when everybody has applied all that was said by those whom they follow.
  func caughtUp() async throws {
    // In the order of the chain: what one says because of another is said when its own followers are asked.
    for contract in Catalogue.contracts { try await caughtUp(contract) }
    let head = try await health(of: House.identity).head
    while let position = try await health(of: House.gateway).streams.first, position.cursor < head {
      // The front door keeps no store, and answers nobody who would wait for it.
      try await Task.sleep(for: .milliseconds(10))
    }
  }

  private func caughtUp<S: Contract>(_ contract: S.Type) async throws {
    for stream in contract.follows {
      let head = try await health(of: stream.description).head
      try await reach(head, of: stream, by: contract, asking: try client("operator"))
    }
  }

  /// Returns when a service has applied a stream up to a sequence.
  func reach<S: Contract>(
    _ head: Int64, of stream: ServiceName, by service: S.Type, asking client: Client
  ) async throws {
    var position = StreamPosition(stream: stream, cursor: -1, head: 0, parked: 0)
    let deadline = ContinuousClock.now + .seconds(600)
    while position.cursor < head, ContinuousClock.now < deadline {
      let request = Reached<S>(stream: stream, seq: head)
      position = try await client.send(request, to: nil, ttl: .seconds(120)).value
    }
    guard position.cursor >= head, position.parked == 0 else { throw CallFailure("\(S.name) is at \(position)", 0) }
  }
}

/// What the system did not do, and why.
struct CallFailure: Error, CustomStringConvertible {
  let description: String

  init(_ call: String, _ code: Int32 = errno) { description = "\(call): \(String(cString: strerror(code)))" }
}
