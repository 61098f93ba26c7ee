import FoundationEssentials
import Glibc
import Schema
import Synchronization
import Testing

@testable import Storage

@Suite("Replacing stores by copies", .timeLimit(.minutes(60)))
struct ReplacementTests {
  /// What a process dies of.
  struct Death: Error {}

  /// Three stores with a note each that copies were made of, and one more note since.
  final class Street: Sendable {
    let places: [Place]
    let copies: [StoreCopy]

    init() async throws {
      places = try (0..<3).map { _ in try Place() }
      var copies: [StoreCopy] = []
      for place in places {
        let store = try await place.open()
        try await store.write { store in
          try store.take(note: 1)
          try store.emit(Noted(note: 1))
        }
        copies.append(try await store.copy(to: Self.copy(in: place)))
        try await store.write { store in
          try store.take(note: 2)
          try store.emit(Noted(note: 2))
        }
        await store.close()
      }
      self.copies = copies
    }

    static func copy(in place: Place) -> String { place.directory.appending(path: "copy.sqlite").path }

    var items: [StoreReplacement.Item] {
      zip(places, copies).map { .init(store: $0.path, copy: Self.copy(in: $0), sha256: $1.sha256) }
    }

    func replacement(
      step: @escaping @Sendable (String) throws -> Void = { _ in }
    ) throws -> StoreReplacement {
      try StoreReplacement(of: places.map(\.path), step: step)
    }

    /// How many notes each store has, and whether it has begun a new epoch.
    func look() async throws -> [(notes: Int, isNew: Bool)] {
      var found: [(notes: Int, isNew: Bool)] = []
      for (place, copy) in zip(places, copies) {
        let store = try await place.open()
        found.append((try await store.count("note"), store.epoch != copy.epoch))
        await store.close()
      }
      return found
    }

    /// What lies beside the stores and should not.
    var leftovers: [String] {
      get throws {
        try places.flatMap { try FileManager.default.contentsOfDirectory(atPath: $0.directory.path) }
          .filter { $0.contains(".restor") || $0.hasSuffix(".part") }
      }
    }
  }

  @Test("all are the copies afterwards, with new epochs, and nothing lies about")
  func all() async throws {
    let street = try await Street()
    let replacement = try street.replacement()
    try replacement.run(street.items)
    replacement.release()
    for found in try await street.look() {
      #expect(found.notes == 1)
      #expect(found.isNew)
    }
    #expect(try street.leftovers == [])
  }

  @Test("stores that were lost come back")
  func lost() async throws {
    let street = try await Street()
    for place in street.places {
      for suffix in ["", "-wal", "-shm", ".owner", ".mark"] {
        try? FileManager.default.removeItem(atPath: place.path + suffix)
      }
    }
    let replacement = try street.replacement()
    try replacement.run(street.items)
    replacement.release()
    for found in try await street.look() {
      #expect(found.notes == 1)
      #expect(found.isNew)
    }
  }

  @Test(
    "what root lays beside stores, even of a restore that is given up, belongs to whom their folders belong",
    .enabled(if: geteuid() == 0))
  func owners() async throws {
    let street = try await Street()
    for place in street.places {
      for suffix in [".owner", ".mark"] { try FileManager.default.removeItem(atPath: place.path + suffix) }
      #expect(chown(place.directory.path, 1234, 1234) == 0)
    }
    try street.replacement().release()
    for place in street.places {
      for suffix in [".owner", ".mark"] {
        let owner = try FileManager.default.attributesOfItem(atPath: place.path + suffix)[.ownerAccountID]
        #expect(owner as? UInt == 1234)
      }
    }
  }

  @Test("a note that was half written is no leftover")
  func halfNote() async throws {
    let street = try await Street()
    try Data().write(to: URL(filePath: street.places[0].path + ".restoring.part"))
    let replacement = try street.replacement()
    _ = try replacement.settle()
    replacement.release()
    #expect(try street.leftovers == [])
  }

  @Test("while a process has one of them, none is touched")
  func running() async throws {
    let street = try await Street()
    let store = try await street.places[2].open()
    let error = #expect(throws: StorageError.self) { try street.replacement() }
    #expect(error?.kind == .busy)
    await store.close()
    #expect(try await street.look().allSatisfy { $0.notes == 2 && !$0.isNew })
  }

  @Test("a copy with a changed byte is refused, and nothing has changed")
  func changed() async throws {
    let street = try await Street()
    let path = Street.copy(in: street.places[1])
    var bytes = try Data(contentsOf: URL(filePath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    let replacement = try street.replacement()
    let error = #expect(throws: StorageError.self) { try replacement.run(street.items) }
    #expect(error?.kind == .corrupt)
    replacement.release()
    #expect(try await street.look().allSatisfy { $0.notes == 2 && !$0.isNew })
    #expect(try street.leftovers == [])
  }

  @Test("death before any change on the disk leaves all stores as they were or all replaced, once it is settled")
  func anywhere() async throws {
    var steps = 0
    var outcomes: Set<Int> = []
    while true {
      let street = try await Street()
      let died = try await die(at: steps, street) { try $0.run(street.items) }
      // A process that starts now is kept out, or finds its store whole and as it was.
      for place in street.places {
        guard let store = try? await place.open() else { continue }
        #expect([1, 2].contains(try await store.count("note")))
        await store.close()
      }
      // Settling may die as well, wherever it is.
      for step in 0..<4 { _ = try await die(at: step, street) { _ = try $0.settle() } }
      let replacement = try street.replacement()
      _ = try replacement.settle()
      replacement.release()
      let found = try await street.look()
      #expect(Set(found.map(\.notes)).count == 1, "step \(steps): \(found)")
      #expect(found.allSatisfy { $0.isNew == ($0.notes == 1) }, "step \(steps): \(found)")
      #expect(try street.leftovers == [], "step \(steps)")
      outcomes.insert(found[0].notes)
      if !died { break }
      steps += 1
    }
    #expect(steps > 12)
    #expect(outcomes == [1, 2])
  }

  /// - Returns: Whether it came so far.
  private func die(
    at step: Int, _ street: Street, _ work: (StoreReplacement) throws -> Void
  ) async throws -> Bool {
    let steps = Steps()
    let replacement = try street.replacement { _ in
      if steps.next() == step { throw Death() }
    }
    defer { replacement.release() }
    do {
      try work(replacement)
      return false
    } catch is Death {
      return true
    }
  }

  private final class Steps: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
      count.withLock { count in
        defer { count += 1 }
        return count
      }
    }
  }
}
