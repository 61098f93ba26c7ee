import FoundationEssentials
import Schema
import Storage

/// The SQL of the person register. Every look-up takes the unit: another commune's person is not found.
enum RegisterStore {
  // MARK: Registers

  static func register(in unit: Unit, _ transaction: borrowing Transaction) throws -> RegisterRecord? {
    let row = try transaction.row(
      "SELECT * FROM register WHERE province = ? AND commune = ?", unit.province, unit.communeColumn)
    guard var register = try row.map(RegisterRecord.init) else { return nil }
    register.before = try transaction.rows(
      "SELECT body FROM register_opening WHERE province = ? AND commune = ? ORDER BY number", unit.province,
      unit.communeColumn
    ).map { try $0.json("body") }
    return register
  }

  static func registers(_ transaction: borrowing Transaction) throws -> [RegisterRecord] {
    try transaction.rows("SELECT * FROM register ORDER BY province, commune").map(RegisterRecord.init)
  }

  static func keep(_ register: RegisterRecord, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO register (province, commune, basis, issued, purpose, months, opened, closed, closed_by)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune) DO UPDATE SET basis = excluded.basis, issued = excluded.issued,
        purpose = excluded.purpose, months = excluded.months, opened = excluded.opened, closed = excluded.closed,
        closed_by = excluded.closed_by
      """,
      register.unit.province, register.unit.communeColumn, register.basis, register.issued, register.purpose,
      register.months, register.opened, register.closed, register.closedBy)
    for (number, opening) in register.before.enumerated() {
      try transaction.execute(
        """
        INSERT INTO register_opening (province, commune, number, body) VALUES (?, ?, ?, ?)
        ON CONFLICT (province, commune, number) DO NOTHING
        """, register.unit.province, register.unit.communeColumn, number, JSONColumn(opening))
    }
  }

  /// Whether these are the keys that the store was written with; those of a store that has none yet become so.
  static func knows(_ mark: Data, _ transaction: borrowing Transaction) throws -> Bool {
    if let row = try transaction.row("SELECT mark FROM register_key WHERE id = 1") { return try row["mark"] == mark }
    try transaction.execute("INSERT INTO register_key (id, mark) VALUES (1, ?)", mark)
    return true
  }

  static func quality(
    in unit: Unit, today: Day, _ transaction: borrowing Transaction
  ) throws -> RegisterQuality {
    let fails = RegisterQuality.Aspect.allCases.map { "SUM(CASE WHEN \($0.fails) THEN 1 ELSE 0 END) AS \($0.rawValue)" }
    let row = try transaction.rows(
      """
      SELECT COUNT(*) AS people, \(fails.joined(separator: ", ")) FROM person
      WHERE province = ? AND commune = ? AND \(here)
      """,
      values: RegisterQuality.Aspect.allCases.flatMap { $0.values(on: today) }
        + [unit.province, unit.communeColumn] as [any Storable]
    ).first
    let people: Int64 = try row?["people"] ?? 0
    func passing(_ aspect: RegisterQuality.Aspect) throws -> Int64 { people - (try row?[aspect.rawValue] ?? 0) }
    return RegisterQuality(
      people: people, correct: try passing(.correct), complete: try passing(.complete), clean: try passing(.clean),
      live: try passing(.live))
  }

  /// Of those that fail an aspect, by reference.
  static func work(
    _ aspect: RegisterQuality.Aspect, in unit: Unit, after: Data?, limit: Int, today: Day,
    _ transaction: borrowing Transaction
  ) throws -> [PersonRecord] {
    var condition = Condition()
    condition.add("province = ? AND commune = ? AND \(here)", unit.province, unit.communeColumn)
    if let after { condition.add("reference > ?", after) }
    condition.add(aspect.fails, values: aspect.values(on: today))
    return try transaction.rows(
      "SELECT * FROM person WHERE \(condition.sql) ORDER BY reference LIMIT \(limit)", values: condition.values
    ).map(PersonRecord.init)
  }

  /// Of those who are counted.
  private static let here = "left_on IS NULL AND replaced_by IS NULL"

  // MARK: Statistics

  /// What the tally of a commune's villages, or of a province's communes, adds up to.
  static func statistics(in unit: Unit, year: Int, _ transaction: borrowing Transaction) throws -> StatisticsTable {
    let isWhole = unit.commune == nil
    var condition = Condition.within(unit, of: "person_tally")
    condition.add(isWhole ? "person_tally.village = '*'" : "person_tally.village <> '*'")
    let rows = try transaction.rows(
      """
      SELECT person_tally.*, office.name FROM person_tally LEFT JOIN office ON office.province = person_tally.province
        AND office.commune = person_tally.commune AND office.code = person_tally.village
      WHERE \(condition.sql) AND people > 0 ORDER BY person_tally.commune, person_tally.village
      """, values: condition.values)
    var table = StatisticsTable(rows: [], total: StatisticsRow(unit: unit))
    var place: [String] = []
    for row in rows {
      let (commune, village): (String, String) = (try row["commune"], try row["village"])
      if place != [commune, village] {
        let name: String? = try row["name"]
        let office = Office.Code(village).map { Office(code: $0, name: name ?? village) }
        table.rows.append(StatisticsRow(unit: try Unit(row), village: isWhole ? nil : office))
        place = [commune, village]
      }
      table.rows[table.rows.count - 1].add(try row["people"], of: try Tally.Sort(row), in: year)
    }
    for row in table.rows { table.total.add(row) }
    return table
  }

  /// How many there are of each sort in each of a commune's villages.
  static func tallied(
    in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [(sort: Tally.Sort, people: Int64)] {
    try transaction.rows(
      "SELECT * FROM person_tally WHERE province = ? AND commune = ? AND village <> '*' AND people > 0", unit.province,
      unit.communeColumn
    ).map { (try Tally.Sort($0), try $0["people"]) }
  }

  static func add(_ tally: Tally, in unit: Unit, _ transaction: borrowing Transaction) throws {
    let villages = tally.changes.map { sort, people in (sort.village?.description ?? "", sort, people) }
    let commune = tally.wholeCommune.map { sort, people in ("*", sort, people) }
    let changes = (villages + commune).filter { $0.2 != 0 }
    // Fewer are taken from a row that there is; a new row's number is not negative.
    for (village, sort, people) in changes where people < 0 {
      try transaction.execute(
        """
        UPDATE person_tally SET people = people + ?
        WHERE province = ? AND commune = ? AND village = ? AND birth_year = ? AND eid = ? AND signature = ?
        """,
        people, unit.province, unit.communeColumn, village, sort.birthYear, Open(sort.eid), Open(sort.signature))
    }
    for part in changes.filter({ $0.2 > 0 }).parts(of: talliesPerStatement) {
      try transaction.execute(
        """
        INSERT INTO person_tally (province, commune, village, birth_year, eid, signature, people)
        VALUES \(part.map { _ in "(?, ?, ?, ?, ?, ?, ?)" }.joined(separator: ", "))
        ON CONFLICT (province, commune, village, birth_year, eid, signature)
          DO UPDATE SET people = person_tally.people + excluded.people
        """,
        values: part.flatMap { village, sort, people in
          [
            unit.province, unit.communeColumn, village, sort.birthYear, Open(sort.eid), Open(sort.signature), people,
          ] as [any Storable]
        })
    }
  }

  private static let talliesPerStatement = 50
}

extension RegisterQuality.Aspect {
  /// What the SQL takes: `complete` the day that it is, since a village may have ended; `live` the one a year ago.
  fileprivate func values(on today: Day) -> [any Storable] {
    switch self {
    case .correct, .clean: []
    case .complete: [today]
    case .live: [today.adding(-365)]
    }
  }

  /// SQL for those that fail it.
  var fails: String {
    switch self {
    case .correct: "disagrees = 1"
    case .complete:
      """
      (village IS NULL OR (eid IN ('issued', 'activated', 'suspended') AND eid_since IS NULL)
        OR EXISTS (SELECT 1 FROM office WHERE office.province = person.province AND office.commune = person.commune
          AND office.code = person.village AND office.last_day < ?))
      """
    case .clean:
      // Two of them: one with OR would look at every duplicate of the commune for each person.
      "("
        + ["person", "other"].map {
          """
          EXISTS (SELECT 1 FROM duplicate WHERE duplicate.province = person.province
            AND duplicate.commune = person.commune AND duplicate.\($0) = person.reference AND duplicate.decided IS NULL)
          """
        }.joined(separator: " OR ") + ")"
    case .live: "(checked IS NULL OR checked < ?)"
    }
  }
}

extension RegisterRecord {
  fileprivate init(_ row: Row) throws {
    self.init(
      unit: try Unit(row), basis: try row["basis"], issued: try row["issued"], purpose: try row["purpose"],
      months: try row["months"], opened: try row["opened"], closed: try row["closed"],
      closedBy: try row["closed_by"])
  }
}

extension Tally.Sort {
  fileprivate init(_ row: Row) throws {
    let village: String = try row["village"]
    self.init(
      village: Office.Code(village), birthYear: try row["birth_year"], eid: try row.word("eid"),
      signature: try row.word("signature"))
  }
}
