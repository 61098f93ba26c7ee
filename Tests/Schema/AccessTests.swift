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
    case .system: [Access.operate, .join, .nobody, .inspect].filter { $0.roles.contains(role) }
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

  @Test(arguments: Samples.requests)
  func everyRequest(_ sample: SampleRequest) throws {
    let (reach, roles) = try #require(Entitled.table[sample.method])
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
