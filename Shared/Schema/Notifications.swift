/// The notifications service: what concerns each office, from every stream.
public enum Notifications: Contract {
  public static let name: ServiceName = "notifications"
  public static let requests: [any Request.Type] = [
    ReadInbox.self, AcknowledgeNotice.self, SnoozeNotice.self, TraceNotice.self, SilenceNotices.self, LiftSilence.self,
    ListSilences.self, ListLetters.self, RetryLetter.self, KeepAddress.self, ListAddresses.self, ForeseeNotices.self,
  ]
  public static let events: [any Event.Type] = []
  public static let follows: [ServiceName] = [Identity.name, Plans.name, Budget.name, Indicators.name]
}

/// Thông báo: one thing that one office should know.
public enum Notice {
  public typealias ID = Identifier<Notice>

  public enum Content: Codable, Hashable, Sendable {
    /// Somebody came in for the office.
    case accountAdmitted(account: Caller.Account, office: String)
    /// An account of the office may come in by another key too.
    case keyAdmitted(account: Caller.Account, office: String)
    /// An account of the office lost one of its keys.
    case keyRevoked(account: Caller.Account, office: String, reason: String)
    /// An account of the office may not come in any more.
    case accountRevoked(account: Caller.Account, office: String, reason: String)
    /// An office or a village has another name.
    case officeRenamed(name: String, before: String)
    /// Counts of Đề án 06 of a village are in, or were corrected.
    case countsRecorded(village: String, month: Period, counts: EnrolmentCounts, revision: Int, by: String)
    /// A plan gives the office work.
    case planIssued(number: DocumentNumber, title: String, leads: Int, coordinates: Int, targets: Int)
    /// A plan was issued that names the office among its nơi nhận.
    case planReceived(number: DocumentNumber, title: String, purpose: Open<Recipient.Purpose>?)
    /// A later plan took the place of one that the office got.
    case planAmended(number: DocumentNumber, by: DocumentNumber, title: String)
    /// A plan that the office got was withdrawn.
    case planRevoked(number: DocumentNumber, by: DocumentNumber, day: Day, title: String)
    /// An office met an obstacle, of a task where it named one.
    case obstacleRaised(by: String, number: String?, name: String?)
    /// What the office raised was decided on.
    case obstacleAnswered(outcome: Open<AnswerObstacle.Outcome>)
    /// An office entered many values at once.
    case observationsImported(count: Int, by: String)
    /// A task that the office shares moved on.
    case taskProgressed(
      number: String, name: String, percent: Int, by: String, status: Open<PlanTask.Status>? = nil)
    /// Money was allocated to a task that the office leads.
    case lineAllocated(number: String, name: String, amount: Money, allocated: Money, document: DocumentNumber)
    /// Somebody asked to spend more than a task has left.
    case lineOverspent(number: String, name: String, asked: Money, available: Money)
    /// An office entered a value of an indicator.
    case observationRecorded(name: String, measure: String?, period: Period, figure: Figure, revision: Int, by: String)
    /// An indicator reached its target.
    case targetMet(
      name: String, measure: String?, number: String, value: Quantity?, upper: Quantity? = nil, period: Period,
      figure: Figure)
    /// What a rule says, in the words that an operator gave it.
    case reminder(rule: Open<Rule>, text: Text)

    /// The rule by which it is told.
    public var rule: Rule {
      switch self {
      case .accountAdmitted, .keyAdmitted, .keyRevoked, .accountRevoked: .accountChanged
      case .reminder(let rule, _): rule.known ?? .news
      case .lineOverspent: .ledgerRefusal
      default: .news
      }
    }

    /// The sentence that the office reads.
    public var text: Text {
      switch self {
      case .reminder(_, let text): text
      case .accountAdmitted(let account, let office):
        Text(
          vi: "Tài khoản \(account) của \(office) đã tham gia hệ thống. Nếu không phải người của cơ quan, hãy báo ngay "
            + "người quản trị.",
          en: "The account \(account) of \(office) came in. If it is nobody of yours, tell the administrator at once.")
      case .keyAdmitted(let account, let office):
        Text(
          vi: "Tài khoản \(account) của \(office) có thêm một khóa. Nếu không ai xin khóa này, hãy báo ngay người quản "
            + "trị.",
          en: "The account \(account) of \(office) has one more key. If nobody asked for it, tell the administrator at "
            + "once.")
      case .keyRevoked(let account, let office, let reason):
        Text(
          vi: "Một khóa của tài khoản \(account), \(office), đã bị thu hồi: \(reason)",
          en: "A key of the account \(account), \(office), was revoked: \(reason)")
      case .accountRevoked(let account, let office, let reason):
        Text(
          vi: "Tài khoản \(account) của \(office) đã bị thu hồi: \(reason)",
          en: "The account \(account) of \(office) was revoked: \(reason)")
      case .officeRenamed(let name, let before):
        Text(vi: "«\(before)» đổi tên thành «\(name)».", en: "“\(before)” is called “\(name)” from now on.")
      case .countsRecorded(let village, let month, let counts, let revision, let office):
        Text(
          vi: "Số liệu Đề án 06 \(month.text.vi)\(revision > 1 ? " sửa lần \(revision - 1)" : "") của \(village): "
            + "\(counts.adults) người trưởng thành, \(counts.issued) tài khoản mức độ 2 đã cấp, "
            + "\(counts.activated) đã kích hoạt, \(counts.signatures) chữ ký số (\(office) nhập).",
          en: "Counts for \(month.text.en)\(revision > 1 ? ", revision \(revision)" : "") of \(village): "
            + "\(counts.adults) adults, \(counts.issued) level-2 accounts issued, \(counts.activated) activated, "
            + "\(counts.signatures) digital signatures (recorded by \(office)).")
      case .planIssued(let number, let title, let leads, let coordinates, let targets):
        Text(
          vi: "Kế hoạch \(number) đã ban hành: chủ trì \(leads) nhiệm vụ, phối hợp \(coordinates), "
            + "phụ trách \(targets) chỉ tiêu. \(title)",
          en: "Plan \(number) was issued: leads \(leads) tasks, helps with \(coordinates), "
            + "answers for \(targets) targets. \(title)")
      case .planReceived(let number, let title, let purpose):
        Text(
          vi: "Nơi nhận\(purpose?.known.map { " (\($0.written))" } ?? ""): kế hoạch \(number) đã ban hành. \(title)",
          en: "For the office among those who receive it: plan \(number) was issued. \(title)")
      case .planAmended(let number, let by, let title):
        Text(
          vi: "Kế hoạch \(number) được thay bằng kế hoạch \(by). \(title)",
          en: "Plan \(number) was replaced by plan \(by). \(title)")
      case .planRevoked(let number, let by, let day, let title):
        Text(
          vi: "Kế hoạch \(number) bị thu hồi theo \(by) ngày \(day.written). \(title)",
          en: "Plan \(number) was withdrawn by \(by) of \(day). \(title)")
      case .obstacleRaised(let office, let number, let name):
        Text(
          vi: "\(office) nêu vướng mắc\(number.map { " ở nhiệm vụ \($0)" } ?? ""); xem và trả lời: "
            + "xaso obstacle list. \(name ?? "")",
          en: "\(office) met an obstacle\(number.map { " in task \($0)" } ?? ""); to read and answer it: "
            + "xaso obstacle list. \(name ?? "")")
      case .obstacleAnswered(let outcome):
        Text(
          vi: outcome == .referred
            ? "Vướng mắc cơ quan nêu đã được kiến nghị cấp trên." : "Vướng mắc cơ quan nêu đã được giải quyết.",
          en: outcome == .referred
            ? "The obstacle that you raised was referred to those above."
            : "The obstacle that you raised was resolved.")
      case .observationsImported(let count, let office):
        Text(
          vi: "\(office) nhập \(count) số liệu từ tệp.", en: "\(office) entered \(count) values from a file.")
      case .taskProgressed(let number, let name, let percent, let office, let status):
        Self.moved(number, name, percent, by: office, to: status?.known)
      case .lineAllocated(let number, let name, let amount, let allocated, let document):
        Text(
          vi: "Nhiệm vụ \(number) được phân bổ \(amount.written) đồng theo \(document), "
            + "lũy kế \(allocated.written) đồng. \(name)",
          en: "Task \(number) was allocated \(amount.written) đồng by \(document), "
            + "\(allocated.written) đồng in all. \(name)")
      case .lineOverspent(let number, let name, let asked, let available):
        Text(
          vi: "Từ chối chi \(asked.written) đồng cho nhiệm vụ \(number): chỉ còn \(available.written) đồng "
            + "đã phân bổ. \(name)",
          en: "Spending \(asked.written) đồng on task \(number) was refused: \(available.written) đồng "
            + "of what is allocated is left. \(name)")
      case .observationRecorded(let name, let measure, let period, let figure, let revision, let office):
        Text(
          vi: "Số liệu \(period.text.vi)\(revision > 1 ? " sửa lần \(revision - 1)" : ""): "
            + "\(figure.written(in: measure)) (\(office) nhập). \(name)",
          en: "Figure for \(period.text.en)\(revision > 1 ? ", revision \(revision)" : ""): "
            + "\(figure.written(in: measure)) (entered by \(office)). \(name)")
      case .targetMet(let name, let measure, let number, let value, let upper, let period, let figure):
        Text(
          vi: "Chỉ tiêu \(number) đã đạt mức \(Self.promised(value, upper, measure)): "
            + "\(figure.written(in: measure)), \(period.text.vi). \(name)",
          en: "Target \(number) of \(Self.promised(value, upper, measure)) is met: "
            + "\(figure.written(in: measure)), \(period.text.en). \(name)")
      }
    }

    private static func moved(
      _ number: String, _ name: String, _ percent: Int, by office: String, to status: PlanTask.Status?
    ) -> Text {
      switch status {
      case .submitted:
        Text(
          vi: "Nhiệm vụ \(number) đã trình kết quả, đạt \(percent)% (\(office) trình). \(name)",
          en: "What task \(number) came to was submitted, at \(percent)% (by \(office)). \(name)")
      case .returned:
        Text(
          vi: "Kết quả nhiệm vụ \(number) được \(office) trả lại để làm tiếp. \(name)",
          en: "What was submitted for task \(number) was returned by \(office). \(name)")
      case .done:
        Text(
          vi: "Nhiệm vụ \(number) đã hoàn thành (\(office) ghi nhận). \(name)",
          en: "Task \(number) is done (recorded by \(office)). \(name)")
      case .paused:
        Text(
          vi: "Nhiệm vụ \(number) tạm dừng, đạt \(percent)% (\(office) ghi). \(name)",
          en: "Task \(number) is paused at \(percent)% (recorded by \(office)). \(name)")
      case .cancelled:
        Text(
          vi: "Nhiệm vụ \(number) không làm nữa (\(office) ghi). \(name)",
          en: "Task \(number) is cancelled (recorded by \(office)). \(name)")
      case .planned, .inProgress, nil:
        Text(
          vi: "Nhiệm vụ \(number) đạt \(percent)% (\(office) cập nhật). \(name)",
          en: "Task \(number) is at \(percent)% (recorded by \(office)). \(name)")
      }
    }

    private static func promised(_ value: Quantity?, _ upper: Quantity?, _ measure: String?) -> String {
      [value?.written(upTo: upper), measure].compactMap(\.self).joined(separator: " ")
    }
  }
}

/// The caller's own office's inbox, newest first. The focal office and the leaders may look into any office of their
/// unit, who has the role of a province into any of the province's own.
public struct ReadInbox: Query, Hashable {
  public typealias Reply = Page<NoticeSummary>
  public static let method: Method = "notifications.inbox"
  public static let access: Access = .own(by: Role.offices.union([.province]))

  /// Nil for the caller's own.
  public var office: Office.Code?
  public var after: String?

  public init(office: Office.Code? = nil, after: String? = nil) {
    self.office = office
    self.after = after
  }
}

/// A notice in an office's inbox.
public struct NoticeSummary: Body, Codable, Hashable {
  public var id: Notice.ID
  public var office: Office.Code
  /// When what it tells of happened.
  public var time: Timestamp
  public var text: Text
  public var rule: Open<Notice.Rule>?
  public var severity: Open<Notice.Severity>?
  /// When the office took note of it.
  public var acknowledged: Timestamp?

  public init(
    id: Notice.ID, office: Office.Code, time: Timestamp, text: Text, rule: Notice.Rule? = nil,
    severity: Notice.Severity? = nil, acknowledged: Timestamp? = nil
  ) {
    self.id = id
    self.office = office
    self.time = time
    self.text = text
    self.rule = rule.map(Open.init)
    self.severity = severity.map(Open.init)
    self.acknowledged = acknowledged
  }
}
