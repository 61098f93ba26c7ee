import Schema

/// What a plan is checked against beside itself.
public struct CheckContext: Sendable {
  /// The plan of the level above that this one carries out.
  public var parent: PlanDocument?
  /// Last year's results, beside those that the plan itself reports.
  public var results: [YearResult]
  public var catalogue: IndicatorCatalogue
  public var offices: OfficeCatalogue
  public var register: LegalRegister

  public init(
    parent: PlanDocument? = nil, results: [YearResult] = [], catalogue: IndicatorCatalogue = .standard,
    offices: OfficeCatalogue = .standard, register: LegalRegister = .standard
  ) {
    self.parent = parent
    self.results = results
    self.catalogue = catalogue
    self.offices = offices
    self.register = register
  }
}

/// A plan under check, with what several rules need worked out once.
struct Examination: Sendable {
  let document: PlanDocument
  let context: CheckContext
  let subjects: Subjects
  /// The targets of the appendix, then those that stand elsewhere.
  let pledges: [PromisedTarget]
  let parentPledges: [PromisedTarget]
  /// Of last year: the plan's own, then those that were given.
  let results: [YearResult]
  private let names: [Office.Code: String]
  private let reaches: [Office.Code: OfficeCatalogue.Reach]

  init(_ document: PlanDocument, in context: CheckContext) {
    self.document = document
    self.context = context
    results = document.body.results + context.results
    let parent = context.parent
    let rows =
      document.targets + document.body.objectives.map(\.row) + (parent?.targets ?? [])
      + (parent?.body.objectives.map(\.row) ?? [])
    subjects = Subjects(rows.map(\.indicator) + results.map(\.indicator), catalogue: context.catalogue)
    pledges = PromisedTarget.all(in: document, subjects)
    parentPledges = parent.map { [subjects] in PromisedTarget.all(in: $0, subjects) } ?? []
    names = Dictionary(document.head.offices.map { ($0.code, $0.name) }) { first, _ in first }
    reaches = names.mapValues(context.offices.reach)
  }

  func name(_ office: Office.Code) -> String { names[office] ?? office.description }

  func reach(_ office: Office.Code) -> OfficeCatalogue.Reach { reaches[office] ?? .own }
}

/// One promise: an indicator, a milestone, what is to be reached, and where the plan says so.
struct PromisedTarget: Hashable, Sendable {
  let row: TargetRow
  let place: Place
  let subject: Subjects.Subject
  /// The end of the plan's year where the paper names no day.
  let milestone: Day
  let moreIsBetter: Bool

  enum Strength { case weaker, equal, stronger }

  /// What is compared with what: the same thing in the same unit.
  struct Key: Hashable {
    let subject: Subjects.Subject
    let unit: String
  }

  var key: Key { Key(subject: subject, unit: row.unit?.folded ?? "") }

  /// `90 %`, `≥ 90 %`, `báo cáo`: short, for a message.
  var written: String { row.written }

  /// How much this promises beside another promise of the same thing; nil where they cannot be compared.
  func strength(beside other: PromisedTarget) -> Strength? {
    guard let mine = row.end(moreIsBetter), let theirs = other.row.end(moreIsBetter) else {
      if row.comparator == .maintain || other.row.comparator == .maintain { return nil }
      if row.value == nil, other.row.value == nil { return .equal }
      return row.value == nil ? .weaker : .stronger
    }
    if mine != theirs { return (mine < theirs) == moreIsBetter ? .weaker : .stronger }
    if row.isStrict == other.row.isStrict { return .equal }
    return row.isStrict ? .stronger : .weaker
  }

  static func all(in document: PlanDocument, _ subjects: Subjects) -> [PromisedTarget] {
    let end = Day(document.head.year, 12, 31) ?? Day(number: 0)
    let targets = document.targets.map { (row: $0, place: Place(.target, $0.number)) }
    let objectives = document.body.objectives.map { (row: $0.row, place: Place(.objective, $0.place)) }
    return (targets + objectives).map { row, place in
      let subject = subjects[row.indicator]
      let isLimit = row.comparator == .atMost || row.comparator == .below
      return PromisedTarget(
        row: row, place: place, subject: subject, milestone: row.due ?? end,
        moreIsBetter: !isLimit && subjects.moreIsBetter(subject))
    }
  }
}

extension TargetRow {
  var isPercent: Bool { unit?.contains("%") == true }

  /// `trên`, `dưới`: the number itself does not fulfil it.
  var isStrict: Bool { comparator == .above || comparator == .below }

  /// What it promises at the least: of a range the end that is the easier one to reach.
  func end(_ moreIsBetter: Bool) -> Quantity? { moreIsBetter ? value : upper ?? value }

  var written: String {
    let sign: String =
      switch comparator {
      case .known(.report): "báo cáo"
      case .known(.maintain): "duy trì"
      case .known(.exactly), .known(.range): ""
      case .known(.atLeast): "≥"
      case .known(.atMost): "≤"
      case .known(.above): ">"
      case .known(.below): "<"
      case .unknown(let word): word
      }
    return [sign, value?.written(upTo: upper) ?? "", value == nil ? "" : unit ?? ""].filter { !$0.isEmpty }.joined(
      separator: " ")
  }
}

extension Sequence {
  /// Groups in the order in which their keys were first met, so that the same plan gives the same findings.
  func grouped<Key: Hashable>(by key: (Element) -> Key) -> [(key: Key, members: [Element])] {
    var order: [Key: Int] = [:]
    var groups: [(key: Key, members: [Element])] = []
    for element in self {
      let key = key(element)
      if let index = order[key] {
        groups[index].members.append(element)
      } else {
        order[key] = groups.count
        groups.append((key, [element]))
      }
    }
    return groups
  }
}
