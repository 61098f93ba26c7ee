public import FoundationEssentials
public import Schema

/// One message with fixed content: a golden, an example, something to send.
public protocol Sample: Sendable, CustomStringConvertible {
  /// `plans.issue.request`, `plans.issue.reply`, `plans.plan.issued.v1.event`: unique among all samples.
  var name: String { get }
  /// As it travels.
  var json: Data { get }
  /// Reads JSON as a message of this type, as its receiver would, and writes it again.
  func reread(_ json: Data) throws(Refusal) -> Data
}

extension Sample {
  public var description: String { name }
}

/// A request, where it is sent to, who may send it, and what it is answered.
public struct SampleRequest: Sample {
  public let request: any Request
  /// The unit of the route; nil for what is asked of a service itself.
  public let unit: Unit?
  public let reply: SampleReply

  init<Message: Request>(_ request: Message, in unit: Unit?, answered reply: Message.Reply) {
    self.request = request
    self.unit = unit
    self.reply = SampleReply(method: Message.method, body: reply)
  }

  public var method: Method { type(of: request).method }
  public var access: Access { type(of: request).access }
  /// The roles that may send it, in a fixed order.
  public var roles: [Role] { Role.allCases.filter(access.roles.contains) }

  public var name: String { "\(method).request" }
  public var json: Data { Codec.encode(request) }

  public func reread(_ json: Data) throws(Refusal) -> Data { try type(of: request).reread(json) }

  /// Somebody with this role, at home where the role belongs: an operator nowhere, the province in the commune's
  /// province unless it asks about its own unit alone, the others in the unit of the route.
  public func caller(as role: Role) -> Caller {
    let home = unit ?? Samples.commune
    return switch role {
    case .operator, .invited: Caller(account: Slug(stringLiteral: role.rawValue), unit: nil, office: nil, roles: [role])
    case .province:
      Caller(
        account: "so-khcn", unit: access.reach == .own ? home : home.provinceUnit, office: "so-khcn", roles: [role])
    case .subscriber: Caller(account: "follower", unit: home, office: nil, roles: [role])
    default: Caller(account: Slug(stringLiteral: role.rawValue), unit: home, office: Samples.office.code, roles: [role])
    }
  }
}

extension Request {
  fileprivate static func reread(_ json: Data) throws(Refusal) -> Data {
    Codec.encode(try Codec.decodeStrictly(self, from: json))
  }
}

/// What a request is answered when all is well.
public struct SampleReply: Sample {
  public let method: Method
  public let body: any Body

  public var name: String { "\(method).reply" }
  public var json: Data { body.json }
  public func reread(_ json: Data) throws(Refusal) -> Data { try type(of: body).init(json: json).json }
}

/// An event as it is stored and sent.
public struct SampleEvent: Sample {
  public let event: any Event
  public let json: Data
  private let read: @Sendable (Data) throws(Refusal) -> Data

  init<Payload: Event>(_ event: Payload, sequence: Int64) {
    self.event = event
    json = Codec.encode(
      CloudEvent(
        event, id: Samples.uuid(1000 + UInt64(sequence)), time: Samples.time, sequence: sequence,
        correlation: Samples.uuid(7), causation: Samples.uuid(8),
        traceparent: "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01"))
    read = { json throws(Refusal) in Codec.encode(try Codec.decode(CloudEvent<Payload>.self, from: json)) }
  }

  /// The CloudEvents type.
  public var type: String { Swift.type(of: event).type }
  public var topic: String { event.topic }

  public var name: String { "\(type.dropFirst("vn.xaso.".count)).event" }
  public func reread(_ json: Data) throws(Refusal) -> Data { try read(json) }
}

/// The body of every reply that refuses.
public struct SampleRefusal: Sample {
  let refusal: Refusal

  public var name: String { "refusal.reply" }
  public var json: Data { Codec.encode(RefusalBody(refusal)) }
  public func reread(_ json: Data) throws(Refusal) -> Data {
    Codec.encode(try Codec.decode(RefusalBody.self, from: json))
  }
}
