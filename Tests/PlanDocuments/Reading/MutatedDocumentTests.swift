import Foundation
import Schema
import Seeds
import Testing

@testable import PlanDocuments

/// Whatever is done to a document, the reader answers with a reading or with a reason.
@Suite struct MutatedDocumentTests {
  /// `XASO_MUTATIONS` asks for more, such as 100000 before a release.
  static let count = ProcessInfo.processInfo.environment["XASO_MUTATIONS"].flatMap(Int.init) ?? 2000

  @Test(arguments: RoundTripTests.Form.allCases)
  func noMutationCrashesTheReader(_ form: RoundTripTests.Form) throws {
    var random = Seed("\(form)")
    var invention = Invention(random: random.split(1))
    var refused = 0
    for _ in 0..<max(1, Self.count / RoundTripTests.Form.allCases.count / 20) {
      let original = form.file(Paper(invention.plan()))
      for _ in 0..<20 {
        var bytes = original
        for _ in 0..<Int.random(in: 1...8, using: &random) { mutate(&bytes, form, using: &random) }
        do throws(UnreadableDocument) {
          let reading = try PlanReading.read(bytes)
          guard let document = reading.document(of: "38/15043") else { continue }
          // Every row has its own number, and only offices that the plan declares.
          #expect(Set(document.tasks.map(\.number)).count == document.tasks.count)
          #expect(Set(document.targets.map(\.number)).count == document.targets.count)
          let codes = Set(document.head.offices.map(\.code))
          #expect(document.tasks.allSatisfy { codes.isSuperset(of: $0.leads + $0.coordinating) })
          #expect(document.targets.allSatisfy { codes.isSuperset(of: $0.leads + $0.coordinating) })
        } catch {
          refused += 1
        }
      }
    }
    print("\(form): \(refused) refused")
  }

  private func mutate(_ bytes: inout [UInt8], _ form: RoundTripTests.Form, using random: inout Seed) {
    guard !bytes.isEmpty else { return }
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let end = min(bytes.count, start + Int.random(in: 0...60, using: &random))
    switch Int.random(in: 0..<5, using: &random) {
    case 0: bytes.removeSubrange(start..<end)
    case 1: bytes.insert(contentsOf: bytes[start..<end], at: Int.random(in: 0...bytes.count, using: &random))
    case 2: bytes[start] = UInt8.random(in: 0...255, using: &random)
    case 3: bytes.removeLast(min(bytes.count - 1, Int.random(in: 0...200, using: &random)))
    default:
      let scraps = [
        "\t", "\n\n", "|", "%", "≥", "PHỤ LỤC", "TT", "1.", "- ", "(", "<td colspan=\"999999\" rowspan=\"999999\">",
        "<table", "</td>",
        "Phòng ", "ngày 99/99/9999", "số 9/", "999999999999999999999", "Quý V/2026", "\u{0301}", "\u{200B}", "năm 2099",
        "Tổng cộng",
      ]
      bytes.insert(contentsOf: Array((scraps.randomElement(using: &random) ?? "").utf8), at: start)
    }
  }
}
