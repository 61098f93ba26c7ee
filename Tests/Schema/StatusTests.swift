import Schema
import Testing

@Suite struct StatusTests {
  /// Every code of the design, and no other, with what a caller may do after it.
  static let classes: [UInt16: Status.Retry] = [
    200: .never, 400: .never, 403: .never, 404: .never, 408: .sameKey, 409: .never, 410: .resync, 413: .never,
    415: .never, 422: .never, 426: .never, 429: .after, 500: .sameKey, 503: .after, 504: .sameKey, 507: .after,
  ]

  @Test func theClosedSet() {
    #expect(Set(Status.allCases.map(\.rawValue)) == Set(Self.classes.keys))
  }

  @Test(arguments: Status.allCases)
  func retryClass(_ status: Status) {
    #expect(status.retry == Self.classes[status.rawValue])
  }

  @Test(arguments: Status.allCases)
  func rememberedUnlessItSaysNothingOfTheRequest(_ status: Status) {
    #expect(status.isTransient == [408, 429, 500, 503, 504, 507].contains(status.rawValue))
  }

  @Test(arguments: Status.allCases)
  func bothLanguages(_ status: Status) {
    let text = status.text
    #expect(!text.vi.isEmpty && text.vi.hasSuffix("."))
    #expect(!text.en.isEmpty && text.en.hasSuffix("."))
    #expect(text.vi != text.en)
    #expect(text(.vietnamese) == text.vi && text(.english) == text.en)
    #expect(Refusal(status).text == text)
  }

  @Test func eachSaysSomethingElse() {
    #expect(Set(Status.allCases.map(\.text.vi)).count == Status.allCases.count)
    #expect(Set(Status.allCases.map(\.text.en)).count == Status.allCases.count)
  }
}
