import Foundation

/// Any JSON, to be taken apart and put together otherwise.
indirect enum JSON: Hashable {
  case null
  case bool(Bool)
  case integer(Int64)
  case string(String)
  case array([JSON])
  case object([String: JSON])

  init(_ data: some DataProtocol) throws {
    self = try JSONDecoder().decode(JSON.self, from: Data(data))
  }

  var data: Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    do {
      return try encoder.encode(self)
    } catch {
      preconditionFailure("plain JSON is always written: \(error)")
    }
  }

  subscript(key: String) -> JSON? {
    get { if case .object(let fields) = self { fields[key] } else { nil } }
    set {
      guard case .object(var fields) = self else { return }
      fields[key] = newValue
      self = .object(fields)
    }
  }

  subscript(index: Int) -> JSON? {
    get { if case .array(let elements) = self, elements.indices.contains(index) { elements[index] } else { nil } }
    set {
      guard case .array(var elements) = self, let newValue else { return }
      elements[index] = newValue
      self = .array(elements)
    }
  }

  var string: String? { if case .string(let text) = self { text } else { nil } }
  var fields: [String: JSON]? { if case .object(let fields) = self { fields } else { nil } }
  var elements: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

  /// This JSON once for every object in it, that object changed, with the place of the object.
  func changingEachObject(_ change: (inout [String: JSON]) -> Void) -> [(place: String, json: JSON)] {
    switch self {
    case .object(let fields):
      var changed = fields
      change(&changed)
      return [("", .object(changed))]
        + fields.sorted { $0.key < $1.key }.flatMap { key, value in
          value.changingEachObject(change).map { place, json in
            var copy = self
            copy[key] = json
            return (key + (place.isEmpty || place.hasPrefix("[") ? "" : ".") + place, copy)
          }
        }
    case .array(let elements):
      return elements.enumerated().flatMap { index, value in
        value.changingEachObject(change).map { place, json in
          var copy = self
          copy[index] = json
          return ("[\(index)]" + (place.isEmpty || place.hasPrefix("[") ? "" : ".") + place, copy)
        }
      }
    default: return []
    }
  }
}

extension JSON: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let integer = try? container.decode(Int64.self) {
      self = .integer(integer)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let elements = try? container.decode([JSON].self) {
      self = .array(elements)
    } else {
      self = .object(try container.decode([String: JSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .integer(let integer): try container.encode(integer)
    case .string(let string): try container.encode(string)
    case .array(let elements): try container.encode(elements)
    case .object(let fields): try container.encode(fields)
    }
  }
}
