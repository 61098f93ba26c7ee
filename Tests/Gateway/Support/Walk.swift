import Bench
import Bus
import Foundation
import SampleMessages
import Schema
import Testing
import ZeroMQ

/// Goes from cell to cell of the refusal matrix, and counts them.
actor Walk {
  let town: Town
  let bench: Bench
  private(set) var cells = 0
  private var visitors: [Caller.Account: RawDealer] = [:]

  init(_ town: Town, on bench: Bench) {
    self.town = town
    self.bench = bench
  }

  /// The one connection of an account.
  func visitor(_ account: Caller.Account) async throws -> RawDealer {
    if let visitor = visitors[account] { return visitor }
    let endpoint = try town.endpoint(of: Gateways.name)
    let visitor = try await RawDealer.connect(to: endpoint, try town.security(of: account), on: bench)
    visitors[account] = visitor
    return visitor
  }

  func visitor(_ role: Role) async throws -> RawDealer { try await visitor(Town.account(role)) }

  /// Who may send it as it stands: what is asked of a whole province, its own administrator.
  func sender(of sample: SampleRequest) async throws -> RawDealer {
    guard sample.sender == .administrator, let unit = sample.unit, unit.commune == nil else {
      return try await visitor(sample.sender)
    }
    return try await visitor(Town.administrator)
  }

  func close() async { for visitor in visitors.values { await visitor.close() } }

  /// Counts a cell that was checked elsewhere.
  func count() { cells += 1 }

  /// One cell: what is sent is answered so.
  @discardableResult
  func expect(
    _ status: Status, _ what: String, _ dealer: RawDealer, _ route: String, by caller: String = "", _ body: Data,
    sourceLocation: SourceLocation = #_sourceLocation
  ) async throws -> RawReply {
    // Short: what is not refused, but waits for something, should be told from what is refused without waiting for it.
    let reply = try await dealer.ask(route, by: caller, body, header: .sample(ttl: 5000))
    #expect(reply.status == status, "\(what): \(route)", sourceLocation: sourceLocation)
    cells += 1
    return reply
  }

  /// One cell: what is sent is answered by nothing, and the same connection is served on.
  func expectNothing(
    _ what: String, _ role: Role, _ frames: Message, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let visitor = try await visitor(role)
    let before = visitor.received.elements.count
    await visitor.send(frames)
    try await expectService(after: what, role, sourceLocation: sourceLocation)
    #expect(visitor.received.elements.count == before + 1, "\(what): answered", sourceLocation: sourceLocation)
    cells += 1
  }

  /// An account with this role is served.
  func expectService(
    after what: String, _ role: Role, sourceLocation: SourceLocation = #_sourceLocation
  ) async throws {
    let (route, body): (String, Data) =
      switch role {
      case .operator: ("gateway.health -", Data())
      case .subscriber:
        ("plans.events \(Town.home)", Codec.encode(ReadEvents<Plans>(epoch: nil, after: .now)))
      // It was used: that it is told so is service.
      case .invited: ("identity.join -", Codec.encode(Join(key: Samples.key)))
      case .administrator: ("identity.offices \(Town.home)", Data("{}".utf8))
      case .province: ("plans.list \(Town.home.provinceUnit)", Data("{}".utf8))
      default: ("plans.list \(Town.home)", Data("{}".utf8))
      }
    let reply = try await visitor(role).ask(route, body)
    #expect(
      reply.status == (role == .invited ? .conflict : .ok), "not served after \(what)", sourceLocation: sourceLocation)
  }
}

extension SampleRequest {
  var route: String { route(in: unit) }

  func route(in unit: Schema.Unit?) -> String { "\(Route(method, unit))" }

  /// Somebody who may send it to where it goes; anybody where no person may.
  var sender: Role { roles.first { (unit?.provinceUnit == unit) == ($0 == .province) } ?? roles.first ?? .operator }

  /// The request with a field more, as JSON.
  func json(with field: String) -> Data {
    let text = String(decoding: json, as: UTF8.self)
    return Data((text == "{}" ? "{\(field)}" : "{\(field),\(text.dropFirst())").utf8)
  }

  /// The request about another entity; nil when it names none. A place in a list is none of this entity's.
  func json(about known: RefusalTests.Known) throws -> Data? {
    guard var fields = try JSONSerialization.jsonObject(with: json) as? [String: Any] else { return nil }
    let entities = [
      "plan": known.plan.description, "task": known.task.description, "line": known.line.description,
      "indicator": known.indicator.description,
    ].filter { fields[$0.key] != nil }
    guard !entities.isEmpty else { return nil }
    fields.merge(entities) { _, other in other }
    fields["after"] = nil
    return try JSONSerialization.data(withJSONObject: fields)
  }
}
