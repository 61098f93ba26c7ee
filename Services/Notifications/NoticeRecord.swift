import Schema

/// A notice as it is kept: for one office of one unit, caused by one event, or by the day on which a rule says it.
struct NoticeRecord {
  var id: Notice.ID
  var unit: Unit
  var office: Office.Code
  var time: Timestamp
  var content: Notice.Content
  /// What it is about, such as `task/<id>`.
  var subject: String?
  /// The event that it comes from.
  var cause: UUIDv7?
  /// Of what a rule says.
  var fingerprint: Alarm.Fingerprint?
}

/// What notifications knows of a task.
struct TaskRecord {
  var row: TaskRow
  var focal: Office.Code
  /// All of the plan.
  var offices: [Office]
}

/// What notifications knows of an account.
struct AccountRecord {
  var name: Caller.Account
  var office: Office
  /// The focal offices of its unit.
  var focal: Set<Office.Code>
  /// False until the key has come that it joined by.
  var hasKey: Bool
}

/// What notifications knows of an issued plan.
struct PlanRecord {
  var number: DocumentNumber
  var title: String
  /// Those with a share of it.
  var offices: [Office]
  var recipients: [Recipient]
}

extension PlanRecord {
  /// Who got it: those with a share, and those among its nơi nhận.
  func holders(among offices: [Office.Code: String]) -> [Office.Code] {
    Set(self.offices.map(\.code)).union(NoticeRecord.receivers(of: recipients, among: offices).keys).sorted()
  }
}

extension NoticeRecord {
  /// Which of a unit's own offices, and leaders, a document's nơi nhận are. Outside bodies get it on paper; where it is
  /// filed and posted is nobody to tell.
  ///
  /// - Parameter offices: What the unit's offices are called.
  static func receivers(
    of recipients: [Recipient], among offices: [Office.Code: String]
  ) -> [Office.Code: Open<Recipient.Purpose>?] {
    var receivers: [Office.Code: Open<Recipient.Purpose>?] = [:]
    for recipient in recipients where ![.file, .publish].contains(recipient.purpose?.known) {
      let name = recipient.name.folded
      for (code, office) in offices where name.contains(office.folded) {
        receivers.updateValue(recipient.purpose, forKey: code)
      }
      let isLeaders = ["xa", "phuong", "dac khu"].contains { name.contains("ubnd \($0)") }
      guard isLeaders, name.contains("chu tich") else { continue }
      if name.contains("pho chu tich") { receivers.updateValue(recipient.purpose, forKey: .viceChair) }
      if name.hasPrefix("chu tich") { receivers.updateValue(recipient.purpose, forKey: .chair) }
    }
    return receivers
  }
}
