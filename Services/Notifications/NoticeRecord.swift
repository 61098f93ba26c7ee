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
