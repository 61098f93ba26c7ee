public import Schema

/// Documents that plans of this kind cite, and what became of them.
///
/// Collected from what five communes cite. A status stands only where a source supports it; all others are `unknown`, and the
/// checks say nothing of them. Data, not code: the file is replaced as the law changes.
public struct LegalRegister: Sendable {
  public struct Entry: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
      case inForce = "in-force"
      case amended, replaced, expired, unknown
    }

    public let number: DocumentNumber
    public let kind: String
    public let issuer: String
    public let date: Day?
    public let status: Status
    /// From when the status holds.
    public let since: Day?
    /// What amended or replaced it.
    public let by: DocumentNumber?
    /// The last year of its main goals.
    public let horizon: Int?
    /// Of a scheme, as it is properly quoted: `2022-2025`.
    public let period: String?
    /// What a scheme is called.
    public let names: [String]
  }

  public static let standard = LegalRegister(csv: String(decoding: PackageResources.legal_csv, as: UTF8.self))

  public let entries: [Entry]
  private let bySymbol: [String: [Entry]]

  /// Lines of `symbol;kind;issuer;date;status;since;by;horizon;period;names`. Any other line is left out: tests count them.
  init(csv: String) {
    entries = CatalogueRow.rows(of: csv, columns: 10).compactMap { row in
      guard let number = DocumentNumber(row[0]), let status = Entry.Status(rawValue: row[4]) else { return nil }
      return Entry(
        number: number, kind: row[1], issuer: row[2], date: Day(row[3]), status: status, since: Day(row[5]),
        by: DocumentNumber(row[6]), horizon: Int(row[7]), period: row[8].isEmpty ? nil : row[8],
        names: CatalogueRow.aliases(row[9]))
    }
    bySymbol = Dictionary(grouping: entries) { $0.number.key }
  }

  /// The document that a plan cites; nil where the register holds none, or cannot tell which.
  ///
  /// Symbols are used anew every year and by every province, so the year and the issuer must fit where both are known.
  public func find(_ basis: LegalBasis) -> Entry? {
    guard let number = basis.number else { return nil }
    let fitting = (bySymbol[number.key] ?? []).filter { entry in
      let yearFits = basis.date.flatMap { day in entry.date.map { $0.components.year == day.components.year } } ?? true
      return yearFits && (basis.issuer.map { LegalBasis.isSameIssuer($0, entry.issuer) } ?? true)
    }
    return fitting.count == 1 ? fitting.first : nil
  }
}

extension LegalBasis {
  /// One of them may be shorter: `Chính phủ`, `UBND tỉnh` and `UBND tỉnh Hà Tĩnh`.
  static func isSameIssuer(_ left: String, _ right: String) -> Bool {
    let (a, b) = (Wording(left).words, Wording(right).words)
    let (short, long) = a.count <= b.count ? (a, b) : (b, a)
    return Set(long).isSuperset(of: short)
  }
}
