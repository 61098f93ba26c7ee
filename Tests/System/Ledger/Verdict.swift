import Schema

/// What was sent against what was kept. All but `recovered` must be empty.
struct Verdict: Hashable, CustomStringConvertible {
  /// Acknowledged, and not there as it was acknowledged.
  var lost: Set<UUIDv7> = []
  /// There, and never sent, or refused with the word that nothing was done.
  var unexpected: Set<UUIDv7> = []
  /// There more than once.
  var doubled: Set<UUIDv7> = []
  /// There in part.
  var torn: Set<UUIDv7> = []
  /// Of one task, kept in another order than it was sent and acknowledged in.
  var disordered: Set<PlanTask.ID> = []
  /// Not known to the sender, and there.
  var recovered: Set<UUIDv7> = []

  init(_ sent: [Entry], _ found: Found) {
    for entry in sent { judge(entry, found) }
    let keys = Set(sent.map(\.key))
    unexpected.formUnion(Set(found.effects.keys).subtracting(keys))
    unexpected.formUnion(Set(found.records.keys).subtracting(keys))
    doubled.formUnion(found.runs.filter { $0.value > 1 }.keys)

    var orders: [PlanTask.ID: [UUIDv7]] = [:]
    for entry in sent where entry.outcome == .ok { entry.task.map { orders[$0, default: []].append(entry.key) } }
    for (task, keys) in orders {
      let acknowledged = Set(keys)
      if found.order[task, default: []].filter(acknowledged.contains) != keys { disordered.insert(task) }
    }
  }

  private mutating func judge(_ entry: Entry, _ found: Found) {
    let (key, count) = (entry.key, found.effects[entry.key] ?? 0)
    if count > entry.effects { doubled.insert(key) }
    if count > 0, count < entry.effects { torn.insert(key) }
    switch entry.outcome {
    case .ok:
      if count == 0 || found.records[key] != .ok { lost.insert(key) }
    case .refused(let status):
      if count > 0 { unexpected.insert(key) }
      if !status.isTransient, found.records[key] != status { lost.insert(key) }
    case .unknown:
      if count > 0 { recovered.insert(key) }
    }
  }

  var isClean: Bool {
    lost.isEmpty && unexpected.isEmpty && doubled.isEmpty && torn.isEmpty && disordered.isEmpty
  }

  var description: String {
    "lost \(lost.count), unexpected \(unexpected.count), doubled \(doubled.count), torn \(torn.count), "
      + "disordered \(disordered.count), recovered \(recovered.count)"
  }
}
