public import Schema

/// Chỉ tiêu that many communes promise, under one code each, with the names that offices give them.
///
/// Merged from the plans of five communes where they mean the same thing. Data, not code: another list is another file.
public struct IndicatorCatalogue: Sendable {
  public struct Entry: Codable, Hashable, Sendable {
    /// Such as `dvc.toan-trinh`.
    public let code: Slug
    public let name: Text
    /// `%`, or what is counted; nil where it is only reported.
    public let unit: String?
    /// False where less is better, such as places without a signal.
    public let moreIsBetter: Bool
    /// What plans call it besides.
    public let aliases: [String]
  }

  public static let standard = IndicatorCatalogue(csv: String(decoding: PackageResources.indicators_csv, as: UTF8.self))

  public let entries: [Entry]
  private let index: NameIndex
  /// By each name of an entry, folded.
  private let byName: [String: Entry]

  /// Lines of `code;name vi;name en;unit;up or down;alias|alias`. Any other line is left out: tests count them.
  init(csv: String) {
    let rows = CatalogueRow.rows(of: csv, columns: 6)
    var entries: [Entry] = []
    var names: [[String]] = []
    for row in rows {
      guard let code = Slug(row[0]), ["up", "down"].contains(row[4]) else { continue }
      entries.append(
        Entry(
          code: code, name: Text(vi: row[1], en: row[2]), unit: row[3].isEmpty ? nil : row[3],
          moreIsBetter: row[4] == "up", aliases: CatalogueRow.aliases(row[5])))
      names.append([row[1]] + CatalogueRow.aliases(row[5]))
    }
    self.entries = entries
    index = NameIndex(names)
    byName = Dictionary(
      zip(entries, names).flatMap { entry, names in names.map { ($0.folded, entry) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The entry that is called exactly so, whatever the accents and capitals.
  public func entry(called name: String) -> Entry? { byName[name.folded] }

  public func match(_ name: String) -> NameMatch<Entry> { NameMatch(index.hits(for: name), among: entries) }
}

/// Lines of a catalogue: columns parted by `;`, none quoted, the first line their titles.
enum CatalogueRow {
  static func rows(of csv: String, columns: Int) -> [[String]] {
    csv.split(separator: "\n").dropFirst().compactMap { line in
      let fields = line.split(separator: ";", omittingEmptySubsequences: false).map(String.init)
      return fields.count == columns ? fields : nil
    }
  }

  static func aliases(_ field: String) -> [String] { field.split(separator: "|").map(String.init) }
}
