/// Báo cáo đã gửi: the figures that a regime asks for, frozen when they were put together.
public enum Submission {
  public typealias ID = Identifier<Submission>

  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    /// Đã lập: put together, not confirmed yet.
    case prepared
    /// Đã gửi: the head of the office confirmed it, or a leader of the UBND approved it, and it is sent.
    case sent
    /// Đã tiếp nhận
    case received
    /// Đề nghị rà soát, bổ sung: some cells are to be looked at again.
    case inReview = "in-review"
    /// Thu hồi: taken back before it was received.
    case recalled
  }

  /// One figure of a submission, or one verdict in words, as it stood.
  public struct Cell: Codable, Hashable, Sendable {
    public var indicator: Indicator.ID
    public var name: String
    public var measure: String?
    /// Nil for what is missing, and where nothing arose.
    public var figure: Figure?
    /// The revision that was frozen.
    public var revision: Int?
    public var estimatedAsOf: Day?
    /// Không phát sinh
    public var isNothing: Bool
    /// By the milestone that was the nearest at the end of the period.
    public var standing: Open<Indicator.Standing>
    /// That milestone.
    public var target: Milestone?
    /// What a sum over villages rests on.
    public var villages: Observation.Villages?
    /// Of an objective that is only to be reported: the verdict that stood at the end of the period.
    public var judgement: Indicator.Judgement?

    public init(
      indicator: Indicator.ID, name: String, measure: String? = nil, figure: Figure? = nil, revision: Int? = nil,
      estimatedAsOf: Day? = nil, isNothing: Bool = false, standing: Open<Indicator.Standing>,
      target: Milestone? = nil, villages: Observation.Villages? = nil, judgement: Indicator.Judgement? = nil
    ) {
      self.indicator = indicator
      self.name = name
      self.measure = measure
      self.figure = figure
      self.revision = revision
      self.estimatedAsOf = estimatedAsOf
      self.isNothing = isNothing
      self.standing = standing
      self.target = target
      self.villages = villages
      self.judgement = judgement
    }

    public var isAnswered: Bool { figure != nil || isNothing || judgement != nil }

    /// Answered in words alone: counted apart from what has a number.
    public var isJudged: Bool { judgement != nil && figure == nil && !isNothing }
  }

  /// One step of its way: who did what, by which document.
  public struct Step: Codable, Hashable, Sendable {
    public var status: Open<Status>
    public var account: Caller.Account
    public var office: Office.Code?
    public var time: Timestamp
    /// The document that it was recorded from.
    public var signed: SignedDocument?
    public var reason: String?
    /// The cells that are to be looked at again.
    public var cells: [Indicator.ID]

    public init(
      status: Open<Status>, account: Caller.Account, office: Office.Code? = nil, time: Timestamp,
      signed: SignedDocument? = nil, reason: String? = nil, cells: [Indicator.ID] = []
    ) {
      self.status = status
      self.account = account
      self.office = office
      self.time = time
      self.signed = signed
      self.reason = reason
      self.cells = cells
    }
  }
}

/// A submission on one line.
public struct SubmissionSummary: Body, Codable, Hashable {
  public var id: Submission.ID
  /// Who keeps the regime.
  public var keeper: Unit
  public var regime: Regime.Code
  public var period: Period
  public var unit: Unit
  /// Nil for the whole commune's.
  public var office: Office.Code?
  public var status: Open<Submission.Status>
  /// How often it was put together.
  public var version: Int
  /// Cells with a figure, a verdict or `không phát sinh`, of all.
  public var answered: Int
  public var cells: Int
  /// The hash of its frozen cells.
  public var hash: Fingerprint
  /// The day it was first sent in the version that stands.
  public var sentOn: Day?

  public init(
    id: Submission.ID, keeper: Unit, regime: Regime.Code, period: Period, unit: Unit, office: Office.Code? = nil,
    status: Open<Submission.Status>, version: Int, answered: Int, cells: Int, hash: Fingerprint, sentOn: Day? = nil
  ) {
    self.id = id
    self.keeper = keeper
    self.regime = regime
    self.period = period
    self.unit = unit
    self.office = office
    self.status = status
    self.version = version
    self.answered = answered
    self.cells = cells
    self.hash = hash
    self.sentOn = sentOn
  }
}

/// A whole submission.
public struct SubmissionDetail: Body, Codable, Hashable {
  public var summary: SubmissionSummary
  /// Obstacles, proposals and the next period's work, in the reporter's words.
  public var remarks: SubmissionRemarks
  public var cells: [Submission.Cell]
  public var steps: [Submission.Step]

  public init(
    summary: SubmissionSummary, remarks: SubmissionRemarks, cells: [Submission.Cell], steps: [Submission.Step]
  ) {
    self.summary = summary
    self.remarks = remarks
    self.cells = cells
    self.steps = steps
  }
}

/// What a report says in words, and beside its figures.
public struct SubmissionRemarks: Codable, Hashable, Sendable {
  /// Chỉ đạo, điều hành
  public var direction: String?
  /// Khó khăn, vướng mắc
  public var obstacles: String?
  /// Đề xuất, kiến nghị
  public var proposals: String?
  /// Nhiệm vụ kỳ tới
  public var next: String?
  /// What plans and the budget said.
  public var work: SubmissionWork?

  public init(
    direction: String? = nil, obstacles: String? = nil, proposals: String? = nil, next: String? = nil,
    work: SubmissionWork? = nil
  ) {
    self.direction = direction
    self.obstacles = obstacles
    self.proposals = proposals
    self.next = next
    self.work = work
  }
}

/// Puts together what a regime asks for and freezes it: an office's, by somebody of the office; a commune's, by the focal
/// office. Refused while a cell is neither counted nor `không phát sinh`, and where a figure is not what another
/// submission says for the period.
public struct PrepareSubmission: Command, Hashable {
  public typealias Reply = SubmissionDetail
  public static let method: Method = "indicators.submission.prepare"
  public static let access: Access = .write(by: .entry, .focal, .finance, .serviceCentre, .police)

  /// Who keeps the regime: the own unit, or the province.
  public var keeper: Unit
  public var regime: Regime.Code
  public var period: Period
  /// Words that are not said again are those of the version before; an empty text takes them back.
  public var remarks: SubmissionRemarks

  public init(
    keeper: Unit, regime: Regime.Code, period: Period, remarks: SubmissionRemarks = SubmissionRemarks()
  ) {
    self.keeper = keeper
    self.regime = regime
    self.period = period
    self.remarks = remarks
  }
}

/// Confirms a submission and sends it: the head of the office, or a leader of the UBND; never who put it together.
public struct ConfirmSubmission: Command, Hashable {
  public typealias Reply = SubmissionDetail
  public static let method: Method = "indicators.submission.confirm"
  public static let access: Access = .write(by: .entry, .focal, .finance, .serviceCentre, .police, .approver, .clerk)

  public var submission: Submission.ID
  /// Needed from a clerk, who records what a leader signed.
  public var signed: SignedDocument?

  public init(submission: Submission.ID, signed: SignedDocument? = nil) {
    self.submission = submission
    self.signed = signed
  }
}

/// Receives a whole submission (tiếp nhận), or asks to review it (đề nghị rà soát, bổ sung), naming cells.
public struct AnswerSubmission: Command, Hashable {
  public typealias Reply = SubmissionDetail
  public static let method: Method = "indicators.submission.answer"
  public static let access: Access = .write(by: .focal, .province)

  public var submission: Submission.ID
  public var isReceived: Bool
  /// Needed to ask for a review.
  public var reason: String?
  public var cells: [Indicator.ID]
  public var signed: SignedDocument?

  public init(
    submission: Submission.ID, isReceived: Bool, reason: String? = nil, cells: [Indicator.ID] = [],
    signed: SignedDocument? = nil
  ) {
    self.submission = submission
    self.isReceived = isReceived
    self.reason = reason
    self.cells = cells
    self.signed = signed
  }
}

/// Takes back what has not been received yet.
public struct RecallSubmission: Command, Hashable {
  public typealias Reply = SubmissionDetail
  public static let method: Method = "indicators.submission.recall"
  public static let access = ConfirmSubmission.access

  public var submission: Submission.ID
  public var reason: String

  public init(submission: Submission.ID, reason: String) {
    self.submission = submission
    self.reason = reason
  }
}

/// The submissions of a unit and of the units below it, the latest period first.
public struct ListSubmissions: Query, Hashable {
  public typealias Reply = Page<SubmissionSummary>
  public static let method: Method = "indicators.submissions"
  public static let access: Access = ListPlans.access

  public var regime: Regime.Code?
  public var period: Period?
  public var after: String?

  public init(regime: Regime.Code? = nil, period: Period? = nil, after: String? = nil) {
    self.regime = regime
    self.period = period
    self.after = after
  }
}

public struct ShowSubmission: Query, Hashable {
  public typealias Reply = SubmissionDetail
  public static let method: Method = "indicators.submission.show"
  public static let access: Access = ListPlans.access

  public var submission: Submission.ID

  public init(submission: Submission.ID) { self.submission = submission }
}

/// Who has sent what a regime asks for in a period, who is late, and who is missing.
public struct ShowCompleteness: Query, Hashable {
  public typealias Reply = Completeness
  public static let method: Method = "indicators.completeness"
  public static let access: Access = ListPlans.access

  public var keeper: Unit
  public var regime: Regime.Code
  public var period: Period

  public init(keeper: Unit, regime: Regime.Code, period: Period) {
    self.keeper = keeper
    self.regime = regime
    self.period = period
  }
}

/// The three dates of a regime's period: chốt số liệu, hạn gửi, khóa.
public struct RegimeDates: Codable, Hashable, Sendable {
  /// The last day of the period: the form opens.
  public var cutoff: Day
  /// Nil for `chưa có hạn`.
  public var due: Day?
  /// Nil where only receiving locks.
  public var lock: Day?

  public init(cutoff: Day, due: Day? = nil, lock: Day? = nil) {
    self.cutoff = cutoff
    self.due = due
    self.lock = lock
  }
}

/// Completeness and timeliness of one regime and period.
public struct Completeness: Body, Codable, Hashable {
  public struct Line: Codable, Hashable, Sendable {
    public var unit: Unit
    public var office: Office.Code?
    /// Nil for what nobody has put together yet.
    ///
    /// Those above a unit are shown what reached them: what was put together and not sent is the unit's own.
    public var status: Open<Submission.Status>?
    /// Cells with a result, or `không phát sinh`.
    public var answered: Int
    /// Cells that have an estimate (ước) alone, which is no result; nil for none.
    public var estimated: Int?
    public var cells: Int
    public var sentOn: Day?
    /// The day on which any version of it was first sent.
    public var firstSentOn: Day?
    /// Working days after the due day, of what stands sent or is still missing; 0 for on time and for `chưa có hạn`.
    public var late: Int
    /// How often the upper level asked to review it.
    public var reviews: Int

    public init(
      unit: Unit, office: Office.Code? = nil, status: Open<Submission.Status>? = nil, answered: Int,
      estimated: Int? = nil, cells: Int, sentOn: Day? = nil, firstSentOn: Day? = nil, late: Int, reviews: Int
    ) {
      self.unit = unit
      self.office = office
      self.status = status
      self.answered = answered
      self.estimated = estimated
      self.cells = cells
      self.sentOn = sentOn
      self.firstSentOn = firstSentOn
      self.late = late
      self.reviews = reviews
    }

    public var isSent: Bool { status.map { $0 == .sent || $0 == .received } ?? false }
  }

  public var name: String
  public var period: Period
  public var dates: RegimeDates
  public var expected: Int
  /// Sent, and not asked to be reviewed.
  public var sent: Int
  /// Of those, by the due day.
  public var onTime: Int
  public var received: Int
  public var lines: [Line]

  public init(name: String, period: Period, dates: RegimeDates, lines: [Line]) {
    self.name = name
    self.period = period
    self.dates = dates
    self.lines = lines
    expected = lines.count
    let sent = lines.filter(\.isSent)
    self.sent = sent.count
    onTime = sent.count { $0.late == 0 }
    received = sent.count { $0.status.map { $0 == .received } ?? false }
  }
}

/// Why a value cannot be changed, or that it can: a dated chain of causes.
public struct ExplainLock: Query, Hashable {
  public typealias Reply = LockExplained
  public static let method: Method = "indicators.locked"
  public static let access: Access = ListPlans.access

  public var indicator: Indicator.ID
  public var period: Period

  public init(indicator: Indicator.ID, period: Period) {
    self.indicator = indicator
    self.period = period
  }
}

public struct LockExplained: Body, Codable, Hashable {
  public struct Cause: Codable, Hashable, Sendable {
    public var day: Day
    public var text: Text

    public init(day: Day, text: Text) {
      self.day = day
      self.text = text
    }
  }

  public var isLocked: Bool
  public var causes: [Cause]

  public init(isLocked: Bool, causes: [Cause]) {
    self.isLocked = isLocked
    self.causes = causes
  }
}
