/// What the audit says that the commands of identity were about: whoever asks later who shut an account out, and why, finds
/// it there. Of people it has references, which say nothing without the register's keys; of who was erased, not even that.

extension Invite { public var about: String? { "\(account)" } }
extension CancelInvitation { public var about: String? { "\(invitation)" } }
extension Revoke {
  public var about: String? {
    [account.description, key?.description].compactMap(\.self).joined(separator: " ") + ": \(reason)"
  }
}
extension LimitAccount {
  public var about: String? {
    [account.description, key?.description, last?.description].compactMap(\.self).joined(separator: " ")
  }
}
extension Delegate { public var about: String? { "\(to) \(from) – \(through): \(document)" } }
extension EndDelegation { public var about: String? { "\(delegation)" } }
extension AddKey { public var about: String? { "\(key)" } }
extension WithdrawKey { public var about: String? { "\(key)" } }

extension KeepOffice { public var about: String? { "\(office.code)" } }
extension RetireOffice { public var about: String? { last.map { "\(office) \($0)" } ?? "\(office)" } }
extension MergeUnits {
  public var about: String? { "\(merger.from) → \(merger.into) \(merger.day): \(merger.document)" }
}
extension RecordCounts { public var about: String? { "\(village) \(month)" } }
extension CountRegister { public var about: String? { "\(month)" } }

extension OpenRegister { public var about: String? { "\(basis)" } }
extension CloseRegister { public var about: String? { "\(document)" } }
extension UpdatePerson { public var about: String? { "\(person.beginning)" } }
extension PersonLeft { public var about: String? { "\(person.beginning)" } }
extension RenumberPerson { public var about: String? { "\(person.beginning): \(document)" } }
extension ErasePerson { public var about: String? { "\(person.beginning): \(reason)" } }
extension DecideDuplicate {
  public var about: String? { "\(person.beginning) \(isSame ? "=" : "≠") \(other.beginning): \(reason)" }
}

extension OpenSubjectRequest { public var about: String? { kind.known?.rawValue } }
extension AcknowledgeSubjectRequest { public var about: String? { "\(request)" } }
extension ExtendSubjectRequest { public var about: String? { "\(request): \(reason)" } }
extension AnswerSubjectRequest { public var about: String? { "\(request): \(document)" } }
