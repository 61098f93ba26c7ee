public import FoundationEssentials

/// A part of a stream, in order, without a hole.
///
/// It writes its own JSON, so that every event has exactly the bytes that were stored.
public struct EventBatch: Hashable, Sendable {
  public var epoch: UUIDv7
  /// The last sequence examined: the next `after`. Beyond the last event's where others were not for this reader.
  public var through: Int64
  /// The last sequence there was.
  public var head: Int64
  /// Each a CloudEvent.
  public var events: [Data]

  public init(epoch: UUIDv7, through: Int64, head: Int64, events: [Data]) {
    self.epoch = epoch
    self.through = through
    self.head = head
    self.events = events
  }
}

extension EventBatch: Body {
  private struct Position: Codable {
    var epoch: UUIDv7
    var through: Int64
    var head: Int64
  }

  public var json: Data {
    var json = Data(#"{"epoch":"\#(epoch)","events":["#.utf8)
    json.reserveCapacity(events.reduce(160) { $0 + $1.count + 1 })
    for (index, event) in events.enumerated() {
      if index > 0 { json.append(UInt8(ascii: ",")) }
      json.append(event)
    }
    json.append(contentsOf: #"],"head":\#(head),"through":\#(through)}"#.utf8)
    return json
  }

  public init(json: Data) throws(Refusal) {
    let position = try Codec.decode(Position.self, from: json)
    let tree = try JSONTree(of: json, levels: 2)
    guard let events = tree["events"]?.elements else { throw Refusal(.malformed, at: "events") }
    self.init(
      epoch: position.epoch, through: position.through, head: position.head,
      events: events.map { json[json.startIndex + $0.range.lowerBound..<json.startIndex + $0.range.upperBound] })
  }
}
