import Schema

/// What the plans of units call the offices that they name by code: two communes may call one code differently.
struct OfficeNames {
  private var names: [Unit: [Office.Code: String]] = [:]

  /// - Parameter heads: Each with the unit that it is of. Where two of a unit call an office differently, the later one
  ///   of the list is right.
  init(_ heads: [(PlanHead, Unit)] = []) {
    for (head, unit) in heads {
      for office in head.offices { names[unit, default: [:]][office.code] = office.name }
    }
  }

  /// The code itself where no plan names it.
  func name(of office: Office.Code, in unit: Unit) -> String { names[unit]?[office] ?? office.description }

  /// All that are named, by their codes.
  func offices(of unit: Unit) -> [Office] {
    (names[unit] ?? [:]).sorted { $0.key < $1.key }.map { Office(code: $0.key, name: $0.value) }
  }

  /// Several in one cell.
  func list(_ offices: [Office.Code], in unit: Unit) -> String {
    offices.map { name(of: $0, in: unit) }.joined(separator: "; ")
  }
}
