public import Schema

/// A plan travels in parts: its head first, then its rows, tasks before targets.
extension PlanDocument {
  public var counts: RowCounts { RowCounts(tasks: tasks.count, targets: targets.count) }

  /// The request that begins the plan.
  public var draft: DraftPlan { DraftPlan(head: head, expected: counts) }

  /// Its rows as `DraftRows` takes them, in the order of the document.
  public var parts: [PlanPart] {
    var parts: [PlanPart] = []
    var part = PlanPart()
    var bytes = 0
    for row in tasks.map(Row.task) + targets.map(Row.target) {
      let size = row.size
      if part.count == Self.rowsInAPart || bytes + size > Self.bytesInAPart {
        parts.append(part)
        part = PlanPart()
        bytes = 0
      }
      switch row {
      case .task(let task): part.tasks.append(task)
      case .target(let target): part.targets.append(target)
      }
      bytes += size
    }
    return part.count == 0 ? parts : parts + [part]
  }

  static let rowsInAPart = 100
  /// Below the 240 KiB that a request may have. One row is far smaller: see `Fields.longestText`.
  static let bytesInAPart = 200 * 1024

  private enum Row {
    case task(TaskRow)
    case target(TargetRow)

    var size: Int {
      switch self {
      case .task(let row): Codec.encode(row).count
      case .target(let row): Codec.encode(row).count
      }
    }
  }
}
