extension String {
  /// Refuses (422) what somebody wrote when it is blank, or longer than so many characters.
  ///
  /// A character may carry any number of accents: in bytes it is bounded too, at four for each.
  public func check(atMost limit: Int, at place: String) throws(Refusal) {
    guard !allSatisfy(\.isWhitespace), count <= limit, utf8.count <= 4 * limit else {
      throw Refusal(
        .invalid, vi: "Phải có từ 1 đến \(limit) ký tự.", en: "1 to \(limit) characters are needed.", at: place)
    }
  }
}
