import CAssayPlugin

extension LoadedPlugin {
  /// Calls the comparator once for all rows, and takes only an answer that keeps the contract: one number for each
  /// row, none of them NaN, all of them in the declared range, and nothing written beyond the room.
  func compare(_ request: ComparisonRequest) -> PluginReply {
    guard let comparator = description.comparator,
      let compare = descriptor.pointee.comparator?.pointee.compare_counts, comparator.input == .counts
    else { return failed("does not compare counts") }
    if let fault = fault(of: request, comparator) { return failed(fault) }
    return reply(count: request.counts.rowCount) { statistics, message in
      request.counts.withPluginCounts { compare($0, request.parameters, statistics, message) }
    }
  }

  /// Calls a comparator with guarded room for `count` statistics and for a message.
  func reply(
    count: Int,
    _ call: (UnsafeMutablePointer<Double>?, UnsafeMutablePointer<assay_message_t>) -> assay_status_t
  ) -> PluginReply {
    var statistics = GuardedRoom(count: count, filler: Double.nan, guardValue: -0.0)
    var message = MessageRoom()
    let status = message.lend { message in statistics.withRoom { call($0.baseAddress, message) } }
    guard statistics.isIntact, message.isIntact else { return failed("wrote beyond the room it was given") }
    return reply(status, statistics.elements, message.text)
  }

  private func reply(_ status: assay_status_t, _ statistics: [Double], _ message: String) -> PluginReply {
    switch Int(status) {
    case Int(ASSAY_STATUS_OK): return checked(statistics)
    case Int(ASSAY_STATUS_NOT_APPLICABLE): return .notApplicable(message)
    default: return failed(message.isEmpty ? "failed with status \(status)" : message)
    }
  }

  private func checked(_ statistics: [Double]) -> PluginReply {
    guard let comparator = description.comparator else { return failed("does not compare counts") }
    return comparator.fault(of: statistics).map(failed) ?? .statistics(statistics)
  }

  /// What is wrong with the request, nil if it can be passed on.
  private func fault(of request: ComparisonRequest, _ comparator: ComparatorDescription) -> String? {
    let (counts, bins) = (request.counts, request.counts.bins)
    guard bins > 0, counts.rowCount > 0, counts.current.count == counts.rowCount * bins,
      counts.reference.count == bins || counts.reference.count == counts.current.count,
      counts.edges.isEmpty || counts.edges.count == bins + 1,
      counts.centers.count == max(counts.edges.count - 1, 0)
    else { return "the counts have the wrong shape" }
    // Without this, a plugin that reads edges it was promised would crash on a caller's mistake.
    if counts.edges.isEmpty, !comparator.acceptsCategories, !comparator.acceptsPresence {
      return "compares ordered features only"
    }
    return fault(of: request.parameters)
  }

  /// What is wrong with the parameters, nil if they can be passed on.
  func fault(of parameters: [Double]) -> String? {
    guard parameters.count == description.parameters.count else {
      return "takes \(description.parameters.count) parameters, found \(parameters.count)"
    }
    for (value, parameter) in zip(parameters, description.parameters)
    where !(parameter.minimum <= value && value <= parameter.maximum) {
      return "\(parameter.name): \(value) is outside \(parameter.minimum)...\(parameter.maximum)"
    }
    return nil
  }

  func failed(_ reason: String) -> PluginReply {
    .failed(PluginError("\(description.id): \(reason)"))
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
              struct_size: MemoryLayout<assay_counts_t>.size, bins: bins,
              reference_rows: reference.count / bins, reference: reference.baseAddress,
              current_rows: rowCount, current: current.baseAddress,
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
