import Schema
import Storage

/// What an indicator is, by its name: as the catalogue has it, and by what gives its values.
struct IndicatorMeaning {
  var share: CountedShare?
  /// Nil where no catalogue knows it.
  var kind: Indicator.Kind?
  var overTime: Indicator.OverTime

  init(of name: IndicatorName, by catalogue: UnitCatalogue) {
    let definition = catalogue.definition(of: name)
    share = CountedShare.meant(by: name)
    kind = definition?.kind.known
    overTime = share == nil ? definition?.overTime.known ?? .none : .last
  }
}

extension Indicator.Kind {
  /// - Parameter row: With the column of the table `indicator`; nil for what no catalogue knows.
  init?(_ row: Row) throws {
    let word: String? = try row["kind"]
    guard let word else { return nil }
    guard let known = Self(rawValue: word) else { throw StorageError(.corrupt, "not a kind of indicator: \(word)") }
    self = known
  }
}
