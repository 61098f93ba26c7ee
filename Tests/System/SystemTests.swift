import Testing

/// Real processes, driven as people and services drive them, and what becomes of them. One at a time: each test starts
/// and kills a stack of its own.
@Suite("The system", .serialized, .timeLimit(.minutes(60)))
struct SystemTests {}
