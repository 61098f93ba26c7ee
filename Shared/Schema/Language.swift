/// The two languages that XaSo speaks to people: Vietnamese unless they ask for English.
public enum Language: String, Sendable, CaseIterable {
  case vietnamese = "vi"
  case english = "en"
}

/// One sentence in both languages.
public struct Text: Codable, Hashable, Sendable {
  public var vi: String
  public var en: String

  public init(vi: String, en: String) {
    self.vi = vi
    self.en = en
  }

  public func callAsFunction(_ language: Language) -> String {
    language == .vietnamese ? vi : en
  }
}
