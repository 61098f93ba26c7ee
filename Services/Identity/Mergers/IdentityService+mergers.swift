import Bus
import Schema
import Storage

/// A commune that goes on in another one: its people, its villages, its counts and its register go over at once.
extension IdentityService {
  static func registerMergers(in handlers: inout Handlers<Identity>) {
    handlers.on(MergeUnits.self) { request, call, transaction in
      let merger = request.merger
      let before =
        try IdentityStore.merger(of: merger.from, transaction) ?? IdentityStore.merger(of: merger.into, transaction)
      try MergerRules.check(merger, in: try call.home(), before: before, today: transaction.time.day)
      try IdentityStore.insert(merger, transaction)
      // First, so that a reader knows of it when what follows tells of the merged commune.
      var events: [any Event] = [UnitMerged(merger: merger)]
      let moves = try MergerRules.moves(
        of: try IdentityStore.offices(in: merger.from, transaction),
        used: try IdentityStore.usedOffices(in: merger.from, transaction),
        beside: try IdentityStore.offices(in: merger.into, transaction), by: merger)
      events += try move(moves, by: merger, transaction)
      let codes = Dictionary(moves.map { ($0.from.code, $0.into.code) }, uniquingKeysWith: { first, _ in first })
      for var counts in try IdentityStore.takeCounts(by: merger, transaction) {
        guard let village = codes[counts.village] else { throw Refusal(.failed) }
        counts.village = village
        events.append(try record(counts, call, in: merger.into, transaction).1)
      }
      try RegisterStore.join(by: merger, villages: codes, account: call.caller.account, transaction)
      try IdentityStore.moveSubjectRequests(by: merger, transaction)
      try IdentityStore.moveAccounts(by: merger, offices: codes, transaction)
      events += try IdentityStore.reseat(everybodyIn: merger.into, transaction)
      return .accepted(merger, events: events)
    }
  }

  private static func move(
    _ moves: [MergerRules.Move], by merger: Merger, _ transaction: borrowing Transaction
  ) throws -> [any Event] {
    var events: [any Event] = []
    for move in moves {
      for (office, unit) in [(move.into, merger.into), (MergerRules.ended(move.from, by: merger), merger.from)] {
        guard try IdentityStore.office(office.code, in: unit, transaction) != office else { continue }
        try IdentityStore.keep(office, in: unit, transaction)
        events.append(OfficeKept(unit: unit, office: office))
      }
    }
    return events
  }
}
