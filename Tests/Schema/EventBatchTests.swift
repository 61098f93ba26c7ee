import Foundation
import SampleMessages
import Schema
import Testing

@Suite struct EventBatchTests {
  /// As a writer of another language, or of another year, may have stored them.
  static let stored = [
    #"{"b" : 1 ,"a":{ } }"#, #"{"text":"\u0043\u0048\u00c1 \/ \ud83d\ude00","n":1.50e+3}"#,
    "{\n  \"z\": [1,\t2 , 3]\r\n}",
    #"{"text":"}],\"events\":[{"}"#, #"{"nested":{"events":[{"head":9}],"through":1}}"#, "{}",
  ].map { Data($0.utf8) }

  static func batch(_ events: [Data]) -> EventBatch {
    EventBatch(epoch: Samples.epoch, through: 42, head: 43, events: events)
  }

  @Test func storedBytesVerbatim() throws {
    let batch = Self.batch(Self.stored)
    let read = try EventBatch(json: batch.json)
    #expect(read == batch)
    #expect(read.events.map { Data($0) } == Self.stored)
    #expect(read.json == batch.json)
  }

  @Test func anyOrderAndSpacing() throws {
    let events = Self.stored.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ,\n ")
    let json =
      "\n{ \"head\" : 43, \"new\":[{}], \"\\u0065vents\" : [ \(events) ] ,\"through\":42,\"epoch\":\"\(Samples.epoch)\"} "
    #expect(try EventBatch(json: Data(json.utf8)) == Self.batch(Self.stored))
  }

  @Test func readOutOfTheMiddleOfABuffer() throws {
    let batch = Self.batch(Self.stored)
    let buffer = Data("before".utf8) + batch.json + Data("after".utf8)
    #expect(try EventBatch(json: buffer.dropFirst(6).dropLast(5)) == batch)
  }

  @Test func itsEventsAreRead() throws {
    let batch = Self.batch(Samples.events.map(\.json))
    for (event, sample) in zip(try EventBatch(json: batch.json).events, Samples.events) {
      #expect(try sample.reread(event) == sample.json)
      let attributes = try Codec.decode(CloudEvent<Unread>.self, from: event)
      #expect(attributes.type == sample.type)
      #expect(attributes.unit == sample.event.unit)
    }
  }

  @Test func none() throws {
    #expect(try EventBatch(json: Self.batch([]).json) == Self.batch([]))
  }

  @Test(arguments: [
    "", "{}", "[]", #"{"epoch":"x","events":[],"head":1,"through":1}"#, #"{"events":[],"head":1,"through":1}"#,
    #"{"epoch":"019aa0e1-e8c0-7001-8000-000000000001","events":{},"head":1,"through":1}"#,
    #"{"epoch":"019aa0e1-e8c0-7001-8000-000000000001","events":null,"head":1,"through":1}"#,
    #"{"epoch":"019aa0e1-e8c0-7001-8000-000000000001","events":[],"head":"1","through":1}"#,
    #"{"epoch":"019aa0e1-e8c0-7001-8000-000000000001","events":[],"events":[],"head":1,"through":1}"#,
    #"{"epoch":"019aa0e1-e8c0-7001-8000-000000000001","events":[{}"#,
  ])
  func notABatch(_ json: String) {
    #expect(throws: Refusal.self) { try EventBatch(json: Data(json.utf8)) }
  }
}

@Suite struct CloudEventTests {
  @Test(arguments: Samples.events)
  func attributes(_ sample: SampleEvent) throws {
    let json = try JSON(sample.json)
    #expect(json["specversion"] == .string("1.0"))
    #expect(json["datacontenttype"] == .string("application/json"))
    #expect(json["source"]?.string == "/\(type(of: sample.event).service)")
    #expect(json["type"]?.string == sample.type)
    #expect(json["subject"]?.string == sample.event.subject)
    #expect(json["partitionkey"]?.string == sample.event.partition)
    #expect(json["sequence"]?.string?.count == 20)
    #expect(json["data"]?["unit"] == json["unit"])
    // CloudEvents 1.0, section 3.1: lower-case letters and digits only.
    for name in try #require(json.fields).keys {
      #expect(name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) })
    }
    #expect(sample.json.count <= 64 * 1024)
  }

  @Test func topicsAreOfOneWidth() {
    for sample in Samples.events {
      #expect(sample.topic == "\(type(of: sample.event).service)/38/15043/\(type(of: sample.event).name)")
    }
  }
}
