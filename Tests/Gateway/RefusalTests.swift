import Bench
import Bus
import Foundation
import SampleMessages
import Schema
import Storage
import Testing
import ZeroMQ

@testable import xaso
@testable import xaso_budget
@testable import xaso_identity
@testable import xaso_indicators
@testable import xaso_notifications
@testable import xaso_plans

/// Every request of the catalogue, sent in every way that must be refused, to the real executables: what is proved is then
/// what is installed, with its peer tables, its two checks of access and its own audit, and not a wiring of the test's.
@Suite("What is refused", .timeLimit(.minutes(60)))
struct RefusalTests {
  @Test("every request, in every wrong way, is refused, audited, and changes nothing") func matrix() async throws {
    let place = try Place()
    let town = try await Town.start(in: place)
    do {
      try await withBench { bench in
        let walk = Walk(town, on: bench)
        let known = try await settle(walk)
        let before = try await town.dump()
        #expect(before["plans.task"]?.count == 4)
        #expect(before["notifications.notice"]?.isEmpty == false)

        try await strangers(walk)
        for sample in Samples.requests {
          try await wrongRoles(sample, walk)
          try await foreignUnits(sample, walk)
          try await foreignIdentifiers(sample, known, walk)
          try await namedCallers(sample, walk)
          try await wrongMessages(sample, walk)
          try await wrongRoutes(sample, walk)
          if sample.method.service != Gateways.name {
            try await wrongBodies(sample, walk)
            try await peers(sample, walk)
          }
        }

        let after = try await town.dump()
        for (table, rows) in before { #expect(after[table] == rows, "\(table) has changed") }
        #expect(after.count == before.count)
        try await audits(town)
        for role in Role.allCases { try await walk.expectService(after: "all of it", role) }
        await walk.close()
        print("The refusal matrix: \(await walk.cells) cells walked, over \(Samples.requests.count) requests.")
      }
    } catch {
      try await town.stop()
      throw error
    }
    try await town.stop()
    for contract in Catalogue.contracts {
      let path = town.installation.path("stores", "\(contract.name).sqlite")
      #expect(try await AuditChain.isWhole(path), "the audit of \(contract.name)")
    }
  }

  // MARK: The cells

  private func wrongRoles(_ sample: SampleRequest, _ walk: Walk) async throws {
    for role in Role.allCases where !sample.roles.contains(role) {
      try await walk.expect(.forbidden, "as \(role)", walk.visitor(role), sample.route, sample.json)
    }
  }

  private func foreignUnits(_ sample: SampleRequest, _ walk: Walk) async throws {
    let all: [Schema.Unit?] = [nil, "38", Town.home, Town.neighbour, "40", "40/17329"]
    for role in sample.roles {
      let home: Schema.Unit? = role == .operator ? nil : role == .province ? "38" : Town.home
      let foreign = all.filter { unit in
        switch (sample.access.reach, role) {
        case (.system, _): unit != nil
        case (.subtree, .province), (.beneath, .province): unit?.province != "38"
        default: unit != home
        }
      }
      #expect(foreign.count >= 3)
      for unit in foreign {
        try await walk.expect(.forbidden, "\(role)", walk.visitor(role), sample.route(in: unit), sample.json)
      }
    }
  }

  private func foreignIdentifiers(_ sample: SampleRequest, _ known: Known, _ walk: Walk) async throws {
    guard let body = try sample.json(about: known) else { return }
    for role in sample.roles {
      let (visitor, unit): (RawDealer, Schema.Unit) =
        role == .province
        ? (try await walk.visitor(role), "38") : (try await walk.visitor(Town.neighbour(role)), Town.neighbour)
      guard [ListTasks.method, ListLines.method, ListIndicators.method].contains(sample.method) else {
        try await walk.expect(.notFound, "another unit's, as \(role)", visitor, sample.route(in: unit), body)
        continue
      }
      // A list that is narrowed to another unit's plan is empty; the province's has what was issued below it.
      let reply = try await walk.expect(.ok, "another unit's, as \(role)", visitor, sample.route(in: unit), body)
      let units =
        switch sample.method {
        case ListTasks.method: try Page<TaskSummary>(json: reply.body).items.map(\.unit)
        case ListLines.method: try Page<LineSummary>(json: reply.body).items.map(\.unit)
        default: try Page<IndicatorSummary>(json: reply.body).items.map(\.unit)
        }
      #expect(units.allSatisfy { role == .province && unit.contains($0) })
    }
  }

  private func namedCallers(_ sample: SampleRequest, _ walk: Walk) async throws {
    for role in sample.roles {
      for caller in [sample.caller(as: role).description, " ", "x"] {
        try await walk.expect(
          .malformed, "as \(role), naming \(caller)", walk.visitor(role), sample.route, by: caller, sample.json)
      }
    }
  }

  /// Frames that are none of XSB/1's.
  private func wrongMessages(_ sample: SampleRequest, _ walk: Walk) async throws {
    let role = sample.sender
    let header = RequestHeader.sample()
    let whole = [Frame(header.bytes), Frame(sample.route), Frame.empty, Frame(sample.json)]
    for count in [0, 1, 2, 3, 5, 6, 300] {
      let frames = count == 0 ? [Frame.empty] : (0..<count).map { whole[$0 % 4] }
      try await walk.expectNothing("\(count) frames of \(sample.method)", role, frames)
    }
    for length in [0, 1, 47, 49, 1000] {
      let bytes = (header.bytes + [UInt8](repeating: 0, count: 1000)).prefix(length)
      try await walk.expectNothing("a header of \(length) bytes", role, [Frame(Array(bytes))] + whole.dropFirst())
    }
    for (place, value) in [(0, 0x78), (1, 0), (2, 0xFF), (4, 0), (4, 2), (4, 3), (4, 255)] as [(Int, UInt8)] {
      var bytes = header.bytes
      bytes[place] = value
      try await walk.expectNothing("byte \(place) is \(value)", role, [Frame(bytes)] + whole.dropFirst())
    }
    for major in [0, 2, 255] as [UInt8] {
      let newer = RequestHeader.sample()
      var bytes = newer.bytes
      bytes[3] = major
      let visitor = try await walk.visitor(role)
      await visitor.send([Frame(bytes)] + whole.dropFirst())
      #expect(try await visitor.reply(to: newer).status == .upgradeRequired)
      await walk.count()
    }
  }

  private func wrongRoutes(_ sample: SampleRequest, _ walk: Walk) async throws {
    let visitor = try await walk.sender(of: sample)
    let unknown = ["\(sample.method).x", "\(sample.method.service).unheard", "nobody.\(sample.method.service)"]
    for method in unknown {
      try await walk.expect(
        .notFound, "no such method", visitor, "\(method) \(sample.unit?.description ?? "-")", sample.json)
    }
    let malformed = ["", "\(sample.method)", "\(sample.route) ", sample.route.uppercased() + "!", "\(sample.route)/1"]
    for route in malformed + [sample.route + String(repeating: "x", count: 10_000)] {
      try await walk.expect(.malformed, "no route", visitor, route, sample.json)
    }
    for place in [1, 2] {
      let header = RequestHeader.sample()
      var frames = [Frame(header.bytes), Frame(sample.route), Frame.empty, Frame(sample.json)]
      frames[place] = Frame([0x70, 0xC3, 0x28, 0xFF])
      await visitor.send(frames)
      #expect(try await visitor.reply(to: header).status == .malformed)
      await walk.count()
    }
    let large = sample.json + Data(repeating: 0x20, count: Limit.body + 1 - sample.json.count)
    try await walk.expect(
      sample.roles.isEmpty ? .forbidden : .tooLarge, "too large", visitor, sample.route, large)
  }

  private func wrongBodies(_ sample: SampleRequest, _ walk: Walk) async throws {
    let deep = "\"zz\":" + String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
    let bodies: [(String, Data)] = [
      ("an unknown field", sample.json(with: "\"zz\":1")), ("a key twice", sample.json(with: "\"zz\":1,\"zz\":1")),
      ("depth 33", sample.json(with: deep)), ("not UTF-8", Data([0x7B, 0x22, 0xC3, 0x28, 0x22, 0x3A, 0x31, 0x7D])),
      ("no JSON", Data("zz".utf8)), ("cut off", sample.json.dropLast()), ("more than one", sample.json + sample.json),
      ("an array", Data("[]".utf8)), ("a number", Data("1".utf8)), ("null", Data("null".utf8)),
      ("UTF-16", String(decoding: sample.json, as: UTF8.self).data(using: .utf16) ?? Data()),
    ]
    let visitor = try await walk.sender(of: sample)
    for (what, body) in bodies {
      try await walk.expect(sample.roles.isEmpty ? .forbidden : .malformed, what, visitor, sample.route, body)
    }
    try await walk.expectService(after: "wrong bodies of \(sample.method)", sample.sender)
  }

  /// The service itself, asked past the gateway's check.
  private func peers(_ sample: SampleRequest, _ walk: Walk) async throws {
    let service = sample.method.service
    let endpoint = try walk.town.endpoint(of: service)
    let other = service == Plans.name ? Notifications.name : Plans.name
    let peer = try await RawDealer.connect(
      to: endpoint, try walk.town.security(of: other, towards: service), on: walk.bench)
    let gateway = try await RawDealer.connect(
      to: endpoint, try walk.town.security(of: Gateways.name, towards: service), on: walk.bench)
    if !(type(of: sample.request) is any PeerQuery.Type) {
      try await walk.expect(.forbidden, "from \(other)", peer, sample.route, sample.json)
    }
    for role in sample.roles {
      let caller = sample.caller(as: role).description
      try await walk.expect(.forbidden, "from \(other)", peer, sample.route, by: caller, sample.json)
    }
    for role in Role.allCases where !sample.roles.contains(role) {
      let caller = sample.caller(as: role).description
      try await walk.expect(.forbidden, "a gateway for \(role)", gateway, sample.route, by: caller, sample.json)
    }
    let nobody = type(of: sample.request) is any GatewayQuery.Type ? [] : [""]
    for caller in nobody + ["x", "a b c d", "lan 38/15043 vh-xh king"] {
      try await walk.expect(.malformed, "a gateway for nobody", gateway, sample.route, by: caller, sample.json)
    }
    let foreign = Route(sample.method, sample.unit == nil ? Town.home : "40/17329")
    let caller = sample.caller(as: sample.sender).description
    try await walk.expect(.forbidden, "a foreign unit", gateway, "\(foreign)", by: caller, sample.json)
    await peer.close()
    await gateway.close()
  }

  /// Those who do not even get through the handshake.
  private func strangers(_ walk: Walk) async throws {
    let town = walk.town
    for contract in Catalogue.contracts {
      let (name, endpoint) = (contract.name, try town.endpoint(of: contract.name))
      let own = try town.key(of: name)
      let plain = try await RawDealer.connect(to: endpoint, .strangerInTests, on: walk.bench)
      await plain.begin("\(name).health -")
      try await plain.events.wait { $0.contains { if case .handshakeFailed = $0 { true } else { false } } }
      #expect(!plain.events.elements.contains(.handshakeSucceeded))
      #expect(plain.received.elements.isEmpty)
      await plain.close()
      await walk.count()
      if name == Gateways.name {
        // Which side hangs up first is a matter of chance, and so is the reason.
        try await eventually { try town.log(of: name).contains("a client was not let in") }
      }
      let unknown = Security.client(keys: .generate(), server: own)
      try await refused(endpoint, unknown, .forbidden, "does not accept this account's key", walk)
      let account = try CurveKeys.load(from: town.installation.path("profiles", "operator.key"))
      let wrong = Security.client(keys: account, server: CurveKeys.generate().publicKey)
      try await refused(endpoint, wrong, .unavailable, "the server's key is not the one expected", walk)
    }
  }

  private func refused(
    _ endpoint: String, _ security: Security, _ status: Status, _ words: String, _ walk: Walk
  ) async throws {
    let client = Client(to: endpoint, security: security, in: walk.bench.context, on: walk.bench.loop)
    // Told by the handshake: who waited for the time to run out would be stopped by this suite's limit.
    let refusal = await #expect(throws: Refusal.self) {
      try await client.send(Health<Gateways>(), to: nil, ttl: .seconds(7200))
    }
    #expect(refusal?.status == status)
    #expect(refusal?.text.en.contains(words) == true)
    await client.close()
    await walk.count()
  }

  private func audits(_ town: Town) async throws {
    let gateway = try await town.audit(of: Gateways.name)
    for status in [Status.malformed, .forbidden, .notFound] {
      #expect(gateway.contains { $0.hasPrefix("\(status.rawValue) ") }, "\(status) in the gateway's audit")
    }
    for (service, other) in [(Plans.name, Notifications.name), (Notifications.name, Plans.name)] {
      let rows = try await town.audit(of: service)
      #expect(rows.contains { $0.hasPrefix("403 ") && $0.contains("\(other)") }, "\(other) in the audit of \(service)")
    }
  }

  // MARK: What there is

  struct Known {
    let plan: Plan.ID
    let task: PlanTask.ID
    let line: BudgetLine.ID
    let indicator: Indicator.ID
  }

  /// An issued plan and a draft, and everybody told of them.
  private func settle(_ walk: Walk) async throws -> Known {
    func sample<Message: Request>(_ type: Message.Type) throws -> Message {
      try #require(Samples.requests.compactMap { $0.request as? Message }.first)
    }
    func send<Message: Request>(_ request: Message, as role: Role) async throws -> (Message.Reply, UInt64) {
      let route = Route(Message.method, role == .operator ? nil : Town.home)
      let reply = try await walk.visitor(role).ask("\(route)", Codec.encode(request))
      try #require(reply.status == .ok, "\(reply.refusal?.text.en ?? "")")
      return (try Message.Reply(json: reply.body), reply.header.sequence)
    }
    var plans: [Plan.ID] = []
    for _ in 0..<2 {
      let plan = try await send(sample(DraftPlan.self), as: .focal).0.id
      var rows = try sample(DraftRows.self)
      rows.plan = plan
      _ = try await send(rows, as: .focal)
      plans.append(plan)
    }
    var issue = try sample(IssuePlan.self)
    issue.plan = plans[0]
    _ = try await send(SubmitPlan(plan: plans[0]), as: .focal)
    _ = try await send(ApprovePlan(plan: plans[0], accepted: sample(ApprovePlan.self).accepted), as: .approver)
    let (_, sequence) = try await send(issue, as: .clerk)
    let tasks = try await send(ListTasks(plan: plans[0]), as: .focal).0.items
    let reached = Reached<Notifications>(stream: Plans.name, seq: Int64(sequence))
    #expect(try await send(reached, as: .operator).0.cursor >= Int64(sequence))
    let estimated = Reached<Budget>(stream: Plans.name, seq: Int64(sequence))
    #expect(try await send(estimated, as: .operator).0.cursor >= Int64(sequence))
    let lines = try await send(ListLines(plan: plans[0]), as: .finance).0.items
    let promised = Reached<Indicators>(stream: Plans.name, seq: Int64(sequence))
    #expect(try await send(promised, as: .operator).0.cursor >= Int64(sequence))
    let indicators = try await send(ListIndicators(plan: plans[0]), as: .entry).0.items
    return Known(
      plan: plans[0], task: try #require(tasks.first).id, line: try #require(lines.first).id,
      indicator: try #require(indicators.first).id)
  }
}

/// The audit of a store whose process has ended.
enum AuditChain {
  static func isWhole(_ path: String) async throws -> Bool {
    let service = ServiceName(URL(filePath: path).deletingPathExtension().lastPathComponent)
    let migrations: [Migration] =
      switch service {
      case Plans.name: PlansMigrations.all
      case Budget.name: BudgetMigrations.all
      case Indicators.name: IndicatorsMigrations.all
      case Notifications.name: NotificationsMigrations.all
      case Identity.name: IdentityMigrations.all
      default: []
      }
    let store = try await Database.open(path, service: service, migrations: migrations)
    let report = try await store.verifyAudit()
    await store.close()
    return report.firstBad == nil && report.rows > 0
  }
}
