import Schema
import Testing

@testable import Bus

@Suite("The route", .timeLimit(.minutes(60)))
struct RouteTests {
  @Test("is read as it is written", arguments: ["plans.issue 38/15043", "plans.events 38", "plans.health -"])
  func roundTrip(_ text: String) throws {
    #expect(try #require(Route(text)).description == text)
  }

  @Test("parts") func parts() throws {
    let route = try #require(Route("plans.draft.rows 38/15043"))
    #expect(route.method == "plans.draft.rows")
    #expect(route.unit == "38/15043")
    #expect(try #require(Route("plans.health -")).unit == nil)
  }

  @Test(
    "anything else is none",
    arguments: [
      "", " ", "-", "plans", "plans.health", "plans.health ", " -", "plans.health  -", "plans.health - ",
      "plans.health -\n", "Plans.health -", "plans..health -", ".plans -", "plans.health. -", "plans.health 3",
      "plans.health 38/", "plans.health 38/1504", "plans.health 38/15043/1", "plans.health 38/00000",
      "plans.health ３８", "plans.issue\t38/15043", "a.b.c.d.e -", "plans.tiến -",
    ])
  func none(_ text: String) {
    #expect(Route(text) == nil)
  }
}
