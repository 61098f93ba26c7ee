/// Says that the office has taken note: what the notice tells of is not repeated to it. What is critical goes on.
public struct AcknowledgeNotice: Command, Hashable {
  public typealias Reply = NoticeSummary
  public static let method: Method = "notifications.ack"
  public static let access: Access = ReadInbox.access

  public var notice: Notice.ID
  public var note: String?

  public init(notice: Notice.ID, note: String? = nil) {
    self.notice = notice
    self.note = note
  }
}

/// Puts a notice off: what it tells of is not repeated to the office before that day.
public struct SnoozeNotice: Command, Hashable {
  public typealias Reply = NoticeSummary
  public static let method: Method = "notifications.snooze"
  public static let access: Access = ReadInbox.access

  public var notice: Notice.ID
  public var until: Day

  public init(notice: Notice.ID, until: Day) {
    self.notice = notice
    self.until = until
  }
}

/// Keeps the unit's offices from being told something, until a day and for a reason.
public struct SilenceNotices: Command, Hashable {
  public typealias Reply = Silence
  public static let method: Method = "notifications.silence"
  public static let access: Access = .write(by: .focal, .approver, .province)

  public var rule: Open<Notice.Rule>?
  public var subject: String?
  public var office: Office.Code?
  /// The last day on which it holds.
  public var until: Day
  public var reason: String
  /// The document by which a time was extended.
  public var document: DocumentNumber?

  public init(
    rule: Notice.Rule? = nil, subject: String? = nil, office: Office.Code? = nil, until: Day, reason: String,
    document: DocumentNumber? = nil
  ) {
    self.rule = rule.map(Open.init)
    self.subject = subject
    self.office = office
    self.until = until
    self.reason = reason
    self.document = document
  }
}

/// Takes a silence back before its end.
public struct LiftSilence: Command, Hashable {
  public typealias Reply = Silence
  public static let method: Method = "notifications.silence.lift"
  public static let access: Access = SilenceNotices.access

  public var silence: Silence.ID

  public init(silence: Silence.ID) { self.silence = silence }
}

/// The unit's silences, the latest first.
public struct ListSilences: Query, Hashable {
  public typealias Reply = Page<Silence>
  public static let method: Method = "notifications.silences"
  public static let access: Access = ReadInbox.access

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// What became of a notice: why it was made, and which letters took it where.
public struct TraceNotice: Query, Hashable {
  public typealias Reply = NoticeTrace
  public static let method: Method = "notifications.trace"
  public static let access: Access = ReadInbox.access

  public var notice: Notice.ID

  public init(notice: Notice.ID) { self.notice = notice }
}

/// What became of a notice.
public struct NoticeTrace: Body, Codable, Hashable {
  public struct Attempt: Codable, Hashable, Sendable {
    public var letter: LetterSummary.ID
    public var number: Int
    public var time: Timestamp
    /// `delivered`, or why not.
    public var outcome: String

    public init(letter: LetterSummary.ID, number: Int, time: Timestamp, outcome: String) {
      self.letter = letter
      self.number = number
      self.time = time
      self.outcome = outcome
    }
  }

  public var notice: NoticeSummary
  /// What it is about, such as `task/<id>`.
  public var subject: String?
  /// The event that caused it; of what time has brought about, the one that opened the matter.
  public var cause: UUIDv7?
  /// The same for all that is said of one matter to one office: a receiver that has seen it knows the repetition.
  public var fingerprint: UUIDv7?
  /// How often the office has been told, this time included.
  public var times: Int
  public var acknowledgedBy: Caller.Account?
  public var note: String?
  public var snoozedUntil: Day?
  /// The day on which what it tells of was settled.
  public var settled: Day?
  public var letters: [LetterSummary]
  public var attempts: [Attempt]

  public init(
    notice: NoticeSummary, subject: String?, cause: UUIDv7?, fingerprint: UUIDv7?, times: Int,
    acknowledgedBy: Caller.Account?, note: String?, snoozedUntil: Day?, settled: Day?, letters: [LetterSummary],
    attempts: [Attempt]
  ) {
    self.notice = notice
    self.subject = subject
    self.cause = cause
    self.fingerprint = fingerprint
    self.times = times
    self.acknowledgedBy = acknowledgedBy
    self.note = note
    self.snoozedUntil = snoozedUntil
    self.settled = settled
    self.letters = letters
    self.attempts = attempts
  }
}

/// The unit's letters, the latest first.
public struct ListLetters: Query, Hashable {
  public typealias Reply = Page<LetterSummary>
  public static let method: Method = "notifications.letters"
  public static let access: Access = .own(by: [.focal, .approver, .province])

  public var state: Open<LetterSummary.State>?
  public var after: String?

  public init(state: LetterSummary.State? = nil, after: String? = nil) {
    self.state = state.map(Open.init)
    self.after = after
  }
}

/// Tries a letter again that was given up.
public struct RetryLetter: Command, Hashable {
  public typealias Reply = LetterSummary
  public static let method: Method = "notifications.retry"
  public static let access: Access = .write(by: .focal, .approver, .province)

  public var letter: LetterSummary.ID

  public init(letter: LetterSummary.ID) { self.letter = letter }
}

/// Says where an office gets its mail; without an address, that it gets none any more.
public struct KeepAddress: Command, Hashable {
  public typealias Reply = Done
  public static let method: Method = "notifications.address"
  public static let access: Access = .write(by: .focal, .province)

  public var office: Office.Code
  public var mail: MailAddress?
  /// Vietnamese when nil.
  public var language: Open<Language>?

  public init(office: Office.Code, mail: MailAddress?, language: Language? = nil) {
    self.office = office
    self.mail = mail
    self.language = language.map(Open.init)
  }
}

/// Where the unit's offices get their mail.
public struct ListAddresses: Query, Hashable {
  public typealias Reply = Page<OfficeAddress>
  public static let method: Method = "notifications.addresses"
  public static let access: Access = ListLetters.access

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// What would be said of what is open now, if it stayed so until that day. Nothing is sent.
public struct ForeseeNotices: Query, Hashable {
  public typealias Reply = Page<Foreseen>
  public static let method: Method = "notifications.outlook"
  public static let access: Access = ListLetters.access

  public var day: Day
  public var after: String?

  public init(day: Day, after: String? = nil) {
    self.day = day
    self.after = after
  }
}

/// What an office would be told on a day.
public struct Foreseen: Codable, Hashable, Sendable {
  public var rule: Open<Notice.Rule>
  public var severity: Open<Notice.Severity>
  public var office: Office.Code
  public var subject: String
  /// The day on which it began to be so.
  public var since: Day
  public var text: Text

  public init(
    rule: Notice.Rule, severity: Notice.Severity, office: Office.Code, subject: String, since: Day, text: Text
  ) {
    self.rule = Open(rule)
    self.severity = Open(severity)
    self.office = office
    self.subject = subject
    self.since = since
    self.text = text
  }
}
