import Schema

/// What a value is entered into: the unit's indicators, and what is there already for the periods in question. It is read
/// once for all rows of a command.
struct EntryGround {
  /// An indicator, as far as entering asks.
  struct Subject {
    var id: Indicator.ID
    var name: IndicatorName
    var key: IndicatorKey
    /// What it is judged by.
    var target: Milestone
    var isTargetMet: Bool
    /// The office that answers for the plan.
    var focal: Office.Code
    /// What gives its values, where something does.
    var share: CountedShare?
    /// What it is by the catalogue.
    var kind: Indicator.Kind?
    var overTime = Indicator.OverTime.none
    /// Whom its shares are of, where that is known.
    var population: Population?
  }

  struct Place: Hashable {
    var indicator: Indicator.ID
    var period: Period
    var village: Office.Code?
  }

  /// The revision that stands.
  struct Stated: Hashable {
    var revision: Int
    var figure: Figure
    var estimatedAsOf: Day?
    var note: String?
    var evidence: String?
    var reason: String?
    var office: Office.Code
    var time: Timestamp

    var isEstimate: Bool { estimatedAsOf != nil }

    init(_ observation: Observation) {
      (revision, figure) = (observation.revision, observation.figure)
      estimatedAsOf = observation.estimatedAsOf
      (note, evidence, reason) = (observation.note, observation.evidence, observation.reason)
      (office, time) = (observation.office, observation.time)
    }
  }

  var unit: Unit
  var today: Day
  var subjects: [Indicator.ID: Subject] = [:]
  /// For the periods of the rows, and for three before each of them.
  var stated: [Place: Stated] = [:]
  /// What stood before, and was corrected, for the periods of the rows.
  var corrected: [Place: Set<Figure>] = [:]
  /// Indicators and periods that have a sum over villages.
  var summed: Set<Place> = []
  /// Where nothing is said to have arisen.
  var nothing: Set<Place> = []
  /// Periods for which counts of Đề án 06, or spending, are there.
  var counted: [CountedShare.Origin: Set<Period>] = [:]
  var villages: Set<Office.Code> = []
  /// The day from which the unit is part of another one.
  var mergedOn: Day?
  var locks: [Lock] = []

  func counted(_ indicator: Indicator.ID, _ period: Period) -> Figure? {
    let stated = stated[Place(indicator: indicator, period: period)]
    return stated?.isEstimate == false ? stated?.figure : nil
  }
}

extension ObserveIndicator {
  var place: EntryGround.Place { EntryGround.Place(indicator: indicator, period: period, village: village) }
}

/// A value that may be kept, and what is worth another look.
struct Entry {
  var observation: Observation
  var warnings: [Text]
}

/// What a sheet's row comes to.
enum SheetEntry {
  case entry(Entry)
  /// The value stands already, in this revision.
  case unchanged(Int)
}
