import Bus
import Schema
import Testing
import ZeroMQ

/// Who asks, as every service decides it.
@Suite("The peer table")
struct PeersTests {
  private static let gateway = CurveKeys.generate().publicKey
  private static let service = CurveKeys.generate().publicKey
  private static let caller = "lan 38/15043 vh-xh focal"
  private let peers = Peers([gateway: .gateway, service: .service(Plans.name)])

  private func status(_ key: PublicKey?, _ caller: String, _ type: any Request.Type) -> Status {
    do throws(Refusal) {
      _ = try peers.speaker(key, caller, sending: type)
      return .ok
    } catch {
      return error.status
    }
  }

  @Test("a gateway asks little for itself: its directory, identity's stream, who came, and how a service is")
  func gatewayAlone() {
    for type in Catalogue.all {
      let isItsOwn = ["identity.directory", "identity.events", "identity.seen"].contains("\(type.method)")
      let mayAsk = isItsOwn || "\(type.method)".hasSuffix(".health")
      #expect(status(Self.gateway, "", type) == (mayAsk ? .ok : .malformed), "\(type.method)")
    }
  }

  @Test("a service asks little for itself, and never as somebody") func services() {
    for type in Catalogue.all {
      let mayAsk = [".health", ".events", ".reached"].contains { "\(type.method)".hasSuffix($0) }
      #expect(status(Self.service, "", type) == (mayAsk ? .ok : .forbidden), "\(type.method)")
      #expect(status(Self.service, Self.caller, type) == .forbidden, "\(type.method)")
    }
  }

  @Test("a gateway speaks for somebody, and an unknown key for nobody") func callers() throws {
    for type in Catalogue.all {
      let speaker = try peers.speaker(Self.gateway, Self.caller, sending: type)
      #expect(speaker == .caller(try #require(Caller(Self.caller))))
      #expect(status(Self.gateway, "lan 38/15043 vh-xh king", type) == .malformed)
      for key in [nil, CurveKeys.generate().publicKey] {
        for caller in ["", Self.caller] { #expect(status(key, caller, type) == .forbidden) }
      }
    }
  }
}
