/// What a unit and the units below it have in one fiscal year; years are never added up.
public struct TotalBudget: Query, Hashable {
  public typealias Reply = BudgetTotals
  public static let method: Method = "budget.totals"
  public static let access: Access = ListLines.access

  public var fiscalYear: Int

  public init(fiscalYear: Int) { self.fiscalYear = fiscalYear }
}

/// Lines added up. What is left to spend is what is allocated less what is advanced, disbursed and carried.
public struct MoneySums: Codable, Hashable, Sendable {
  public var lines: Int
  public var estimated: Money
  public var approved: Money
  public var allocated: Money
  public var committed: Money
  public var advanced: Money
  public var disbursed: Money
  public var settled: Money
  public var carried: Money

  public init(
    lines: Int = 0, estimated: Money = 0, approved: Money = 0, allocated: Money = 0, committed: Money = 0,
    advanced: Money = 0, disbursed: Money = 0, settled: Money = 0, carried: Money = 0
  ) {
    self.lines = lines
    self.estimated = estimated
    self.approved = approved
    self.allocated = allocated
    self.committed = committed
    self.advanced = advanced
    self.disbursed = disbursed
    self.settled = settled
    self.carried = carried
  }
}

/// One fiscal year's money; each of the lists adds up to `sums`.
public struct BudgetTotals: Body, Codable, Hashable {
  public struct OfUnit: Codable, Hashable, Sendable {
    public var unit: Unit
    public var sums: MoneySums

    public init(unit: Unit, sums: MoneySums) {
      self.unit = unit
      self.sums = sums
    }
  }

  public struct OfSource: Codable, Hashable, Sendable {
    public var source: Open<FundSource>
    public var sums: MoneySums

    public init(source: Open<FundSource>, sums: MoneySums) {
      self.source = source
      self.sums = sums
    }
  }

  /// Of several leads the money is theirs together (chung), and counted once until it is split.
  public struct OfLeads: Codable, Hashable, Sendable {
    public var leads: [Office.Code]
    public var sums: MoneySums

    public init(leads: [Office.Code], sums: MoneySums) {
      self.leads = leads
      self.sums = sums
    }
  }

  /// Of one spending unit; nil where none is named.
  public struct OfSpender: Codable, Hashable, Sendable {
    public var spender: Office.Code?
    public var sums: MoneySums

    public init(spender: Office.Code?, sums: MoneySums) {
      self.spender = spender
      self.sums = sums
    }
  }

  /// Of one pillar; nil where none is named.
  public struct OfPillar: Codable, Hashable, Sendable {
    public var pillar: Open<Pillar>?
    public var sums: MoneySums

    public init(pillar: Open<Pillar>?, sums: MoneySums) {
      self.pillar = pillar
      self.sums = sums
    }
  }

  public var unit: Unit
  public var fiscalYear: Int
  public var sums: MoneySums
  /// Tasks of issued plans that have no money at all.
  public var unfunded: Int
  /// Of a province, each unit that has lines; empty for a commune.
  public var units: [OfUnit]
  public var sources: [OfSource]
  /// A province adds up what its communes call by the same codes.
  public var leads: [OfLeads]
  public var spenders: [OfSpender]
  public var pillars: [OfPillar]

  public init(
    unit: Unit, fiscalYear: Int, sums: MoneySums, unfunded: Int = 0, units: [OfUnit], sources: [OfSource],
    leads: [OfLeads], spenders: [OfSpender], pillars: [OfPillar]
  ) {
    self.unit = unit
    self.fiscalYear = fiscalYear
    self.sums = sums
    self.unfunded = unfunded
    self.units = units
    self.sources = sources
    self.leads = leads
    self.spenders = spenders
    self.pillars = pillars
  }
}
