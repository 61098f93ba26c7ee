/// The sizes that XSB/1 keeps to, in bytes.
public enum Limit {
  /// A request's or a reply's body; what is larger goes in parts.
  public static let body = 240 * 1024
  /// Route and caller frames.
  public static let text = 512
}
