/// A unit of systemd's: what is set in its sections, the empty assignment that takes back what was set before it included.
struct UnitFile {
  private var values: [String: [String]] = [:]

  /// - Parameters:
  ///   - files: The unit and the files that add to it, in systemd's order.
  ///   - instance: What `%i` stands for.
  init(_ files: String..., instance: String = "") throws {
    for file in files {
      for line in try Files.text("deploy/systemd/\(file)").split(separator: "\n") {
        guard !line.hasPrefix("#"), let equals = line.firstIndex(of: "=") else { continue }
        let key = String(line[..<equals])
        let value = String(line[line.index(after: equals)...]).replacing("%i", with: instance)
        if value.isEmpty { values[key] = [] } else { values[key, default: []].append(value) }
      }
    }
  }

  /// Every value of a key, in order; nil when it is not named at all.
  subscript(key: String) -> [String]? { values[key] }

  var environment: [String: String] {
    let pairs = (values["Environment"] ?? []).map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
    return Dictionary(pairs.map { ($0[0], $0.count > 1 ? $0[1] : "") }, uniquingKeysWith: { _, last in last })
  }
}
