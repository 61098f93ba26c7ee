import SampleMessages
import Schema
import Testing

@Suite struct AccessTests {
  /// Who stands where towards the unit of the route.
  enum Relation: CaseIterable {
    case same, sameProvince, child, parent, sibling, stranger, strangeProvince, sameCodeElsewhere
    case noUnit, provinceWithoutUnit, homeless, homelessWithoutUnit

    var home: Unit? {
      switch self {
      case .same, .parent, .sibling, .stranger, .strangeProvince, .sameCodeElsewhere, .noUnit: "38/15043"
      case .sameProvince, .child, .provinceWithoutUnit: "38"
      case .homeless, .homelessWithoutUnit: nil
      }
    }

    var unit: Unit? {
      switch self {
      case .same, .child, .homeless: "38/15043"
      case .sameProvince, .parent: "38"
      case .sibling: "38/15044"
      case .stranger: "01/00004"
      case .strangeProvince: "01"
      case .sameCodeElsewhere: "01/15043"
      case .noUnit, .provinceWithoutUnit, .homelessWithoutUnit: nil
      }
    }
  }

  /// The rules in words: one's own unit is one's own unit; a subtree is that and what is below; the system has no unit.
  static let reached: [Access.Reach: Set<Relation>] = [
    .own: [.same, .sameProvince],
    .subtree: [.same, .sameProvince, .child],
    .beneath: [.same, .sameProvince, .child, .homeless, .homelessWithoutUnit],
    .system: [.noUnit, .provinceWithoutUnit, .homelessWithoutUnit],
  ]

  static func access(_ reach: Access.Reach, _ role: Role) -> [Access] {
    switch reach {
    case .own: [.write(by: role), .own(by: [role])]
    case .subtree: [.read(by: [role])] + (Access.follow.roles.contains(role) ? [.follow] : [])
    case .beneath: [.beneath(by: [role])] + (Access.administer.roles.contains(role) ? [.administer] : [])
    case .system: [Access.operate, .join, .nobody].filter { $0.roles.contains(role) }
    }
  }

  @Test(arguments: [Access.Reach.own, .subtree, .beneath, .system], Relation.allCases)
  func theWholeMatrix(reach: Access.Reach, relation: Relation) throws {
    let near = try #require(Self.reached[reach]).contains(relation)
    for asked in Role.allCases {
      for access in Self.access(reach, asked) {
        for held in Role.allCases {
          let caller = Caller(account: "a", unit: relation.home, office: nil, roles: [held])
          let expected = near && access.roles.contains(held)
          #expect(access.permits(caller, in: relation.unit) == expected, "\(asked) asked, \(held) held")
        }
        let everybody = Caller(account: "a", unit: relation.home, office: "vh-xh", roles: Set(Role.allCases))
        #expect(access.permits(everybody, in: relation.unit) == near)
        let nobody = Caller(account: "a", unit: relation.home, office: "vh-xh", roles: [])
        #expect(!access.permits(nobody, in: relation.unit))
      }
    }
  }

  @Test func nobodyIsNamed() {
    let everybody = Caller(account: "a", unit: "38", office: nil, roles: Set(Role.allCases))
    #expect(!Access.read(by: []).permits(everybody, in: "38"))
    #expect(!Access.own(by: []).permits(everybody, in: "38"))
  }

  /// Who may send what, as the rules say it; a new request is entered here by hand.
  static let offices: Set<Role> = [.entry, .focal, .finance, .serviceCentre, .police, .approver, .clerk]
  static let entitled: [Method: (reach: Access.Reach, roles: Set<Role>)] = [
    "gateway.health": (.system, [.operator]),
    "gateway.backup": (.system, [.operator]),
    "gateway.successor": (.system, Set(Role.allCases).subtracting([.invited])),
    "plans.health": (.system, [.operator]),
    "plans.backup": (.system, [.operator]),
    "plans.events": (.subtree, [.subscriber, .province]),
    "plans.draft": (.own, [.focal]),
    "plans.draft.rows": (.own, [.focal]),
    "plans.discard": (.own, [.focal]),
    "plans.rows.change": (.own, [.focal]),
    "plans.submit": (.own, [.focal]),
    "plans.return": (.own, [.approver, .clerk, .focal]),
    "plans.approve": (.own, [.approver, .clerk]),
    "plans.issue": (.own, [.clerk]),
    "plans.close": (.own, [.clerk]),
    "plans.revoke": (.own, [.clerk]),
    "plans.compare": (.subtree, offices.union([.province, .auditor])),
    "plans.progress": (.own, [.entry, .focal]),
    "plans.task.submit": (.own, [.entry, .focal]),
    "plans.task.accept": (.own, [.focal]),
    "plans.task.return": (.own, [.focal]),
    "plans.task.decide": (.own, [.focal, .clerk]),
    "plans.task.assign": (.own, [.focal]),
    "plans.task.why": (.subtree, offices.union([.province, .auditor])),
    "plans.subplans.ask": (.own, [.focal]),
    "plans.subplans": (.subtree, offices.union([.province, .auditor])),
    "plans.obstacle.raise": (.own, [.entry, .focal, .approver]),
    "plans.obstacle.answer": (.own, [.focal, .approver]),
    "plans.obstacles": (.subtree, offices.union([.province, .auditor])),
    "plans.committee.keep": (.own, [.focal]),
    "plans.committees": (.subtree, offices.union([.province, .auditor])),
    "plans.legal.keep": (.own, [.focal, .clerk]),
    "plans.legal.end": (.own, [.focal, .clerk]),
    "plans.legal.list": (.subtree, offices.union([.province, .auditor])),
    "plans.legal.citing": (.subtree, offices.union([.province, .auditor])),
    "plans.tally": (.subtree, offices.union([.province, .auditor])),
    "plans.list": (.subtree, offices.union([.province, .auditor])),
    "plans.show": (.subtree, offices.union([.province, .auditor])),
    "plans.targets": (.subtree, offices.union([.province, .auditor])),
    "plans.tasks": (.subtree, offices.union([.province, .auditor])),
    "budget.health": (.system, [.operator]),
    "budget.backup": (.system, [.operator]),
    "budget.events": (.subtree, [.subscriber, .province]),
    "budget.reached": (.system, [.operator]),
    "budget.parked": (.system, [.operator]),
    "budget.parked.retry": (.system, [.operator]),
    "budget.parked.drop": (.system, [.operator]),
    "budget.allocate": (.own, [.finance]),
    "budget.disburse": (.own, [.finance]),
    "budget.book": (.own, [.finance]),
    "budget.move": (.own, [.finance]),
    "budget.reverse": (.own, [.finance]),
    "budget.add": (.own, [.finance]),
    "budget.split": (.own, [.finance]),
    "budget.describe": (.own, [.finance]),
    "budget.close": (.own, [.finance]),
    "budget.reopen": (.own, [.approver, .clerk]),
    "budget.spending": (.own, [.finance]),
    "budget.chase": (.own, [.finance, .focal]),
    "budget.years": (.subtree, offices.union([.province, .auditor])),
    "budget.check": (.subtree, offices.union([.province, .auditor])),
    "budget.lines": (.subtree, offices.union([.province, .auditor])),
    "budget.entries": (.subtree, offices.union([.province, .auditor])),
    "budget.totals": (.subtree, offices.union([.province, .auditor])),
    "indicators.health": (.system, [.operator]),
    "indicators.backup": (.system, [.operator]),
    "indicators.events": (.subtree, [.subscriber, .province]),
    "indicators.reached": (.system, [.operator]),
    "indicators.parked": (.system, [.operator]),
    "indicators.parked.retry": (.system, [.operator]),
    "indicators.parked.drop": (.system, [.operator]),
    "indicators.observe": (.own, [.entry, .focal, .finance, .serviceCentre, .police]),
    "indicators.list": (.subtree, offices.union([.province, .auditor])),
    "indicators.observations": (.subtree, offices.union([.province, .auditor])),
    "indicators.overview": (.subtree, offices.union([.province, .auditor])),
    "indicators.rollup": (.subtree, offices.union([.province, .auditor])),
    "notifications.health": (.system, [.operator]),
    "notifications.backup": (.system, [.operator]),
    "notifications.reached": (.system, [.operator]),
    "notifications.parked": (.system, [.operator]),
    "notifications.parked.retry": (.system, [.operator]),
    "notifications.parked.drop": (.system, [.operator]),
    "notifications.inbox": (.own, offices),
    "identity.health": (.system, [.operator]),
    "identity.backup": (.system, [.operator]),
    "identity.events": (.system, []),
    "identity.directory": (.system, []),
    "identity.invite": (.beneath, [.administrator]),
    "identity.join": (.system, [.invited]),
    "identity.key.add": (.system, Set(Role.allCases).subtracting([.invited])),
    "identity.key.withdraw": (.system, Set(Role.allCases).subtracting([.invited])),
    "identity.accounts": (.beneath, [.administrator]),
    "identity.revoke": (.beneath, [.administrator]),
    "identity.offices": (.beneath, offices.union([.province, .auditor, .administrator])),
    "identity.office.keep": (.beneath, [.administrator]),
    "identity.counts": (.own, [.police]),
    "identity.counts.list": (.subtree, offices.union([.province, .auditor])),
  ]

  @Test(arguments: Samples.requests)
  func everyRequest(_ sample: SampleRequest) throws {
    let (reach, roles) = try #require(Self.entitled[sample.method])
    for role in Role.allCases {
      for relation in Relation.allCases {
        let caller = Caller(account: "a", unit: relation.home, office: nil, roles: [role])
        let expected = roles.contains(role) && Self.reached[reach]?.contains(relation) == true
        #expect(sample.access.permits(caller, in: relation.unit) == expected, "\(role) \(relation)")
      }
    }
  }

  @Test func everyCommandStaysAtHome() {
    for request in Catalogue.all where request is any Command.Type {
      #expect(request.access.reach != .subtree, "\(request.method)")
      // Below one's own unit only who may come in is decided, and with which offices.
      #expect(request.access.reach != .beneath || request.access == .administer, "\(request.method)")
    }
  }
}
