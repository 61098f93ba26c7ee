extension Duration {
  /// Whole nanoseconds; 0 for a negative duration, and `UInt64.max / 2` for one of centuries, so that a sum cannot overflow.
  var nanoseconds: UInt64 {
    let (seconds, attoseconds) = components
    guard seconds >= 0, attoseconds >= 0 else { return 0 }
    guard seconds < 9_000_000_000 else { return .max / 2 }
    return UInt64(seconds) * 1_000_000_000 + UInt64(attoseconds / 1_000_000_000)
  }

  /// Milliseconds as libzmq takes them.
  var milliseconds: Int32 { Int32(clamping: nanoseconds / 1_000_000) }
}
