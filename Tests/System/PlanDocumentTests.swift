import FoundationEssentials
import Schema
import Testing

@testable import xaso

extension SystemTests {
  /// An office's document, from the desk to a draft: read, checked, and sent once somebody said so.
  @Suite("A plan's document")
  struct PlanDocumentTests {
    private static let document = """
      # KẾ HOẠCH
      Chuyển đổi số năm 2027

      Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị; UBND xã ban hành kế hoạch như sau:

      I. TỔ CHỨC THỰC HIỆN

      Giao Phòng Văn hóa - Xã hội là đầu mối theo dõi.

      Nơi nhận:

      - Sở Khoa học và Công nghệ (b/c);

      - Lưu: VT.

      PHỤ LỤC I. CHỈ TIÊU

      | TT | Chỉ tiêu | Đơn vị tính | Mức phấn đấu | Cơ quan chủ trì |
      |---|---|---|---|---|
      | 1 | Tỷ lệ hồ sơ được số hóa | % | trên 110 | Văn phòng |

      PHỤ LỤC II. NHIỆM VỤ

      | TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian | Kinh phí (triệu đồng) | Nguồn vốn |
      |---|---|---|---|---|---|
      | 1 | Mua máy quét hồ sơ | Phòng Kinh tế | Quý II/2027 | 45 | Ngân sách xã |
      """

    @Test("xaso plan read, check and import take a document; import asks first, and sends a draft")
    func fromTheDeskToADraft() async throws {
      try await House.open { house in
        let unit = House.communes[0]
        let profile = house.installation.profilePath(House.focal(unit))
        let file = house.path("plan.md")
        try Self.document.write(toFile: file, atomically: true, encoding: .utf8)

        let read = try await house.run("plan", "read", file)
        #expect(read.status == 0)
        #expect(read.said.contains("indicator: Tỷ lệ hồ sơ được số hóa") && read.said.contains("cost: 45.000.000"))
        #expect(read.said.contains("# "), "what was missing is told")
        let json = try await house.run("plan", "read", file, "--json")
        #expect(json.status == 0 && json.said.hasPrefix("{") && json.said.contains("\"findings\""))

        let check = try await house.run("plan", "check", file)
        #expect(check.status == 1)
        #expect(check.said.contains("P4  error") && check.said.contains("110"))

        let refused = try await house.run("plan", "import", file, "--unit", "\(unit)", profile: profile, input: "k")
        #expect(refused.status == 1 && refused.said.contains("Nothing was sent"))
        #expect(try await !house.run("plan", "list", profile: profile).said.contains("2027"))

        let agreed = try await house.run("plan", "import", file, "--unit", "\(unit)", profile: profile, input: "c")
        #expect(agreed.status == 0, "\(agreed.said)")
        let sent = try await house.run("plan", "import", file, "--unit", "\(unit)", "--yes", profile: profile)
        #expect(sent.status == 0 && sent.said.contains("45.000.000"), "\(sent.said)")
        let plans = try await house.run("plan", "list", "--json", profile: profile)
        #expect(plans.said.ranges(of: "\"draft\"").count == 2, "\(plans.said)")
      }
    }

    @Test("what cannot be read is told with what to do, and nothing is sent", arguments: ["%DOC", "MẬT"])
    func refused(_ kind: String) async throws {
      try await House.open { house in
        let profile = house.installation.profilePath(House.focal(House.communes[0]))
        let file = house.path("plan.doc")
        let text = kind == "MẬT" ? "MẬT\n\n" + Self.document : "{\\rtf1 \(Self.document)}"
        try text.write(toFile: file, atomically: true, encoding: .utf8)
        for verb in ["read", "check"] {
          let (status, said) = try await house.run("plan", verb, file)
          #expect(status == 65 && said.contains("plan.doc"), "\(said)")
        }
        let (status, _) = try await house.run("plan", "import", file, "--yes", profile: profile)
        #expect(status == 65)
        #expect(try await !house.run("plan", "list", profile: profile).said.contains("2027"))
      }
    }
  }
}
