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

  /// Those who left on that day or before, of whom nothing is to be kept any longer.
  static func gone(
    through day: Day, in unit: Unit, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [PersonRecord] {
    try transaction.rows(
      "SELECT * FROM person WHERE province = ? AND commune = ? AND left_on <= ? ORDER BY reference LIMIT \(limit)",
      unit.province, unit.communeColumn, day
    ).map(PersonRecord.init)
  }

  /// All that there is of somebody, under earlier numbers too.
  static func erase(_ reference: Data, in unit: Unit, _ transaction: borrowing Transaction) throws {
    for person in try predecessors(of: reference, in: unit, transaction) {
      try eraseRecord(person.reference, in: unit, transaction)
    }
    try eraseRecord(reference, in: unit, transaction)
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
    by account: Caller.Account, reason: String, in unit: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "INSERT INTO erasure (id, province, commune, time, account, reason) VALUES (?, ?, ?, ?, ?, ?)", UUIDv7(),
      unit.province, unit.communeColumn, transaction.time, account, reason)
  }
}
