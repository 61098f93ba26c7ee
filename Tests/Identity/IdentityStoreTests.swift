import Foundation
import Schema
import Storage
import Testing

@testable import xaso_identity

@Suite("What identity keeps", .timeLimit(.minutes(60)))
struct IdentityStoreTests {
  private static let unit: Schema.Unit = "38/15043"
  private static let office = OfficeSummary(code: "vh-xh", name: "Phòng Văn hóa - Xã hội", kind: Open(.office))

  private func withStore(_ body: (Database) async throws -> Void) async throws {
    let folder = URL(filePath: "/tmp/identity-\(UUIDv7())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let store = try await Database.open(
      folder.appending(path: "identity.sqlite").path, service: Identity.name, migrations: IdentityMigrations.all)
    try await body(store)
    await store.close()
  }

  private static func account(_ name: Caller.Account, in unit: Schema.Unit? = unit, _ roles: Role...) -> AccountRecord {
    AccountRecord(
      name: name, unit: unit, office: roles == [.focal] ? office.office : nil, roles: Set(roles), status: .active)
  }

  @Test("an account is read as it was kept, and found in its own unit alone") func accounts() async throws {
    try await withStore { store in
      try await store.write { transaction in
        try IdentityStore.keep(Self.office, in: Self.unit, transaction)
        try IdentityStore.keep(Self.account("lan", .focal), transaction)
        try IdentityStore.keep(Self.account("op", in: nil, .operator, .administrator), transaction)
      }
      let lan = try await store.read { try IdentityStore.account("lan", in: Self.unit, $0) }
      #expect(lan.office == Self.office.office)
      #expect(lan.roles == [.focal])
      let op = try await store.read { try IdentityStore.account("op", in: nil, $0) }
      #expect(op.unit == nil)
      for unit in [nil, "38", "38/14797"] as [Schema.Unit?] {
        await #expect(throws: Refusal.self) {
          try await store.read { try IdentityStore.account("lan", in: unit, $0) }
        }
      }
      for (unit, names) in [(nil, ["lan", "op"]), ("38", ["lan"]), ("38/14797", [])] as [(Schema.Unit?, [String])] {
        let page = try await store.read { try IdentityStore.list(ListAccounts(), in: unit, $0) }
        #expect(page.items.map(\.account.description) == names)
      }
    }
  }

  @Test("the directory has whoever is admitted now, in pages, with the position that it shows")
  func directory() async throws {
    try await withStore { store in
      let keys = (0..<620).map { _ in Identity.Key.any }
      let lan = Self.account("lan", .auditor)
      let revoked = try await store.write { transaction in
        try IdentityStore.keep(lan, transaction)
        for key in keys { try IdentityStore.admit(key, for: lan, transaction) }
        let revoked = try IdentityStore.revoke(keys[0], of: lan, reason: "lost", transaction)
        try transaction.emit(KeyRevoked(unit: Self.unit, key: keys[0], account: "lan", reason: "lost"))
        return [revoked, try IdentityStore.revoke(keys[0], of: lan, reason: "lost", transaction)]
      }
      #expect(revoked == [[keys[0]], []])
      let pages = try await store.read { transaction in
        let first = try IdentityStore.directory(ReadDirectory(), epoch: store.epoch, transaction)
        return [first, try IdentityStore.directory(ReadDirectory(after: first.next), epoch: store.epoch, transaction)]
      }
      #expect(pages.flatMap(\.seats).map(\.key) == keys.dropFirst().sorted())
      #expect(pages.allSatisfy { $0.sequence == 1 && $0.epoch == store.epoch && $0.json.count < 240 * 1024 })
      #expect(pages[1].next == nil)
    }
  }

  @Test("an invitation is admitted until it is withdrawn; its key stays known") func invitations() async throws {
    try await withStore { store in
      let invitation = InvitationRecord(id: .init(), key: .any, account: "lan", expires: .now)
      try await store.write { transaction in
        try IdentityStore.keep(Self.account("lan", .auditor), transaction)
        try IdentityStore.insert(invitation, in: Self.unit, transaction)
      }
      func seats() async throws -> [Seat] {
        try await store.read { try IdentityStore.directory(ReadDirectory(), epoch: store.epoch, $0) }.seats
      }
      let caller = try #require(try await seats().first?.caller(on: Timestamp.now.day))
      #expect(caller.roles == [.invited])
      let found = try await store.read { try IdentityStore.invitation(of: caller, $0) }
      #expect(found.id == invitation.id)
      let withdrawn = try await store.write { transaction in
        let first = try IdentityStore.withdraw(invitationsOf: "lan", transaction).map(\.key)
        return [first, try IdentityStore.withdraw(invitationsOf: "lan", transaction).map(\.key)]
      }
      #expect(withdrawn == [[invitation.key], []])
      #expect(try await seats().isEmpty)
      let isKnown = try await store.read { try IdentityStore.isKnown(invitation.key, $0) }
      #expect(isKnown)
      let stranger = Caller(account: "lan", unit: nil, office: nil, roles: [.invited])
      await #expect(throws: Refusal.self) { try await store.read { try IdentityStore.invitation(of: stranger, $0) } }
    }
  }

  @Test("who may invite anywhere is known by the keys that are left") func administrators() async throws {
    try await withStore { store in
      let (op, local) = (Self.account("op", in: nil, .administrator), Self.account("minh", .administrator))
      let key = Identity.Key.any
      let left = try await store.write { transaction in
        for account in [op, local] { try IdentityStore.keep(account, transaction) }
        try IdentityStore.admit(key, for: op, transaction)
        try IdentityStore.admit(.any, for: local, transaction)
        let before = try IdentityStore.administrators(transaction)
        _ = try IdentityStore.revoke(nil, of: op, reason: "left", transaction)
        return [before, try IdentityStore.administrators(transaction)]
      }
      #expect(left == [[key], []])
    }
  }

  @Test("counts are kept by village and month; again, as another revision") func counts() async throws {
    let month = try #require(Period("2026-M10"))
    let first = EnrolmentCounts(adults: 10, issued: 9, activated: 8, signatures: 1)
    let second = EnrolmentCounts(adults: 12, issued: 9, activated: 9, signatures: 2)
    try await withStore { store in
      try await store.write { transaction in
        try IdentityStore.keep(Self.office, in: Self.unit, transaction)
        for code in ["thon-1", "thon-2"] as [Office.Code] {
          let village = OfficeSummary(code: code, name: "\(code)", kind: Open(.village))
          try IdentityStore.keep(village, in: Self.unit, transaction)
        }
      }
      func record(_ counts: EnrolmentCounts) async throws -> CountsRow {
        let request = RecordCounts(village: "thon-1", month: month, counts: counts)
        return try await store.write { try IdentityStore.record(request, in: Self.unit, $0) }
      }
      for (revision, counts) in [(1, first), (2, second)] {
        let row = try await record(counts)
        #expect(row.revision == revision)
        #expect(row.counts == counts)
      }
      for (unit, expected) in [(Self.unit, [second, nil]), ("38", [second, nil]), ("38/14797", [])] {
        let rows = try await store.read { try IdentityStore.villages(month, in: unit, $0) }
        #expect(rows.map(\.counts) == expected)
      }
      // What no rule let through the store itself refuses.
      await #expect(throws: StorageError.self) {
        try await record(EnrolmentCounts(adults: 1, issued: 2, activated: 0, signatures: 0))
      }
    }
  }
}
