import Schema
import Storage

/// Regimes, the letters that move their days, and exceptions.
extension IndicatorsStore {
  /// The regime that a unit keeps under a code.
  static func regime(
    _ code: Regime.Code, of keeper: Unit, _ transaction: borrowing Transaction
  ) throws -> RegimeRecord {
    let row = try transaction.row(
      "SELECT * FROM regime WHERE province = ? AND commune = ? AND code = ?", keeper.province, keeper.communeColumn,
      code)
    guard let row else { throw Refusal.notFound("chế độ báo cáo", "regime", code, at: "regime") }
    return try record(row, transaction)
  }

  /// A unit's own regimes, and its province's.
  static func regimes(over unit: Unit, _ transaction: borrowing Transaction) throws -> [RegimeRecord] {
    try transaction.rows(
      "SELECT * FROM regime WHERE province = ? AND commune IN (?, '00000') ORDER BY commune, code", unit.province,
      unit.communeColumn
    ).map { try record($0, transaction) }
  }

  static func list(
    _ request: ListRegimes, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<RegimeSummary> {
    let size = 20
    let start = try request.after.map { after throws(Refusal) in try after.position(as: Int.self) } ?? 0
    let rows = try transaction.rows(
      """
      SELECT * FROM regime WHERE province = ? AND commune IN (?, '00000') ORDER BY commune, code LIMIT ? OFFSET ?
      """, unit.province, unit.communeColumn, size + 1, start)
    return Page(
      items: try rows.prefix(size).map { try record($0, transaction).summary },
      next: rows.count > size ? String(start + size) : nil)
  }

  private static func record(_ row: Row, _ transaction: borrowing Transaction) throws -> RegimeRecord {
    let keeper = try Unit(row)
    let code: Regime.Code = try row["code"]
    let moves = try transaction.rows(
      "SELECT period, due, document FROM due_move WHERE province = ? AND commune = ? AND code = ? ORDER BY time",
      keeper.province, keeper.communeColumn, code)
    let exceptions = try transaction.rows(
      """
      SELECT period, reporter, until, reason FROM lock_exception
      WHERE province = ? AND commune = ? AND code = ? ORDER BY time
      """, keeper.province, keeper.communeColumn, code)
    return RegimeRecord(
      keeper: keeper, regime: try row.json("regime"),
      moves: try moves.map { DueMove(period: try $0["period"], due: try $0["due"], document: try $0["document"]) },
      exceptions: try exceptions.map {
        RegimeRecord.Exception(
          period: try $0["period"], reporter: try $0["reporter"], until: try $0["until"], reason: try $0["reason"])
      }, catalogue: try catalogue(of: keeper, transaction))
  }

  static func keep(_ regime: Regime, of keeper: Unit, _ transaction: borrowing Transaction) throws {
    try transaction.execute(
      """
      INSERT INTO regime (province, commune, code, regime) VALUES (?, ?, ?, ?)
      ON CONFLICT (province, commune, code) DO UPDATE SET regime = excluded.regime
      """, keeper.province, keeper.communeColumn, regime.code, JSONColumn(regime))
  }

  static func keep(
    _ move: DueMove, of regime: Regime.Code, of keeper: Unit, _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO due_move (province, commune, code, period, due, document, time) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, code, period) DO UPDATE SET due = excluded.due, document = excluded.document,
        time = excluded.time
      """, keeper.province, keeper.communeColumn, regime, move.period, move.due, move.document, transaction.time)
  }

  static func keep(
    _ exception: GrantException, for reporter: String, by account: Caller.Account, of keeper: Unit,
    _ transaction: borrowing Transaction
  ) throws {
    try transaction.execute(
      """
      INSERT INTO lock_exception (province, commune, code, period, reporter, until, reason, account, time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (province, commune, code, period, reporter) DO UPDATE SET until = excluded.until,
        reason = excluded.reason, account = excluded.account, time = excluded.time
      """,
      keeper.province, keeper.communeColumn, exception.regime, exception.period, reporter, exception.until,
      exception.reason, account, transaction.time)
  }

  /// Whatever keeps values of a period from being changed.
  static func locks(
    in unit: Unit, for period: Period, _ transaction: borrowing Transaction
  ) throws -> [Lock] {
    let today = transaction.time.day
    let dated = try regimes(over: unit, transaction).compactMap { record in
      var lock = RegimeRules.lock(by: record, of: period, for: unit, on: today)
      if lock != nil { lock?.opened = try reviewed(by: record, period, in: unit, transaction) }
      return lock
    }
    let received = try transaction.rows(
      """
      SELECT * FROM submission WHERE province = ? AND commune = ? AND period = ? AND status = 'received'
      """, unit.province, unit.communeColumn, period)
    return try dated + received.map { try lock(by: $0, transaction) }
  }

  /// The cells of a unit's submissions that are to be looked at again.
  private static func reviewed(
    by record: RegimeRecord, _ period: Period, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Set<Indicator.ID> {
    let rows = try transaction.rows(
      """
      SELECT id FROM submission WHERE province = ? AND commune = ? AND keeper_commune = ? AND regime = ? AND period = ?
        AND status = 'in-review'
      """, unit.province, unit.communeColumn, record.keeper.communeColumn, record.regime.code, period)
    return Set(try rows.flatMap { try steps(of: try $0["id"], transaction).last?.cells ?? [] })
  }

  /// The names that no plan promises, of a commune's or of any of a province's communes: nobody would be asked for them.
  static func unpromised(
    _ names: [String], beneath keeper: Unit, _ transaction: borrowing Transaction
  ) throws -> [Text] {
    let catalogue = try catalogue(of: keeper, transaction)
    var condition = Condition.within(keeper, of: "indicator")
    condition.add("folded IN (?, ?)")
    return try names.compactMap { name in
      let common = catalogue.common(IndicatorName(name: name, measure: nil))
      let found = try transaction.rows(
        "SELECT 1 AS one FROM indicator WHERE \(condition.sql) LIMIT 1",
        values: condition.values + [name.folded, common.folded])
      guard found.isEmpty else { return nil }
      return Text(
        vi: "Chưa kế hoạch nào có chỉ tiêu «\(name)» nên chưa ai phải báo cáo.",
        en: "No plan promises “\(name)”: nobody is asked for it yet.")
    }
  }

  private static func lock(by row: Row, _ transaction: borrowing Transaction) throws -> Lock {
    let summary = try SubmissionSummary(row)
    let cells = try transaction.rows(
      "SELECT indicator FROM submission_cell WHERE submission = ? AND version = ?", summary.id, summary.version)
    let indicators = try cells.map { try $0["indicator"] as Indicator.ID }
    let record = try regime(summary.regime, of: summary.keeper, transaction)
    let step = try steps(of: summary.id, transaction).last { $0.status == .received }
    let day = step?.time.day ?? transaction.time.day
    return Lock(
      indicators: Set(indicators), period: summary.period,
      causes: RegimeRules.causes(of: record, summary.period, due: record.dates(of: summary.period).due)
        + [
          .init(
            day: day,
            text: Text(
              vi: "«\(record.regime.name)» đã được tiếp nhận ngày \(day.written).",
              en: "“\(record.regime.name)” was received on \(day.written)."))
        ],
      remedy: Text(
        vi: "Muốn sửa, hãy xin nơi nhận đề nghị rà soát.", en: "To change it, have the receiver ask for a review."))
  }
}
