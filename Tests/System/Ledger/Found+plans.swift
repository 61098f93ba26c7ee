import FoundationEssentials
import GRDB
import Schema

extension Found {
  /// Plans and tasks against what was said of them: titles, names and notes are keys.
  mutating func readPlans(_ store: StoreFile, _ outbox: Outbox) throws {
    let names = try store.texts("SELECT title FROM plan UNION ALL SELECT json_extract(body, '$.name') FROM task")
    for name in names { count(name) }
    // Each part of rows is one command, and all its tasks have its key for a name.
    let plans = try store.texts(
      """
      SELECT hex(id) FROM plan WHERE version <> 1
        + CASE status WHEN 'draft' THEN 0 WHEN 'in-review' THEN 1 WHEN 'approved' THEN 2 WHEN 'issued' THEN 3 ELSE 4 END
        + (SELECT COUNT(DISTINCT json_extract(body, '$.name')) FROM task WHERE plan = plan.id)
        OR tasks <> (SELECT COUNT(*) FROM task WHERE plan = plan.id)
      """)
    inconsistent += plans.map { "plan \($0)" }

    var progress: [PlanTask.ID: [TaskProgressed]] = [:]
    for event in try outbox.all(TaskProgressed.self) {
      expect(event.data.note == event.correlationid?.description, "event \(event.sequence)")
      progress[event.data.task, default: []].append(event.data)
    }
    let tasks = try store.rows("SELECT id, version, percent, note FROM task") { row in
      (PlanTask.ID(try row.id(0)), row[1] as Int, row[2] as Int, row[3] as String?)
    }
    for (id, version, percent, note) in tasks {
      let said = progress[id, default: []]
      expect(
        version == 1 + said.count && percent == said.last?.percent ?? 0 && note == said.last?.note, "task \(id)")
    }
  }
}
