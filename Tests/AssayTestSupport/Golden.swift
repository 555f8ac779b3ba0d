#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Output that is kept as a file and compared byte for byte.
///
/// With `ASSAY_RECORD_GOLDEN=1` in the environment the file is written instead, and that counts as a failure.
public enum Golden {
  /// One sentence if `bytes` are not what the file at `path` holds; nil if they are.
  public static func mismatch(_ bytes: [UInt8], path: String) -> String? {
    if ProcessInfo.processInfo.environment["ASSAY_RECORD_GOLDEN"] == "1" {
      let isWritten = (try? Data(bytes).write(to: URL(filePath: path))) != nil
      return isWritten
        ? "\(path): recorded; run again without ASSAY_RECORD_GOLDEN" : "\(path): cannot be written"
    }
    guard let expected = try? Data(contentsOf: URL(filePath: path)) else { return "\(path): cannot be read" }
    if expected.elementsEqual(bytes) { return nil }
    let offset =
      zip(expected, bytes).enumerated().first { $1.0 != $1.1 }?.offset ?? min(expected.count, bytes.count)
    return "\(path): differs from byte \(offset) on"
  }
}
