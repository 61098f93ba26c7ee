import Schema
import Storage

/// Verdicts on objectives without a number. They are added, and never changed.
extension IndicatorsStore {
  static func add(
    _ judgement: Indicator.Judgement, of indicator: Indicator.ID, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO judgement (indicator, revision, judgement)
      VALUES (?, (SELECT COALESCE(MAX(revision), 0) + 1 FROM judgement WHERE indicator = ?), ?)
      """, indicator, indicator, JSONColumn(judgement))
  }

  static func verdicts(on indicator: Indicator.ID, _ transaction: borrowing Transaction) throws -> Verdicts {
    let rows = try transaction.rows("SELECT judgement FROM judgement WHERE indicator = ? ORDER BY revision", indicator)
    return Verdicts(said: try rows.map { try $0.json("judgement") })
  }

  /// Of the indicators of a unit and of the units below it.
  static func verdicts(
    in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [Indicator.ID: Verdicts] {
    let condition = Condition.within(unit, of: "indicator")
    let rows = try transaction.rows(
      """
      SELECT judgement.indicator, judgement.judgement
      FROM judgement JOIN indicator ON indicator.id = judgement.indicator
      WHERE \(condition.sql) ORDER BY judgement.indicator, judgement.revision
      """, values: condition.values)
    var verdicts: [Indicator.ID: Verdicts] = [:]
    for row in rows { verdicts[try row["indicator"], default: Verdicts()].said.append(try row.json("judgement")) }
    return verdicts
  }

  /// The last one first; as many as a reply may carry.
  static func list(
    _ request: ListJudgements, _ transaction: borrowing Transaction
  ) throws -> Page<Indicator.Judgement> {
    var condition = Condition()
    condition.add("indicator = ?", request.indicator)
    if let after = request.after { condition.add("revision < ?", try after.position(as: Int.self)) }
    let rows = try transaction.rows(
      """
      SELECT revision, judgement FROM judgement WHERE \(condition.sql)
      ORDER BY revision DESC LIMIT \(Page<Indicator.Judgement>.limit(pageSize))
      """, values: condition.values)
    let page = try Page(rows, size: pageSize, NumberedJudgement.init, position: { String($0.revision) })
    return Page(items: page.items.map(\.judgement), next: page.next)
  }
}

/// With its place among those on the indicator.
private struct NumberedJudgement: Codable, Hashable, Sendable {
  let revision: Int
  let judgement: Indicator.Judgement

  init(_ row: Row) throws {
    (revision, judgement) = (try row["revision"], try row.json("judgement"))
  }
}
