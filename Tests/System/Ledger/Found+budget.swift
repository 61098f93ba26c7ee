import FoundationEssentials
import GRDB
import Schema

/// A line's money, entry by entry.
private struct Account: Equatable {
  var keys: [UUIDv7?] = []
  var allocated: Int64 = 0
  var disbursed: Int64 = 0
  /// False when more was ever spent than was there.
  var isCovered = true

  mutating func book(_ key: UUIDv7?, allocated more: Int64 = 0, disbursed spent: Int64 = 0) {
    keys.append(key)
    allocated += more
    disbursed += spent
    if disbursed > allocated { isCovered = false }
  }
}

extension Found {
  /// The ledger against the balances, and both against what was said: documents and references are keys.
  mutating func readBudget(_ store: StoreFile, _ outbox: Outbox) throws {
    let kept = try readEntries(store)
    let said = try replay(outbox)
    for line in Set(kept.keys).union(said.keys) {
      expect(kept[line] == said[line], "line \(line): the ledger is not what was said")
      expect(kept[line]?.isCovered != false, "line \(line): more was spent than allocated")
    }
    let balances = try store.rows(
      """
      SELECT line, version, available + advanced + disbursed + settled + carried AS allocated, disbursed + settled
      FROM balance
      """
    ) { row in
      (BudgetLine.ID(try row.id(0)), row[1] as Int, row[2] as Int64, row[3] as Int64)
    }
    expect(balances.count == kept.count, "\(balances.count) balances of \(kept.count) lines")
    for (line, version, allocated, disbursed) in balances {
      let account = kept[line] ?? Account()
      expect(
        version == 1 + account.keys.count && allocated == account.allocated && disbursed == account.disbursed,
        "line \(line): the balance is not what its entries add up to")
    }
  }

  private mutating func readEntries(_ store: StoreFile) throws -> [BudgetLine.ID: Account] {
    var accounts: [BudgetLine.ID: Account] = [:]
    let entries = try store.rows(
      "SELECT line, ordinal, phase, amount, document, reference FROM entry ORDER BY line, ordinal"
    ) { row in
      (
        BudgetLine.ID(try row.id(0)), ordinal: row[1] as Int, phase: row[2] as String,
        amount: row[3] as Int64, document: row[4] as String?, reference: row[5] as String?
      )
    }
    for (line, ordinal, phase, amount, document, reference) in entries {
      let text = document.map { String($0.dropFirst(Sample.decision.count)) } ?? reference
      text.map { count($0) }
      accounts[line, default: Account()].book(
        text.flatMap(UUIDv7.init), allocated: phase == "allocate" ? amount : 0,
        disbursed: phase == "disburse" ? amount : 0)
      // The first entry makes the second version.
      expect(ordinal == accounts[line, default: Account()].keys.count + 1, "line \(line): entry \(ordinal)")
    }
    return accounts
  }

  /// What the stream makes of each line, and whether each event tells the truth of its moment.
  private mutating func replay(_ outbox: Outbox) throws -> [BudgetLine.ID: Account] {
    var accounts: [BudgetLine.ID: Account] = [:]
    for (attributes, json) in outbox.events {
      let place = "event \(attributes.sequence)"
      switch attributes.type {
      case EntryBooked.type:
        let data = try Codec.decode(CloudEvent<EntryBooked>.self, from: json).data
        accounts[data.line, default: Account()].book(attributes.correlationid)
        expect(data.allocated.dong == accounts[data.line]?.allocated, place)
      case LineAllocated.type:
        let data = try Codec.decode(CloudEvent<LineAllocated>.self, from: json).data
        accounts[data.line, default: Account()].book(attributes.correlationid, allocated: data.amount.dong)
        expect(data.allocated.dong == accounts[data.line]?.allocated, place)
      case LineDisbursed.type:
        let data = try Codec.decode(CloudEvent<LineDisbursed>.self, from: json).data
        accounts[data.line, default: Account()].book(attributes.correlationid, disbursed: data.amount.dong)
        expect(data.disbursed.dong == accounts[data.line]?.disbursed, place)
        expect(data.allocated.dong == accounts[data.line]?.allocated, place)
      case LineOverspent.type:
        let data = try Codec.decode(CloudEvent<LineOverspent>.self, from: json).data
        let account = accounts[data.line] ?? Account()
        expect(data.available.dong == account.allocated - account.disbursed && data.asked > data.available, place)
      default: break
      }
    }
    return accounts
  }
}
