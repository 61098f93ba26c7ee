extension Plan.Status {
  /// As it is said of a plan: `đã ban hành`.
  public var text: Text {
    switch self {
    case .draft: Text(vi: "dự thảo", en: "draft")
    case .inReview: Text(vi: "đang trình", en: "in review")
    case .approved: Text(vi: "đã phê duyệt", en: "approved")
    case .issued: Text(vi: "đã ban hành", en: "issued")
    case .inExecution: Text(vi: "đang thực hiện", en: "in execution")
    case .closed: Text(vi: "đã kết thúc", en: "closed")
    case .superseded: Text(vi: "đã được thay thế", en: "superseded")
    case .revoked: Text(vi: "đã thu hồi", en: "revoked")
    case .discarded: Text(vi: "đã bỏ", en: "discarded")
    }
  }
}

extension PlanTask.Status {
  public var text: Text {
    switch self {
    case .planned: Text(vi: "chưa bắt đầu", en: "planned")
    case .inProgress: Text(vi: "đang thực hiện", en: "in progress")
    case .submitted: Text(vi: "đã nộp, chờ xác nhận", en: "submitted")
    case .returned: Text(vi: "bị trả lại", en: "returned")
    case .done: Text(vi: "đã hoàn thành", en: "done")
    case .paused: Text(vi: "tạm dừng", en: "paused")
    case .cancelled: Text(vi: "đã hủy", en: "cancelled")
    }
  }
}

extension PlanTask.Standing {
  public var text: Text {
    switch self {
    case .noDate: Text(vi: "chưa có hạn", en: "no date")
    case .notDue: Text(vi: "chưa đến hạn", en: "not due")
    case .dueSoon: Text(vi: "sắp đến hạn", en: "due soon")
    case .overdue: Text(vi: "quá hạn", en: "overdue")
    case .submitted: Text(vi: "chờ xác nhận", en: "submitted")
    case .doneOnTime: Text(vi: "hoàn thành đúng hạn", en: "done on time")
    case .doneLate: Text(vi: "hoàn thành chậm", en: "done late")
    case .paused: Text(vi: "tạm dừng", en: "paused")
    case .cancelled: Text(vi: "đã hủy", en: "cancelled")
    case .unfinished: Text(vi: "chưa xong khi kế hoạch kết thúc", en: "unfinished")
    case .proposed: Text(vi: "dự kiến, chưa giao", en: "proposed")
    }
  }
}

extension PlanTask.Timing {
  public var text: Text {
    switch self {
    case .day: Text(vi: "đến một ngày", en: "by a day")
    case .range: Text(vi: "trong một khoảng thời gian", en: "within a range")
    case .year: Text(vi: "trong năm", en: "within the year")
    case .continuous: Text(vi: "thường xuyên", en: "continuously")
    case .monthly: Text(vi: "hằng tháng", en: "monthly")
    case .twiceMonthly: Text(vi: "hai lần một tháng", en: "twice a month")
    case .quarterly: Text(vi: "hằng quý", en: "quarterly")
    case .yearly: Text(vi: "hằng năm", en: "yearly")
    case .afterEvent: Text(vi: "tính từ một văn bản", en: "counted from a document")
    case .none: Text(vi: "chưa có hạn", en: "without a date")
    }
  }
}

extension TargetRow {
  /// What is promised, as offices write it: `≥ 99,9 %`, `80–90 %`, `báo cáo`.
  public var promise: Text {
    let sign: Text
    switch comparator {
    case .known(.report): return Text(vi: "báo cáo", en: "report")
    case .known(.maintain): sign = Text(vi: "duy trì", en: "maintain")
    case .known(.atLeast): sign = Text(vi: "≥", en: "≥")
    case .known(.atMost): sign = Text(vi: "≤", en: "≤")
    case .known(.exactly), .known(.range): sign = Text(vi: "", en: "")
    case .known(let other): sign = Text(vi: other.rawValue, en: other.rawValue)
    case .unknown(let word): sign = Text(vi: word, en: word)
    }
    func joined(_ sign: String) -> String {
      [sign, value?.written(upTo: upper) ?? "", unit ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    }
    return Text(vi: joined(sign.vi), en: joined(sign.en))
  }
}
