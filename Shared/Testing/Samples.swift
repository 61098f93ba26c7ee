public import Schema

/// One typical message for every entry of the catalogue, with fixed identifiers and times.
public enum Samples {
  /// Xã Giao An, Thanh Hóa.
  public static let commune: Unit = "38/15043"
  public static let office = Office(code: "vh-xh", name: "Phòng Văn hóa - Xã hội")
  /// 2026-11-21T02:30:00.000Z
  public static let time = Timestamp(milliseconds: 1_795_228_200_000)
  public static let epoch = uuid(1)

  public static let requests: [SampleRequest] =
    Catalogue.contracts.flatMap { common($0) } + identityRequests + planRequests + boardRequests + budgetRequests
    + indicatorRequests
    + notificationRequests

  public static var replies: [SampleReply] { requests.map(\.reply) }

  public static let events: [SampleEvent] = identityEvents + planEvents + boardEvents + budgetEvents + indicatorEvents

  public static let refusal = SampleRefusal(
    refusal: Refusal(
      .invalid, vi: "Hạn hoàn thành trước ngày bắt đầu.", en: "The task is due before it starts.", at: "tasks[3].due"))

  /// Requests, replies, events and the refusal.
  public static var all: [any Sample] { requests + replies + events + [refusal] }

  static func uuid(_ number: UInt64) -> UUIDv7 { UUIDv7(at: time, random: (number, number)) }
  static func id<Entity>(_ number: UInt64) -> Identifier<Entity> { Identifier(uuid(number)) }
}
