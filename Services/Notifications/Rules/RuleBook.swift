import Schema

/// The parameters of the fixed set of rules: days, recipients, hours and words, as an operator's file gives them.
struct RuleBook: Codable, Hashable, Sendable {
  /// A time of day, in minutes since midnight in Viet Nam.
  typealias Clock = Int

  /// Whom a stage tells.
  enum Desk: String, Codable, Hashable, CaseIterable {
    case lead
    case coordinating
    case focal
    case viceChair = "vice-chair"
    case chair
    /// The vice chair, where the lead is the focal office itself: nobody else would chase it.
    case viceChairForFocal = "vice-chair-for-focal"
  }

  /// From a day on, somebody is told.
  struct Stage: Codable, Hashable {
    enum Count: String, Codable, Hashable { case working, days }

    /// Days after the due day, before it when negative; of what has none, after the day on which it began.
    var offset: Int
    var count: Count
    var to: Set<Desk>
    /// Working days after which it is said again; nil for once.
    var interval: Int?
    /// Not said where somebody took note of what an earlier stage said.
    var unlessAcknowledged: Bool
  }

  struct Entry: Codable, Hashable {
    var severity: Notice.Severity
    var isUrgent: Bool
    var stages: [Stage]
    var hushes: Set<Notice.Rule>
    var text: Text?
    /// Said when it is settled; nil where nothing is.
    var ended: Text?
  }

  var officeHours: Range<Clock>
  var digest: Clock
  /// Working days.
  var snooze: Int
  var attempts: Int
  /// Minutes.
  var longestWait: Int
  private(set) var entries: [String: Entry]

  init(
    officeHours: Range<Clock>, digest: Clock, snooze: Int, attempts: Int, longestWait: Int,
    entries: [Notice.Rule: Entry]
  ) {
    self.officeHours = officeHours
    self.digest = digest
    self.snooze = snooze
    self.attempts = attempts
    self.longestWait = longestWait
    self.entries = Dictionary(uniqueKeysWithValues: entries.map { ($0.rawValue, $1) })
  }

  /// A rule that a book of an earlier version does not have is news.
  subscript(rule: Notice.Rule) -> Entry {
    entries[rule.rawValue]
      ?? Entry(severity: .info, isUrgent: false, stages: [], hushes: [], text: nil, ended: nil)
  }
}

/// What is wrong in a file of rules, channels or texts; the message says where and what to do.
struct DataFault: Error, Hashable, CustomStringConvertible {
  var file: String
  var line: Int
  var reason: String

  var description: String { "\(file):\(line): \(reason)" }
}
