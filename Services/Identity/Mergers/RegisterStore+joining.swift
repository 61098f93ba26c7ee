import FoundationEssentials
import Schema
import Storage

/// The register of a commune that goes on in another one.
extension RegisterStore {
  /// - Parameters:
  ///   - villages: What the villages are called from there on.
  ///   - account: Who recorded the merger.
  static func join(
    by merger: Merger, villages: [Office.Code: Office.Code], account: Caller.Account,
    _ transaction: borrowing Transaction
  ) throws {
    guard var ended = try register(in: merger.from, transaction) else { return }
    let own = try register(in: merger.into, transaction)
    if own == nil || own?.isOpen == false && ended.isOpen {
      var register = ended
      register.unit = merger.into
      try keep(register, transaction)
    }
    ended.closed = ended.closed ?? transaction.time.day
    ended.purpose += " (\(merger.document))"
    try keep(ended, transaction)

    try joinTwice(by: merger, villages, account: account, transaction)
    try moveDuplicates(by: merger, transaction)
    try pairAlike(by: merger, transaction)
    var tally = Tally()
    for (sort, people) in try tallied(in: merger.from, transaction) {
      var sort = sort
      sort.village = sort.village.map { villages[$0] ?? $0 }
      tally.add(people, of: sort)
    }
    try add(tally, in: merger.into, transaction)
    try transaction.execute(
      "DELETE FROM person_tally WHERE province = ? AND commune = ?", merger.from.province, merger.from.communeColumn)
    let village = IdentityStore.renaming("village", villages)
    try transaction.execute(
      "UPDATE person SET village = \(village.sql), commune = ? WHERE province = ? AND commune = ?",
      values: village.values + merger.columns)
    for table in ["person_change", "person_answer"] {
      try transaction.execute(
        "UPDATE \(table) SET commune = ? WHERE province = ? AND commune = ?", values: merger.columns)
    }
  }

  /// People of whom both have a record keep one of the two, and the other as what they were before.
  private static func joinTwice(
    by merger: Merger, _ villages: [Office.Code: Office.Code], account: Caller.Account,
    _ transaction: borrowing Transaction
  ) throws {
    let (from, into) = (merger.from, merger.into)
    let references: [Data] = try transaction.rows(
      """
      SELECT person.reference FROM person JOIN person AS own ON own.province = person.province
        AND own.commune = ? AND own.reference = person.reference
      WHERE person.province = ? AND person.commune = ? ORDER BY person.reference
      """, into.communeColumn, from.province, from.communeColumn
    ).map { try $0["reference"] }
    var (gone, joined) = (Tally(), Tally())
    for reference in references {
      guard var moved = try person(reference, in: from, transaction),
        let own = try person(reference, in: into, transaction)
      else { continue }
      try transaction.execute(
        "UPDATE person_change SET commune = ?, version = version + ? WHERE province = ? AND commune = ? AND reference = ?",
        into.communeColumn, own.version, from.province, from.communeColumn, reference)
      gone.remove(moved)
      joined.remove(own)
      moved.village = moved.village.map { villages[$0] ?? $0 }
      let (stands, was) = MergerRules.joined(moved, with: own)
      try update(stands, from: was, by: account, MergeUnits.method, in: into, transaction)
      try transaction.execute(
        "DELETE FROM person WHERE province = ? AND commune = ? AND reference = ?", from.province, from.communeColumn,
        reference)
      joined.add(stands)
    }
    try add(gone, in: from, transaction)
    try add(joined, in: into, transaction)
  }

  /// Pairs that both know wait, or were decided, as the one that goes on has them.
  private static func moveDuplicates(by merger: Merger, _ transaction: borrowing Transaction) throws {
    let (from, into) = (merger.from, merger.into)
    try transaction.execute(
      """
      DELETE FROM duplicate WHERE province = ? AND commune = ? AND EXISTS (SELECT 1 FROM duplicate AS own
        WHERE own.province = duplicate.province AND own.commune = ? AND own.person = duplicate.person
          AND own.other = duplicate.other)
      """, from.province, from.communeColumn, into.communeColumn)
    try transaction.execute(
      "UPDATE duplicate SET commune = ? WHERE province = ? AND commune = ?", values: merger.columns)
  }

  /// Two numbers of one name and birth, one from each commune, wait for a decision.
  private static func pairAlike(by merger: Merger, _ transaction: borrowing Transaction) throws {
    let pairs = try transaction.rows(
      """
      SELECT person.reference AS person, own.reference AS other FROM person JOIN person AS own
        ON own.province = person.province AND own.commune = ? AND own.likeness = person.likeness
      WHERE person.province = ? AND person.commune = ? AND person.likeness IS NOT NULL
        AND person.reference <> own.reference AND person.left_on IS NULL AND person.replaced_by IS NULL
        AND own.left_on IS NULL AND own.replaced_by IS NULL
        AND own.reference IN (SELECT first.reference FROM person AS first WHERE first.province = person.province
          AND first.commune = ? AND first.likeness = person.likeness AND first.left_on IS NULL
          AND first.replaced_by IS NULL ORDER BY first.reference LIMIT \(RegisterRules.mostPairs))
      ORDER BY person.reference, own.reference
      """, merger.into.communeColumn, merger.from.province, merger.from.communeColumn, merger.into.communeColumn)
    for pair in pairs {
      try found(.likeness, pair["person"], pair["other"], in: merger.into, transaction)
    }
  }
}
