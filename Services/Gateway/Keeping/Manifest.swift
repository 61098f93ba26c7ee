import ArgumentParser
import FoundationEssentials
import Schema
import Service
import Storage

/// What a backup's folder holds, in `manifest.json`: it is written last, so a folder without one is no backup.
struct Manifest: Codable {
  /// Of the programs that made it.
  var version: String
  /// In the order in which they were copied: a subscriber before what it follows.
  var stores: [StoreCopy]

  static let fileName = "manifest.json"

  /// The last moment that all copies show.
  var taken: Timestamp? { stores.map(\.taken).min() }

  func save(in folder: String) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let json = String(decoding: try encoder.encode(self), as: UTF8.self)
    try DurableFile.write(json + "\n", to: "\(folder)/\(Self.fileName)")
  }

  static func load(from folder: String) throws -> Manifest {
    let path = "\(folder)/\(fileName)"
    guard let json = try? Data(contentsOf: URL(filePath: path)) else {
      throw Complaint(
        vi: "\(folder) không phải bản sao lưu: không có \(fileName).",
        en: "\(folder) is no backup: it has no \(fileName).", code: ExitCode(66))
    }
    guard let manifest = try? Codec.decode(Manifest.self, from: json) else {
      throw Complaint(vi: "\(path) không đọc được.", en: "\(path) cannot be read.", code: ExitCode(65))
    }
    return manifest
  }

  /// Throws a complaint for what cannot be one state of the system: a store is missing or stands twice, comes from a newer
  /// program, or has read events that the copy of their stream does not have.
  func check() throws {
    guard Set(stores.map(\.service)) == Set(Catalogue.contracts.map { $0.name }),
      stores.count == Catalogue.contracts.count
    else {
      throw Complaint(
        vi: "Bản sao lưu không có đủ các kho; hãy dùng bản khác.",
        en: "The backup does not hold every store; use another one.", code: ExitCode(65))
    }
    guard !Self.isNewer(version) else {
      throw Complaint(
        vi: "Bản sao lưu do xaso \(version) ghi, mới hơn chương trình này (\(Service.version)); hãy nâng cấp trước.",
        en: "The backup was written by xaso \(version), newer than this one (\(Service.version)); upgrade first.",
        code: ExitCode(65))
    }
    let heads = Dictionary(uniqueKeysWithValues: stores.map { ($0.service, (epoch: $0.epoch, head: $0.head)) })
    for store in stores {
      for position in store.streams {
        // Of another epoch it will be read again anyway.
        guard let stream = heads[position.stream], stream.epoch == position.epoch else { continue }
        guard position.sequence <= stream.head else {
          throw Complaint(
            vi: """
              \(store.service) đã đọc \(position.stream) xa hơn bản sao của nó: có bản sao lưu khác chạy cùng lúc; \
              hãy sao lưu lại.
              """,
            en: """
              \(store.service) has read \(position.stream) beyond its copy: another backup was made at the same time; \
              make one again.
              """,
            code: ExitCode(1))
        }
      }
    }
  }

  private static func isNewer(_ version: String) -> Bool {
    let parts = { (text: String) in text.split(separator: ".").map { Int($0) ?? 0 } }
    return parts(Service.version).lexicographicallyPrecedes(parts(version))
  }
}
