/// How far a store had come when this was last written beside it: a store that is behind its mark is an older copy.
struct Mark: Hashable, Sendable {
  /// How often the store was opened.
  var boots: Int64
  /// The last sequence of its outbox.
  var head: Int64
  /// The last row of its audit.
  var audits: Int64
}

extension Mark: LosslessStringConvertible {
  var description: String { "\(boots) \(head) \(audits)" }

  init?(_ description: String) {
    let numbers = description.split(separator: " ").map { Int64($0) }
    guard numbers.count == 3, let boots = numbers[0], let head = numbers[1], let audits = numbers[2] else { return nil }
    self.init(boots: boots, head: head, audits: audits)
  }
}
