import Bus
import FoundationEssentials
import Schema
import ZeroMQ

@testable import xaso

extension House {
  func keys(of account: Caller.Account) throws -> CurveKeys {
    try CurveKeys.load(from: installation.profileKeyPath(account))
  }

  /// Invites an auditor.
  func invite(
    _ key: PublicKey, _ account: Caller.Account, into unit: Schema.Unit, for time: Duration = .seconds(3600)
  ) async throws {
    let request = Invite(
      key: try key.asIdentityKey, account: account, office: nil, roles: [Open(.auditor)],
      expires: Timestamp(milliseconds: Timestamp.now.milliseconds + Int64(time / .milliseconds(1))))
    _ = try await client("operator").send(request, to: unit)
  }

  /// - Parameter key: Nil for all that the account has.
  func revoke(_ account: Caller.Account, _ key: PublicKey? = nil, in unit: Schema.Unit) async throws {
    let request = Revoke(account: account, key: try key?.asIdentityKey, reason: "left")
    _ = try await client("operator").send(request, to: unit)
  }

  /// What joining was refused with, in English; nothing when it was not.
  func join(_ invitation: CurveKeys, other key: PublicKey) async throws -> String {
    let client = try frontDoor().client(with: invitation)
    let request = Join(key: try key.asIdentityKey)
    var said = ""
    do throws(Refusal) {
      _ = try await client.send(request, to: nil)
    } catch {
      said = error.text.en
    }
    await client.close()
    return said
  }
}

extension FrontDoor {
  /// What somebody's reading is answered with, over a connection of its own.
  func status(_ keys: CurveKeys, reading unit: Schema.Unit) async throws -> Status {
    let client = client(with: keys)
    let status = await client.status(reading: unit)
    await client.close()
    return status
  }
}

extension Client {
  func status(reading unit: Schema.Unit, ttl: Duration = .seconds(10)) async -> Status {
    await status(of: ListPlans(), unit, ttl: ttl)
  }

  func status(of request: some Request, _ unit: Schema.Unit, ttl: Duration) async -> Status {
    do throws(Refusal) {
      _ = try await send(request, to: unit, ttl: ttl)
      return .ok
    } catch {
      return error.status
    }
  }
}
