/// The identity service: who may come in and as what, a unit's offices and villages, and the counts of Đề án 06.
public enum Identity: Contract {
  public static let name: ServiceName = "identity"
  public static let requests: [any Request.Type] = [
    Invite.self, Join.self, ListAccounts.self, Revoke.self, ReadDirectory.self, ListOffices.self, KeepOffice.self,
    RecordCounts.self, ListCounts.self, AddKey.self, WithdrawKey.self, OpenRegister.self, CloseRegister.self,
    ShowRegister.self, ImportPeople.self, ReadStatistics.self, CountRegister.self, RekeyRegister.self, FindPerson.self,
    ListWork.self, PurgeRegister.self, UpdatePerson.self, PersonLeft.self, RenumberPerson.self, ErasePerson.self,
    ReadNumber.self,
    ExportPerson.self, ListDuplicates.self, DecideDuplicate.self, ExplainAccess.self, ListInvitations.self,
    CancelInvitation.self, OpenSubjectRequest.self, AcknowledgeSubjectRequest.self, ExtendSubjectRequest.self,
    AnswerSubjectRequest.self, ListSubjectRequests.self,
    RetireOffice.self, Delegate.self, EndDelegation.self, LimitAccount.self, ReportSeen.self, MergeUnits.self,
  ]
  public static let events: [any Event.Type] = [
    AccountAdmitted.self, KeyAdmitted.self, KeyRevoked.self, AccountRevoked.self, OfficeKept.self, CountsRecorded.self,
    SeatChanged.self, SubjectRequestMoved.self, UnitMerged.self,
  ]
  public static let follows: [ServiceName] = []
  /// Who may come in is nobody's business outside.
  public static let audience = Access.nobody

  /// Where events about an account without a unit are filed: no province has this code.
  public static let nowhere: Unit = "00"
}

extension Identity {
  /// The public half of a CURVE key pair: 40 characters of Z85.
  public struct Key: Hashable, Comparable, Sendable, CodedAsText {
    public let description: String

    public init?(_ description: String) {
      let values = description.utf8.compactMap { Self.values[$0] }
      guard values.count == 40, description.utf8.count == 40 else { return nil }
      // Five characters stand for four bytes: 85 to the fifth is more than fits.
      for group in stride(from: 0, to: 40, by: 5) {
        guard values[group..<group + 5].reduce(0, { $0 * 85 + $1 }) <= UInt64(UInt32.max) else { return nil }
      }
      self.description = description
    }

    public static func < (left: Key, right: Key) -> Bool { left.description < right.description }

    private static let values: [UInt8: UInt64] = Dictionary(
      uniqueKeysWithValues: zip(
        "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#".utf8, 0...))
  }

  public enum AccountStatus: String, Codable, Hashable, Sendable {
    /// Nobody has joined by its invitation yet.
    case invited
    case active
    case revoked
  }
}
