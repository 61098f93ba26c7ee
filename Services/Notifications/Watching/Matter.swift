import Schema

/// Việc theo dõi: what offices have to do or to know of until it is settled, as events have told of it.
struct Matter: Hashable, Sendable {
  typealias ID = Identifier<Matter>

  enum Topic: String, Hashable, Sendable {
    case task
    case returned
    case deadline
    case refusal
    case lag
    case basis
    case drop
    case report
    case subplan
    /// What several communes have not sent to their province: found when it is looked for, never kept.
    case reports
    case subplans
    case review
    case risk
    case request

    /// Which rules look at it.
    var rules: [Notice.Rule] {
      switch self {
      case .task: [.taskDueSoon, .taskOverdue, .taskUndated]
      case .returned: [.taskReturned]
      case .deadline: [.deadlineStarted]
      case .refusal: [.ledgerRefusal]
      case .lag: [.disbursementLag]
      case .basis: [.legalBasisChanged]
      case .drop: [.countDrop]
      case .report: [.reportOpen, .reportDueSoon, .reportMissing]
      case .subplan: [.subplanAsked, .subplanDueSoon, .subplanMissing]
      case .reports: [.reportsLate]
      case .subplans: [.subplansLate]
      case .review: [.submissionReturned]
      case .risk: [.targetAtRisk]
      case .request: [.dataRequestDue]
      }
    }
  }

  /// What is told by its own day goes on as it began, whatever is said of it; anything else that happens again is another
  /// alarm, with what is true now: who took note of the one before has not taken note of it.
  var beginsAnew: Bool {
    switch topic {
    case .task, .report, .reports, .subplans, .request: false
    case .subplan, .returned, .deadline, .refusal, .lag, .basis, .drop, .review, .risk: true
    }
  }

  /// What does not decide whether it is open.
  struct Content: Codable, Hashable, Sendable {
    var leads: [Office.Code] = []
    var coordinating: [Office.Code] = []
    /// Several where several offices' people speak for the focal office.
    var focal: [Office.Code] = []
    /// The province that asked a commune for it.
    var asker: Unit?
    /// What it touches besides its subject, such as `target/<id>`: what is hushed with it.
    var tags: [String] = []
    /// By the names that texts use.
    var facts: [String: String] = [:]
    /// Those that are not the same in every language.
    var words: [String: Text]?

    func values(in language: Language) -> [String: Template.Value] {
      facts.merging(words?.mapValues { $0(language) } ?? [:]) { _, word in word }.mapValues { .text($0) }
    }
  }

  var id: ID
  var topic: Topic
  /// `task/<id>`
  var subject: String
  var unit: Unit
  /// When it began, or was last said to be so.
  var since: Day
  var due: Day?
  /// False for a task of which no day was ever known.
  var isDated: Bool
  /// The event that opened it.
  var cause: UUIDv7
  var content: Content
}

/// What a rule finds to be so for one office on a day.
struct Alarm: Hashable, Sendable {
  typealias Fingerprint = Identifier<Alarm>

  /// The same for every repetition.
  var fingerprint: Fingerprint
  var rule: Notice.Rule
  var matter: Matter
  var office: Office.Code
  var stage: RuleBook.Stage
  /// The day from which on it is said.
  var since: Day
}

/// Who of a unit can be told something.
struct Addressees: Hashable, Sendable {
  /// Offices of the unit itself, with what each is called. No villages, schools, stations: the focal office enters for them.
  var offices: [Office.Code: String]
  var focal: Set<Office.Code>

  /// Reminders go to the unit's own offices; never to the Party committee, the People's Council, the Front, or any body
  /// that is not the commune's to remind. What such a body leads, the focal office chases.
  func reachable(_ codes: [Office.Code], focal named: [Office.Code]) -> Set<Office.Code> {
    let own = codes.filter { code in offices[code].map { !Self.isOutside($0) } ?? false }
    return own.count == codes.count ? Set(own) : Set(own).union(focalOffices(named))
  }

  /// What nobody leads is the focal office's.
  func leads(_ codes: [Office.Code], focal named: [Office.Code]) -> Set<Office.Code> {
    codes.isEmpty ? focalOffices(named) : reachable(codes, focal: named)
  }

  /// The plan's focal office, else those whose people speak for one.
  func focalOffices(_ named: [Office.Code]) -> Set<Office.Code> {
    named.isEmpty ? focal : Set(named)
  }

  private static func isOutside(_ name: String) -> Bool {
    let name = name.folded
    return outside.contains { name.hasPrefix($0) }
  }

  private static let outside = [
    "dang uy", "van phong dang uy", "thuong truc dang uy", "ban xay dung dang", "ban tuyen giao", "hdnd",
    "hoi dong nhan dan", "thuong truc hdnd", "thuong truc hoi dong nhan dan", "mat tran", "mttq", "uy ban mat tran",
    "uy ban mttq",
  ]
}
