import Schema

/// An indicator as it is kept: what plans promise of it, and its latest values.
struct IndicatorRecord {
  var id: Indicator.ID
  var unit: Unit
  var name: String
  var measure: String?
  /// What the catalogue says that it is.
  var kind: Indicator.Kind?
  /// By their days; of one day, in the order in which they were promised.
  var milestones: [Milestone]
  /// Whether the values are those that were sent to the upper level, and not all that is entered.
  var isSent = false
  /// What was counted and stands, of the latest periods, the latest first.
  var course: [Observation]
  /// Ước thực hiện for a period after these.
  var estimate: Observation?
  var verdicts = Verdicts()

  /// What is judged: the values that are of the whole unit.
  var judged: [Observation] { course.filter(\.isWhole) }

  /// Of the latest period that has a value.
  var last: Observation? { course.first }
}

/// What indicators knows of the plan that promised a target.
struct PlanRecord {
  var focal: Office.Code
  /// All of the plan.
  var offices: [Office]
}

/// How an indicator is called: the same in every commune that promises the same thing.
struct IndicatorName: Hashable {
  var name: String
  var measure: String?

  /// What makes it the same thing, however it is accented or capitalised.
  var folded: String { name.folded }
  /// A sign such as `%` folds to nothing.
  var foldedMeasure: String {
    guard let measure else { return "" }
    return measure.folded.isEmpty ? measure : measure.folded
  }

  /// By its own words.
  var key: IndicatorKey { IndicatorKey(folded: folded, measure: foldedMeasure) }
}

/// What is the same of an indicator in all units: where the catalogue knows it, however each of them words it.
struct IndicatorKey: Hashable {
  var folded: String
  var measure: String
}

extension Observation {
  /// False for a sum over some of the villages: it says nothing about the whole unit.
  var isWhole: Bool { villages?.isComplete != false }
}
