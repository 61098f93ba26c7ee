import Schema
import Storage

/// Values as they are shown.
extension IndicatorsStore {
  static func list(
    _ request: ListObservations, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> Page<Observation> {
    var condition = Condition()
    condition.add("province = ? AND commune = ?", values: [unit.province, unit.communeColumn])
    condition.add("indicator = ? AND first_day <= ?", values: [request.indicator, transaction.time.day])
    if let village = request.village { condition.add("village = ?", village) } else { condition.add("village IS NULL") }
    if let after = request.after {
      let position: ObservationPosition = try after.position()
      let days = position.period.days
      // Sums come after what was entered for the period.
      condition.add(
        """
        (last_day < ? OR (last_day = ? AND (first_day > ? OR (first_day = ? AND (source > ?
          OR (source = ? AND revision < ?))))))
        """,
        days.upperBound, days.upperBound, days.lowerBound, days.lowerBound, position.source, position.source,
        position.revision)
    }
    let rows = try transaction.rows(
      """
      SELECT * FROM every_observation WHERE \(condition.sql)
      ORDER BY last_day DESC, first_day, source, revision DESC LIMIT \(Page<Sourced>.limit(pageSize))
      """, values: condition.values)
    let page = try Page(
      rows, size: pageSize, { Sourced(observation: try Observation($0), source: try $0["source"]) },
      position: { ObservationPosition($0.observation, source: $0.source).description })
    return Page(items: page.items.map(\.observation), next: page.next)
  }

  /// A value, and where it came from: entered, villages, counts.
  private struct Sourced: Codable, Hashable, Sendable {
    var observation: Observation
    var source: Int
  }
}

/// Where a page of observations ended: `2026-Q1/2`, or `2026-M03/counts`, `/villages`, `/spending` and `/tasks` for sums.
private struct ObservationPosition: LosslessStringConvertible {
  let period: Period
  let source: Int
  let revision: Int

  private static let sums = ["villages", "counts", "spending", "tasks"]

  init(_ observation: Observation, source: Int) {
    period = observation.period
    self.source = source
    revision = observation.revision
  }

  init?(_ description: String) {
    let parts = description.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let period = Period(String(parts[0])) else { return nil }
    self.period = period
    if let sum = Self.sums.firstIndex(of: String(parts[1])) {
      // A period has one sum of each kind: after it there is no other.
      (source, revision) = (sum + 1, 0)
    } else {
      guard let revision = Int(parts[1]) else { return nil }
      (source, self.revision) = (0, revision)
    }
  }

  var description: String { "\(period)/\(source == 0 ? "\(revision)" : Self.sums[source - 1])" }
}

extension Observation {
  init(_ row: Row) throws {
    self.init(
      period: try row["period"], revision: try row["revision"],
      figure: Figure(try row["numerator"], of: try row["denominator"]), note: try row["note"],
      evidence: try row["evidence"], reason: try row["reason"], village: try row["village"],
      estimatedAsOf: try row["estimated_as_of"], office: try row["office"], time: try row["time"],
      superseded: try row["superseded"], villages: try Villages(row), source: try Source(row))
  }
}

extension Observation.Source {
  /// Nil for what was entered.
  fileprivate init?(_ row: Row) throws {
    switch try row["source"] as Int {
    case 1: self = .villages
    case 2: self = .counts
    case 3: self = .spending
    case 4: self = .tasks
    default: return nil
    }
  }
}

extension Observation.Villages {
  /// Nil for what was entered.
  fileprivate init?(_ row: Row) throws {
    let (reported, expected): (Int?, Int?) = (try row["villages"], try row["expected"])
    guard let reported, let expected else { return nil }
    self.init(reported: reported, expected: expected)
  }
}
