import ArgumentParser
import Foundation
import Schema
import Testing

@testable import xaso

@Suite("How a command fails")
struct FailureTests {
  private static let codes: [Status: Int32] = [
    .ok: 0, .conflict: 1, .gone: 1, .malformed: 65, .tooLarge: 65, .unsupported: 65, .invalid: 65,
    .upgradeRequired: 65, .timedOut: 69, .tooMany: 69, .failed: 69, .unavailable: 69, .full: 69, .outcomeUnknown: 75,
    .forbidden: 77, .notFound: 77,
  ]

  @Test("each status has its exit code", arguments: Status.allCases) func code(_ status: Status) throws {
    #expect(Failure.exitCode(for: status).rawValue == (try #require(Self.codes[status])))
  }

  @Test("a file that cannot be had is told in words, a full disk as such") func files() {
    let path = [NSFilePathErrorKey: "/x/minh-chung.txt"]
    let full = Complaint(CocoaError(.fileWriteOutOfSpace, userInfo: path))
    #expect(full.code.rawValue == 69)
    #expect(full.text.vi.contains("Hết chỗ") && full.text.vi.contains("/x/minh-chung.txt"))
    let denied = Complaint(CocoaError(.fileWriteNoPermission, userInfo: path))
    #expect(denied.code.rawValue == 66)
    #expect(denied.text.en.contains("/x/minh-chung.txt"))
  }

  @Test("what is wrong with a command line is said in Vietnamese too")
  func commandLine() throws {
    func said(_ arguments: [String]) throws -> String? {
      let error = try #require(#expect(throws: (any Error).self) { try Xaso.parseAsRoot(arguments) })
      return Failure.vietnamese(of: Xaso.message(for: error))
    }
    #expect(try said(["indicator", "observe"]) == "Thiếu tham số <indicator>.")
    #expect(
      try said(["indicator", "observe", "1.1", "1/2", "--period", "quý 5/2026"])
        == "«quý 5/2026» không hợp lệ cho --period <period>.")
    #expect(try said(["indicator", "history", "1.1", "--vilage", "x"]) == "Không có tùy chọn --vilage.")
    #expect(try said(["indicator", "history", "1.1", "--village"]) == "Thiếu giá trị của --village <village>.")
    #expect(try said(["indicator", "history", "1.1", "x"]) == "Thừa «x».")
  }

  @Test("only where something may have been done is there the code that says so") func unknown() {
    #expect(Status.allCases.filter { Failure.exitCode(for: $0).rawValue == 75 } == [.outcomeUnknown])
  }
}
