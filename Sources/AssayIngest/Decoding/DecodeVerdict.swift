import AssayCore
import CImageCodecs

/// Outcome, reason and detail of one image, from the decoder's report and the header.
struct DecodeVerdict {
  var outcome: DecodeOutcome
  var reason: ReasonCode?
  var detail: String?

  init(_ report: assay_report_t, header: ImageHeader) {
    outcome = Self.outcome(report.outcome)
    reason = Self.reason(report.reason)
    detail = Self.message(report)
    if outcome == .damaged {
      let rows = "\(report.stored_rows) of \(counted(report.stored_height, "row")) before it"
      detail = [detail, rows].compactMap { $0 }.joined(separator: "; ")
    } else if outcome == .ok {
      remark(on: header)
    }
  }

  /// What is worth saying of an image that is whole.
  private mutating func remark(on header: ImageHeader) {
    if let trailing = header.trailing {
      reason = .trailingBytes
      detail = trailing
    } else if header.exif.hasInvalidOrientation {
      reason = .badOrientation
    }
  }

  private static func message(_ report: assay_report_t) -> String? {
    let text = withUnsafeBytes(of: report.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    return text.isEmpty ? nil : text
  }

  private static func outcome(_ code: assay_outcome_t) -> DecodeOutcome {
    switch code {
    case ASSAY_OUTCOME_OK: .ok
    case ASSAY_OUTCOME_DAMAGED: .damaged
    case ASSAY_OUTCOME_UNDECODABLE: .undecodable
    case ASSAY_OUTCOME_UNSUPPORTED: .unsupported
    default: .refused
    }
  }

  private static func reason(_ code: assay_reason_t) -> ReasonCode? {
    switch code {
    case ASSAY_REASON_TRUNCATED: .truncated
    case ASSAY_REASON_CORRUPT_DATA: .corruptData
    case ASSAY_REASON_CRC: .checksum
    case ASSAY_REASON_MISSING_END: .missingEnd
    case ASSAY_REASON_BAD_HEADER: .badHeader
    case ASSAY_REASON_UNSUPPORTED: .unsupported
    case ASSAY_REASON_LIMIT_WIDTH: .limitWidth
    case ASSAY_REASON_LIMIT_HEIGHT: .limitHeight
    case ASSAY_REASON_LIMIT_PIXELS: .limitPixels
    case ASSAY_REASON_LIMIT_MEMORY: .limitMemory
    case ASSAY_REASON_LIMIT_SCANS: .limitScans
    default: nil
    }
  }
}
