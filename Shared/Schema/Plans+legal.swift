/// Văn bản: a document that plans rest on, as a unit's register has it. A province's register holds for its communes too.
public struct LegalDocument: Body, Codable, Hashable {
  public enum Status: String, Codable, Hashable, Sendable {
    case inForce = "in-force"
    /// Another document took its place.
    case replaced
    /// Hết hiệu lực
    case expired
  }

  /// Whose register it stands in.
  public var unit: Unit
  public var number: DocumentNumber
  /// Nghị quyết, Quyết định, Kế hoạch …
  public var kind: String
  public var issuer: String
  public var issuedOn: Day
  /// Trích yếu
  public var title: String
  public var status: Open<Status>
  /// The first day on which it is not in force any more.
  public var endedOn: Day?
  public var replacedBy: DocumentNumber?

  public init(
    unit: Unit, number: DocumentNumber, kind: String, issuer: String, issuedOn: Day, title: String,
    status: Status = .inForce, endedOn: Day? = nil, replacedBy: DocumentNumber? = nil
  ) {
    self.unit = unit
    self.number = number
    self.kind = kind
    self.issuer = issuer
    self.issuedOn = issuedOn
    self.title = title
    self.status = Open(status)
    self.endedOn = endedOn
    self.replacedBy = replacedBy
  }
}

/// Registers a document in the unit's own register. Tasks of its plans that wait for just this document begin to count.
public struct KeepLegalDocument: Command, Hashable {
  public typealias Reply = LegalDocument
  public static let method: Method = "plans.legal.keep"
  public static let access: Access = .write(by: .focal, .clerk)

  public var number: DocumentNumber
  public var kind: String
  public var issuer: String
  public var issuedOn: Day
  public var title: String

  public init(number: DocumentNumber, kind: String, issuer: String, issuedOn: Day, title: String) {
    self.number = number
    self.kind = kind
    self.issuer = issuer
    self.issuedOn = issuedOn
    self.title = title
  }
}

/// Says that a document of the unit's own register is not in force any more: it was replaced, or has expired.
///
/// Each plan in force that cites it, of the unit or below it, is told by an event of its own.
public struct EndLegalDocument: Command, Hashable {
  public typealias Reply = LegalChange
  public static let method: Method = "plans.legal.end"
  public static let access: Access = .write(by: .focal, .clerk)

  public var number: DocumentNumber
  /// Of the document, where several have this number.
  public var issuedOn: Day?
  public var endedOn: Day
  /// Nil where nothing took its place.
  public var replacedBy: DocumentNumber?

  public init(number: DocumentNumber, issuedOn: Day? = nil, endedOn: Day, replacedBy: DocumentNumber? = nil) {
    self.number = number
    self.issuedOn = issuedOn
    self.endedOn = endedOn
    self.replacedBy = replacedBy
  }
}

/// A document that ended, and how many plans in force cite it.
public struct LegalChange: Body, Codable, Hashable {
  public var document: LegalDocument
  public var plans: Int

  public init(document: LegalDocument, plans: Int) {
    self.document = document
    self.plans = plans
  }
}

/// The documents of a unit's register and, for a commune, of its province's, by the day of their issue.
public struct ListLegalDocuments: Query, Hashable {
  public typealias Reply = Page<LegalDocument>
  public static let method: Method = "plans.legal.list"
  public static let access: Access = ListPlans.access

  /// Words of its number, kind, issuer or title; accents do not matter.
  public var text: String?
  public var after: String?

  public init(text: String? = nil, after: String? = nil) {
    self.text = text
    self.after = after
  }
}

/// The plans of a unit and below it that cite a document, whether a register has it or not; drafts at home alone.
public struct ListCitingPlans: Query, Hashable {
  public typealias Reply = Page<PlanSummary>
  public static let method: Method = "plans.legal.citing"
  public static let access: Access = ListPlans.access

  public var number: DocumentNumber
  /// Citations with another date mean another document.
  public var issuedOn: Day?
  public var after: String?

  public init(number: DocumentNumber, issuedOn: Day? = nil, after: String? = nil) {
    self.number = number
    self.issuedOn = issuedOn
    self.after = after
  }
}

/// A document that a plan in force cites is not in force any more.
public struct BasisEnded: Event, Hashable {
  public static let name = "basis.ended"
  public static let service = Plans.name

  public var unit: Unit
  public var plan: Plan.ID
  public var focal: Office.Code
  public var number: DocumentNumber
  public var endedOn: Day
  public var replacedBy: DocumentNumber?

  public init(
    unit: Unit, plan: Plan.ID, focal: Office.Code, number: DocumentNumber, endedOn: Day,
    replacedBy: DocumentNumber? = nil
  ) {
    self.unit = unit
    self.plan = plan
    self.focal = focal
    self.number = number
    self.endedOn = endedOn
    self.replacedBy = replacedBy
  }

  public var subject: String { "plan/\(plan)" }
  public var partition: String { "plan/\(plan)" }
}
