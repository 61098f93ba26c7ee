/// Everything in a plan that is not a row of its appendices.
public struct PlanHead: Codable, Hashable, Sendable {
  public var year: Int
  public var title: String
  /// Cơ quan ban hành, as printed.
  public var issuer: String
  /// Who signs, such as `Phó Chủ tịch`.
  public var signer: String?
  /// The office that compiles and chases (đầu mối).
  public var focal: Office.Code
  /// The offices that the rows name.
  public var offices: [Office]
  public var legalBases: [LegalBasis]
  public var recipients: [Recipient]
  public var reporting: [ReportingDuty]
  /// What the document does not say and the writer filled in, by field: `number`, `issued`, `money unit`.
  public var assumed: [String]
  /// Nil for an implementation plan.
  public var purpose: Open<Plan.Purpose>?
  /// Offices that stand for several, `các cơ quan, đơn vị`: a task that one of them leads is done when each member has
  /// done it.
  public var collectives: [Collective]?
  /// Of conclusions, the meeting at which they were drawn.
  public var meeting: Meeting?

  /// It asks those above, and binds nobody.
  /// Kết luận of a meeting or an inspection: its items are tasks; it promises nothing and has no money of its own.
  public var isConclusions: Bool { purpose == .known(.conclusion) || purpose == .known(.inspection) }

  public var isProposal: Bool { purpose == .known(.proposal) }

  /// The offices that are to do a row: those that lead it, and the members of a collective that does.
  public func doers(of leads: [Office.Code]) -> Set<Office.Code> {
    let members = Dictionary((collectives ?? []).map { ($0.code, $0.members) }) { first, _ in first }
    return Set(leads.flatMap { members[$0] ?? [$0] })
  }

  public init(
    year: Int, title: String, issuer: String, signer: String? = nil, focal: Office.Code, offices: [Office],
    legalBases: [LegalBasis] = [], recipients: [Recipient] = [], reporting: [ReportingDuty] = [],
    assumed: [String] = [], purpose: Open<Plan.Purpose>? = nil, collectives: [Collective]? = nil,
    meeting: Meeting? = nil
  ) {
    self.year = year
    self.title = title
    self.issuer = issuer
    self.signer = signer
    self.focal = focal
    self.offices = offices
    self.legalBases = legalBases
    self.recipients = recipients
    self.reporting = reporting
    self.assumed = assumed
    self.purpose = purpose
    self.collectives = collectives
    self.meeting = meeting
  }
}

/// Căn cứ: a document that the plan rests on.
public struct LegalBasis: Codable, Hashable, Sendable {
  /// Nil where the plan cites none.
  public var number: DocumentNumber?
  /// Nghị quyết, Quyết định, Kế hoạch …
  public var kind: String
  public var date: Day?
  public var issuer: String?
  /// True for the province's plan that this one carries out.
  public var parent: Bool

  public init(number: DocumentNumber?, kind: String, date: Day?, issuer: String?, parent: Bool = false) {
    self.number = number
    self.kind = kind
    self.date = date
    self.issuer = issuer
    self.parent = parent
  }
}

/// Nơi nhận: who gets the document, and what for.
public struct Recipient: Codable, Hashable, Sendable {
  public enum Purpose: String, Codable, Hashable, Sendable {
    /// Để báo cáo (b/c)
    case report
    /// Để phối hợp (p/h)
    case coordinate
    /// Để thực hiện
    case carryOut = "carry-out"
    /// Để biết
    case know
    /// Đăng tải
    case publish
    /// Lưu
    case file
  }

  public var name: String
  public var purpose: Open<Purpose>?

  public init(name: String, purpose: Open<Purpose>? = nil) {
    self.name = name
    self.purpose = purpose
  }
}

extension Recipient.Purpose {
  /// As documents write it.
  public var written: String {
    switch self {
    case .report: "b/c"
    case .coordinate: "p/h"
    case .carryOut: "thực hiện"
    case .know: "để biết"
    case .publish: "đăng tải"
    case .file: "lưu"
    }
  }
}

/// Who reports what to whom, how often, by when; as printed.
public struct ReportingDuty: Codable, Hashable, Sendable {
  public var what: String
  public var frequency: String
  public var due: String?
  public var to: String

  public init(what: String, frequency: String, due: String? = nil, to: String) {
    self.what = what
    self.frequency = frequency
    self.due = due
    self.to = to
  }
}

/// How many rows a plan has; said when it is drafted, so that a plan that lost a part is not issued.
public struct RowCounts: Codable, Hashable, Sendable {
  public var tasks: Int
  public var targets: Int

  public init(tasks: Int, targets: Int) {
    self.tasks = tasks
    self.targets = targets
  }
}

/// One name for several offices of a plan.
public struct Collective: Codable, Hashable, Sendable {
  public var code: Office.Code
  public var members: [Office.Code]

  public init(code: Office.Code, members: [Office.Code]) {
    self.code = code
    self.members = members
  }
}
