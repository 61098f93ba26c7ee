extension Indicator {
  /// What the focal office says of an objective without a number; counted apart from what is met by number.
  public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    /// Hoàn thành
    case achieved
    /// Hoàn thành một phần
    case partly
    /// Chưa hoàn thành
    case notAchieved = "not-achieved"
  }

  /// Đánh giá: a verdict, and what it rests on. It is about what the plans of one year promise, and stands until a later
  /// one; none is ever changed.
  public struct Judgement: Codable, Hashable, Sendable {
    public var verdict: Open<Verdict>
    public var text: String
    public var evidence: String
    public var office: Office.Code
    public var time: Timestamp
    /// The year of the plan; of a verdict of before it was kept, the year in which it was said.
    public var year: Int
    /// The period that it is about; nil for the day on which it was said.
    public var period: Period?
    /// Who said it; nil of a verdict of before it was kept.
    public var account: Caller.Account?

    public init(
      verdict: Open<Verdict>, text: String, evidence: String, office: Office.Code, time: Timestamp, year: Int,
      period: Period? = nil, account: Caller.Account? = nil
    ) {
      self.verdict = verdict
      self.text = text
      self.evidence = evidence
      self.office = office
      self.time = time
      self.year = year
      self.period = period
      self.account = account
    }

    public init(from decoder: any Decoder) throws {
      let fields = try decoder.container(keyedBy: CodingKeys.self)
      time = try fields.decode(Timestamp.self, forKey: .time)
      year = try fields.decodeIfPresent(Int.self, forKey: .year) ?? time.day.components.year
      verdict = try fields.decode(Open<Verdict>.self, forKey: .verdict)
      text = try fields.decode(String.self, forKey: .text)
      evidence = try fields.decode(String.self, forKey: .evidence)
      office = try fields.decode(Office.Code.self, forKey: .office)
      period = try fields.decodeIfPresent(Period.self, forKey: .period)
      account = try fields.decodeIfPresent(Caller.Account.self, forKey: .account)
    }

    /// The last day that it speaks of.
    public var day: Day { period?.days.upperBound ?? time.day }

    /// What it is about: `quý III/2026`, `đến 21/11/2026`.
    public var about: Text {
      period?.text ?? Text(vi: "đến \(time.day.written)", en: "as of \(time.day.written)")
    }
  }
}

extension Open where Word == Indicator.Verdict {
  /// As it is said of an objective: `hoàn thành một phần`.
  public var text: Text {
    switch self {
    case .known(.achieved): Text(vi: "hoàn thành", en: "achieved")
    case .known(.partly): Text(vi: "hoàn thành một phần", en: "partly achieved")
    case .known(.notAchieved): Text(vi: "chưa hoàn thành", en: "not achieved")
    case .unknown(let word): Text(vi: word, en: word)
    }
  }
}

/// The focal office's verdict on an objective that has no number, with the text and the evidence that it rests on. Those
/// before it are kept.
public struct JudgeIndicator: Command, Hashable {
  public typealias Reply = IndicatorSummary
  public static let method: Method = "indicators.judge"
  public static let access: Access = .write(by: .focal)

  public var indicator: Indicator.ID
  public var verdict: Open<Indicator.Verdict>
  public var text: String
  public var evidence: String
  /// The period that it is about, whose report says it; nil for today.
  public var period: Period?

  public init(
    indicator: Indicator.ID, verdict: Open<Indicator.Verdict>, text: String, evidence: String, period: Period? = nil
  ) {
    self.indicator = indicator
    self.verdict = verdict
    self.text = text
    self.evidence = evidence
    self.period = period
  }
}

/// Every verdict on an indicator of the unit or of a unit below it, of whatever year, the last one first.
public struct ListJudgements: Query, Hashable {
  public typealias Reply = Page<Indicator.Judgement>
  public static let method: Method = "indicators.judgements"
  public static let access: Access = ListPlans.access

  public var indicator: Indicator.ID
  public var after: String?

  public init(indicator: Indicator.ID, after: String? = nil) {
    self.indicator = indicator
    self.after = after
  }
}
