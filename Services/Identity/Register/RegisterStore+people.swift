import FoundationEssentials
import Schema
import Storage

/// People, what they were before, and those that may be one.
extension RegisterStore {
  /// Rows of one statement: PostgreSQL takes 65,535 values, older SQLite 999.
  private static let perStatement = 50

  static func person(
    _ reference: Data, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> PersonRecord? {
    try transaction.row(
      "SELECT * FROM person WHERE province = ? AND commune = ? AND reference = ?", unit.province, unit.communeColumn,
      reference
    ).map(PersonRecord.init)
  }

  static func person(
    _ reference: Person.Reference, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> PersonRecord {
    guard let person = try person(reference.data, in: unit, transaction) else {
      throw Refusal.notFound("người mang mã", "person", reference, at: "person")
    }
    return person
  }

  /// Those of many references that there are.
  static func people(
    _ references: [Data], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Data: PersonRecord] {
    var people: [Data: PersonRecord] = [:]
    for part in references.parts(of: 500) {
      let rows = try transaction.rows(
        """
        SELECT * FROM person WHERE province = ? AND commune = ?
          AND reference IN (\(part.map { _ in "?" }.joined(separator: ", ")))
        """, values: [unit.province, unit.communeColumn] + part.map { $0 as any Storable })
      for row in rows {
        let person = try PersonRecord(row)
        people[person.reference] = person
      }
    }
    return people
  }

  /// Who is counted and has one of these likenesses.
  static func alike(
    _ likenesses: [Data], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Data: [Data]] {
    var alike: [Data: [Data]] = [:]
    for part in likenesses.parts(of: 500) {
      let rows = try transaction.rows(
        """
        SELECT reference, likeness FROM person WHERE province = ? AND commune = ? AND left_on IS NULL
          AND replaced_by IS NULL AND likeness IN (\(part.map { _ in "?" }.joined(separator: ", ")))
        ORDER BY reference
        """, values: [unit.province, unit.communeColumn] + part.map { $0 as any Storable })
      for row in rows { alike[try row["likeness"], default: []].append(try row["reference"]) }
    }
    return alike
  }

  static func insert(_ people: [PersonRecord], in unit: Unit, _ transaction: borrowing Transaction) throws {
    for part in people.parts(of: perStatement) {
      let row = "(" + Array(repeating: "?", count: 18).joined(separator: ", ") + ")"
      try transaction.execute(
        """
        INSERT INTO person (province, commune, reference, village, birth_year, sex, eid, eid_since, signature, checked,
          likeness, disagrees, left_on, departure, replaced_by, version, sealed, sealing)
        VALUES \(part.map { _ in row }.joined(separator: ", "))
        """, values: part.flatMap { $0.values(in: unit) })
    }
  }

  /// - Parameters:
  ///   - person: As it is from here on.
  ///   - before: As it was; kept as the change's account and method found it.
  static func update(
    _ person: PersonRecord, from before: PersonRecord, by account: Caller.Account, _ method: Method, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE person SET village = ?, birth_year = ?, sex = ?, eid = ?, eid_since = ?, signature = ?, checked = ?,
        likeness = ?, disagrees = ?, left_on = ?, departure = ?, replaced_by = ?, version = ?
      WHERE province = ? AND commune = ? AND reference = ?
      """,
      person.village, person.birthYear, Open(person.sex), Open(person.eid), person.eidSince, Open(person.signature),
      person.checked, person.likeness, person.disagrees, person.left, person.departure.map { Open($0) },
      person.replacedBy, person.version, unit.province, unit.communeColumn, person.reference)
    let change = PersonChange(
      time: transaction.time, account: account, method: method.description, eid: Open(before.eid),
      signature: Open(before.signature), village: before.village)
    try transaction.execute(
      "INSERT INTO person_change (province, commune, reference, version, body) VALUES (?, ?, ?, ?, ?)", unit.province,
      unit.communeColumn, person.reference, before.version, JSONColumn(change))
  }

  static func changes(
    of reference: Data, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [PersonChange] {
    try transaction.rows(
      "SELECT body FROM person_change WHERE province = ? AND commune = ? AND reference = ? ORDER BY version",
      unit.province, unit.communeColumn, reference
    ).map { try $0.json("body") }
  }

  // MARK: Sealing anew

  /// Numbers that are not sealed with a key, of any commune.
  static func sealed(
    notWith key: Int, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [(unit: Unit, person: PersonRecord)] {
    try transaction.rows("SELECT * FROM person WHERE sealing <> ? LIMIT \(limit)", key)
      .map { (try Unit($0), try PersonRecord($0)) }
  }

  static func reseal(
    _ reference: Data, in unit: Unit, _ sealed: (data: Data, key: Int), _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      "UPDATE person SET sealed = ?, sealing = ? WHERE province = ? AND commune = ? AND reference = ?", sealed.data,
      sealed.key, unit.province, unit.communeColumn, reference)
  }

  static func sealings(by key: Int, _ transaction: borrowing Transaction) throws -> Rekeying {
    let all: Int64 = try transaction.row("SELECT COUNT(*) AS n FROM person")?["n"] ?? 0
    let done: Int64 = try transaction.row("SELECT COUNT(*) AS n FROM person WHERE sealing = ?", key)?["n"] ?? 0
    return Rekeying(done: done, left: all - done)
  }

  // MARK: Duplicates

  /// Nothing happens to one that is known, decided or not.
  ///
  /// - Returns: False where it was decided.
  @discardableResult
  static func found(
    _ kind: Duplicate.Kind, _ person: Data, _ other: Data, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Bool {
    // Of two people the one with the smaller reference comes first: a pair is one, whichever was met first.
    let swaps = kind == .likeness && other.lexicographicallyPrecedes(person)
    try transaction.execute(
      """
      INSERT INTO duplicate (province, commune, person, other, kind, found) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, person, other) DO NOTHING
      """,
      unit.province, unit.communeColumn, swaps ? other : person, swaps ? person : other, Open(kind), transaction.time)
    let open = try transaction.row(
      """
      SELECT person FROM duplicate
      WHERE province = ? AND commune = ? AND person = ? AND other = ? AND decided IS NULL
      """, unit.province, unit.communeColumn, swaps ? other : person, swaps ? person : other)
    return open != nil
  }

  static func duplicates(
    in unit: Unit, after: (Data, Data)?, limit: Int, _ transaction: borrowing Transaction
  ) throws -> [Row] {
    var condition = Condition()
    condition.add("province = ? AND commune = ? AND decided IS NULL", unit.province, unit.communeColumn)
    if let (person, other) = after { condition.add("(person, other) > (?, ?)", person, other) }
    return try transaction.rows(
      "SELECT * FROM duplicate WHERE \(condition.sql) ORDER BY person, other LIMIT \(limit)", values: condition.values)
  }

  /// Whichever of the two is named first.
  static func duplicate(
    _ person: Data, _ other: Data, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Duplicate? {
    try transaction.row(
      """
      SELECT * FROM duplicate WHERE province = ? AND commune = ? AND decided IS NULL
        AND ((person = ? AND other = ?) OR (person = ? AND other = ? AND kind = 'likeness'))
      """, unit.province, unit.communeColumn, person, other, other, person
    ).map(Duplicate.init)
  }

  static func decide(
    _ duplicate: Duplicate, isSame: Bool, by account: Caller.Account, reason: String, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE duplicate SET is_same = ?, decided = ?, account = ?, reason = ?
      WHERE province = ? AND commune = ? AND person = ? AND other = ?
      """,
      isSame, transaction.time, account, reason, unit.province, unit.communeColumn, duplicate.person.data,
      duplicate.other.data)
  }

  /// Those of somebody who gives way: there is nothing left to decide.
  static func settle(
    duplicatesOf person: Data, by account: Caller.Account, reason: String, in unit: Unit,
    _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      UPDATE duplicate SET is_same = 0, decided = ?, account = ?, reason = ?
      WHERE province = ? AND commune = ? AND decided IS NULL AND (person = ? OR other = ?)
      """,
      transaction.time, account, reason, unit.province, unit.communeColumn, person, person)
  }
}

extension PersonRecord {
  fileprivate func values(in unit: Unit) -> [any Storable] {
    [
      unit.province, unit.communeColumn, reference, village, birthYear, Open(sex), Open(eid), eidSince,
      Open(signature), checked, likeness, disagrees, left, departure.map { Open($0) }, replacedBy, version,
      sealed.data, sealed.key,
    ]
  }

  init(_ row: Row) throws {
    let departure: Open<Person.Departure>? = try row["departure"]
    self.init(
      reference: try row["reference"], village: try row["village"], birthYear: try row["birth_year"],
      sex: try row.word("sex"), eid: try row.word("eid"), eidSince: try row["eid_since"],
      signature: try row.word("signature"), checked: try row["checked"], likeness: try row["likeness"],
      disagrees: try row["disagrees"], left: try row["left_on"], departure: departure?.known,
      replacedBy: try row["replaced_by"], version: try row["version"],
      sealed: (try row["sealed"], try row["sealing"]))
  }
}

extension Row {
  /// A word of ours: a store of a newer program is not opened.
  func word<Word>(_ column: String) throws -> Word where Word: RawRepresentable<String> & Hashable & Sendable {
    let word: Open<Word> = try self[column]
    guard let known = word.known else { throw StorageError(.corrupt, "the column \(column) has an unknown word") }
    return known
  }
}

extension Duplicate {
  init(_ row: Row) throws {
    self.init(
      kind: try row["kind"], person: try Person.Reference(row["person"] as Data),
      other: try Person.Reference(row["other"] as Data), found: try row["found"])
  }
}

extension Array {
  /// In order, so many at a time.
  func parts(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}
