import FoundationEssentials
import Schema

/// A person as the register keeps them.
struct PersonRecord: Hashable, Sendable {
  let reference: Data
  var village: Office.Code?
  var birthYear: Int
  var sex: Person.Sex
  var eid = Person.Enrolment.none
  var eidSince: Day?
  var signature = Person.Signature.none
  var checked: Day?
  /// Of name and birth; nil when no name was ever given.
  var likeness: Data?
  /// Whether year of birth or sex are not what the number says.
  var disagrees = false
  var left: Day?
  var departure: Person.Departure?
  var replacedBy: Data?
  var version = 1
  var sealed: (data: Data, key: Int)

  /// Whether it is counted.
  var isHere: Bool { left == nil && replacedBy == nil }

  static func == (one: PersonRecord, other: PersonRecord) -> Bool {
    one.reference == other.reference && one.village == other.village && one.birthYear == other.birthYear
      && one.sex == other.sex && one.eid == other.eid && one.eidSince == other.eidSince
      && one.signature == other.signature && one.checked == other.checked && one.likeness == other.likeness
      && one.disagrees == other.disagrees && one.left == other.left && one.departure == other.departure
      && one.replacedBy == other.replacedBy && one.version == other.version
  }

  func hash(into hasher: inout Hasher) { hasher.combine(reference) }

  func summary(number: String, village: Office?) throws -> PersonSummary {
    PersonSummary(
      person: try Person.Reference(reference), number: number, village: village, birthYear: birthYear, sex: Open(sex),
      eid: Open(eid), eidSince: eidSince, signature: Open(signature), checked: checked, left: left,
      replacedBy: try replacedBy.map { try Person.Reference($0) }, version: version)
  }
}

extension Person.Enrolment {
  /// A file shows where somebody has come to, not each step: on the way to activation steps may be passed over. Back
  /// leads only locking, and cancelling, after which it begins anew.
  func mayBecome(_ next: Person.Enrolment) -> Bool {
    switch (self, next) {
    case let (one, other) where one == other: true
    case (.none, .registered), (.none, .verified), (.none, .issued), (.none, .activated): true
    case (.registered, .verified), (.registered, .issued), (.registered, .activated): true
    case (.verified, .issued), (.verified, .activated): true
    case (.issued, .activated), (.issued, .revoked): true
    case (.activated, .suspended), (.activated, .revoked): true
    case (.suspended, .activated), (.suspended, .revoked): true
    case (.revoked, .registered), (.revoked, .verified), (.revoked, .issued), (.revoked, .activated): true
    default: false
    }
  }

  /// An account of level 2 that was handed out and not taken back.
  var isIssued: Bool { self == .issued || self == .activated || self == .suspended }
}
