import FoundationEssentials
import Schema
import Testing

@testable import Storage

@Suite("The audit", .timeLimit(.minutes(60)))
struct AuditTests {
  private func entry(_ method: String) -> AuditEntry {
    AuditEntry(
      time: .now, account: nil, unit: "38", office: nil, method: method, key: UUIDv7(), status: .forbidden,
      note: "no such role")
  }

  private func filled(_ place: Place, rows: Int) async throws -> Database {
    let store = try await place.open()
    let entries = (0..<rows).map { entry("plans.m\($0)") }
    try await store.write { store in for entry in entries { try store.audit(entry) } }
    return store
  }

  @Test("a whole chain is found whole, over many parts", arguments: Backend.allCases)
  func whole(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await filled(place, rows: 2500)
    let report = try await store.verifyAudit()
    #expect(report.rows == 2500)
    #expect(report.firstBad == nil)
    try await store.audit(entry("plans.issue"))
    #expect(try await store.verifyAudit().hash != report.hash)
    await store.close()
  }

  @Test("an empty one too", arguments: Backend.allCases)
  func empty(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    #expect(try await store.verifyAudit().firstBad == nil)
    await store.close()
  }

  @Test(
    "what was changed is found",
    arguments: Backend.allCases,
    [
      "UPDATE audit SET status = 200 WHERE seq = 7", "UPDATE audit SET note = NULL WHERE seq = 7",
      "UPDATE audit SET account = 'lan' WHERE seq = 7", "UPDATE audit SET time = time + 1 WHERE seq = 7",
      "UPDATE audit SET method = method || 'x' WHERE seq = 7", "UPDATE audit SET unit = 'nowhere' WHERE seq = 7",
      "UPDATE audit SET status = 999 WHERE seq = 7",
      "UPDATE audit SET hash = (SELECT hash FROM audit WHERE seq = 6) WHERE seq = 7",
      "UPDATE audit SET key = NULL WHERE seq = 7", "UPDATE audit SET office = 'vh-xh' WHERE seq = 7",
      "DELETE FROM audit WHERE seq = 7",
    ])
  func tampered(backend: Backend, sql: String) async throws {
    let place = try Place(backend)
    let store = try await filled(place, rows: 20)
    try await store.write { store in _ = try store.execute(sql) }
    let report = try await store.verifyAudit()
    #expect(report.firstBad == 7)
    #expect(report.rows == 6)
    await store.close()
  }

  @Test("denials at once are chained one by one", arguments: Backend.allCases)
  func atOnce(backend: Backend) async throws {
    let place = try Place(backend)
    let store = try await place.open()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<200 { group.addTask { try await store.audit(entry("plans.x\(number)")) } }
      try await group.waitForAll()
    }
    let report = try await store.verifyAudit()
    #expect(report.rows == 200)
    #expect(report.firstBad == nil)
    await store.close()
  }
}
