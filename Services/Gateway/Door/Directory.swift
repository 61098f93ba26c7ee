import Bus
import FoundationEssentials
import Schema
import Storage
import Synchronization
import ZeroMQ

/// Who may come in, by public key: the gateway's copy of what identity says.
///
/// It is kept up by identity's events. When identity is not heard of, the copy is good for a time; after that nobody is
/// served, since somebody in it may have been shut out meanwhile.
final class Directory: Replica {
  private struct State {
    var seats = Seats()
    var sequence: Int64 = 0
    /// When it was last known to be complete.
    var confirmed: ContinuousClock.Instant?
    var listener: (@Sendable () -> Void)?
    /// By which keys somebody asked something on that day, and which of them were not told of yet.
    var day: Day?
    var seen: Set<PublicKey> = []
    var unsaid: Set<PublicKey> = []
  }

  /// How long the copy is good for, at most.
  static let longestLimit = Duration.seconds(300)

  private let state = Mutex(State())
  private let limit: Duration
  private let clock: @Sendable () -> ContinuousClock.Instant

  init(
    limit: Duration = longestLimit, clock: @escaping @Sendable () -> ContinuousClock.Instant = { ContinuousClock.now }
  ) {
    self.limit = limit
    self.clock = clock
  }

  /// Who stands behind a key; throws 403 for nobody, and 503 when the copy is too old to tell.
  func caller(_ key: PublicKey?) throws(Refusal) -> Caller {
    let (seat, confirmed) = state.withLock { state in (key.flatMap { state.seats[$0] }, state.confirmed) }
    guard let confirmed, clock() - confirmed <= limit else {
      throw Refusal(
        .unavailable,
        vi: "Không xác minh được tài khoản vì dịch vụ danh tính ngừng đã lâu; hãy gửi lại sau.",
        en: "Accounts cannot be verified: the identity service has been away too long; send it again later.")
    }
    guard let seat else { throw Refusal(.forbidden) }
    let today = Timestamp.now.day
    guard let caller = seat.caller(on: today) else {
      throw Refusal(
        .forbidden,
        vi:
          "Tài khoản, hoặc khóa này, đã hết hạn ngày \(seat.last?.written ?? ""); hãy đề nghị người quản trị gia hạn.",
        en:
          "The account, or this key of it, was good through \(seat.last?.description ?? ""); ask the administrator to extend it."
      )
    }
    if let key { see(key, caller, on: today) }
    return caller
  }

  // MARK: Who comes

  /// An invitation is nobody's account.
  private func see(_ key: PublicKey, _ caller: Caller, on day: Day) {
    guard caller.roles != [.invited] else { return }
    state.withLock { state in
      if state.day != day {
        state.day = day
        state.seen = []
        state.unsaid = []
      }
      if state.seen.insert(key).inserted { state.unsaid.insert(key) }
    }
  }

  /// Those who came since it was asked last, and on which day; nil for nobody.
  func takeSeen() -> ReportSeen? {
    state.withLock { state in
      guard let day = state.day, !state.unsaid.isEmpty else { return nil }
      let keys = state.unsaid.prefix(ReportSeen.limit)
      state.unsaid.subtract(keys)
      // Who was shut out meanwhile need not be told of.
      let seats = keys.compactMap { state.seats[$0] }
      return ReportSeen(day: day, accounts: Set(seats.map(\.account)).sorted(), keys: seats.map(\.key).sorted())
    }
  }

  /// What could not be told is told another time.
  func giveBack(_ report: ReportSeen) {
    let keys = (report.keys ?? []).compactMap { PublicKey(z85: $0.description) }
    state.withLock { state in if state.day == report.day { state.unsaid.formUnion(keys) } }
  }

  /// For the ZAP handler. Who is known here may still be answered 503.
  func admits(_ key: PublicKey) -> Bool { state.withLock { $0.seats[key] != nil } }

  /// The position of identity's stream that the copy shows.
  var sequence: Int64 { state.withLock { $0.sequence } }

  /// - Parameter listener: Called after each change, on any thread.
  func listen(_ listener: @escaping @Sendable () -> Void) { state.withLock { $0.listener = listener } }

  // MARK: Replica

  func load(from client: Client) async throws -> (epoch: UUIDv7, sequence: Int64) {
    let first = try await client.send(ReadDirectory(), to: nil, ttl: .seconds(5)).value
    var seats = Seats()
    var page = first
    while true {
      for seat in page.seats { seats.admit(seat) }
      guard let next = page.next else { break }
      page = try await client.send(ReadDirectory(after: next), to: nil, ttl: .seconds(5)).value
      guard page.epoch == first.epoch else { throw Refusal(.gone) }
    }
    // What changed between the pages comes as events, from the first page's position on.
    change { [seats] state in
      state.seats = seats
      state.sequence = first.sequence
    }
    return (first.epoch, first.sequence)
  }

  func apply(_ events: [Data], through sequence: Int64) throws {
    let events = try events.map { try IncomingEvent($0, of: Identity.name) }
    var seats = state.withLock { $0.seats }
    for event in events { try seats.apply(event) }
    change { [seats] state in
      state.seats = seats
      state.sequence = sequence
    }
  }

  func confirm(_ age: Duration) {
    let time = clock() - age
    state.withLock { $0.confirmed = max($0.confirmed ?? time, time) }
  }

  private func change(_ change: (inout State) -> Void) {
    let listener = state.withLock { state in
      change(&state)
      return state.listener
    }
    listener?()
  }
}
