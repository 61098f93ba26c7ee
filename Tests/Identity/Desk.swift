import Foundation
import Schema
import Storage
import Synchronization

@testable import Bus
@testable import xaso_identity

/// The service over a store of its own, without a socket: people are let in, ask it, and a test moves its clock.
final class Desk: Sendable {
  let database: Database
  let keys: RegisterKeys
  let folder: URL
  private let handlers: Handlers<Identity>
  private let clock: Clock

  /// Who runs the services.
  static let operators = Caller(account: "op", unit: nil, office: nil, roles: [.administrator, .operator])

  init(today: Day) async throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "identity-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    keys = try RegisterKeys.loadOrMake(at: folder.appending(path: "register.keys").path)
    let clock = Clock(today)
    self.clock = clock
    database = try await Database.open(
      folder.appending(path: "identity.sqlite").path, service: Identity.name, migrations: IdentityMigrations.all,
      clock: { clock.time })
    var handlers = Handlers(for: Identity.self, on: database)
    IdentityService.register(in: &handlers)
    IdentityService.registerRegister(in: &handlers, keys)
    self.handlers = handlers
  }

  func setToday(_ today: Day) { clock.set(today) }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func ask<Message: Request>(
    _ request: Message, as caller: Caller = operators, in unit: Schema.Unit?, key: UUIDv7 = UUIDv7(),
    expecting: Int? = nil
  ) async throws -> Message.Reply {
    let call = Call(caller: caller, unit: unit, expected: expecting, key: key, trace: 0, deadline: .max)
    guard let handler = handlers[Message.method] else { throw Refusal(.notFound) }
    let answer = await handler(Codec.encode(request), call)
    guard answer.status == .ok else {
      let body = try Codec.decode(RefusalBody.self, from: answer.body)
      throw Refusal(answer.status, body.text, at: body.place)
    }
    return try Message.Reply(json: answer.body)
  }

  /// An invitation, and who holds it.
  func invite(
    _ account: Caller.Account, _ roles: Role..., in unit: Schema.Unit, office: Office?
  ) async throws -> Caller {
    let expires = Timestamp(milliseconds: clock.time.milliseconds + 14 * 86_400_000)
    let summary = try await ask(
      Invite(key: .any, account: account, office: office, roles: roles.map { Open($0) }, expires: expires), in: unit)
    return Caller(account: InvitationRecord.caller(summary.id), unit: unit, office: nil, roles: [.invited])
  }

  /// Who stands behind a key now, as a gateway knows it.
  func seat(of key: Identity.Key) async throws -> Seat? {
    try await ask(ReadDirectory(), in: nil).seats.first { $0.key == key }
  }
}

/// Noon of the day that a test sets.
private final class Clock: Sendable {
  private let today: Mutex<Day>

  init(_ today: Day) { self.today = Mutex(today) }

  func set(_ day: Day) { today.withLock { $0 = day } }

  var time: Timestamp {
    Timestamp(milliseconds: Int64(today.withLock { $0.number }) * 86_400_000 + 5 * 3_600_000)
  }
}

/// A day that the test names; one that does not exist is the test's fault.
func day(_ text: String) -> Day {
  guard let day = Day(text) else { preconditionFailure("not a day: \(text)") }
  return day
}
