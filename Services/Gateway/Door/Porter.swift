import Bus
import Foundation
import Schema
import Service
import Storage

/// Answers what is asked of the front door itself, beside the thread that owns its sockets.
struct Porter: Sendable {
  let vitals: Vitals
  let copier: StoreCopier
  let audit: Database
  /// The door that takes the place of this one.
  let successor: Successor

  /// - Parameters:
  ///   - unit: Of the route.
  ///   - caller: Nil for whoever watches the process, and may know how it is and no more.
  func answer(_ type: any Request.Type, in unit: Schema.Unit?, _ body: Data, _ caller: Caller?) async -> Answer {
    await Answer.of {
      switch (type, caller) {
      case (is BackUp<Gateways>.Type, let caller?):
        _ = try Codec.decodeStrictly(BackUp<Gateways>.self, from: body)
        return Answer(status: .ok, body: try await copier.copy(for: caller, as: BackUp<Gateways>.method).json)
      case (is ListAudit<Gateways>.Type, _?):
        let request = try Codec.decodeStrictly(ListAudit<Gateways>.self, from: body)
        return Answer(status: .ok, body: try await audit.audits(request, within: unit).json)
      case (is VerifyAudit<Gateways>.Type, _?):
        _ = try Codec.decodeStrictly(VerifyAudit<Gateways>.self, from: body)
        return Answer(status: .ok, body: try await audit.verdict().json)
      case (is ReadSuccessor.Type, let caller?):
        _ = try Codec.decodeStrictly(ReadSuccessor.self, from: body)
        var successor = successor
        if !caller.former.isEmpty {
          successor.unit = caller.unit
          successor.former = caller.former.sorted { $0.description < $1.description }
        }
        return Answer(status: .ok, body: successor.json)
      case (is Health<Gateways>.Type, _):
        _ = try Codec.decodeStrictly(Health<Gateways>.self, from: body)
        return Answer(status: .ok, body: try await vitals.health().json)
      default: throw Refusal(.forbidden)
      }
    }
  }
}
