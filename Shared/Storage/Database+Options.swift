public import FoundationEssentials

extension Database {
  /// How a store is run; the defaults serve everything but tests.
  public struct Options: Hashable, Sendable {
    /// Pages that the store may have at most: a disk of that size. Nil for as many as there is room for.
    public var maxPages: Int?
    /// Members of a group at most; those beyond are the next group.
    public var groupSize = 128
    /// Reads at the same time.
    public var readers = 4

    /// MiB of pages that the writer keeps in memory; nil for SQLite's own 2. Rows that come in no order touch pages all over
    /// their indexes.
    public var writerCache: Int?

    /// Whether what is deleted is overwritten with zeros in the file, and not only left out.
    public var erases = false

    /// What the hashes of commands are keyed with, where a body may hold what nobody should be able to guess from its hash.
    /// What was recorded without it is still known again.
    public var secret: Data?

    public init() {}
  }
}
