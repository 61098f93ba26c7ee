import Schema

/// What gives an indicator its values without anybody entering them: counts of Đề án 06, which are shares of the adults of a
/// commune; its budget, as what is paid of what is allocated; the tasks of its plans, as what is done of what is due.
///
/// Neither names an indicator, and every plan words its own. What an indicator is about is read from its words by the
/// tables below, the same for every commune. A name that they do not know gets nothing: a figure under the wrong name
/// is worse than none.
enum CountedShare: String, CaseIterable {
  /// Tài khoản định danh điện tử mức độ 2 đã cấp
  case issued
  /// … đã kích hoạt
  case activated
  /// Chữ ký số cá nhân
  case signatures
  /// Tỷ lệ giải ngân
  case disbursed
  /// Nhiệm vụ của kế hoạch đã hoàn thành, of those that are due
  case done
  /// … hoàn thành đúng hạn
  case inTime = "in-time"

  /// Whose stream it comes with.
  enum Origin: Hashable { case counts, spending, tasks }

  var origin: Origin {
    switch self {
    case .issued, .activated, .signatures: .counts
    case .disbursed: .spending
    case .done, .inTime: .tasks
    }
  }

  /// Nil for what is no share, and for what is not known to be a share of the adults, or of the money.
  static func meant(by name: IndicatorName) -> CountedShare? {
    guard name.measure == Indicator.percent else { return nil }
    let words = " \(name.folded) "
    func has(_ phrase: String) -> Bool { words.contains(" \(phrase) ") }
    if has("giai ngan") { return money.contains(where: has) && !otherMoney.contains(where: has) ? .disbursed : nil }
    if has("nhiem vu"), has("hoan thanh") {
      guard tasks.contains(where: has), !otherTasks.contains(where: has) else { return nil }
      return wordsOfTime.contains(where: has) ? .inTime : .done
    }
    guard people.contains(where: has), !others.contains(where: has) else { return nil }
    return wordings.first { $0.phrases.allSatisfy(has) }?.share
  }

  // Folded: without accents and capitals.

  /// The money that the plan and its like spend, which is what the budget's lines are of.
  private static let money = ["kinh phi", "du toan", "ke hoach", "chuyen doi so", "khoa hoc cong nghe", "nhiem vu"]

  /// Money that goes by other books.
  private static let otherMoney = [
    "dau tu cong", "von dau tu", "xay dung co ban", "chuong trinh muc tieu", "tin dung", "vay", "doanh nghiep",
    "xa hoi hoa", "hop tac xa",
  ]

  /// The tasks of the plans that are kept here.
  private static let tasks = ["trong ke hoach", "cua ke hoach", "theo ke hoach"]

  /// Tasks of another book, people who do theirs well, and what is not done.
  private static let otherTasks = [
    "can bo", "cong chuc", "vien chuc", "dang vien", "hoan thanh tot", "hoan thanh xuat sac", "de tai", "du an",
    "chua", "khong", "qua han", "nghi quyet", "doanh nghiep",
  ]

  private static let wordsOfTime = ["dung han", "dung tien do", "dung thoi han"]

  /// Who is counted.
  private static let people = [
    "nguoi dan", "cong dan", "dan so truong thanh", "dan so trong do tuoi truong thanh", "nguoi truong thanh",
    "tu 18 tuoi", "du 18 tuoi",
  ]

  /// What makes it another share: of some of the people, of somebody else, or of what is done with an account.
  private static let others = [
    "can bo", "cong chuc", "vien chuc", "dang vien", "hoc sinh", "sinh vien", "giao vien", "nguoi cao tuoi",
    "nguoi lao dong", "6 tuoi", "14 tuoi", "15 tuoi", "16 tuoi", "duoi 18 tuoi", "ho gia dinh", "ho kinh doanh",
    "doanh nghiep", "to chuc", "co quan", "giao dich", "thanh toan", "dich vu cong", "ho so", "suc khoe", "an sinh",
    "xac thuc", "can cuoc", "su dung", "chua", "khong",
  ]

  /// The first whose phrases are all there. Plans write `có tài khoản` of an account that can be used: an activated one.
  private static let wordings: [(share: CountedShare, phrases: [String])] = [
    (.signatures, ["co chu ky so"]), (.signatures, ["co chu ky so ca nhan"]), (.signatures, ["cap chu ky so"]),
    (.signatures, ["co chung thu chu ky so"]), (.signatures, ["cap chung thu chu ky so"]),
    (.activated, ["dinh danh", "kich hoat"]), (.activated, ["vneid", "kich hoat"]),
    (.issued, ["dinh danh", "duoc cap"]), (.issued, ["dinh danh", "da cap"]), (.issued, ["cap tai khoan dinh danh"]),
    (.activated, ["co tai khoan dinh danh"]), (.activated, ["co tai khoan vneid"]),
    (.activated, ["co dinh danh dien tu"]),
  ]
}
