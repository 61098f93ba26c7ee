/// The closed set of codes that a reply may carry. The numbers are HTTP's where HTTP has one that means the same.
public enum Status: UInt16, Sendable, CaseIterable {
  case ok = 200
  case malformed = 400
  case forbidden = 403
  case notFound = 404
  case timedOut = 408
  case conflict = 409
  case gone = 410
  case tooLarge = 413
  case unsupported = 415
  case invalid = 422
  case upgradeRequired = 426
  case tooMany = 429
  case failed = 500
  case unavailable = 503
  case outcomeUnknown = 504
  case full = 507

  /// What a caller may do with the same request after this code; the wire carries it, so that no client needs a table.
  public enum Retry: UInt8, Sendable {
    case never = 0
    /// At once, under the same idempotency key.
    case sameKey = 1
    /// Under the same key, once the time that the reply names has passed.
    case after = 2
    /// Only after reading the stream from its start.
    case resync = 3
  }

  public var retry: Retry {
    switch self {
    case .timedOut, .failed, .outcomeUnknown: .sameKey
    case .tooMany, .unavailable, .full: .after
    case .gone: .resync
    case .ok, .malformed, .forbidden, .notFound, .conflict, .tooLarge, .unsupported, .invalid, .upgradeRequired: .never
    }
  }

  /// True for what says nothing about the request itself: such an answer is not remembered under the request's key.
  public var isTransient: Bool { retry == .sameKey || retry == .after }

  /// What the code means to a person, for when there is nothing more precise to say.
  public var text: Text {
    switch self {
    case .ok: Text(vi: "Thành công.", en: "Done.")
    case .malformed:
      Text(
        vi: "Yêu cầu không đọc được; hãy cập nhật chương trình xaso rồi gửi lại.",
        en: "The request cannot be read; update xaso and send it again.")
    case .forbidden:
      Text(
        vi: "Tài khoản không có quyền làm việc này ở đơn vị này; hãy hỏi người quản trị.",
        en: "This account may not do that in this unit; ask the administrator.")
    case .notFound:
      Text(
        vi: "Không tìm thấy trong đơn vị này; hãy kiểm tra lại mã.",
        en: "Not found in this unit; check the id.")
    case .timedOut:
      Text(
        vi: "Hết thời hạn trước khi bắt đầu, chưa có gì thay đổi; hãy gửi lại.",
        en: "The deadline passed before anything was done; send it again.")
    case .conflict:
      Text(
        vi: "Dữ liệu đã thay đổi hoặc không ở trạng thái phù hợp; hãy xem lại rồi làm lại.",
        en: "The data has changed or is not in the right state; look again, then repeat.")
    case .gone:
      Text(
        vi: "Dữ liệu này không còn; hãy đọc lại từ đầu.",
        en: "That is no longer kept; read from the start.")
    case .tooLarge:
      Text(
        vi: "Nội dung quá lớn; hãy chia thành nhiều phần.",
        en: "Too large; send it in parts.")
    case .unsupported:
      Text(
        vi: "Phiên bản thông điệp này chưa được hỗ trợ; hãy cập nhật dịch vụ.",
        en: "This version of the message is not supported; upgrade the service.")
    case .invalid:
      Text(
        vi: "Nội dung không hợp lệ; hãy sửa rồi gửi lại.",
        en: "The content is not valid; correct it and send it again.")
    case .upgradeRequired:
      Text(
        vi: "Chương trình xaso này quá cũ; hãy cập nhật.",
        en: "This xaso is too old; upgrade it.")
    case .tooMany:
      Text(
        vi: "Đang có quá nhiều yêu cầu; hãy đợi một lát rồi gửi lại.",
        en: "Too many requests are under way; wait a moment and send it again.")
    case .failed:
      Text(
        vi: "Dịch vụ gặp lỗi, chưa có gì thay đổi; hãy gửi lại, nếu vẫn lỗi hãy báo người vận hành.",
        en: "The service failed and nothing was changed; send it again, and tell the operator if it persists.")
    case .unavailable:
      Text(
        vi: "Dịch vụ tạm thời không sẵn sàng; hãy gửi lại sau.",
        en: "The service is not available now; send it again later.")
    case .outcomeUnknown:
      Text(
        vi: "Chưa biết kết quả; hãy hỏi lại bằng đúng khóa của yêu cầu (--key), không gửi yêu cầu mới.",
        en: "The outcome is not known; ask again under the same key (--key), do not send a new request.")
    case .full:
      Text(
        vi: "Ổ đĩa của dịch vụ đã đầy, chưa có gì thay đổi; hãy báo người vận hành.",
        en: "The service's disk is full and nothing was changed; tell the operator.")
    }
  }
}
