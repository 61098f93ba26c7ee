/// How far a store had come when this was last written beside it: a store that is behind its mark is an older copy.
struct Mark: Hashable, Sendable {
  /// How often the store was opened.
  var boots: Int64
  /// The last sequence of its outbox.
  var head: Int64
  /// The last row of its audit.
  var audits: Int64
  /// The seal of the lock beside it: a copy put in its place has another one.
  var seal: Int64
}

extension Mark {
  func risen(to head: Int64) -> Mark {
    var mark = self
    mark.head = head
    return mark
  }
}

extension Mark: LosslessStringConvertible {
  var description: String { "\(boots) \(head) \(audits) \(seal)" }

  init?(_ description: String) {
    let numbers = description.split(separator: " ").map { Int64($0) }
    guard numbers.count == 4, let boots = numbers[0], let head = numbers[1], let audits = numbers[2],
      let seal = numbers[3]
    else { return nil }
    self.init(boots: boots, head: head, audits: audits, seal: seal)
  }
}
