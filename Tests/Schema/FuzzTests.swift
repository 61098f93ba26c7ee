import Foundation
import SampleMessages
import Schema
import Seeds
import Testing

/// Damaged messages: read or refused, never a crash.
@Suite(.timeLimit(.minutes(60))) struct FuzzTests {
  static let pieces = [
    "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u0000", "\\ud800", "null", "true", "-", "1e9", "9223372036854775808",
    "0.1",
    "\u{301}", "\0", "\u{FEFF}", "{\"a\":1}", "[[]]", "\"\"", "-1", "99999999999999999999",
  ].map { Array($0.utf8) }

  static func damaged(_ json: Data, _ seed: inout Seed) -> Data {
    var bytes = Array(json)
    for _ in 0..<Int.random(in: 1...4, using: &seed) {
      let place = Int.random(in: 0...bytes.count, using: &seed)
      let end = min(bytes.count, place + Int.random(in: 0...12, using: &seed))
      switch Int.random(in: 0..<6, using: &seed) {
      case 0: bytes.insert(contentsOf: pieces.randomElement(using: &seed) ?? [], at: place)
      case 1: bytes.removeSubrange(place..<end)
      case 2: bytes.replaceSubrange(place..<end, with: pieces.randomElement(using: &seed) ?? [])
      case 3: if place < bytes.count { bytes[place] = .random(in: 0...255, using: &seed) }
      case 4: bytes.insert(contentsOf: bytes[place..<end], at: Int.random(in: 0...bytes.count, using: &seed))
      default: if place < bytes.count { bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &seed) }
      }
    }
    return Data(bytes)
  }

  @Test(arguments: Samples.all)
  func readOrRefused(_ sample: any Sample) throws {
    var seed = Seed(sample.name)
    for _ in 0..<250 {
      let json = Self.damaged(sample.json, &seed)
      do throws(Refusal) {
        // What was understood is written in a form that is understood as the same.
        let understood = try sample.reread(json)
        if !sample.name.hasSuffix(".events.reply") { #expect(try sample.reread(understood) == understood, "\(seed)") }
      } catch {
        #expect(error.status == .malformed, "\(seed)")
        #expect(!error.text.vi.isEmpty && !error.text.en.isEmpty, "\(seed)")
        #expect(Codec.encode(RefusalBody(error)).count <= 2048, "\(seed)")
      }
    }
  }

  /// Whole values in place of others: numbers for texts, arrays for objects, the extremes of each.
  @Test(arguments: Samples.all)
  func anythingAnywhere(_ sample: any Sample) throws {
    let values: [JSON] = [
      .null, .bool(true), .integer(.max), .integer(.min), .integer(0), .string(""), .string("\u{0}"),
      .string("2026-02-30"),
      .string(String(repeating: "9", count: 100)), .array([]), .object([:]), .array([.array([.object([:])])]),
    ]
    for value in values {
      for (_, json) in try JSON(sample.json).changingEachValue(to: value) {
        do throws(Refusal) {
          let understood = try sample.reread(json.data)
          #expect(try sample.reread(understood) == understood, "\(json)")
        } catch {
          #expect(error.status == .malformed)
        }
      }
    }
  }
}

extension JSON {
  /// This JSON once for every field or element in it, that one replaced.
  fileprivate func changingEachValue(to value: JSON) -> [(place: String, json: JSON)] {
    switch self {
    case .object(let fields):
      return fields.flatMap { key, old in
        ([("", value)] + old.changingEachValue(to: value)).map { place, json in
          var copy = fields
          copy[key] = json
          return ("\(key).\(place)", .object(copy))
        }
      }
    case .array(let elements):
      return elements.enumerated().flatMap { index, old in
        ([("", value)] + old.changingEachValue(to: value)).map { place, json in
          var copy = elements
          copy[index] = json
          return ("[\(index)]\(place)", .array(copy))
        }
      }
    default: return []
    }
  }
}
