/// Trụ cột: the part of digital transformation that a task or its money belongs to. Decision 749/QĐ-TTg names the first
/// three; plans under Resolution 57-NQ/TW add the others.
public enum Pillar: String, Codable, Hashable, Sendable, CaseIterable {
  case government
  case economy
  case society
  case infrastructure
  case data
  case people
  case security
  case innovation

  public var text: Text {
    switch self {
    case .government: Text(vi: "chính quyền số", en: "digital government")
    case .economy: Text(vi: "kinh tế số", en: "digital economy")
    case .society: Text(vi: "xã hội số", en: "digital society")
    case .infrastructure: Text(vi: "hạ tầng số", en: "infrastructure")
    case .data: Text(vi: "dữ liệu số", en: "data")
    case .people: Text(vi: "nhân lực số", en: "people")
    case .security: Text(vi: "an toàn, an ninh mạng", en: "security")
    case .innovation: Text(vi: "khoa học, công nghệ, đổi mới sáng tạo", en: "science, technology, innovation")
    }
  }
}
