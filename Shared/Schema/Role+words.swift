extension Role {
  /// As people say it: `văn thư`.
  public var text: Text {
    switch self {
    case .entry: Text(vi: "nhập số liệu", en: "entry")
    case .focal: Text(vi: "đầu mối", en: "focal office")
    case .finance: Text(vi: "tài chính", en: "finance")
    case .serviceCentre: Text(vi: "trung tâm PVHCC", en: "service centre")
    case .police: Text(vi: "công an", en: "police")
    case .approver: Text(vi: "lãnh đạo", en: "approver")
    case .clerk: Text(vi: "văn thư", en: "clerk")
    case .province: Text(vi: "cấp tỉnh", en: "province")
    case .auditor: Text(vi: "giám sát", en: "auditor")
    case .subscriber: Text(vi: "máy theo dõi", en: "subscriber")
    case .operator: Text(vi: "vận hành", en: "operator")
    case .administrator: Text(vi: "quản trị", en: "administrator")
    case .invited: Text(vi: "được mời", en: "invited")
    }
  }
}
