public import Schema

/// Offices and bodies that plans name, with their many spellings, and whether a commune may give them work.
public struct OfficeCatalogue: Sendable {
  public struct Entry: Hashable, Sendable {
    /// As the demo plans code it: `vh-xh`.
    public let code: Slug
    public let name: Text
    public let reach: Reach
  }

  /// How far a commune's word reaches.
  public enum Reach: String, Hashable, Sendable {
    /// The commune's own: may be given work.
    case own
    /// A name for all of them: nobody in particular answers.
    case collective
    /// Of the province or the state above: the commune asks, it does not assign.
    case above
    /// Banks, telecoms, tax, social insurance, Party, Front: may be asked, hold no account.
    case outside
  }

  public static let standard = OfficeCatalogue(csv: String(decoding: PackageResources.offices_csv, as: UTF8.self))

  public let entries: [Entry]
  private let index: NameIndex

  /// Lines of `code;name vi;name en;reach;alias|alias`. Any other line is left out: tests count them.
  init(csv: String) {
    var entries: [Entry] = []
    var names: [[String]] = []
    for row in CatalogueRow.rows(of: csv, columns: 5) {
      guard let code = Slug(row[0]), let reach = Reach(rawValue: row[3]) else { continue }
      entries.append(Entry(code: code, name: Text(vi: row[1], en: row[2]), reach: reach))
      names.append([row[1]] + CatalogueRow.aliases(row[4]))
    }
    self.entries = entries
    index = NameIndex(names)
  }

  public func match(_ name: String) -> NameMatch<Entry> { NameMatch(index.hits(for: name), among: entries) }

  /// Whether it is one of the catalogue's names, word for word.
  func knows(_ name: String) -> Bool {
    if case .same(_, let score) = match(name) { score == 1 } else { false }
  }

  /// By the catalogue, else by how the name begins where that settles it (every Sở is above, every bank outside); an office that
  /// nobody knows is taken for the commune's own.
  public func reach(of name: String) -> Reach {
    if let entry = match(name).sure { return entry.reach }
    let folded = name.folded
    if folded.hasSuffix(" tinh") { return .above }
    // Without accents Sổ and Sở are one word, so here they count where they are written.
    let first = name.lowercased().split(separator: " ").first.map(String.init) ?? ""
    if ["sở", "bộ", "so"].contains(first) { return .above }
    return Self.beginnings.first { folded == $0.0 || folded.hasPrefix($0.0 + " ") }?.1 ?? .own
  }

  private static let beginnings: [(String, Reach)] = [
    ("ubnd tinh", .above), ("uy ban nhan dan tinh", .above), ("van phong ubnd tinh", .above),
    ("chi cuc", .above), ("ngan hang", .outside), ("cong ty", .outside), ("doanh nghiep", .outside),
    ("cac doanh nghiep", .outside), ("vnpt", .outside), ("viettel", .outside), ("mobifone", .outside),
    ("buu dien", .outside),
    ("kho bac", .outside), ("thue", .outside), ("bao hiem", .outside), ("dang uy", .outside), ("tinh uy", .above),
    ("cac co quan", .collective), ("cac don vi", .collective), ("cac phong", .collective), ("cac ban", .collective),
    ("cac nganh", .collective), ("thu truong", .collective), ("moi", .collective), ("toan", .collective),
  ]
}
