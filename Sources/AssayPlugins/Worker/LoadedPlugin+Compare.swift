import CAssayPlugin

extension LoadedPlugin {
  /// Calls the comparator once for all rows.
  func compare(_ request: ComparisonRequest) -> PluginReply {
    guard let compare = descriptor.pointee.comparator?.pointee.compare_counts else {
      return .failed(PluginError("\(description.id): does not compare counts"))
    }
    let counts = request.counts
    let bins = counts.reference.count
    guard bins > 0, counts.rowCount > 0, counts.current.count == counts.rowCount * bins,
      request.parameters.count == description.parameters.count
    else { return .failed(PluginError("\(description.id): the counts or parameters have the wrong shape")) }
    var statistics = [Double](repeating: .nan, count: counts.rowCount)
    var room = [CChar](repeating: 0, count: 256)
    var messageLength = 0
    let status = counts.withPluginCounts { pointer in
      room.withUnsafeMutableBufferPointer { room in
        var message = assay_message_t(bytes: room.baseAddress, capacity: room.count, length: 0)
        defer { messageLength = min(message.length, room.count) }
        return compare(pointer, request.parameters, &statistics, &message)
      }
    }
    let message = String(decoding: room[..<messageLength].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    switch Int(status) {
    case Int(ASSAY_STATUS_OK):
      // A NaN is never a success, whatever the plugin thinks.
      guard !statistics.contains(where: \.isNaN) else {
        return .failed(PluginError("\(description.id): answered NaN"))
      }
      return .statistics(statistics)
    case Int(ASSAY_STATUS_NOT_APPLICABLE): return .notApplicable(message)
    default:
      return .failed(
        PluginError("\(description.id): \(message.isEmpty ? "failed with status \(status)" : message)"))
    }
  }
}

extension ComparisonCounts {
  /// Calls `body` with the counts as the ABI wants them, valid during the call.
  fileprivate func withPluginCounts<Result>(_ body: (UnsafePointer<assay_counts_t>) -> Result) -> Result {
    reference.withUnsafeBufferPointer { reference in
      current.withUnsafeBufferPointer { current in
        edges.withUnsafeBufferPointer { edges in
          centers.withUnsafeBufferPointer { centers in
            var counts = assay_counts_t(
              struct_size: MemoryLayout<assay_counts_t>.size, bins: reference.count,
              reference: reference.baseAddress, current_rows: rowCount, current: current.baseAddress,
              edges: edges.isEmpty ? nil : edges.baseAddress,
              centers: centers.isEmpty ? nil : centers.baseAddress,
              has_missing_bin: hasMissingBin ? 1 : 0, has_other_bin: hasOtherBin ? 1 : 0)
            return body(&counts)
          }
        }
      }
    }
  }
}
