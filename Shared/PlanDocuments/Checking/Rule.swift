import Schema

/// The closed set of checks that a plan, its parent plan and last year's results can answer.
///
/// P: promises; T: tasks; B: money; L: legal bases; D: form of the document. Each check is a pure function whose comment names
/// its source: the decree, or experience where there is none.
public enum Rule: String, Hashable, Sendable, CaseIterable {
  case twoTargets = "P1"
  case weakerThanParent = "P2"
  case milestonesGoBack = "P3"
  case impossibleTarget = "P4"
  case wrongColumn = "P5"
  case alreadyMet = "P6"
  case leadOutOfReach = "P7"
  case leadChanges = "P8"
  case collectiveLead = "P9"
  case unlinked = "P10"
  case uncounted = "P11"
  case twoNames = "P12"
  case incompleteTask = "T1"
  case tooLittleTime = "T2"
  case vagueTime = "T3"
  case confusedLead = "T4"
  case overload = "T5"
  case wrongOffice = "T6"
  case wrongTotal = "B1"
  case wrongProduct = "B2"
  case moneyUnit = "B3"
  case shareOfBudget = "B5"
  case outdatedBasis = "L1"
  case twoDates = "L2"
  case malformedSymbol = "L3"
  case incompleteBasis = "L4"
  case misquotedScheme = "L5"
  case missingPart = "D1"
  case placeholder = "D2"
  case numbering = "D3"
  case signature = "D4"
  case recipients = "D5"

  /// What only a year's plan is asked for, and not what a meeting or an inspection concluded.
  fileprivate var isOfYearlyPlans: Bool { [.unlinked, .shareOfBudget, .recipients].contains(self) }

  var check: @Sendable (Examination) -> [Finding] {
    switch self {
    case .twoTargets: Promises.twoTargets
    case .weakerThanParent: Promises.weakerThanParent
    case .milestonesGoBack: Promises.milestonesGoBack
    case .impossibleTarget: Targets.impossible
    case .wrongColumn: Targets.wrongColumn
    case .alreadyMet: Promises.alreadyMet
    case .leadOutOfReach: Leads.outOfReach
    case .leadChanges: Leads.change
    case .collectiveLead: Leads.collective
    case .unlinked: Links.unlinked
    case .uncounted: Targets.uncounted
    case .twoNames: Promises.twoNames
    case .incompleteTask: Tasks.incomplete
    case .tooLittleTime: Tasks.tooLittleTime
    case .vagueTime: Tasks.vagueTime
    case .confusedLead: Leads.confused
    case .overload: Leads.overload
    case .wrongOffice: Leads.wrongOffice
    case .wrongTotal: Amounts.wrongTotal
    case .wrongProduct: Amounts.wrongProduct
    case .moneyUnit: Amounts.unit
    case .shareOfBudget: Amounts.share
    case .outdatedBasis: LegalBases.outdated
    case .twoDates: LegalBases.twoDates
    case .malformedSymbol: LegalBases.malformed
    case .incompleteBasis: LegalBases.incomplete
    case .misquotedScheme: LegalBases.misquoted
    case .missingPart: Form.missingPart
    case .placeholder: Form.placeholder
    case .numbering: Form.numbering
    case .signature: Form.signature
    case .recipients: Form.recipients
    }
  }
}

extension PlanDocument {
  /// All that the rules find, in their order; the same for the same plan, always.
  public func check(in context: CheckContext = CheckContext()) -> [Finding] {
    let examination = Examination(self, in: context)
    return Rule.allCases.filter { !head.isConclusions || !$0.isOfYearlyPlans }.flatMap { $0.check(examination) }
  }
}
