import FoundationEssentials
import GRDB
import Schema

extension Found {
  private struct Village: Hashable {
    let unit: String
    let code: String
    let month: String
  }

  /// Accounts, invitations, offices and counts against what was said of them: names are keys.
  mutating func readIdentity(_ store: StoreFile, _ outbox: Outbox) throws {
    let names = try store.texts(
      "SELECT name FROM account UNION ALL SELECT account FROM invitation UNION ALL SELECT name FROM office")
    for name in names { count(name) }

    var said: [Village: [CountsRecorded]] = [:]
    for event in try outbox.all(CountsRecorded.self).map(\.data) {
      said[
        Village(unit: event.unit.description, code: event.village.code.description, month: "\(event.month)"),
        default: []
      ].append(event)
    }
    let rows = try store.rows(
      """
      SELECT province || '/' || commune, village, month, revision, adults, issued, activated, signatures
      FROM village_count
      """
    ) { row in
      (
        Village(unit: row[0], code: row[1], month: row[2]), revision: row[3] as Int,
        EnrolmentCounts(adults: row[4], issued: row[5], activated: row[6], signatures: row[7])
      )
    }
    expect(rows.count == said.count, "\(rows.count) counts, \(said.count) said")
    for (village, revision, counts) in rows {
      let events = said[village] ?? []
      expect(revision == events.count && counts == events.last?.counts, "\(village): the counts are not what was said")
      expect(events.map(\.revision) == Array(1...max(events.count, 1)), "\(village): a revision is missing")
    }

    var offices: [String: String] = [:]
    for event in try outbox.all(OfficeKept.self).map(\.data) {
      offices["\(event.unit) \(event.office.code)"] = event.office.name
    }
    let kept = try store.rows(
      "SELECT province || CASE commune WHEN '00000' THEN '' ELSE '/' || commune END || ' ' || code, name FROM office"
    ) { ($0[0] as String, $0[1] as String) }
    expect(Dictionary(uniqueKeysWithValues: kept) == offices, "the offices are not what was said")
  }
}
