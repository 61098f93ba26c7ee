import FoundationEssentials
import Schema

/// Thư: what an office is told at one time over one channel. Its id is the same for every attempt, so that a receiver
/// that has it knows the next one.
struct Letter: Codable, Sendable {
  struct Item: Codable, Sendable {
    var notice: Notice.ID
    /// The same for every repetition; of what is said once, the notice's own.
    var fingerprint: UUIDv7
    var rule: Notice.Rule
    var severity: Notice.Severity
    var subject: String?
    var time: Timestamp
    var text: Text

    /// Personal numbers, telephones and pictures are masked in what leaves, over whatever channel.
    init(
      notice: Notice.ID, fingerprint: UUIDv7, rule: Notice.Rule, severity: Notice.Severity, subject: String?,
      time: Timestamp, text: Text
    ) {
      self.notice = notice
      self.fingerprint = fingerprint
      self.rule = rule
      self.severity = severity
      self.subject = subject.map(PersonalData.masked)
      self.time = time
      self.text = PersonalData.masked(text)
    }
  }

  var id: LetterSummary.ID
  var unit: Unit
  var office: Office
  /// The morning's, or what could not wait for one.
  var isDigest: Bool
  var day: Day
  var notices: [Item]

  /// What webhooks and commands get.
  var json: Data { Codec.encode(self) }
}

/// A letter and where it goes.
struct Envelope: Sendable {
  var letter: Letter
  var channel: Notice.Channel
  /// A mail address, or the name of a webhook or command.
  var address: String
  var language: Language
  /// Attempts before this one.
  var attempts: Int
  /// All that the letter held when it was read, said or not.
  var enclosed: Set<Notice.ID>
}

/// Which notices go out at a moment. No I/O.
struct Mailbag {
  let now: Timestamp
  let book: RuleBook
  let isWorkingDay: Bool

  /// True from the time of the digest on.
  var isMorning: Bool { isWorkingDay && now.clock >= book.digest }

  /// What does not wait for the next morning.
  func goesAtOnce(_ rule: Notice.Rule) -> Bool {
    let entry = book[rule]
    return entry.severity == .critical || entry.isUrgent && isWorkingDay && book.officeHours.contains(now.clock)
  }
}

extension Timestamp {
  /// Minutes since midnight in Viet Nam.
  var clock: RuleBook.Clock {
    let minutes = milliseconds / 60_000 + 7 * 60
    return Int(minutes - (minutes >= 0 ? minutes : minutes - 1439) / 1440 * 1440)
  }
}
