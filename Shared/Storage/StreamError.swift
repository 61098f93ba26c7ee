public import Schema

/// Why events cannot be applied as they came. Nothing of them was.
public enum StreamError: Error, Hashable {
  /// Read on from the cursor: what lies between was not delivered.
  case hole(cursor: Int64, next: Int64)
  /// The stream has begun anew: `resync`.
  case otherEpoch(UUIDv7)
}
