public import FoundationEssentials

/// The one place where messages become bytes and bytes become messages.
///
/// Foundation's JSON costs 20 to 55 µs a kilobyte each way, as much as a round trip over ZeroMQ: a faster codec would be
/// put here and nowhere else.
public enum Codec {
  /// Set while a request is decoded: unknown words are refused, not kept.
  static let strict: CodingUserInfoKey = {
    guard let key = CodingUserInfoKey(rawValue: "vn.xaso.strict") else { preconditionFailure("a constant key") }
    return key
  }()

  private static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()

  private static let tolerant = JSONDecoder()

  private static let refusing: JSONDecoder = {
    let decoder = JSONDecoder()
    decoder.userInfo[strict] = true
    return decoder
  }()

  /// JSON with sorted keys: the same value always gives the same bytes.
  ///
  /// Our messages hold no floating-point number and no cycle, so there is nothing that can fail to be written.
  public static func encode(_ message: some Encodable) -> Data {
    do {
      return try encoder.encode(message)
    } catch {
      preconditionFailure("a message cannot be encoded: \(error)")
    }
  }

  /// An event or a reply: unknown fields are passed over, unknown words kept.
  public static func decode<Message: Decodable>(_ type: Message.Type, from json: Data) throws(Refusal) -> Message {
    do {
      return try tolerant.decode(type, from: json)
    } catch {
      throw Refusal(decoding: error)
    }
  }

  /// A request: UTF-8, no duplicate keys, no depth beyond 32, no unknown field, no unknown word. An empty body stands for
  /// an object without fields.
  ///
  /// Foundation takes the first of two equal keys where others take the last, reads UTF-16, and passes over fields it does
  /// not know: what was sent is therefore looked at before and compared with what was understood.
  public static func decodeStrictly<Message: Codable>(
    _ type: Message.Type, from json: Data
  ) throws(Refusal) -> Message {
    let json = json.isEmpty ? Data("{}".utf8) : json
    let sent = try JSONTree(of: json)
    let message: Message
    do {
      message = try refusing.decode(type, from: json)
    } catch {
      throw Refusal(decoding: error)
    }
    let again = encode(message)
    // Our own clients write as we do.
    if again == json { return message }
    let understood = try JSONTree(of: again)
    switch sent.unknown(to: understood) {
    case nil: return message
    case ""?:
      throw Refusal(.malformed, vi: "Nội dung phải là một đối tượng JSON.", en: "The body must be a JSON object.")
    case let place?:
      throw Refusal(.malformed, vi: "Trường không biết: \(place).", en: "Unknown field: \(place).", at: place)
    }
  }
}

extension Refusal {
  fileprivate init(decoding error: any Error) {
    guard let error = error as? DecodingError else {
      self.init(.malformed)
      return
    }
    let (context, missing) =
      switch error {
      case .keyNotFound(let key, let context): (context, key as (any CodingKey)?)
      case .valueNotFound(_, let context), .typeMismatch(_, let context), .dataCorrupted(let context): (context, nil)
      @unknown default: (DecodingError.Context(codingPath: [], debugDescription: ""), nil)
      }
    let path = context.codingPath + (missing.map { [$0] } ?? [])
    let place = path.reduce(into: "") { place, key in
      if let index = key.intValue {
        place += "[\(index)]"
      } else {
        place += (place.isEmpty ? "" : ".") + key.stringValue.excerpt(64)
      }
    }
    guard missing == nil else {
      self.init(.malformed, vi: "Thiếu trường \(place).", en: "The field \(place) is missing.", at: place)
      return
    }
    let said = context.debugDescription.excerpt(240)
    self.init(
      .malformed, vi: "Giá trị không hợp lệ ở \(place.isEmpty ? "nội dung" : place): \(said)",
      en: "Not a valid value at \(place.isEmpty ? "the body" : place): \(said)", at: place.isEmpty ? nil : place)
  }
}
