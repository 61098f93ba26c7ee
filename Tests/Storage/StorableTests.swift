import FoundationEssentials
import Schema
import Testing

@testable import Storage

@Suite("Values in columns")
struct StorableTests {
  private func comesBack<T: Storable & Equatable>(_ value: T) -> Bool { T(stored: value.stored) == value }

  @Test("each of our types comes back as it was")
  func roundTrip() throws {
    #expect(comesBack(42))
    #expect(comesBack(true))
    #expect(comesBack("Phòng VH-XH"))
    #expect(comesBack(Data([1, 2])))
    #expect(comesBack(UUIDv7()))
    #expect(comesBack(Plan.ID()))
    #expect(comesBack(Timestamp.now))
    #expect(comesBack(Day(number: 20_000)))
    #expect(comesBack(Unit("38/15043")))
    #expect(comesBack(Money(dong: -5)))
    #expect(comesBack(Status.full))
    #expect(comesBack(Role.serviceCentre))
    #expect(comesBack(Open<Role>.unknown("mayor")))
    #expect(comesBack(ServiceName("plans")))
    #expect(comesBack(Method("plans.issue")))
    #expect(comesBack(Slug("vh-xh")))
    #expect(comesBack(Day?.none))
    #expect(comesBack(Day?.some(Day(number: 1))))
  }

  @Test("a column that holds something else is an error, not a guess")
  func mismatch() throws {
    let row = Row(columns: ["id", "name", "gone"], values: [.integer(7), .text("x"), .null])
    let id: Int64 = try row["id"]
    let gone: String? = try row["gone"]
    #expect(id == 7)
    #expect(gone == nil)
    #expect(throws: StorageError.self) { let _: Int64 = try row["name"] }
    #expect(throws: StorageError.self) { let _: String = try row["gone"] }
    #expect(throws: StorageError.self) { let _: Bool = try row["id"] }
    #expect(throws: StorageError.self) { let _: String = try row["nothing"] }
  }

  @Test("each error of the store tells the asker what to do")
  func refusals() {
    #expect(StorageError(.full, "").refusal.status == .full)
    #expect(StorageError(.busy, "").refusal.status == .unavailable)
    #expect(StorageError(.closed, "").refusal.status == .unavailable)
    #expect(StorageError(.corrupt, "").refusal.status == .failed)
    #expect(StorageError(.failed, "").refusal.status == .failed)
  }

  @Test("canonical bytes can be read in one way only")
  func canonical() {
    func hash(_ fields: String?...) -> Data {
      var canonical = Canonical()
      for field in fields { canonical.append(field) }
      return canonical.hash
    }
    #expect(hash("ab", "c") != hash("a", "bc"))
    #expect(hash(nil) != hash(""))
    #expect(hash("a", nil) != hash("a"))
    #expect(SHA256.hash(Data("abc".utf8)).prefix(4) == Data([0xba, 0x78, 0x16, 0xbf]))
    #expect(SHA256.hash(Data()).prefix(4) == Data([0xe3, 0xb0, 0xc4, 0x42]))
  }
}
