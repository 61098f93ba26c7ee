/// A document as it was signed on paper, or with a digital signature: what shows that somebody decided.
public struct SignedDocument: Codable, Hashable, Sendable {
  /// Who signed, with the office held: `Phó Chủ tịch Nguyễn Văn A`.
  public var signer: String
  /// The hash of the file that is kept.
  public var hash: Fingerprint

  public init(signer: String, hash: Fingerprint) {
    self.signer = signer
    self.hash = hash
  }
}

/// A numbered document that ends something, or changes it.
public struct Decision: Codable, Hashable, Sendable {
  public var number: DocumentNumber
  public var day: Day
  public var reason: String?

  public init(number: DocumentNumber, day: Day, reason: String? = nil) {
    self.number = number
    self.day = day
    self.reason = reason
  }
}

/// Lays a whole draft before the leaders.
public struct SubmitPlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.submit"
  public static let access: Access = .write(by: .focal)

  public var plan: Plan.ID

  public init(plan: Plan.ID) { self.plan = plan }
}

/// Makes a draft again of what is in review or approved: by the leaders or the clerk, or by the focal office that takes
/// it back.
public struct ReturnPlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.return"
  public static let access: Access = .write(by: .approver, .clerk, .focal)

  public var plan: Plan.ID
  public var reason: String

  public init(plan: Plan.ID, reason: String) {
    self.plan = plan
    self.reason = reason
  }
}

/// Why a plan goes out with what its checks call errors: one reason may cover several checks.
public struct Acceptance: Codable, Hashable, Sendable {
  /// By their ids: `P1`, `T1`.
  public var checks: [String]
  public var reason: String

  public init(checks: [String], reason: String) {
    self.checks = checks
    self.reason = reason
  }
}

/// Approves what is in review: the chair or a vice chair, or the clerk from the document that one of them signed.
///
/// Each error that the checks of the stored head and rows find needs an acceptance. What stands on the paper alone (the text of
/// its body, its layout) is no part of the stored plan and is checked before it is entered.
public struct ApprovePlan: Command, Hashable {
  public typealias Reply = PlanDetail
  public static let method: Method = "plans.approve"
  public static let access: Access = .write(by: .approver, .clerk)

  public var plan: Plan.ID
  /// Needed from a clerk.
  public var signed: SignedDocument?
  /// Needed where there are errors.
  public var accepted: [Acceptance]?

  public init(plan: Plan.ID, signed: SignedDocument? = nil, accepted: [Acceptance]? = nil) {
    self.plan = plan
    self.signed = signed
    self.accepted = accepted
  }
}

/// Records that the approved plan was numbered, dated and released by văn thư, who is not the one that entered it.
public struct IssuePlan: Command, Hashable {
  public typealias Reply = PlanSummary
  public static let method: Method = "plans.issue"
  public static let access: Access = .write(by: .clerk)

  public var plan: Plan.ID
  public var number: DocumentNumber
  public var issuedOn: Day

  public init(plan: Plan.ID, number: DocumentNumber, issuedOn: Day) {
    self.plan = plan
    self.number = number
    self.issuedOn = issuedOn
  }
}

/// Closes a plan with the year's report.
public struct ClosePlan: Command, Hashable {
  public typealias Reply = PlanDetail
  public static let method: Method = "plans.close"
  public static let access: Access = .write(by: .clerk)

  public var plan: Plan.ID
  /// The report on the whole year.
  public var report: Decision

  public init(plan: Plan.ID, report: Decision) {
    self.plan = plan
    self.report = report
  }
}

/// Withdraws an issued plan by a document.
public struct RevokePlan: Command, Hashable {
  public typealias Reply = PlanDetail
  public static let method: Method = "plans.revoke"
  public static let access: Access = .write(by: .clerk)

  public var plan: Plan.ID
  public var decision: Decision

  public init(plan: Plan.ID, decision: Decision) {
    self.plan = plan
    self.decision = decision
  }
}

/// Who approved a plan, and what shows it.
public struct Approval: Codable, Hashable, Sendable {
  public var account: Caller.Account
  public var on: Day
  /// Nil when the approver said so himself.
  public var signed: SignedDocument?
  /// The errors with which it was approved, and why.
  public var accepted: [Acceptance]?

  public init(account: Caller.Account, on: Day, signed: SignedDocument? = nil, accepted: [Acceptance]? = nil) {
    self.account = account
    self.on = on
    self.signed = signed
    self.accepted = accepted
  }
}
