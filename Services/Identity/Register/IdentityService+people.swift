import Bus
import FoundationEssentials
import Schema
import Storage

/// One person at a time: found, changed, read, erased; and two that may be one.
extension IdentityService {
  private static let pageSize = 50

  static func registerPeople(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    registerChanges(in: &handlers, keys)
    registerReadings(in: &handlers, keys)
    registerDuplicates(in: &handlers, keys)
    registerRetention(in: &handlers, keys)
    handlers.on(FindPerson.self) { request, call, transaction in
      let (unit, keys) = (try call.home(), try usable(keys))
      let number = try RegisterRules.number(request.number, today: transaction.time.day)
      guard let person = try RegisterStore.person(keys.reference(of: number), in: unit, transaction) else {
        throw Refusal(
          .notFound, vi: "Không có người mang số này trong sổ của đơn vị.",
          en: "Nobody in this unit's register has that number.", at: "number")
      }
      return try summary(person, keys, in: unit, transaction)
    }
    handlers.on(ListWork.self) { request, call, transaction in
      let (unit, keys) = (try call.home(), try usable(keys))
      guard let aspect = request.aspect.known else { throw Refusal(.invalid, at: "aspect") }
      let after = try request.after.map { try $0.position(as: Person.Reference.self).data }
      let people = try RegisterStore.work(
        aspect, in: unit, after: after, limit: pageSize + 1, today: transaction.time.day, transaction)
      var items: [PersonSummary] = []
      for person in people.prefix(pageSize) { items.append(try summary(person, keys, in: unit, transaction)) }
      return Page(items: items, next: items.count < people.count ? items.last?.person.description : nil)
    }
  }

  private static func registerChanges(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    handlers.on(UpdatePerson.self) { request, call, transaction in
      let (unit, person) = try open(request.person, call, transaction)
      let village = try request.village.flatMap { try IdentityStore.office($0, in: unit, transaction) }
      let changed = try RegisterRules.updated(person, request, village: village, today: transaction.time.day)
      let method = UpdatePerson.method
      return .accepted(try change(person, to: changed, call, method, try usable(keys), in: unit, transaction))
    }
    handlers.on(PersonLeft.self) { request, call, transaction in
      let (unit, person) = try open(request.person, call, transaction)
      let register = try RegisterRules.isOpen(try RegisterStore.register(in: unit, transaction))
      let changed = try RegisterRules.departed(
        person, request, keptFor: register.months, today: transaction.time.day)
      return .accepted(
        try change(person, to: changed, call, PersonLeft.method, try usable(keys), in: unit, transaction))
    }
    handlers.on(RenumberPerson.self) { request, call, transaction in
      let (unit, person) = try open(request.person, call, transaction)
      let keys = try usable(keys)
      var changed = RegisterRules.next(try RegisterRules.here(person))
      let number = try RegisterRules.number(request.number, today: transaction.time.day)
      let reference = keys.reference(of: number)
      guard try RegisterStore.person(reference, in: unit, transaction) == nil else {
        throw Refusal(
          .conflict, vi: "Số mới đã có trong sổ; hãy xem người đó trước.",
          en: "The new number is in the register already; look at that person first.", at: "number")
      }
      var successor = PersonRecord(
        reference: reference, birthYear: person.birthYear, sex: person.sex, sealed: keys.seal(number, for: reference))
      successor.village = person.village
      successor.eid = person.eid
      successor.eidSince = person.eidSince
      successor.signature = person.signature
      successor.likeness = person.likeness
      successor.disagrees = person.birthYear != number.birthYear || person.sex != number.sex
      changed.replacedBy = reference
      try RegisterStore.insert([successor], in: unit, transaction)
      var tally = Tally()
      tally.add(successor)
      try RegisterStore.add(tally, in: unit, transaction)
      _ = try change(person, to: changed, call, RenumberPerson.method, keys, in: unit, transaction)
      let reason = "renumbered \(request.document)"
      try RegisterStore.settle(
        duplicatesOf: person.reference, by: call.caller.account, reason: reason, in: unit, transaction)
      return .accepted(try answer(successor, call, keys, in: unit, transaction))
    }
    handlers.on(ErasePerson.self) { request, call, transaction in
      // A register that is closed is still answered for.
      let unit = try call.home()
      try RegisterRules.check(reason: request.reason)
      let person = try RegisterStore.person(request.person, in: unit, transaction)
      try call.expects(person.version)
      try RegisterStore.erase(
        person, by: call.caller.account, reason: request.reason, in: unit, keys?.erasures, transaction)
      return .accepted(Done())
    }
  }

  /// What is read in clear is audited, with why, before it is answered; and no answer of it is remembered.
  private static func registerReadings(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    handlers.on(
      ReadNumber.self,
      answer: { [database = handlers.database] request, call in
        let (unit, keys) = (try call.home(), try usable(keys))
        try RegisterRules.check(reason: request.reason)
        let person = try await database.read { try RegisterStore.person(request.person, in: unit, $0) }
        try await database.audit(reading(request.person, request.reason, ReadNumber.method, call))
        return NumberRead(number: try keys.number(of: person).written)
      })
    handlers.on(
      ExportPerson.self,
      answer: { [database = handlers.database] request, call in
        let (unit, keys) = (try call.home(), try usable(keys))
        try RegisterRules.check(reason: request.reason)
        let export = try await database.read { transaction in
          let person = try RegisterStore.person(request.person, in: unit, transaction)
          guard let register = try RegisterStore.register(in: unit, transaction) else { throw Refusal(.notFound) }
          let earlier = try RegisterStore.predecessors(of: person.reference, in: unit, transaction)
          let changes = try ([person] + earlier).flatMap {
            try RegisterStore.changes(of: $0.reference, in: unit, transaction)
          }
          let references = try ([person] + earlier).map { try Person.Reference($0.reference) }
          return PersonExport(
            number: try keys.number(of: person).written, person: try summary(person, keys, in: unit, transaction),
            earlier: try earlier.map { try keys.number(of: $0).written }, basis: register.basis,
            earlierBases: register.before.isEmpty ? nil : register.before,
            changes: changes.sorted { $0.time < $1.time },
            requests: try references.flatMap { try SubjectStore.requests(about: $0, in: unit, transaction) },
            readings: try readings(of: references, in: unit, transaction))
        }
        try await database.audit(reading(request.person, request.reason, ExportPerson.method, call))
        return export
      })
  }

  private static func readings(
    of people: [Person.Reference], in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> [PersonReading] {
    var rows: [AuditRow] = []
    for person in people {
      for method in [ReadNumber.method, ExportPerson.method] {
        rows += try transaction.audits(
          within: unit, account: nil, called: method.description, noted: "\(person.beginning): ", before: nil,
          limit: 200)
      }
    }
    return rows.sorted { $0.sequence > $1.sequence }.prefix(200).map { row in
      PersonReading(
        time: row.time, account: row.account, office: row.office, method: row.called,
        reason: (row.note ?? "").split(separator: ": ", maxSplits: 1).last.map(String.init) ?? "")
    }
  }

  private static func reading(
    _ person: Person.Reference, _ reason: String, _ method: Method, _ call: Call
  ) -> AuditEntry {
    AuditEntry(
      time: .now, account: call.caller.account, unit: call.unit, office: call.caller.office,
      method: method.description, key: nil, status: .ok, note: "\(person.beginning): \(reason)")
  }

  private static func registerDuplicates(in handlers: inout Handlers<Identity>, _ keys: RegisterKeys?) {
    handlers.on(ListDuplicates.self) { request, call, transaction in
      let after = try request.after.map { try $0.position(as: DuplicatePlace.self) }
      let rows = try RegisterStore.duplicates(
        in: try call.home(), after: after.map { ($0.person.data, $0.other.data) }, limit: pageSize + 1, transaction)
      return try Page(
        rows, size: pageSize, Duplicate.init, position: { DuplicatePlace($0.person, $0.other).description })
    }
    handlers.on(DecideDuplicate.self) { request, call, transaction in
      let (unit, keys) = (try call.home(), try usable(keys))
      try RegisterRules.check(reason: request.reason)
      let (one, other) = (request.person.data, request.other.data)
      guard let duplicate = try RegisterStore.duplicate(one, other, in: unit, transaction) else {
        throw Refusal(
          .notFound, vi: "Không có trường hợp nghi trùng như vậy đang chờ quyết định.",
          en: "No such duplicate waits to be decided.")
      }
      try RegisterStore.decide(
        duplicate, isSame: request.isSame, by: call.caller.account, reason: request.reason, in: unit, transaction)
      var kept = try RegisterStore.person(request.person, in: unit, transaction)
      guard request.isSame else { return .accepted(try answer(kept, call, keys, in: unit, transaction)) }
      let method = DecideDuplicate.method
      if duplicate.kind == .number {
        let before = kept
        kept.likeness = other
        kept = RegisterRules.next(kept)
        try RegisterStore.update(kept, from: before, by: call.caller.account, method, in: unit, transaction)
      } else {
        _ = try RegisterRules.here(kept)
        let gone = try RegisterStore.person(request.other, in: unit, transaction)
        var changed = RegisterRules.next(try RegisterRules.here(gone))
        changed.replacedBy = kept.reference
        _ = try change(gone, to: changed, call, method, keys, in: unit, transaction)
        try RegisterStore.settle(
          duplicatesOf: gone.reference, by: call.caller.account, reason: request.reason, in: unit, transaction)
      }
      return .accepted(try answer(kept, call, keys, in: unit, transaction))
    }
  }

  // MARK: What several of them do

  /// A person of an open register, as the caller has seen them.
  private static func open(
    _ reference: Person.Reference, _ call: Call, _ transaction: borrowing Transaction
  ) throws -> (Unit, PersonRecord) {
    let unit = try call.home()
    _ = try RegisterRules.isOpen(try RegisterStore.register(in: unit, transaction))
    let person = try RegisterStore.person(reference, in: unit, transaction)
    try call.expects(person.version)
    return (unit, person)
  }

  private static func change(
    _ person: PersonRecord, to changed: PersonRecord?, _ call: Call, _ method: Method, _ keys: RegisterKeys,
    in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> PersonSummary {
    guard let changed else { return try answer(person, call, keys, in: unit, transaction) }
    try RegisterStore.update(changed, from: person, by: call.caller.account, method, in: unit, transaction)
    var tally = Tally()
    tally.remove(person)
    tally.add(changed)
    try RegisterStore.add(tally, in: unit, transaction)
    return try answer(changed, call, keys, in: unit, transaction)
  }

  /// What a command is answered is remembered with its key: noted, to be erased with the person.
  private static func answer(
    _ person: PersonRecord, _ call: Call, _ keys: RegisterKeys, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> PersonSummary {
    try RegisterStore.noteAnswer(about: person.reference, to: call.caller.account, in: unit, transaction)
    return try summary(person, keys, in: unit, transaction)
  }

  private static func summary(
    _ person: PersonRecord, _ keys: RegisterKeys, in unit: Unit, _ transaction: borrowing Transaction
  ) throws -> PersonSummary {
    let village = try person.village.flatMap { try IdentityStore.office($0, in: unit, transaction) }?.office
    return try person.summary(number: try keys.number(of: person).masked, village: village)
  }
}

extension RegisterKeys {
  fileprivate func number(of person: PersonRecord) throws -> PersonalNumber {
    try open(person.sealed.data, key: person.sealed.key, for: person.reference)
  }
}

/// Where a page of duplicates ended: `REFERENCE/REFERENCE`.
private struct DuplicatePlace: LosslessStringConvertible {
  let person: Person.Reference
  let other: Person.Reference

  init(_ person: Person.Reference, _ other: Person.Reference) {
    self.person = person
    self.other = other
  }

  init?(_ description: String) {
    let parts = description.split(separator: "/").map { Person.Reference(String($0)) }
    guard parts.count == 2, let person = parts[0], let other = parts[1] else { return nil }
    self.init(person, other)
  }

  var description: String { "\(person)/\(other)" }
}
