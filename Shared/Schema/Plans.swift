/// The plans service: a commune's yearly plan, its tasks and how far they are.
public enum Plans: Contract {
  public static let name: ServiceName = "plans"
  public static let requests: [any Request.Type] = [
    DraftPlan.self, DraftRows.self, ChangeRows.self, DiscardPlan.self, SubmitPlan.self, ReturnPlan.self,
    ApprovePlan.self, IssuePlan.self, ClosePlan.self, RevokePlan.self, ListPlans.self, ShowPlan.self, ComparePlans.self,
    ListTargets.self, ListTasks.self, RecordProgress.self, SubmitTask.self, AcceptTask.self, ReturnTask.self,
    DecideTask.self, AssignTask.self, ExplainTask.self, TallyTasks.self, AskSubplans.self, ListSubplans.self,
    ListAskedSubplans.self, RaiseObstacle.self, AnswerObstacle.self, ListObstacles.self, KeepCommittee.self,
    ListCommittees.self,
    KeepLegalDocument.self, EndLegalDocument.self, ListLegalDocuments.self, ListCitingPlans.self,
  ]
  public static let events: [any Event.Type] = [
    PlanIssued.self, TaskAssigned.self, TargetPromised.self, LineEstimated.self, PlanSuperseded.self, PlanClosed.self,
    PlanRevoked.self, TaskContinued.self, TaskProgressed.self, TaskDue.self, BasisEnded.self, ObstacleRaised.self,
    ObstacleAnswered.self, SubplanExpected.self, SubplanSettled.self,
  ]
  public static let follows: [ServiceName] = []
}

/// Kế hoạch: what a unit promises for a year.
public enum Plan {
  public typealias ID = Identifier<Plan>

  /// Where a plan is in its life:
  /// `draft → in review → approved → issued → in execution → closed`. A draft may be discarded up to its approval; an
  /// issued plan is superseded by the next version, or revoked by a document.
  public enum Status: String, Codable, Hashable, Sendable, CaseIterable {
    /// Being written; nobody outside the unit sees it.
    case draft
    /// Whole, and with the leaders; its content does not change.
    case inReview = "in-review"
    /// Signed by the chair or a vice chair.
    case approved
    /// Has its number, date and signature; its content is frozen.
    case issued
    /// Issued, and work on it was reported: it begins with the first progress, whose event says so.
    case inExecution = "in-execution"
    /// The year's report was made.
    case closed
    /// A later version, or the final plan of a proposal, took its place.
    case superseded
    /// Withdrawn by a document.
    case revoked
    /// Given up before it was issued.
    case discarded

    /// Its tasks are to be done.
    public var isInForce: Bool { self == .issued || self == .inExecution }

    /// It may yet be issued.
    public var isOpen: Bool { self == .draft || self == .inReview || self == .approved }

    /// It was released, whatever came of it: those above the unit may see it.
    public var wasIssued: Bool {
      switch self {
      case .issued, .inExecution, .closed, .superseded, .revoked: true
      case .draft, .inReview, .approved, .discarded: false
      }
    }
  }

  /// What a plan is for.
  public enum Purpose: String, Codable, Hashable, Sendable, CaseIterable {
    /// Đề xuất, dự kiến kinh phí gửi cấp trên: it gives no work and promises nothing. The final plan replaces it.
    case proposal
    /// Kế hoạch thực hiện; what a plan is that says nothing.
    case implementation
    /// Kế hoạch hoạt động của Ban Chỉ đạo
    case committee
    /// Thông báo kết luận cuộc họp; its items are tasks.
    case conclusion
    /// Kết luận kiểm tra; its findings are tasks.
    case inspection
    /// An office's own plan.
    case office
  }
}
