import FoundationEssentials
import GRDB
import Schema

extension Found {
  private struct Series: Hashable {
    let indicator: Indicator.ID
    let period: String
  }

  private struct Value: Hashable {
    let revision: Int
    let figure: Figure
    let note: String?
  }

  /// Every revision of every value against what was said of it: notes are keys.
  mutating func readIndicators(_ store: StoreFile, _ outbox: Outbox) throws {
    var kept: [Series: [Value]] = [:]
    var standing: [Series: [Int]] = [:]
    let rows = try store.rows(
      """
      SELECT indicator, period, revision, numerator, denominator, note, superseded FROM observation
      ORDER BY indicator, period, revision
      """
    ) { row in
      (
        Series(indicator: Indicator.ID(try row.id(0)), period: row[1] as String),
        Value(revision: row[2], figure: Figure(row[3], of: row[4]), note: row[5]), isSuperseded: row[6] as Bool
      )
    }
    for (series, value, isSuperseded) in rows {
      value.note.map { count($0) }
      kept[series, default: []].append(value)
      if !isSuperseded { standing[series, default: []].append(value.revision) }
    }
    var said: [Series: [Value]] = [:]
    for event in try outbox.all(ObservationRecorded.self).map(\.data) {
      said[Series(indicator: event.indicator, period: "\(event.period)"), default: []].append(
        Value(revision: event.revision, figure: event.figure, note: event.note))
    }
    for series in Set(kept.keys).union(said.keys) {
      let values = kept[series] ?? []
      expect(values == said[series], "\(series): the values are not what was said")
      expect(values.map(\.revision) == Array(1...max(values.count, 1)), "\(series): a revision is missing")
      expect(standing[series] == [values.count], "\(series): another value than the last one stands")
    }
  }
}
