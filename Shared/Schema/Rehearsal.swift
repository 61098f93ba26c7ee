import Synchronization

#if canImport(Glibc)
  import Glibc
#endif

/// A calendar set to another day: a year played in minutes, or a due day tried before it comes.
///
/// Every process that is started with `XASO_TODAY=2026-07-01` lives on that day: what it records, what is due, what has
/// expired. The time of day stays the machine's, and the calendar goes on at midnight. A settings file cannot say it: who
/// runs a real commune's plan on another day should have had to mean it.
public enum Rehearsal {
  public static let variable = "XASO_TODAY"

  private static let shift = Atomic<Int>(0)

  /// Sets this process's calendar as its environment says; without a word of it, the calendar stays as it is.
  ///
  /// - Throws: `NoSuchDay` for a word that is no day.
  public static func begin() throws(NoSuchDay) {
    guard let word = getenv(variable).map({ String(cString: $0) }), !word.isEmpty else { return }
    guard let day = Day(word) else { throw NoSuchDay(word: word) }
    begin(on: day)
  }

  /// - Parameter day: Today, from now on.
  public static func begin(on day: Day) {
    shift.store(day.number - Timestamp.machine.day.number, ordering: .relaxed)
  }

  /// Today, where it is not the machine's; a process started from this one is told it.
  public static var day: Day? { shift.load(ordering: .relaxed) == 0 ? nil : Timestamp.now.day }

  static var milliseconds: Int64 { Int64(shift.load(ordering: .relaxed)) * 86_400_000 }

  public struct NoSuchDay: Error, CustomStringConvertible {
    public let word: String

    public var description: String { "\(Rehearsal.variable)=\(word): write a day such as 2026-07-01, or unset it" }
  }
}
