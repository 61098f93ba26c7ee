import Schema

/// The one state machine of a plan: which step leads from which state to which.
enum PlanLife {
  enum Step: CaseIterable {
    case write, discard, submit, giveBack, approve, issue, begin, close, supersede, revoke

    /// From which states it leads, and where.
    var table: (from: Set<Plan.Status>, to: Plan.Status) {
      switch self {
      case .write: ([.draft], .draft)
      case .discard: ([.draft, .inReview], .discarded)
      case .submit: ([.draft], .inReview)
      case .giveBack: ([.inReview, .approved], .draft)
      case .approve: ([.inReview], .approved)
      case .issue: ([.approved], .issued)
      case .begin: ([.issued], .inExecution)
      case .close: ([.issued, .inExecution], .closed)
      case .supersede: ([.issued, .inExecution], .superseded)
      case .revoke: ([.issued, .inExecution], .revoked)
      }
    }

    private var text: Text {
      switch self {
      case .write: Text(vi: "sửa nội dung", en: "be written in")
      case .discard: Text(vi: "bỏ dự thảo", en: "be discarded")
      case .submit: Text(vi: "trình", en: "be submitted")
      case .giveBack: Text(vi: "trả lại", en: "be returned")
      case .approve: Text(vi: "phê duyệt", en: "be approved")
      case .issue: Text(vi: "ban hành", en: "be issued")
      case .begin: Text(vi: "thực hiện", en: "be carried out")
      case .close: Text(vi: "kết thúc", en: "be closed")
      case .supersede: Text(vi: "thay thế", en: "be replaced")
      case .revoke: Text(vi: "thu hồi", en: "be revoked")
      }
    }

    func refusal(from status: Plan.Status) -> Refusal {
      let (state, way) = (status.text, status.wayOn)
      return Refusal(
        .conflict, vi: "Không \(text.vi) được: kế hoạch \(state.vi). \(way.vi)",
        en: "It cannot \(text.en): the plan is \(state.en). \(way.en)")
    }
  }

  /// The state that a step leads to; 409 with what to do instead where it leads nowhere.
  static func status(after step: Step, _ plan: PlanSummary) throws(Refusal) -> Plan.Status {
    // A state that only a newer program knows is none from which this one may go anywhere.
    let status = plan.status.known ?? .discarded
    let (from, to) = step.table
    guard from.contains(status) else { throw step.refusal(from: status) }
    return to
  }
}

extension Plan.Status {
  /// What people can do with a plan in this state.
  fileprivate var wayOn: Text {
    switch self {
    case .draft:
      Text(
        vi: "Đầu mối hãy trình lãnh đạo trước (xaso plan submit).",
        en: "The focal office submits it first (xaso plan submit).")
    case .inReview:
      Text(
        vi: "Lãnh đạo phê duyệt (xaso plan approve), hoặc trả lại để sửa (xaso plan return).",
        en: "A leader approves it (xaso plan approve), or returns it for changes (xaso plan return).")
    case .approved:
      Text(
        vi: "Văn thư ghi số và phát hành (xaso plan issue), hoặc trả lại để sửa (xaso plan return).",
        en: "The clerk numbers and releases it (xaso plan issue), or returns it for changes (xaso plan return).")
    case .issued, .inExecution:
      Text(
        vi: "Nội dung đã ban hành chỉ đổi bằng kế hoạch điều chỉnh (xaso plan import --replaces).",
        en: "What is issued is changed by an amending plan only (xaso plan import --replaces).")
    case .closed, .superseded, .revoked, .discarded:
      Text(vi: "Hãy lập kế hoạch khác.", en: "Draft another plan.")
    }
  }
}
