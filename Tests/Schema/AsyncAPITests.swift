import Foundation
import SampleMessages
import Schema
import Testing
import Yams

/// The contract document says what the messages are.
@Suite struct AsyncAPITests {
  static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../deploy/asyncapi.yaml").standardizedFileURL

  let schema: JSONSchema
  var document: JSON { schema.document }

  init() throws {
    let text = try String(contentsOf: Self.file, encoding: .utf8)
    schema = JSONSchema(try JSON(try #require(try Yams.compose(yaml: text))))
  }

  /// Channel by channel, what a message of this name is.
  func entry(of name: String) throws -> JSON {
    let channels = try #require(document["channels"]?.fields)
    let entries = channels.values.compactMap { $0["messages"]?[name] }
    try #require(entries.count == 1, "\(name): \(entries.count) entries")
    return entries[0]
  }

  @Test(arguments: Samples.all)
  func everyGoldenIsAsDescribed(_ sample: any Sample) throws {
    var schema = schema
    let payload = try #require(try entry(of: sample.name)["payload"])
    let fault = schema.fault(in: try JSON(Golden.json(of: sample)), by: payload)
    #expect(fault == nil)
  }

  /// A field is required in the document if and only if its reader insists on it.
  @Test(arguments: Samples.all.filter { !$0.name.hasSuffix(".events.reply") })
  func requiredIsWhatIsRequired(_ sample: any Sample) throws {
    let payload = try #require(try entry(of: sample.name)["payload"])
    let golden = try JSON(Golden.json(of: sample))
    let keys = Set(golden.keys)
    for key in keys {
      for (place, json) in golden.changingEachObject({ $0[key] = nil }) where json != golden {
        var schema = schema
        let fault = schema.fault(in: json, by: payload)
        let read = (try? sample.reread(json.data)) != nil
        #expect(read == (fault == nil), "\(key) at \(place): \(fault ?? "described as optional")")
      }
    }
  }

  @Test func nothingIsDescribedThatDoesNotExist() throws {
    let channels = try #require(document["channels"]?.fields)
    let names = channels.values.flatMap { $0["messages"]?.fields.map { Array($0.keys) } ?? [] }
    #expect(Set(names) == Set(Samples.all.map(\.name) + ["head"]))

    var schema = schema
    for sample in Samples.all {
      _ = schema.fault(in: try JSON(sample.json), by: try #require(try entry(of: sample.name)["payload"]))
    }
    for (name, described) in try #require(document["components"]?["schemas"]?.fields) {
      for property in described["properties"]?.fields?.keys.sorted() ?? [] {
        #expect(schema.met.contains("\(name).\(property)"), "\(name).\(property) is in no sample")
      }
    }
  }

  @Test(arguments: Samples.requests)
  func everyRequestHasItsOperation(_ sample: SampleRequest) throws {
    let operation = try #require(document["operations"]?[sample.method.description])
    #expect(operation["action"] == .string("receive"))
    let request = try #require(operation["messages"]?[0]?["$ref"]?.string)
    #expect(try schema.resolve(request) == entry(of: sample.name))
    let reply = try #require(operation["reply"]?["messages"]?[0]?["$ref"]?.string)
    #expect(try schema.resolve(reply) == entry(of: sample.reply.name))
    let refusal = try #require(operation["reply"]?["messages"]?[1]?["$ref"]?.string)
    #expect(try schema.resolve(refusal) == entry(of: Samples.refusal.name))
    for channel in [operation["channel"], operation["reply"]?["channel"]] {
      #expect(schema.resolve(try #require(channel?["$ref"]?.string)) != nil)
    }
  }

  @Test(arguments: Samples.requests)
  func whoMaySendIt(_ sample: SampleRequest) throws {
    let entry = try entry(of: sample.name)
    let roles = try #require(entry["x-roles"]?.elements).compactMap(\.string)
    #expect(Set(roles) == Set(sample.roles.map(\.rawValue)))
    #expect(entry["x-reach"]?.string == "\(sample.access.reach)")
    #expect(entry["x-kind"]?.string?.hasPrefix("command") == (sample.request is any Command))
  }

  @Test(arguments: Samples.events)
  func everyEventHasItsType(_ sample: SampleEvent) throws {
    #expect(try entry(of: sample.name)["name"]?.string == sample.type)
  }

  @Test func everyCodeIsInTheTable() throws {
    let text = try #require(document["info"]?["description"]?.string)
    for status in Status.allCases {
      #expect(text.contains("| \(status.rawValue) | \(status.retry.rawValue) |"), "\(status)")
    }
    #expect(text.split(separator: "\n").count { $0.firstMatch(of: /^\| [0-9]{3} \|/) != nil } == Status.allCases.count)
  }

  @Test func wordsAreThoseOfTheSchema() throws {
    let schemas = try #require(document["components"]?["schemas"])
    func words(_ path: String...) throws -> [String] {
      let found = path.reduce(schemas as JSON?) { $0?[$1] }
      return try #require(found?["enum"]?.elements).compactMap(\.string)
    }
    #expect(try words("FundSource").allSatisfy { FundSource(rawValue: $0) != nil })
    #expect(try words("BudgetEntry", "properties", "phase").allSatisfy { BudgetEntry.Phase(rawValue: $0) != nil })
    #expect(try words("TaskStatus").allSatisfy { PlanTask.Status(rawValue: $0) != nil })
    #expect(try words("PlanSummary", "properties", "status").allSatisfy { Plan.Status(rawValue: $0) != nil })
    #expect(try words("Recipient", "properties", "purpose").allSatisfy { Recipient.Purpose(rawValue: $0) != nil })
    #expect(try words("TaskRow", "properties", "recurrence").allSatisfy { TaskRow.Recurrence(rawValue: $0) != nil })
    #expect(try words("TargetRow", "properties", "comparator").allSatisfy { TargetRow.Comparator(rawValue: $0) != nil })
    #expect(try words("Milestone", "properties", "comparator").allSatisfy { TargetRow.Comparator(rawValue: $0) != nil })
    #expect(try Set(words("IndicatorStanding")) == Set(Indicator.Standing.allCases.map(\.rawValue)))
  }
}

extension JSON {
  /// Every key at every depth.
  fileprivate var keys: [String] {
    switch self {
    case .object(let fields): fields.flatMap { [$0] + $1.keys }
    case .array(let elements): elements.flatMap(\.keys)
    default: []
    }
  }

  /// YAML by its core schema: what is quoted is text.
  fileprivate init(_ node: Node) throws {
    switch node {
    case .mapping(let mapping):
      var fields: [String: JSON] = [:]
      for (key, value) in mapping { fields[try #require(key.string)] = try JSON(value) }
      self = .object(fields)
    case .sequence(let sequence): self = .array(try sequence.map { try JSON($0) })
    case .scalar(let scalar):
      guard scalar.style == .plain || scalar.style == .any else {
        self = .string(scalar.string)
        return
      }
      self =
        switch scalar.string {
        case "null", "": .null
        case "true": .bool(true)
        case "false": .bool(false)
        default: Int64(scalar.string).map(JSON.integer) ?? .string(scalar.string)
        }
    case .alias: throw CocoaError(.fileReadCorruptFile)
    }
  }
}
