/// Asks until it holds, for what no event tells; ends with the test's time.
public func eventually(_ condition: () async throws -> Bool) async throws {
  while try await !condition() {
    try Task.checkCancellation()
    await Task.yield()
  }
}
