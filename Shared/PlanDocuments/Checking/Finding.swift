public import Schema

/// What a check found: where, what is the matter, what to do.
public struct Finding: Hashable, Sendable {
  public enum Severity: String, Hashable, Sendable, CaseIterable {
    /// Stops the plan from being issued, unless the approver records why.
    case error
    /// To be looked at; may be meant.
    case warning
    case information
    /// The check could not be made; the problem says why, the advice how it could.
    case notCheckable = "not-checkable"

    public var text: Text {
      switch self {
      case .error: Text(vi: "lỗi", en: "error")
      case .warning: Text(vi: "cảnh báo", en: "warning")
      case .information: Text(vi: "thông tin", en: "information")
      case .notCheckable: Text(vi: "không kiểm được", en: "not checkable")
      }
    }
  }

  public let rule: Rule
  public let severity: Severity
  /// All the places with this problem, in the order of the plan; none for the plan as a whole.
  public let places: [Place]
  /// One sentence.
  public let problem: Text
  public let advice: Text

  init(_ rule: Rule, _ severity: Severity, _ places: [Place], _ problem: Text, do advice: Text) {
    self.rule = rule
    self.severity = severity
    self.places = places
    self.problem = problem
    self.advice = advice
  }
}

/// A place in a plan, as people name it.
public struct Place: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case task, target, objective, basis, citation, recipients, reporting, office, budget, text, heading
  }

  public let kind: Kind
  /// The number of the row, the symbol of the document, the words themselves.
  public let name: String

  init(_ kind: Kind, _ name: String) {
    self.kind = kind
    self.name = name
  }

  public var text: Text {
    switch kind {
    case .task: Text(vi: "nhiệm vụ \(name)", en: "task \(name)")
    case .target: Text(vi: "chỉ tiêu \(name)", en: "target \(name)")
    case .objective: Text(vi: "mục tiêu tại \(name)", en: "objective in \(name)")
    case .basis: Text(vi: "căn cứ \(name)", en: "legal basis \(name)")
    case .citation: Text(vi: "văn bản dẫn tại \(name)", en: "citation in \(name)")
    case .recipients: Text(vi: "nơi nhận", en: "recipients")
    case .reporting: Text(vi: "chế độ báo cáo “\(name)”", en: "report “\(name)”")
    case .office: Text(vi: "cơ quan “\(name)”", en: "office “\(name)”")
    case .budget: Text(vi: "kinh phí \(name)", en: "budget \(name)")
    case .text: Text(vi: "“\(name)”", en: "“\(name)”")
    case .heading: Text(vi: "mục \(name)", en: "heading \(name)")
    }
  }
}

extension Finding: Encodable {
  private enum CodingKeys: CodingKey { case rule, severity, places, problem, advice }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rule.rawValue, forKey: .rule)
    try container.encode(severity.rawValue, forKey: .severity)
    try container.encode(places, forKey: .places)
    try container.encode(problem, forKey: .problem)
    try container.encode(advice, forKey: .advice)
  }
}

extension Place: Encodable {
  private enum CodingKeys: CodingKey { case kind, name }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind.rawValue, forKey: .kind)
    try container.encode(name, forKey: .name)
  }
}
