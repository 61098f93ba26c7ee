import PlanDocuments
import Schema

/// What the names of a unit's indicators mean: by the shipped catalogue, by what its province added, by its own.
struct UnitCatalogue {
  /// What is shipped, and nothing else.
  static let shipped = UnitCatalogue()

  /// By their folded names.
  private var added: [String: Indicator.Definition] = [:]

  /// What was added under a code.
  subscript(code: Slug) -> Indicator.Definition? { added.values.first { $0.code == code } }

  /// A later one of the same name counts less.
  mutating func add(_ definition: Indicator.Definition) {
    for name in definition.names where added[name.folded] == nil { added[name.folded] = definition }
  }

  /// One more name of what is there.
  mutating func add(_ alias: String, of definition: Indicator.Definition) {
    var definition = definition
    definition.aliases.append(alias)
    for name in definition.names { added[name.folded] = definition }
  }

  /// What an indicator is that is called so, whatever it is measured in. What is shipped stands before what was added,
  /// with the names that a province gave it besides.
  func definition(called name: String) -> Indicator.Definition? {
    let added = added[name.folded]
    guard let shipped = IndicatorCatalogue.standard.entry(called: name), shipped.code != added?.code else {
      return added
    }
    return shipped
  }

  /// What an indicator is: nil where it is measured in something else than what bears that name here.
  func definition(of name: IndicatorName) -> Indicator.Definition? {
    definition(called: name.name).flatMap { definition in
      IndicatorName(name: name.name, measure: definition.unit).foldedMeasure == name.foldedMeasure ? definition : nil
    }
  }

  /// By the name that is given to all who promise the same thing in other words; its own where it has none.
  func common(_ name: IndicatorName) -> IndicatorName {
    IndicatorName(name: definition(called: name.name)?.name.vi ?? name.name, measure: name.measure)
  }

  /// What it is called anywhere, folded.
  func everyFolded(_ name: IndicatorName) -> [String] {
    definition(called: name.name)?.names.map(\.folded) ?? [name.folded]
  }
}
