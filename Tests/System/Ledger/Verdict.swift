import Schema

/// What was sent to a service against what it kept. All but `recovered` must be empty.
struct Verdict: Hashable, CustomStringConvertible {
  /// Acknowledged, and not there as it was acknowledged.
  var lost: Set<UUIDv7> = []
  /// There, and never sent, or refused with the word that nothing was done.
  var unexpected: Set<UUIDv7> = []
  /// There more than once.
  var doubled: Set<UUIDv7> = []
  /// There in part.
  var torn: Set<UUIDv7> = []
  /// Of one thing, kept in another order than it was sent and acknowledged in.
  var disordered: Set<String> = []
  /// Not known to the sender, and there.
  var recovered: Set<UUIDv7> = []

  init(_ sent: [Entry], _ found: Found) {
    for entry in sent { judge(entry, found) }
    let keys = Set(sent.map(\.key))
    unexpected.formUnion(Set(found.effects.keys).subtracting(keys))
    unexpected.formUnion(Set(found.records.keys).subtracting(keys))
    unexpected.formUnion(Set(found.runs.keys).subtracting(keys))
    doubled.formUnion(found.runs.filter { $0.value > 1 }.keys)

    var orders: [String: [UUIDv7]] = [:]
    for entry in sent where entry.outcome == .ok { entry.subject.map { orders[$0, default: []].append(entry.key) } }
    for (subject, keys) in orders {
      let acknowledged = Set(keys)
      if found.order[subject, default: []].filter(acknowledged.contains) != keys { disordered.insert(subject) }
    }
  }

  private mutating func judge(_ entry: Entry, _ found: Found) {
    let (key, record) = (entry.key, found.records[entry.key])
    let (count, due) = (found.effects[key] ?? 0, entry.due(record))
    if count > due { doubled.insert(key) }
    if count > 0, count < due { torn.insert(key) }
    if count == 0, due > 0 { lost.insert(key) }
    switch entry.outcome {
    case .ok:
      if record != .ok { lost.insert(key) }
    case .refused(let status) where status.isTransient:
      if count > 0 || record != nil { unexpected.insert(key) }
    case .refused(let status):
      if record != status { lost.insert(key) }
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

  /// What is wrong, by key: what to look for in the stores.
  var faults: String {
    let keys = [("lost", lost), ("unexpected", unexpected), ("doubled", doubled), ("torn", torn)]
    return (keys.map { "\($0): \($1.map(\.description).sorted())" } + ["disordered: \(disordered.sorted())"])
      .joined(separator: "; ")
  }
}
