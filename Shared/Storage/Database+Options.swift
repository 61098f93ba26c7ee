extension Database {
  /// How a store is run; the defaults serve everything but tests.
  public struct Options: Hashable, Sendable {
    /// Pages that the store may have at most: a disk of that size. Nil for as many as there is room for.
    public var maxPages: Int?
    /// Members of a group at most; those beyond are the next group.
    public var groupSize = 128
    /// Reads at the same time.
    public var readers = 4

    public init() {}
  }
}
