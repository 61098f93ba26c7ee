/// What somebody asks about their own data (articles 4 and 10 to 14 of Law 91/2025/QH15), and by when it has to be
/// answered (Decree 356/2025/NĐ-CP): acknowledged within 2 working days, answered within 10, 15 or 20 days, once more as
/// long where that was said.
public enum SubjectRequest {
  public typealias ID = Identifier<SubjectRequest>

  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Xem
    case view
    /// Chỉnh sửa
    case correct
    /// Cung cấp bản sao
    case copy
    /// Rút lại sự đồng ý
    case withdraw
    /// Hạn chế xử lý
    case restrict
    /// Phản đối
    case object
    /// Xóa
    case erase

    /// Days from the one on which it was received.
    public var days: Int {
      switch self {
      case .view, .correct, .copy: 10
      case .withdraw, .restrict, .object: 15
      case .erase: 20
      }
    }
  }
}

/// Records that somebody asked.
public struct OpenSubjectRequest: Command, Hashable {
  public typealias Reply = SubjectRequestSummary
  public static let method: Method = "identity.subject.open"
  public static let access: Access = .write(by: .clerk, .focal, .police)

  public var kind: Open<SubjectRequest.Kind>
  public var received: Day
  /// Whose record it is about, where the register has one.
  public var person: Person.Reference?

  public init(kind: Open<SubjectRequest.Kind>, received: Day, person: Person.Reference? = nil) {
    self.kind = kind
    self.received = received
    self.person = person
  }
}

/// Records that whoever asked was told that it came.
public struct AcknowledgeSubjectRequest: Command, Hashable {
  public typealias Reply = SubjectRequestSummary
  public static let method: Method = "identity.subject.acknowledge"
  public static let access: Access = .write(by: .clerk, .focal, .police)

  public var request: SubjectRequest.ID
  public var on: Day

  public init(request: SubjectRequest.ID, on: Day) {
    self.request = request
    self.on = on
  }
}

/// Takes the time once more, for a reason that whoever asked is told.
public struct ExtendSubjectRequest: Command, Hashable {
  public typealias Reply = SubjectRequestSummary
  public static let method: Method = "identity.subject.extend"
  public static let access: Access = .write(by: .approver)

  public var request: SubjectRequest.ID
  public var reason: String

  public init(request: SubjectRequest.ID, reason: String) {
    self.request = request
    self.reason = reason
  }
}

/// Records what was answered, by which document.
public struct AnswerSubjectRequest: Command, Hashable {
  public typealias Reply = SubjectRequestSummary
  public static let method: Method = "identity.subject.answer"
  public static let access: Access = .write(by: .clerk, .focal, .police)

  public var request: SubjectRequest.ID
  public var document: DocumentNumber
  public var on: Day
  public var granted: Bool

  public init(request: SubjectRequest.ID, document: DocumentNumber, on: Day, granted: Bool) {
    self.request = request
    self.document = document
    self.on = on
    self.granted = granted
  }
}

/// The requests of a commune, newest first.
public struct ListSubjectRequests: Query, Hashable {
  public typealias Reply = Page<SubjectRequestSummary>
  public static let method: Method = "identity.subject.list"
  public static let access: Access = .own(by: [.clerk, .focal, .police, .approver, .auditor])

  public var after: String?

  public init(after: String? = nil) { self.after = after }
}

/// A request with its clocks.
public struct SubjectRequestSummary: Body, Codable, Hashable {
  public var id: SubjectRequest.ID
  public var kind: Open<SubjectRequest.Kind>
  public var received: Day
  public var person: Person.Reference?
  public var acknowledgeBy: Day
  public var acknowledged: Day?
  /// The last day for the answer.
  public var due: Day
  /// Why it took longer.
  public var extended: String?
  public var answered: Day?
  public var document: DocumentNumber?
  public var granted: Bool?

  public init(
    id: SubjectRequest.ID, kind: Open<SubjectRequest.Kind>, received: Day, person: Person.Reference? = nil,
    acknowledgeBy: Day, acknowledged: Day? = nil, due: Day, extended: String? = nil, answered: Day? = nil,
    document: DocumentNumber? = nil, granted: Bool? = nil
  ) {
    self.id = id
    self.kind = kind
    self.received = received
    self.person = person
    self.acknowledgeBy = acknowledgeBy
    self.acknowledged = acknowledged
    self.due = due
    self.extended = extended
    self.answered = answered
    self.document = document
    self.granted = granted
  }

  /// A clock has run out on that day and before.
  public func isLate(on day: Day) -> Bool {
    // An answer says that it was received, too.
    answered.map { $0 > due } ?? (due < day)
      || (acknowledged ?? answered).map { $0 > acknowledgeBy }
        ?? (acknowledgeBy < day)
  }
}

/// What somebody asks about their own data came in or went on. Who asked, and what, stays with the register.
public struct SubjectRequestMoved: Event, Hashable {
  public static let name = "subject.moved"
  public static let service = Identity.name

  public var unit: Unit
  public var request: SubjectRequest.ID
  public var received: Day
  /// Until when it is to be acknowledged; nil once it is.
  public var acknowledgeBy: Day?
  /// Until when it is to be answered; nil once it is.
  public var due: Day?
  /// The office that took this step; nil for a leader's.
  public var office: Office.Code?

  public init(
    unit: Unit, request: SubjectRequest.ID, received: Day, acknowledgeBy: Day? = nil, due: Day? = nil,
    office: Office.Code? = nil
  ) {
    self.unit = unit
    self.request = request
    self.received = received
    self.acknowledgeBy = acknowledgeBy
    self.due = due
    self.office = office
  }

  public var subject: String { "request/\(request)" }
  public var partition: String { "request/\(request)" }
}
