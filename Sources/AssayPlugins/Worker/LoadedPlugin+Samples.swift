import CAssayPlugin

extension LoadedPlugin {
  /// Calls the comparator once for all labelings, and takes only an answer that keeps the contract.
  func compare(_ comparison: SampleComparison) -> PluginReply {
    guard let comparator = description.comparator,
      let compare = descriptor.pointee.comparator?.pointee.compare_samples, comparator.input == .samples
    else { return failed("does not compare samples") }
    if let fault = fault(of: comparison) { return failed(fault) }
    return reply(count: comparison.labelingCount) { statistics, message in
      comparison.withPluginSamples { compare($0, comparison.parameters, statistics, message) }
    }
  }

  /// What is wrong with the request, nil if it can be passed on.
  private func fault(of comparison: SampleComparison) -> String? {
    let count = comparison.rowCount
    guard comparison.dimensions > 0, comparison.rows.count == count * comparison.dimensions,
      (1..<max(count, 1)).contains(comparison.referenceCount), comparison.labelingCount > 0,
      comparison.labels.count == comparison.labelingCount * count, comparison.rows.allSatisfy(\.isFinite),
      comparison.labels.allSatisfy({ $0 <= 1 })
    else { return "the samples have the wrong shape" }
    return fault(of: comparison.parameters)
  }
}

extension SampleComparison {
  /// Calls `body` with the samples as the ABI wants them, valid during the call.
  fileprivate func withPluginSamples<Result>(_ body: (UnsafePointer<assay_samples_t>) -> Result) -> Result {
    rows.withUnsafeBufferPointer { rows in
      labels.withUnsafeBufferPointer { labels in
        var samples = assay_samples_t(
          struct_size: MemoryLayout<assay_samples_t>.size, dimensions: dimensions,
          reference_rows: referenceCount, reference: rows.baseAddress,
          current_rows: rowCount - referenceCount,
          current: rows.baseAddress.map { $0 + referenceCount * dimensions }, labelings: labelingCount,
          labels: labels.baseAddress)
        return body(&samples)
      }
    }
  }
}
