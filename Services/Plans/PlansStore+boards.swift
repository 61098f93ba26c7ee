import Schema
import Storage

/// The SQL of obstacles and of committees.
extension PlansStore {
  // MARK: Obstacles

  static func insert(_ obstacle: ObstacleSummary, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "INSERT INTO obstacle (id, province, commune, version, status, office, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
      obstacle.id, obstacle.unit.province, obstacle.unit.communeColumn, obstacle.version, obstacle.status,
      obstacle.office, JSONColumn(obstacle))
  }

  static func update(_ obstacle: ObstacleSummary, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      "UPDATE obstacle SET version = ?, status = ?, body = ? WHERE id = ?", obstacle.version, obstacle.status,
      JSONColumn(obstacle), obstacle.id)
  }

  static func obstacle(
    _ id: Obstacle.ID, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> ObstacleSummary {
    let row = try transaction.row(
      "SELECT body FROM obstacle WHERE id = ? AND province = ? AND commune = ?", id, unit.province, unit.communeColumn)
    guard let row else { throw Refusal.notFound("vướng mắc", "obstacle", id) }
    return try row.json("body")
  }

  static func list(
    _ request: ListObstacles, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<ObstacleSummary> {
    var condition = Condition.within(unit, of: "obstacle")
    if let status = request.status { condition.add("status = ?", status) }
    if let office = request.office { condition.add("office = ?", office) }
    if let after = request.after { condition.add("id > ?", try after.position(as: Obstacle.ID.self)) }
    let rows = try transaction.rows(
      "SELECT body FROM obstacle WHERE \(condition.sql) ORDER BY id LIMIT \(Page<ObstacleSummary>.limit(pageSize))",
      values: condition.values)
    return try Page(rows, size: pageSize, { try $0.json("body") }, position: \.id.description)
  }

  // MARK: Committees

  /// Only who is in it is kept; when it met is what the plans say.
  static func keep(_ committee: CommitteeSummary, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO committee (province, commune, code, body) VALUES (?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET body = excluded.body
      """, committee.unit.province, committee.unit.communeColumn, committee.committee.code, JSONColumn(committee))
  }

  static func list(
    _ request: ListCommittees, in unit: Unit, on today: Day, _ transaction: borrowing Transaction
  ) throws -> Page<CommitteeSummary> {
    var condition = Condition.within(unit, of: "committee")
    if let after = request.after {
      let parts = after.split(separator: "/").map(String.init)
      guard parts.count == 2 else { throw Refusal.notAPosition }
      condition.add("(commune, code) > (?, ?)", parts[0], parts[1])
    }
    let rows = try transaction.rows(
      """
      SELECT body FROM committee WHERE \(condition.sql) ORDER BY commune, code
      LIMIT \(Page<CommitteeSummary>.limit(pageSize))
      """, values: condition.values)
    var page = try Page(
      rows, size: pageSize, { try $0.json("body") as CommitteeSummary },
      position: { "\($0.unit.communeColumn)/\($0.committee.code)" })
    for index in page.items.indices {
      page.items[index].conclusions = try conclusions(of: page.items[index], in: request.year, transaction)
      page.items[index].missed = PlansRules.missed(
        page.items[index].conclusions.map(\.metOn), in: request.year, on: today)
    }
    return page
  }

  private static func conclusions(
    of committee: CommitteeSummary, in year: Int, _ transaction: borrowing Transaction
  ) throws -> [CommitteeSummary.Conclusion] {
    let rows = try transaction.rows(
      """
      SELECT id, number, met_on FROM plan WHERE province = ? AND commune = ? AND committee = ?
        AND met_on BETWEEN ? AND ? AND status IN ('issued', 'in-execution', 'closed') ORDER BY met_on, id
      """, committee.unit.province, committee.unit.communeColumn, committee.committee.code, "\(year)-01-01",
      "\(year)-12-31")
    return try rows.map { row in
      CommitteeSummary.Conclusion(metOn: try row["met_on"], plan: try row["id"], number: try row["number"])
    }
  }
}
