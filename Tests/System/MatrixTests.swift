import Bus
import Foundation
import SampleMessages
import Schema
import Testing
import ZeroMQ

@testable import xaso

extension SystemTests {
  /// Every role asks every method everywhere, through the front door of a running stack.
  @Suite("The matrix of rights") struct MatrixTests {
    /// Where a request is sent to, as seen from whoever sends it.
    enum Place: CaseIterable {
      case own, child, sibling, parent, otherProvince, nowhere

      func unit(from home: Schema.Unit?) -> Schema.Unit? {
        switch self {
        case .own: home ?? "38"
        case .child: home?.commune == nil ? House.communes[1] : nil
        case .sibling: home?.commune == nil ? nil : House.communes[1]
        case .parent: home?.commune == nil ? nil : "38"
        case .otherProvince: House.elsewhere
        case .nowhere: nil
        }
      }
    }

    /// From a commune, from a province, and from no unit at all: where a request of each reach is heard.
    private static let heard: [(home: Schema.Unit?, heard: [Access.Reach: Set<Place>])] = [
      (House.communes[0], [.own: [.own], .subtree: [.own], .beneath: [.own], .system: [.nowhere]]),
      ("38", [.own: [.own], .subtree: [.own, .child], .beneath: [.own, .child], .system: [.nowhere]]),
      (nil, [.own: [], .subtree: [], .beneath: [.own, .child, .otherProvince, .nowhere], .system: [.nowhere]]),
    ]

    /// Who may be what, where.
    private static func roles(at home: Schema.Unit?) -> [Role] {
      switch home {
      case nil: [.administrator, .operator, .auditor]
      case let unit? where unit.commune == nil: Role.allCases.filter { ![.operator, .invited].contains($0) }
      default: Role.allCases.filter { ![.operator, .invited, .province].contains($0) }
      }
    }

    @Test("role × method × place: each is heard where the table says, and refused with 403 anywhere else")
    func walked() async throws {
      try await House.open { house in
        var asked = 0
        for (home, heard) in Self.heard {
          for role in Self.roles(at: home) {
            let place = home?.topic.replacing("/", with: ".") ?? "none"
            let account = Slug(stringLiteral: "matrix.\(place).\(role.rawValue)")
            let office = Role.offices.contains(role) ? Office(code: "mot", name: "Cơ quan") : nil
            try await house.installation.enroll([.init(account: account, unit: home, office: office, roles: [role])])
            let client = try house.client(account)
            asked += try await walk(client, role, from: home, heard)
          }
        }
        asked += try await walkInvited(house)
        print("rights: \(asked) requests answered as the table says")
        #expect(asked > 15_000)
      }
    }

    private func walkInvited(_ house: House) async throws -> Int {
      let keys = CurveKeys.generate()
      try await house.invite(keys.publicKey, "matrix.invited", into: House.communes[0])
      let client = try house.frontDoor().client(with: keys)
      let asked = try await walk(client, .invited, from: House.communes[0], Self.heard[0].heard)
      await client.close()
      return asked
    }

    private func walk(
      _ client: Client, _ role: Role, from home: Schema.Unit?, _ heard: [Access.Reach: Set<Place>]
    ) async throws -> Int {
      var questions: [(Bus.Route, Status)] = []
      for (method, entitled) in Entitled.table {
        for place in Place.allCases {
          let unit = place.unit(from: home)
          guard unit != nil || place == .nowhere else { continue }
          let isHeard = entitled.roles.contains(role) && heard[entitled.reach]?.contains(place) == true
          // No method takes a list for its body: whoever is heard is told so, and nothing is done.
          questions.append((Route(method, unit), isHeard ? .malformed : .forbidden))
        }
      }
      return try await withThrowingTaskGroup(of: Void.self) { group in
        for part in questions.indices.striding(by: 64) {
          for (route, expected) in questions[part..<min(part + 64, questions.count)] {
            group.addTask {
              let status = await Self.status(client, route)
              #expect(status == expected, "\(role) of \(home?.description ?? "no unit"): \(route)")
            }
          }
          try await group.waitForAll()
        }
        return questions.count
      }
    }

    private static func status(_ client: Client, _ route: Bus.Route) async -> Status {
      do throws(Refusal) {
        _ = try await client.exchange(route, Data("[]".utf8), ttl: .seconds(30))
        return .ok
      } catch {
        return error.status
      }
    }
  }
}

extension Range<Int> {
  fileprivate func striding(by step: Int) -> StrideTo<Int> { stride(from: lowerBound, to: upperBound, by: step) }
}
