import Bus
import FoundationEssentials
import Schema
import Testing

@testable import xaso

extension SystemTests {
  @Suite("A full disk") struct FullDiskTests {
    @Test(
      "plans says 507 and goes on reading; nothing acknowledged is lost; it writes again when there is room",
      .enabled("a small disk must be mounted, which takes root") { SmallDisk.isPermitted })
    func full() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        #expect(try await house.terminate(House.plans).status == 0)
        let disk = try SmallDisk(at: house.path("disk"), kibibytes: 3072)
        try disk.fill(kibibytes: 1024)
        let store = house.path("disk") + "/plans.sqlite"
        try house.start(House.plans, ["XASO_STORE": store])
        let focal = try house.client(House.focal(unit))

        var written = try await draftUntilFull(focal, in: unit)
        let refused = UUIDv7()
        #expect(await draft(focal, "at the end", refused, in: unit) == .full)
        #expect(try await titles(focal, in: unit) == written)
        try await expectComplaint(house, in: unit)

        try disk.release()
        #expect(await draft(focal, "at the end", refused, in: unit) == .ok)
        written.insert("at the end")
        written.formUnion(try await draftUntilFull(focal, in: unit))
        #expect(try await titles(focal, in: unit) == written)

        try house.kill([House.plans])
        let larger = house.path("larger")
        try FileManager.default.copyItem(atPath: house.path("disk"), toPath: larger)
        try house.start(House.plans, ["XASO_STORE": larger + "/plans.sqlite"])
        #expect(try await titles(focal, in: unit) == written)
        #expect(await draft(focal, "and on", UUIDv7(), in: unit) == .ok)
        print("full disk: \(written.count) drafts acknowledged, none missing")
        // The disk is taken away when nothing uses it.
        withExtendedLifetime(disk) {}
      }
    }

    private static let plan = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../deploy/plans/giao-an.yaml").standardizedFileURL

    /// What people see of it.
    private func expectComplaint(_ house: House, in unit: Unit) async throws {
      let file = house.path("plan.yaml")
      let plan = try String(contentsOf: Self.plan, encoding: .utf8)
      try plan.replacing("unit: 38/15043", with: "unit: \(unit)").write(toFile: file, atomically: true, encoding: .utf8)
      let options = ["--lang", "en", "--profile", house.installation.profilePath(House.focal(unit))]
      let refused = try await house.xaso(["plan", "import", file] + options)
      #expect(refused.status == 69)
      #expect(refused.output.contains("The service's disk is full and nothing was changed"), "\(refused.output)")
      #expect(try await house.xaso(["plan", "list"] + options).status == 0)
    }

    /// - Returns: The titles of those that were acknowledged.
    private func draftUntilFull(_ focal: Client, in unit: Unit) async throws -> Set<String> {
      var written: Set<String> = []
      // Many at a time, and then one at a time: where a group finds no room, one alone may.
      for together in [16, 1] {
        var isFull = false
        while !isFull {
          guard written.count < 10_000 else { throw CallFailure("the disk is not full", 0) }
          let titles = (0..<together).map { _ in "\(UUIDv7())" }
          let statuses = await withTaskGroup(of: (String, Status).self) { group in
            for title in titles {
              group.addTask { (title, await draft(focal, title, UUIDv7(), in: unit)) }
            }
            return await group.reduce(into: [:]) { statuses, next in statuses[next.0] = next.1 }
          }
          written.formUnion(statuses.filter { $0.value == .ok }.keys)
          #expect(Set(statuses.values).isSubset(of: [.ok, .full]))
          isFull = statuses.values.contains(.full)
        }
      }
      return written
    }

    private func draft(_ focal: Client, _ title: String, _ key: UUIDv7, in unit: Unit) async -> Status {
      let draft = DraftPlan(head: Sample.head(title), expected: RowCounts(tasks: 0, targets: 0))
      // Whose time was up is asked about again: under its key the answer is a sure one.
      for _ in 0..<200 {
        do throws(Refusal) {
          _ = try await focal.send(draft, to: unit, key: key, ttl: .milliseconds(700))
          return .ok
        } catch {
          guard [.outcomeUnknown, .timedOut, .unavailable].contains(error.status) else { return error.status }
        }
      }
      return .outcomeUnknown
    }

    private func titles(_ focal: Client, in unit: Unit) async throws -> Set<String> {
      var titles: Set<String> = []
      var after: String?
      repeat {
        let page = try await focal.send(ListPlans(after: after), to: unit).value
        titles.formUnion(page.items.map(\.title))
        after = page.next
      } while after != nil
      return titles
    }
  }
}
