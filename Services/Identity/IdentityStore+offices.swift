import Schema
import Storage

/// Offices and villages, and what is counted by village.
extension IdentityStore {
  static func office(
    _ code: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> OfficeSummary? {
    try transaction.row(
      "SELECT * FROM office WHERE province = ? AND commune = ? AND code = ?", unit.province, unit.communeColumn, code
    ).map(OfficeSummary.init)
  }

  /// All of a unit that there are on a day: 300 offices and villages at most.
  static func villages(
    in unit: Unit, on day: Day, _ transaction: borrowing Transaction
  ) throws -> [OfficeSummary] {
    try transaction.rows(
      "SELECT * FROM office WHERE province = ? AND commune = ? AND kind = 'village' ORDER BY code", unit.province,
      unit.communeColumn
    ).map(OfficeSummary.init).filter { $0.exists(on: day) }
  }

  /// All that a unit has and had.
  static func offices(in unit: Unit, _ transaction: borrowing Transaction) throws -> [OfficeSummary] {
    try transaction.rows(
      "SELECT * FROM office WHERE province = ? AND commune = ? ORDER BY code", unit.province, unit.communeColumn
    ).map(OfficeSummary.init)
  }

  /// The codes of the unit's offices, but of one and of bodies outside.
  static func agencies(
    in unit: Unit, but office: Office.Code, _ transaction: borrowing Transaction
  ) throws -> [AgencyCode] {
    try transaction.rows(
      """
      SELECT agency FROM office WHERE province = ? AND commune = ? AND code <> ? AND agency IS NOT NULL
        AND kind <> 'outside' ORDER BY agency
      """, unit.province, unit.communeColumn, office
    ).map { try $0["agency"] }
  }

  /// Those that are not revoked.
  static func accounts(
    of office: Office.Code, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Caller.Account] {
    try transaction.rows(
      "SELECT name FROM account WHERE province = ? AND commune = ? AND office = ? AND status <> 'revoked' ORDER BY name",
      unit.province, unit.communeColumn, office
    ).map { try $0["name"] }
  }

  static func numberOfOffices(in unit: Unit, _ transaction: borrowing Transaction) throws -> Int {
    try transaction.row(
      "SELECT COUNT(*) AS number FROM office WHERE province = ? AND commune = ?", unit.province, unit.communeColumn)?[
        "number"] ?? 0
  }

  static func keep(_ office: OfficeSummary, in unit: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO office (province, commune, code, name, kind, aliases, duties, agency, first_day, last_day)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET name = excluded.name, aliases = excluded.aliases,
        duties = excluded.duties, agency = excluded.agency, first_day = excluded.first_day,
        last_day = excluded.last_day
      """,
      unit.province, unit.communeColumn, office.code, office.name, office.kind, JSONColumn(office.aliases ?? []),
      JSONColumn(office.duties ?? []), office.agency, office.since, office.until)
  }

  static func list(
    _ request: ListOffices, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<OfficeSummary> {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", unit.province, unit.communeColumn)
    if let after = request.after { condition.add("code > ?", try after.position(as: Office.Code.self)) }
    let rows = try transaction.rows(
      "SELECT * FROM office WHERE \(condition.sql) ORDER BY code LIMIT \(Page<OfficeSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, OfficeSummary.init, position: \.code.description)
  }

  // MARK: Đề án 06

  private static let counts = """
    SELECT office.province, office.commune, office.code, office.name, village_count.revision, village_count.adults,
      village_count.issued, village_count.activated, village_count.signatures
    FROM office LEFT JOIN village_count ON village_count.province = office.province
      AND village_count.commune = office.commune AND village_count.village = office.code AND village_count.month = ?
    WHERE office.kind = 'village' AND (village_count.revision IS NOT NULL
      OR ((office.first_day IS NULL OR office.first_day <= ?) AND (office.last_day IS NULL OR office.last_day >= ?)))
      AND office.province = ?
    """

  /// Every village of the unit and below that there was at the end of the month, with its counts or without. A commune
  /// has those of the communes that were merged into it since.
  static func villages(
    _ month: Period, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [CountsRow] {
    let end = month.days.upperBound
    guard unit.commune != nil else {
      return try transaction.rows("\(counts) ORDER BY office.commune, office.code", month, end, end, unit.province)
        .map(CountsRow.init)
    }
    let merged = try mergers(into: unit, transaction).filter { $0.day > end }.map(\.from)
    return try ([unit] + merged).flatMap { unit in
      try transaction.rows(
        "\(counts) AND office.commune = ? ORDER BY office.code", month, end, end, unit.province, unit.communeColumn
      ).map(CountsRow.init)
    }
  }

  /// How often the village's counts were recorded for the month; 0 when they were not.
  static func revision(
    of request: RecordCounts, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Int {
    try transaction.row(
      "SELECT revision FROM village_count WHERE province = ? AND commune = ? AND village = ? AND month = ?",
      unit.province, unit.communeColumn, request.village, request.month)?["revision"] ?? 0
  }

  static func record(
    _ request: RecordCounts, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> CountsRow {
    let counts = request.counts
    try transaction.execute(
      """
      INSERT INTO village_count (province, commune, village, month, revision, adults, issued, activated, signatures)
      VALUES (?, ?, ?, ?, 1, ?, ?, ?, ?)
      ON CONFLICT (province, commune, village, month) DO UPDATE SET revision = village_count.revision + 1,
        adults = excluded.adults, issued = excluded.issued, activated = excluded.activated,
        signatures = excluded.signatures
      """,
      unit.province, unit.communeColumn, request.village, request.month, counts.adults, counts.issued,
      counts.activated, counts.signatures)
    let row = try transaction.row(
      "\(Self.counts) AND office.commune = ? AND office.code = ?", request.month, request.month.days.upperBound,
      request.month.days.upperBound, unit.province, unit.communeColumn, request.village)
    guard let row else { throw StorageError(.failed, "counts of a village that is not kept") }
    return try CountsRow(row)
  }
}

extension OfficeSummary {
  fileprivate init(_ row: Row) throws {
    let (aliases, duties): ([String], [String]) = (try row.json("aliases"), try row.json("duties"))
    self.init(
      code: try row["code"], name: try row["name"], kind: try row["kind"], aliases: aliases.isEmpty ? nil : aliases,
      duties: duties.isEmpty ? nil : duties, agency: try row["agency"], since: try row["first_day"],
      until: try row["last_day"])
  }
}

extension CountsRow {
  fileprivate init(_ row: Row) throws {
    let revision: Int? = try row["revision"]
    var counts: EnrolmentCounts?
    if revision != nil {
      counts = EnrolmentCounts(
        adults: try row["adults"], issued: try row["issued"], activated: try row["activated"],
        signatures: try row["signatures"])
    }
    self.init(
      unit: try Unit(row), village: Office(code: try row["code"], name: try row["name"]),
      reported: revision == nil ? 0 : 1, expected: 1, counts: counts, revision: revision)
  }
}
