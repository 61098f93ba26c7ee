/// A person of the register: known by a reference, never by the number that it was made of.
public enum Person {
  /// A keyed hash of the personal number: 32 hexadecimal digits. It means nothing outside this installation.
  public struct Reference: Hashable, Comparable, Sendable, CodedAsText {
    public let description: String

    public init?(_ description: String) {
      let bytes = description.utf8
      guard bytes.count == 32, bytes.allSatisfy({ (48...57).contains($0) || (97...102).contains($0) }) else {
        return nil
      }
      self.description = description
    }

    /// As the audit says it: enough to tell a commune's people apart. The whole would outlive whoever is erased.
    public var beginning: Substring { description.prefix(8) }

    public static func < (left: Reference, right: Reference) -> Bool { left.description < right.description }
  }

  public enum Sex: String, Codable, Hashable, Sendable, CaseIterable {
    case male, female
  }

  /// How far somebody's electronic identity of level 2 has come.
  public enum Enrolment: String, Codable, Hashable, Sendable, CaseIterable {
    /// Chưa đăng ký
    case none
    /// Đã đăng ký
    case registered
    /// Đã xác minh
    case verified
    /// Đã cấp
    case issued
    /// Đã kích hoạt
    case activated
    /// Tạm khóa
    case suspended
    /// Đã hủy
    case revoked
  }

  public enum Signature: String, Codable, Hashable, Sendable, CaseIterable {
    case none
    /// Chữ ký số cá nhân
    case personal
    /// Chữ ký số chuyên dùng công vụ
    case official
  }

  /// Why somebody is in the register no more.
  public enum Departure: String, Codable, Hashable, Sendable, CaseIterable {
    case moved, died
  }
}

/// A person as the register holds them. Only who is of the police sees it, and the number not even then.
public struct PersonSummary: Body, Codable, Hashable {
  public var person: Person.Reference
  /// Such as `•••••••••123`.
  public var number: String
  /// Nil while it is not known.
  public var village: Office?
  public var birthYear: Int
  public var sex: Open<Person.Sex>
  public var eid: Open<Person.Enrolment>
  /// Since when.
  public var eidSince: Day?
  public var signature: Open<Person.Signature>
  /// When it was last compared with the national population database.
  public var checked: Day?
  public var left: Day?
  /// The record that took this one's place.
  public var replacedBy: Person.Reference?
  /// From 1, one more with each change.
  public var version: Int

  public init(
    person: Person.Reference, number: String, village: Office?, birthYear: Int, sex: Open<Person.Sex>,
    eid: Open<Person.Enrolment>, eidSince: Day?, signature: Open<Person.Signature>, checked: Day?, left: Day? = nil,
    replacedBy: Person.Reference? = nil, version: Int
  ) {
    self.person = person
    self.number = number
    self.village = village
    self.birthYear = birthYear
    self.sex = sex
    self.eid = eid
    self.eidSince = eidSince
    self.signature = signature
    self.checked = checked
    self.left = left
    self.replacedBy = replacedBy
    self.version = version
  }
}

/// Finds a person by the whole personal number.
public struct FindPerson: Query, Hashable {
  public typealias Reply = PersonSummary
  public static let method: Method = "identity.person.find"
  public static let access: Access = .own(by: [.police])

  public var number: String

  public init(number: String) { self.number = number }
}

/// Changes what is known of a person; what is nil stays. The version seen goes with the request.
public struct UpdatePerson: Command, Hashable {
  public typealias Reply = PersonSummary
  public static let method: Method = "identity.person.update"
  public static let access: Access = .write(by: .police)

  public var person: Person.Reference
  public var village: Office.Code?
  public var eid: Open<Person.Enrolment>?
  /// Since when the electronic identity is so; today where a state is given and no day.
  public var eidSince: Day?
  public var signature: Open<Person.Signature>?
  public var checked: Day?
  /// True for somebody who came back, or had not left after all.
  public var returned: Bool?

  public init(
    person: Person.Reference, village: Office.Code? = nil, eid: Open<Person.Enrolment>? = nil, eidSince: Day? = nil,
    signature: Open<Person.Signature>? = nil, checked: Day? = nil, returned: Bool? = nil
  ) {
    self.person = person
    self.village = village
    self.eid = eid
    self.eidSince = eidSince
    self.signature = signature
    self.checked = checked
    self.returned = returned
  }
}

/// Somebody moved away or died: counted no more, and erased when the time that the register's basis gives has passed.
public struct PersonLeft: Command, Hashable {
  public typealias Reply = PersonSummary
  public static let method: Method = "identity.person.left"
  public static let access: Access = .write(by: .police)

  public var person: Person.Reference
  public var day: Day
  public var why: Open<Person.Departure>

  public init(person: Person.Reference, day: Day, why: Open<Person.Departure>) {
    self.person = person
    self.day = day
    self.why = why
  }
}

/// A personal number was cancelled and re-established: the person goes on under the new one.
public struct RenumberPerson: ConfidentialCommand, Hashable {
  public typealias Reply = PersonSummary
  public static let method: Method = "identity.person.renumber"
  public static let access: Access = .write(by: .police)

  public var person: Person.Reference
  /// The new one, twelve digits.
  public var number: String
  /// What re-established it.
  public var document: DocumentNumber

  public init(person: Person.Reference, number: String, document: DocumentNumber) {
    self.person = person
    self.number = number
    self.document = document
  }
}

/// Erases all that is held of a person. That it was done is kept, of whom is not.
public struct ErasePerson: Command, Hashable {
  public typealias Reply = Done
  public static let method: Method = "identity.person.erase"
  public static let access: Access = .write(by: .police)

  public var person: Person.Reference
  public var reason: String

  public init(person: Person.Reference, reason: String) {
    self.person = person
    self.reason = reason
  }
}

/// Erases those who left longer ago than the register's basis has them kept: asked again until there is none.
public struct PurgeRegister: Command, Hashable {
  public typealias Reply = Purged
  public static let method: Method = "identity.register.purge"
  public static let access: Access = .write(by: .police)

  /// People at most.
  public static let limit = 500

  public init() {}
}

public struct Purged: Body, Codable, Hashable {
  public var erased: Int

  public init(erased: Int) { self.erased = erased }
}

/// Reads a personal number. Each reading is in the audit with its reason before it is answered.
public struct ReadNumber: Query, Hashable {
  public typealias Reply = NumberRead
  public static let method: Method = "identity.person.number"
  public static let access: Access = .own(by: [.police])

  public var person: Person.Reference
  /// What it is needed for, such as a case file's number; no personal data in it.
  public var reason: String

  public init(person: Person.Reference, reason: String) {
    self.person = person
    self.reason = reason
  }
}

/// A personal number in clear.
public struct NumberRead: Body, Codable, Hashable {
  public var number: String

  public init(number: String) { self.number = number }
}

/// All that is held of a person, for the person. In the audit like the reading of a number.
public struct ExportPerson: Query, Hashable {
  public typealias Reply = PersonExport
  public static let method: Method = "identity.person.export"
  public static let access: Access = .own(by: [.police])

  public var person: Person.Reference
  public var reason: String

  public init(person: Person.Reference, reason: String) {
    self.person = person
    self.reason = reason
  }
}

/// What is held of a person, and what it was before.
public struct PersonExport: Body, Codable, Hashable {
  /// In clear.
  public var number: String
  public var person: PersonSummary
  /// The person's earlier numbers, in clear.
  public var earlier: [String]
  /// The legal basis that it is kept on.
  public var basis: DocumentNumber
  /// The legal bases that the commune's register was kept on before.
  public var earlierBases: [RegisterOpening]?
  public var changes: [PersonChange]
  /// What the person asked about these data.
  public var requests: [SubjectRequestSummary]?
  /// Who read the number, or all of it, before: the latest 200.
  public var readings: [PersonReading]?

  public init(
    number: String, person: PersonSummary, earlier: [String], basis: DocumentNumber,
    earlierBases: [RegisterOpening]? = nil, changes: [PersonChange], requests: [SubjectRequestSummary]? = nil,
    readings: [PersonReading]? = nil
  ) {
    self.number = number
    self.person = person
    self.earlier = earlier
    self.basis = basis
    self.earlierBases = earlierBases
    self.changes = changes
    self.requests = requests
    self.readings = readings
  }
}

/// Somebody read a person's number in clear, or all that is held of them.
public struct PersonReading: Codable, Hashable, Sendable {
  public var time: Timestamp
  public var account: Caller.Account?
  public var office: Office.Code?
  public var method: String
  public var reason: String

  public init(time: Timestamp, account: Caller.Account?, office: Office.Code?, method: String, reason: String) {
    self.time = time
    self.account = account
    self.office = office
    self.method = method
    self.reason = reason
  }
}

/// What a person's record was until it was changed.
public struct PersonChange: Codable, Hashable, Sendable {
  public var time: Timestamp
  public var account: Caller.Account
  public var method: String
  public var eid: Open<Person.Enrolment>
  public var signature: Open<Person.Signature>
  public var village: Office.Code?

  public init(
    time: Timestamp, account: Caller.Account, method: String, eid: Open<Person.Enrolment>,
    signature: Open<Person.Signature>, village: Office.Code?
  ) {
    self.time = time
    self.account = account
    self.method = method
    self.eid = eid
    self.signature = signature
    self.village = village
  }
}
