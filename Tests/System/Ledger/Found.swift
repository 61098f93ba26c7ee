import FoundationEssentials
import GRDB
import Schema

/// What the plans service has kept, by the keys of the commands that it came from.
struct Found: Sendable {
  /// Rows and events that carry the key: a plan's title, its tasks' names, events caused by it.
  var effects: [UUIDv7: Int] = [:]
  /// The outcome that is remembered.
  var records: [UUIDv7: Status] = [:]
  /// How often the audit says that it was done.
  var runs: [UUIDv7: Int] = [:]
  /// Of each task, the keys of its progress in the order of the outbox.
  var order: [PlanTask.ID: [UUIDv7]] = [:]
  /// Plans and tasks whose version, or figure, is not what their events and rows make it.
  var inconsistent: [String] = []
  /// Where the outbox does not go on by one.
  var gaps: [Int64] = []
  var events = 0
}

extension Found {
  init(in store: StoreFile) throws {
    try readRows(store)
    try readOutbox(store)
    for (key, status) in try store.rows("SELECT key, status FROM command_record", { (try $0.id(0), $0[1] as Int) }) {
      records[key] = Status(rawValue: UInt16(status))
    }
    let done = try store.ids("SELECT key FROM audit WHERE status = 200 AND key IS NOT NULL")
    for key in done { runs[key, default: 0] += 1 }
  }

  private mutating func readRows(_ store: StoreFile) throws {
    let names = try store.texts("SELECT title FROM plan UNION ALL SELECT json_extract(body, '$.name') FROM task")
    for name in names { UUIDv7(name).map { effects[$0, default: 0] += 1 } }
    // Each part of rows is one command, and all its tasks have its key for a name.
    inconsistent += try store.texts(
      """
      SELECT hex(id) FROM plan WHERE version <> 1 + (status = 'issued')
        + (SELECT COUNT(DISTINCT json_extract(body, '$.name')) FROM task WHERE plan = plan.id)
        OR tasks <> (SELECT COUNT(*) FROM task WHERE plan = plan.id)
      """)
  }

  private mutating func readOutbox(_ store: StoreFile) throws {
    var progress: [PlanTask.ID: (count: Int, last: TaskProgressed)] = [:]
    let rows = try store.rows("SELECT seq, event FROM outbox ORDER BY seq") { ($0[0] as Int64, $0[1] as Data) }
    for (sequence, json) in rows {
      events += 1
      if sequence != Int64(events) { gaps.append(sequence) }
      let event = try Codec.decode(CloudEvent<Unread>.self, from: json)
      if Int64(event.sequence) != sequence { gaps.append(sequence) }
      guard let key = event.correlationid else { continue }
      effects[key, default: 0] += 1
      guard event.type == TaskProgressed.type else { continue }
      let progressed = try Codec.decode(CloudEvent<TaskProgressed>.self, from: json).data
      if progressed.note != "\(key)" { inconsistent.append("event \(sequence)") }
      order[progressed.task, default: []].append(key)
      progress[progressed.task] = ((progress[progressed.task]?.count ?? 0) + 1, progressed)
    }
    let tasks = try store.rows("SELECT id, version, percent, note FROM task") { row in
      (PlanTask.ID(try row.id(0)), row[1] as Int, row[2] as Int, row[3] as String?)
    }
    for (id, version, percent, note) in tasks {
      let (count, last) = progress[id].map { ($0.count, $0.last as TaskProgressed?) } ?? (0, nil)
      if version != 1 + count || percent != last?.percent ?? 0 || note != last?.note { inconsistent.append("\(id)") }
    }
  }
}
