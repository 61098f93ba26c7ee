public import FoundationEssentials

/// What a column holds, in the types that every engine of ours has: no floating point, no time, no Boolean.
public enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case text(String)
  case blob(Data)
}
