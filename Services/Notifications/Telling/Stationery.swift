import Schema

/// What letters look like: a subject, a plain text and an HTML text, in each language.
struct Stationery: Sendable {
  /// The three parts of a message.
  struct Message: Hashable, Sendable {
    var subject: String
    var plain: String
    var html: String
  }

  /// The files, by name; each is a template.
  static let files = [
    "subject.vi.txt", "subject.en.txt", "letter.vi.txt", "letter.en.txt", "letter.vi.html", "letter.en.html",
  ]

  private var templates: [String: Template] = [:]

  /// - Parameter texts: By file name; all of them.
  init(_ texts: [String: String]) throws(DataFault) {
    for file in Self.files {
      guard let text = texts[file] else { throw DataFault(file: file, line: 1, reason: "the file is missing") }
      templates[file] = try Template(
        text, named: file, form: file.hasSuffix(".html") ? .html : .text, knows: Self.names)
    }
  }

  private static let names: Set<String> = [
    "office", "unit", "day", "count", "urgent", "letter", "sections", "title", "color", "items", "text",
  ]

  func message(_ letter: Letter, in language: Language) -> Message {
    let values = values(of: letter, language)
    func fill(_ file: String) -> String { templates[file]?(values) ?? "" }
    let code = language.rawValue
    return Message(
      subject: fill("subject.\(code).txt").onOneLine.trimmedText, plain: fill("letter.\(code).txt"),
      html: fill("letter.\(code).html"))
  }

  private func values(of letter: Letter, _ language: Language) -> [String: Template.Value] {
    [
      "office": .text(letter.office.name), "unit": .text("\(letter.unit)"),
      "day": .text(language == .vietnamese ? letter.day.written : "\(letter.day)"),
      "count": .text("\(letter.notices.count)"), "urgent": .flag(!letter.isDigest), "letter": .text("\(letter.id)"),
      "sections": .list(sections(of: letter, language)),
    ]
  }

  /// By rule, what is worst first.
  private func sections(of letter: Letter, _ language: Language) -> [[String: Template.Value]] {
    let groups = Dictionary(grouping: letter.notices) { $0.rule }
    let order = Notice.Rule.allCases.sorted { left, right in
      (groups[left]?.first?.severity.rank ?? 0, right.title.vi) > (
        groups[right]?.first?.severity.rank ?? 0, left.title.vi
      )
    }
    return order.compactMap { rule in
      guard let items = groups[rule] else { return nil }
      return [
        "title": .text(rule.title(language)), "color": .text(items.first?.severity.color ?? "#000000"),
        "items": .list(items.map { ["text": .text($0.text(language))] }),
      ]
    }
  }
}

extension String {
  fileprivate var trimmedText: String { self[...].trimmed }
}

extension Notice.Severity {
  fileprivate var rank: Int {
    switch self {
    case .info: 0
    case .warning: 1
    case .critical: 2
    }
  }

  fileprivate var color: String {
    switch self {
    case .info: "#9ca3af"
    case .warning: "#d97706"
    case .critical: "#dc2626"
    }
  }
}

extension Notice.Rule {
  /// The heading under which a letter says it.
  var title: Text {
    switch self {
    case .news: Text(vi: "Tin mới", en: "News")
    case .accountChanged: Text(vi: "Tài khoản và khóa", en: "Accounts and keys")
    case .taskDueSoon: Text(vi: "Nhiệm vụ sắp đến hạn", en: "Tasks due soon")
    case .taskOverdue: Text(vi: "Nhiệm vụ quá hạn", en: "Overdue tasks")
    case .taskUndated: Text(vi: "Nhiệm vụ chưa có hạn", en: "Tasks without a day")
    case .taskReturned: Text(vi: "Kết quả bị trả lại", en: "Returned results")
    case .reportOpen: Text(vi: "Báo cáo đã mở", en: "Reports that opened")
    case .reportDueSoon: Text(vi: "Báo cáo sắp đến hạn", en: "Reports due soon")
    case .reportMissing: Text(vi: "Báo cáo chưa gửi", en: "Missing reports")
    case .subplanAsked: Text(vi: "Cần có kế hoạch cụ thể hóa", en: "Plans asked for")
    case .subplanDueSoon: Text(vi: "Kế hoạch cụ thể hóa sắp đến hạn", en: "Plans due soon")
    case .subplanMissing: Text(vi: "Kế hoạch cụ thể hóa chưa có", en: "Missing plans")
    case .reportsLate: Text(vi: "Báo cáo các xã chưa gửi", en: "Communes without a report")
    case .subplansLate: Text(vi: "Các xã chưa có kế hoạch cụ thể hóa", en: "Communes without a plan")
    case .submissionReturned: Text(vi: "Báo cáo cần rà soát", en: "Reports to look at again")
    case .targetAtRisk: Text(vi: "Chỉ tiêu có nguy cơ", en: "Targets at risk")
    case .dataRequestDue: Text(vi: "Yêu cầu về dữ liệu cá nhân", en: "Requests about personal data")
    case .deadlineStarted: Text(vi: "Thời hạn bắt đầu tính", en: "Times that began")
    case .ledgerRefusal: Text(vi: "Khoản chi bị từ chối", en: "Refused spending")
    case .legalBasisChanged: Text(vi: "Căn cứ hết hiệu lực", en: "Legal bases")
    case .disbursementLag: Text(vi: "Giải ngân chậm", en: "Slow spending")
    case .countDrop: Text(vi: "Số liệu giảm", en: "Falling counts")
    }
  }
}
