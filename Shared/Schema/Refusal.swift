/// Why a request was not carried out, in words that say what to do next.
public struct Refusal: Error, Hashable, Sendable {
  public var status: Status
  public var text: Text
  /// The part of the body that is meant, such as `tasks[3].due`.
  public var place: String?

  public init(_ status: Status, _ text: Text? = nil, at place: String? = nil) {
    self.status = status
    self.text = text ?? status.text
    self.place = place
  }

  public init(_ status: Status, vi: String, en: String, at place: String? = nil) {
    self.init(status, Text(vi: vi, en: en), at: place)
  }
}

extension Refusal {
  /// What is looked up with its unit and is not there, such as `kế hoạch`, `plan` and its id.
  public static func notFound(
    _ vi: String, _ en: String, _ id: some CustomStringConvertible, at place: String? = nil
  ) -> Refusal {
    Refusal(
      .notFound, vi: "Không có \(vi) \(id) trong đơn vị này.", en: "There is no \(en) \(id) in this unit.", at: place)
  }
}

/// The body of a reply that refuses; its code travels in the header.
///
/// A refusal may quote what somebody sent, and its body is remembered with the command's key and shown in scripts' logs:
/// personal numbers, telephones and pictures in it are masked.
public struct RefusalBody: Codable, Hashable, Sendable {
  public var text: Text
  public var place: String?

  public init(_ refusal: Refusal) {
    text = PersonalData.masked(refusal.text)
    place = refusal.place.map(PersonalData.masked)
  }
}

extension String {
  /// The beginning of what somebody sent, in so many bytes: one character may carry any number of accents.
  func excerpt(_ bytes: Int) -> String {
    utf8.count <= bytes ? self : String(decoding: utf8.prefix(bytes), as: UTF8.self) + "…"
  }
}
