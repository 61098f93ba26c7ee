import Bus
import Schema
import ZeroMQ

/// One account at one front door, for the length of a command.
struct Session {
  /// A process has one context: libzmq does not stand a second one with CURVE.
  private static let context = Context()
  private static let loop = PollLoop(name: "client")

  private let client: Client
  /// How it came in.
  let profile: Profile
  /// The unit that is meant when a command names none.
  var home: Unit? { profile.unit }

  /// Whether the account looks at a commune from above: of its values it is shown those that were sent.
  func isAbove(_ unit: Unit) -> Bool { unit.commune != nil && home?.commune == nil }

  private init(_ profile: Profile, _ keys: CurveKeys) {
    self.profile = profile
    client = Client(
      to: profile.server, security: .client(keys: keys, server: profile.serverKey), in: Self.context, on: Self.loop)
  }

  /// Opens a session, runs the body, and closes it whatever comes.
  static func with<Result>(_ profile: String, _ body: (Session) async throws -> Result) async throws -> Result {
    let (profile, keys) = try Profile.load(from: profile)
    return try await with(profile, keys, body)
  }

  /// The same for keys that are in no file.
  static func with<Result>(
    _ profile: Profile, _ keys: CurveKeys, _ body: (Session) async throws -> Result
  ) async throws -> Result {
    let session = Session(profile, keys)
    do {
      let result = try await body(session)
      await session.client.close()
      return result
    } catch {
      await session.client.close()
      throw error
    }
  }

  func ask<Message: Request>(
    _ request: Message, in unit: Unit?, key: UUIDv7 = UUIDv7(), expecting: Int? = nil, ttl: Duration = .seconds(10)
  ) async throws(Refusal) -> Client.Reply<Message.Reply> {
    try await client.send(request, to: unit, key: key, expecting: expecting, ttl: ttl)
  }

  /// Every page of a list.
  func all<Message: Request, Item>(
    in unit: Unit?, _ request: (_ after: String?) -> Message
  ) async throws(Refusal) -> [Item] where Message.Reply == Page<Item> {
    var items: [Item] = []
    var after: String?
    repeat {
      let page = try await ask(request(after), in: unit).value
      items += page.items
      after = page.next
    } while after != nil
    return items
  }

  /// What plans call the offices that they name by code. Where a plan is not answered for, codes must do: what was asked
  /// is shown all the same, and what was recorded is recorded.
  func offices(of plans: [(Plan.ID, Unit)]) async -> OfficeNames {
    var heads: [(PlanHead, Unit)] = []
    // The order of their ids is that in which they were drafted: the latest one says how an office is called now.
    for (plan, unit) in Dictionary(plans, uniquingKeysWith: { first, _ in first }).sorted(by: { $0.key < $1.key }) {
      guard let head = try? await ask(ShowPlan(plan: plan), in: unit).value.head else { continue }
      heads.append((head, unit))
    }
    return OfficeNames(heads)
  }
}
