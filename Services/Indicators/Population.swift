import Schema

/// Whom shares are of, where a name says so in words that mean one and the same number in a commune.
enum Population: String, CaseIterable {
  case adults, officials, households, villages, schools

  static func meant(by name: IndicatorName) -> Population? {
    guard name.measure == Indicator.percent else { return nil }
    let words = " \(name.folded) "
    return allCases.first { population in population.phrases.contains { words.contains(" \($0) ") } }
  }

  private var phrases: [String] {
    switch self {
    case .adults: ["dan so truong thanh", "nguoi truong thanh", "nguoi dan truong thanh", "tu 18 tuoi", "du 18 tuoi"]
    case .officials: ["can bo cong chuc", "can bo cong chuc vien chuc"]
    case .households: ["ho gia dinh", "so ho"]
    case .villages: ["thon xom", "thon ban", "so thon"]
    case .schools: ["co so giao duc", "truong hoc"]
    }
  }
}
