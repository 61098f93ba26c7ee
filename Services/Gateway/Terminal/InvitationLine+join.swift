import Bus
import Glibc
import Schema
import ZeroMQ

extension InvitationLine {
  /// Comes in by the invitation: makes a key pair beside the profile, brings its public half, and writes the profile.
  ///
  /// Where the outcome of an earlier try is not known its key is still there, and is brought again.
  ///
  /// - Parameter path: Of the profile, a new file.
  func join(profile path: String) async throws -> AccountSummary {
    guard access(path, F_OK) != 0 else {
      throw Complaint(
        vi: "Đã có hồ sơ kết nối ở \(path); hãy nêu tệp khác bằng --profile.",
        en: "There is a connection profile at \(path); name another file with --profile.")
    }
    let place = try ProfilePlace(path)
    let (own, isNew) = try place.keys()
    var profile = Profile(server: server, serverKey: serverKey, keyFile: place.keyFile, unit: nil)
    do {
      let joined = try await Session.with(profile, keys) { session in
        try await session.ask(Join(key: try own.publicKey.asIdentityKey), in: nil).value
      }
      profile.unit = joined.unit
      try profile.save(to: path)
      return joined
    } catch let refusal as Refusal where !refusal.status.isTransient {
      // Nothing came of this key. Where that is not sure it stays: joining again takes it up.
      if isNew { place.removeKeys() }
      throw refusal
    }
  }
}

/// Where a profile and its key are written: beside each other.
private struct ProfilePlace {
  let keyFile: String
  private let keyPath: String

  init(_ profile: String) throws {
    let parts = profile.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last.map { $0.hasSuffix(".yaml") ? String($0.dropLast(5)) : String($0) } ?? "profile"
    keyFile = "\(name).key"
    keyPath = (parts.dropLast() + [keyFile[...]]).joined(separator: "/")
    var folder = profile.hasPrefix("/") ? "" : "."
    for part in parts.dropLast() where !part.isEmpty {
      folder += "/\(part)"
      mkdir(folder, 0o700)
    }
  }

  /// Of an earlier try whose outcome was not known, or new ones.
  func keys() throws -> (CurveKeys, isNew: Bool) {
    do throws(KeyFileError) {
      let isNew = access(keyPath, F_OK) != 0
      return (try CurveKeys.loadOrMake(at: keyPath), isNew)
    } catch {
      throw Complaint(vi: "Không dùng được khóa: \(error)", en: "The key cannot be used: \(error)")
    }
  }

  func removeKeys() { unlink(keyPath) }
}
