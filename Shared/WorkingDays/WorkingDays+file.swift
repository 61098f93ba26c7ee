import FoundationEssentials

extension WorkingDays {
  /// The published days, with those of an office's own file over them.
  ///
  /// - Parameter path: Nil or empty for the published ones alone.
  public static func official(with path: String?) throws(WorkingDaysError) -> WorkingDays {
    guard let path, !path.isEmpty else { return official }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw WorkingDaysError(line: 0, text: "\(path) cannot be read")
    }
    return official.overridden(by: try WorkingDays(csv: String(decoding: data, as: UTF8.self)))
  }
}
