import Schema

/// How many there are of each sort, in a village or a commune: kept up with every change, so that nobody is counted when
/// a figure is asked for.
struct Tally {
  struct Sort: Hashable {
    /// Nil for those of whom no village is known.
    var village: Office.Code?
    /// All who came of age by 2025 are of one sort: years before that are never asked about.
    var birthYear: Int
    var eid: Person.Enrolment
    var signature: Person.Signature

    init(village: Office.Code?, birthYear: Int, eid: Person.Enrolment, signature: Person.Signature) {
      self.village = village
      self.birthYear = max(Tally.oldest, birthYear)
      self.eid = eid
      self.signature = signature
    }

    init(_ person: PersonRecord) {
      self.init(village: person.village, birthYear: person.birthYear, eid: person.eid, signature: person.signature)
    }
  }

  fileprivate static let oldest = 2007

  /// What is to be added to each sort; negative where there are fewer.
  private(set) var changes: [Sort: Int64] = [:]

  /// The same without villages.
  var wholeCommune: [Sort: Int64] {
    changes.reduce(into: [:]) { whole, change in
      var sort = change.key
      sort.village = nil
      whole[sort, default: 0] += change.value
    }
  }

  mutating func add(_ person: PersonRecord?) { if let person, person.isHere { changes[Sort(person), default: 0] += 1 } }

  mutating func add(_ people: Int64, of sort: Sort) { changes[sort, default: 0] += people }

  mutating func remove(_ person: PersonRecord?) {
    if let person, person.isHere { changes[Sort(person), default: 0] -= 1 }
  }
}

extension StatisticsRow {
  /// - Parameter year: Whoever turns 18 in it is an adult.
  mutating func add(_ people: Int64, of sort: Tally.Sort, in year: Int) {
    self.people += people
    guard sort.birthYear + 18 <= year else { return }
    counts.adults += people
    if sort.eid.isIssued { counts.issued += people }
    switch sort.eid {
    case .activated: counts.activated += people
    case .suspended: suspended += people
    case .registered, .verified: pending += people
    case .none, .issued, .revoked: break
    }
    if sort.signature != .none { counts.signatures += people }
  }

  mutating func add(_ other: StatisticsRow) {
    people += other.people
    counts = counts + other.counts
    pending += other.pending
    suspended += other.suspended
  }
}
