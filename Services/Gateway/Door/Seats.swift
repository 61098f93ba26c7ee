import Schema
import Storage
import ZeroMQ

/// Who may come in, by public key, as far as identity's events have been read.
struct Seats {
  /// The events that say so, by name.
  static let events: Set<String> = [KeyAdmitted.name, KeyRevoked.name, AccountRevoked.name, SeatChanged.name]

  private(set) var seats: [PublicKey: Seat] = [:]

  subscript(key: PublicKey) -> Seat? { seats[key] }

  mutating func admit(_ seat: Seat) {
    guard let key = PublicKey(z85: seat.key.description) else { return }
    seats[key] = seat
  }

  /// Throws `Refusal` 400 for an event that is not what its type says.
  mutating func apply(_ event: IncomingEvent) throws(Refusal) {
    switch event.type {
    case KeyAdmitted.type: admit(try event.decoded(KeyAdmitted.self).data.seat)
    case SeatChanged.type: admit(try event.decoded(SeatChanged.self).data.seat)
    case KeyRevoked.type:
      let key = try event.decoded(KeyRevoked.self).data.key
      if let key = PublicKey(z85: key.description) { seats[key] = nil }
    case AccountRevoked.type:
      let account = try event.decoded(AccountRevoked.self).data.account
      seats = seats.filter { $0.value.account != account }
    default: break
    }
  }
}
