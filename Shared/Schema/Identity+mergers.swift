/// Records that a commune of the route's province went on in another one (sáp nhập), on that day or later: people's rights
/// in it become rights in the other, what they left is theirs still, its villages and its person register go on there,
/// and what it counted before that day is read there.
public struct MergeUnits: Command, Hashable {
  public typealias Reply = Merger
  public static let method: Method = "identity.merger"
  public static let access: Access = .administer

  public var merger: Merger

  public init(merger: Merger) { self.merger = merger }
}

/// A commune goes on in another one: for those who keep series by unit.
public struct UnitMerged: Event, Hashable {
  public static let name = "unit.merged"
  public static let service = Identity.name

  /// The one in which it goes on.
  public var unit: Unit
  public var merger: Merger

  public init(merger: Merger) {
    unit = merger.into
    self.merger = merger
  }

  public var subject: String { "unit/\(merger.from)" }
  public var partition: String { "unit/\(merger.from)" }
}
