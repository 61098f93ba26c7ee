import Bus
import Schema
import ZeroMQ

/// One account at one front door, for the length of a command.
struct Session {
  private let context: Context
  private let loop: PollLoop
  private let client: Client
  /// The unit that is meant when a command names none.
  let home: Unit?

  /// - Parameter context: The process's one context.
  init(_ profile: Profile, _ keys: CurveKeys, in context: Context, on loop: PollLoop) {
    self.context = context
    self.loop = loop
    home = profile.unit
    client = Client(
      to: profile.server, security: .client(keys: keys, server: profile.serverKey), in: context, on: loop)
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

  func close() async { await client.close() }
}
