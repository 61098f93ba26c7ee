import Foundation
import SampleMessages
import Schema
import Testing

@Suite struct GoldenTests {
  @Test(arguments: Samples.all)
  func writtenAsEver(_ sample: any Sample) throws {
    #expect(
      String(decoding: sample.json, as: UTF8.self) == String(decoding: try Golden.json(of: sample), as: UTF8.self))
  }

  @Test(arguments: Samples.all)
  func readAsEver(_ sample: any Sample) throws {
    let again = try sample.reread(try Golden.json(of: sample))
    #expect(String(decoding: again, as: UTF8.self) == String(decoding: sample.json, as: UTF8.self))
  }

  @Test func everyFileHasItsMessage() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Golden.folder.path)
    #expect(Set(files) == Set(Samples.all.map { "\($0.name).json" }))
  }
}

@Suite struct SamplesTests {
  @Test func everyRequestHasOne() {
    let methods = Samples.requests.map(\.method)
    #expect(Set(methods) == Set(Catalogue.all.map { $0.method }))
    #expect(Set(methods).count == methods.count)
  }

  @Test func everyEventHasOne() {
    let types = Samples.events.map(\.type)
    #expect(Set(types) == Set(Catalogue.contracts.flatMap { $0.events }.map { $0.type }))
    #expect(Set(types).count == types.count)
  }

  @Test func namesAreUnique() {
    #expect(Set(Samples.all.map(\.name)).count == Samples.all.count)
  }

  @Test(arguments: Samples.requests)
  func sentByItsRolesAlone(_ sample: SampleRequest) {
    for role in Role.allCases {
      let permitted = sample.access.permits(sample.caller(as: role), in: sample.unit)
      #expect(permitted == sample.roles.contains(role), "\(role)")
    }
  }

  @Test(arguments: Samples.requests)
  func foundInTheCatalogue(_ sample: SampleRequest) throws {
    let found = try #require(Catalogue[sample.method])
    #expect(ObjectIdentifier(found) == ObjectIdentifier(type(of: sample.request)))
  }
}
