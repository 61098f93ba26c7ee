import Schema
import Storage

/// The SQL of putting notices into inboxes.
extension NotificationsStore {
  /// The same notice is posted once: a stream that is read again brings nothing twice, and nothing is sent again.
  static func post(
    _ notices: [NoticeRecord], from stream: ServiceName, _ transaction: borrowing Transaction
  ) throws {
    for notice in try forwarded(notices, transaction) {
      try transaction.execute(
        """
        INSERT INTO notice (id, stream, province, commune, office, time, content, subject, cause, fingerprint)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        notice.id, stream, notice.unit.province, notice.unit.communeColumn, notice.office, notice.time,
        JSONColumn(notice.content), notice.subject, notice.cause, notice.fingerprint)
      try transaction.execute(
        """
        INSERT INTO telling (notice, province, commune, office, rule, is_told) VALUES (?, ?, ?, ?, ?, 0)
        ON CONFLICT (notice) DO NOTHING
        """,
        notice.id, notice.unit.province, notice.unit.communeColumn, notice.office, notice.content.rule.rawValue)
    }
  }

  /// What would go to an office that has ended goes to the focal office, once.
  private static func forwarded(
    _ notices: [NoticeRecord], _ transaction: borrowing Transaction
  ) throws -> [NoticeRecord] {
    var forwarded: [NoticeRecord] = []
    var late: [NoticeRecord] = []
    for notice in notices {
      let row = try transaction.row(
        "SELECT until FROM office WHERE province = ? AND commune = ? AND code = ?", notice.unit.province,
        notice.unit.communeColumn, notice.office)
      let until: Day? = try row?["until"]
      if let until, until < notice.time.day { late.append(notice) } else { forwarded.append(notice) }
    }
    for notice in late {
      let focal = try focal(of: notice.unit, on: notice.time.day, transaction).subtracting([notice.office]).sorted()
      // Where nobody speaks for one, it stays where it would have been.
      for office in focal.isEmpty ? [notice.office] : focal {
        guard !forwarded.contains(where: { $0.office == office && $0.content == notice.content }) else { continue }
        var copy = notice
        (copy.id, copy.office) = (Notice.ID(derivedFrom: "forwarded", "\(notice.id)", "\(office)"), office)
        forwarded.append(copy)
      }
    }
    return forwarded
  }
}
