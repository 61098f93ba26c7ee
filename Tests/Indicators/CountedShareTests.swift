import Schema
import Testing

@testable import xaso_indicators

@Suite("What an indicator's name says about the counts of Đề án 06") struct CountedShareTests {
  @Test(
    "as plans word it, with accents or without",
    arguments: [
      ("Người dân có chữ ký số", .signatures), ("Dân số trưởng thành có chứng thư chữ ký số", .signatures),
      ("Tỷ lệ người dân trưởng thành có chữ ký số cá nhân", .signatures),
      ("TỶ LỆ NGƯỜI DÂN TỪ 18 TUỔI TRỞ LÊN ĐƯỢC CẤP CHỮ KÝ SỐ", .signatures),
      ("Người dân có tài khoản định danh điện tử VNeID", .activated),
      ("Tỷ lệ người dân kích hoạt tài khoản định danh điện tử mức độ 2", .activated),
      ("Công dân trưởng thành được cấp và kích hoạt tài khoản định danh điện tử", .activated),
      ("nguoi dan da kich hoat VNeID", .activated),
      ("Tỷ lệ công dân được cấp tài khoản định danh điện tử mức độ 2", .issued),
      ("Người trưởng thành đã cấp tài khoản định danh điện tử mức 2", .issued),
      ("Người dân có tài khoản định danh điện tử cấp độ 2", .activated),
      ("Tỷ lệ giải ngân kinh phí chuyển đổi số", .disbursed), ("Giải ngân dự toán được giao", .disbursed),
    ] as [(String, CountedShare)])
  func known(_ name: String, _ share: CountedShare) {
    #expect(CountedShare.meant(by: IndicatorName(name: name, measure: "%")) == share)
    #expect(CountedShare.meant(by: IndicatorName(name: name.folded, measure: "%")) == share)
    for measure in [nil, "người", "tài khoản"] {
      #expect(CountedShare.meant(by: IndicatorName(name: name, measure: measure)) == nil)
    }
  }

  @Test(
    "a share of others, or of what is done, gets nothing",
    arguments: [
      "Người dùng dịch vụ công trực tuyến xác thực qua VNeID", "Trạm y tế triển khai sổ sức khỏe điện tử trên VNeID",
      "Cán bộ, công chức có chữ ký số", "Văn bản điện tử ký số chuyên dùng", "Doanh nghiệp có chữ ký số",
      "Người dân, doanh nghiệp có chữ ký số", "Người dân từ 14 tuổi được cấp tài khoản định danh điện tử",
      "Người dân chưa có tài khoản định danh điện tử", "Người dân sử dụng chữ ký số trong giao dịch",
      "Người cao tuổi có tài khoản định danh điện tử", "Tổ chức được cấp tài khoản định danh điện tử",
      "Người dân biết kỹ năng số cơ bản", "Hồ sơ trực tuyến toàn trình", "Hộ gia đình có chữ ký số", "",
      "Giải ngân vốn đầu tư công", "Tỷ lệ giải ngân", "Giải ngân kinh phí chương trình mục tiêu quốc gia",
    ])
  func others(_ name: String) {
    #expect(CountedShare.meant(by: IndicatorName(name: name, measure: "%")) == nil)
  }
}
