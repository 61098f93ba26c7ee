import FoundationEssentials
import Schema
import Storage

/// What goes when somebody is erased: their records under every number, what they were before, and what commands about
/// them were answered.
extension RegisterStore {
  /// The records that gave way to somebody's, theirs too: earlier numbers of one person.
  static func predecessors(
    of reference: Data, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [PersonRecord] {
    var (found, open, seen): ([PersonRecord], [Data], Set<Data>) = ([], [reference], [reference])
    while let next = open.popLast() {
      let rows = try transaction.rows(
        "SELECT * FROM person WHERE province = ? AND commune = ? AND replaced_by = ? ORDER BY reference",
        unit.province, unit.communeColumn, next)
      for person in try rows.map(PersonRecord.init) where seen.insert(person.reference).inserted {
        found.append(person)
        open.append(person.reference)
      }
    }
    return found
  }

  /// The record that somebody has now, whichever of theirs is named.
  static func newest(
    of person: PersonRecord, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> PersonRecord {
    var (newest, seen) = (person, [person.reference] as Set)
    while let next = newest.replacedBy, seen.insert(next).inserted,
      let record = try self.person(next, in: unit, transaction)
    {
      newest = record
    }
    return newest
  }

  /// Those who left on that day or before, of whom nothing is to be kept any longer.
  static func gone(
    through day: Day, in unit: Unit, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [PersonRecord] {
    try transaction.rows(
      "SELECT * FROM person WHERE province = ? AND commune = ? AND left_on <= ? ORDER BY reference LIMIT \(limit)",
      unit.province, unit.communeColumn, day
    ).map(PersonRecord.init)
  }

  /// All that there is of somebody, under earlier numbers and later ones; that it was, and not who, is kept.
  ///
  /// - Parameter log: Where a store that is put back will find who.
  static func erase(
    _ person: PersonRecord, by account: Caller.Account, reason: String, in unit: Unit, _ log: ErasureLog?,
    _ transaction: borrowing Transaction
  ) throws {
    let person = try newest(of: person, in: unit, transaction)
    let erasure = UUIDv7()
    let units = [unit] + (try IdentityStore.mergers(into: unit, transaction).map(\.from))
    let references =
      [person.reference] + (try predecessors(of: person.reference, in: unit, transaction).map(\.reference))
    try log?.note(references.map { ErasureLog.Entry(erasure: erasure, units: units, reference: $0) })
    try forget(person, in: unit, transaction)
    try recordErasure(erasure, by: account, reason: reason, in: unit, transaction)
  }

  /// Takes somebody out of the store and its statistics.
  static func forget(_ person: PersonRecord, in unit: Unit, _ transaction: borrowing Transaction) throws {
    let person = try newest(of: person, in: unit, transaction)
    var tally = Tally()
    tally.remove(person)
    try add(tally, in: unit, transaction)
    for earlier in try predecessors(of: person.reference, in: unit, transaction) {
      try eraseRecord(earlier.reference, in: unit, transaction)
    }
    try eraseRecord(person.reference, in: unit, transaction)
  }

  private static func eraseRecord(_ reference: Data, in unit: Unit, _ transaction: borrowing Transaction) throws {
    let answers = try transaction.rows(
      "SELECT account, key FROM person_answer WHERE province = ? AND commune = ? AND reference = ?", unit.province,
      unit.communeColumn, reference)
    for answer in answers { try transaction.forget(answerTo: answer["key"], of: answer["account"]) }
    for table in ["person", "person_change", "person_answer"] {
      try transaction.execute(
        "DELETE FROM \(table) WHERE province = ? AND commune = ? AND reference = ?", unit.province, unit.communeColumn,
        reference)
    }
    try transaction.execute(
      "DELETE FROM duplicate WHERE province = ? AND commune = ? AND (person = ? OR other = ?)", unit.province,
      unit.communeColumn, reference, reference)
  }

  /// What a command was answered tells of somebody, and is kept elsewhere.
  static func noteAnswer(
    about reference: Data, to account: Caller.Account, in unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    guard let key = transaction.key else { return }
    try transaction.execute(
      """
      INSERT INTO person_answer (province, commune, reference, account, key) VALUES (?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, reference, account, key) DO NOTHING
      """,
      unit.province, unit.communeColumn, reference, account, key)
  }

  static func recordErasure(
    _ erasure: UUIDv7, by account: Caller.Account, reason: String, in unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO erasure (id, province, commune, time, account, reason) VALUES (?, ?, ?, ?, ?, ?)", erasure,
      unit.province, unit.communeColumn, transaction.time, account, reason)
  }

  /// Those that the store knows of.
  static func erasures(_ transaction: borrowing Transaction) throws -> Set<UUIDv7> {
    Set(try transaction.rows("SELECT id FROM erasure").map { try $0["id"] })
  }
}
