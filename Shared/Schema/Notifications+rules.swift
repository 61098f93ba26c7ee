extension Notice {
  /// Why an office is told something. The set is fixed; its days, recipients and texts are an operator's data.
  public enum Rule: String, Codable, Hashable, Sendable, CaseIterable {
    /// Something happened; said once.
    case news
    /// Who may come in has changed.
    case accountChanged = "account-changed"
    case taskDueSoon = "task-due-soon"
    case taskOverdue = "task-overdue"
    /// Chưa có hạn: the focal office is asked to set a day.
    case taskUndated = "task-undated"
    case taskReturned = "task-returned"
    /// A report's form opened.
    case reportOpen = "report-open"
    case reportDueSoon = "report-due-soon"
    /// It was due, and is not sent.
    case reportMissing = "report-missing"
    /// A plan is to carry another one out.
    case subplanAsked = "subplan-asked"
    case subplanDueSoon = "subplan-due-soon"
    /// It was due, and is not issued.
    case subplanMissing = "subplan-missing"
    /// Communes have not sent what their province asks for: one line for a regime and a period.
    case reportsLate = "reports-late"
    /// Communes have no plan that carries out their province's: one line for that plan.
    case subplansLate = "subplans-late"
    /// Who receives a report asked to look at some of it again.
    case submissionReturned = "submission-returned"
    /// The course of an indicator misses its target.
    case targetAtRisk = "target-at-risk"
    /// What somebody asks about their own data has to be acknowledged or answered by a day.
    case dataRequestDue = "data-request-due"
    /// A document came with which a task's time begins.
    case deadlineStarted = "deadline-started"
    /// A document that a plan cites is in force no more.
    case legalBasisChanged = "legal-basis-changed"
    /// Money was asked for that is not there.
    case ledgerRefusal = "ledger-refusal"
    /// Money is spent more slowly than its year goes by.
    case disbursementLag = "disbursement-lag"
    /// The share of activated accounts of a village fell against the month before.
    case countDrop = "count-drop"
  }

  public enum Severity: String, Codable, Hashable, Sendable, CaseIterable {
    case info
    case warning
    /// Goes out at any hour, and nobody can mute it.
    case critical
  }

  /// How a notice gets to an office besides its inbox.
  public enum Channel: String, Codable, Hashable, Sendable, CaseIterable {
    case mail
    case webhook
    /// A program of the province's own, such as one for Zalo or for text messages.
    case command
  }
}

extension Office.Code {
  /// The inboxes of leaders, who belong to no office: phó chủ tịch phụ trách, chủ tịch.
  public static let viceChair: Office.Code = "pho-chu-tich"
  public static let chair: Office.Code = "chu-tich"
}

/// Im lặng: until a day, what matches is not said. Nothing critical matches.
public struct Silence: Body, Codable, Hashable {
  public typealias ID = Identifier<Silence>

  public var id: ID
  /// Nil matches every rule.
  public var rule: Open<Notice.Rule>?
  /// What it is about, such as `task/<id>`; nil matches everything.
  public var subject: String?
  /// Nil matches every office of the unit.
  public var office: Office.Code?
  /// The last day on which it holds.
  public var until: Day
  public var reason: String
  /// The document by which a time was extended.
  public var document: DocumentNumber?
  public var account: Caller.Account
  public var time: Timestamp
  /// When it was taken back before its end.
  public var lifted: Timestamp?

  public init(
    id: ID, rule: Open<Notice.Rule>?, subject: String?, office: Office.Code?, until: Day, reason: String,
    document: DocumentNumber?, account: Caller.Account, time: Timestamp, lifted: Timestamp? = nil
  ) {
    self.id = id
    self.rule = rule
    self.subject = subject
    self.office = office
    self.until = until
    self.reason = reason
    self.document = document
    self.account = account
    self.time = time
    self.lifted = lifted
  }
}

/// Thư: what goes to one address at one time, with one notice or a morning's.
public struct LetterSummary: Body, Codable, Hashable {
  public typealias ID = Identifier<LetterSummary>

  public enum State: String, Codable, Hashable, Sendable, CaseIterable {
    /// Waits for its first or next attempt.
    case pending
    case delivered
    /// Given up after its last attempt; it may be tried again.
    case dead
    /// All that it would have said was settled or silenced before it went.
    case withdrawn
  }

  public var id: ID
  public var office: Office.Code
  public var channel: Open<Notice.Channel>
  /// An address, or the name of the webhook or command.
  public var address: String
  public var state: Open<State>
  public var attempts: Int
  /// When the next attempt is due; nil when none is.
  public var next: Timestamp?
  /// What the last attempt came to, in the receiver's words; nil before the first.
  public var outcome: String?
  public var notices: Int
  public var time: Timestamp

  public init(
    id: ID, office: Office.Code, channel: Notice.Channel, address: String, state: State, attempts: Int,
    next: Timestamp?, outcome: String?, notices: Int, time: Timestamp
  ) {
    self.id = id
    self.office = office
    self.channel = Open(channel)
    self.address = address
    self.state = Open(state)
    self.attempts = attempts
    self.next = next
    self.outcome = outcome
    self.notices = notices
    self.time = time
  }
}

/// Where an office gets its mail, and in which language.
public struct OfficeAddress: Body, Codable, Hashable {
  public var office: Office.Code
  public var mail: MailAddress
  /// `vi` or `en`
  public var language: Open<Language>
  /// False while the operator has set up no mail server: nothing is sent, and inboxes say all the same.
  public var isServed: Bool?

  public init(
    office: Office.Code, mail: MailAddress, language: Language = .vietnamese, isServed: Bool? = nil
  ) {
    self.office = office
    self.mail = mail
    self.language = Open(language)
    self.isServed = isServed
  }
}

/// An e-mail address in ASCII: no blank, no control character, no angle bracket, one `@`; so it cannot end a header or
/// a command of SMTP (RFC 5321, section 4.1.2, without quoted local parts).
public struct MailAddress: Hashable, Sendable, CodedAsText, ExpressibleByStringLiteral {
  public let description: String

  public init?(_ description: String) {
    let parts = description.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard description.utf8.count <= 254, parts.count == 2, (1...64).contains(parts[0].count),
      parts[0].allSatisfy({ Self.isAlphanumeric($0) || "!#$%&'*+-/=?^_`{|}~.".utf8.contains($0) }),
      parts[0].first != UInt8(ascii: "-"), !description.contains(".."), parts[0].first != UInt8(ascii: "."),
      parts[0].last != UInt8(ascii: ".")
    else { return nil }
    let labels = parts[1].split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard
      labels.allSatisfy({ label in
        (1...63).contains(label.count) && label.allSatisfy { Self.isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
          && label.first != UInt8(ascii: "-") && label.last != UInt8(ascii: "-")
      })
    else { return nil }
    self.description = description
  }

  public init(stringLiteral value: String) {
    guard let address = MailAddress(value) else { preconditionFailure("not an address: \(value)") }
    self = address
  }

  private static func isAlphanumeric(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}
