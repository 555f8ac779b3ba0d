package import AssayChannel
import AssayIngest
package import AssayPlugins

/// The plugins of a run, loaded in a worker of their own; its comparators are called in batches.
///
/// A plugin that crashes or hangs fails that call and no other: the next call gets a new worker.
package final class ComparatorHost {
  /// What is loaded, in the order of the registry.
  package private(set) var plugins: [PluginDescription] = []
  /// What is in force around them; nil where nothing was loaded.
  package private(set) var inForce: IsolationReport?
  /// Where each plugin came from, pinned to the bytes that were loaded first: a new worker loads the same or nothing.
  private var files: [String: PluginFile] = [:]
  private let isolation: Isolation
  private let deadlines: PluginDeadlines
  private let errors: PluginErrors
  private var worker: PluginWorker?
  private var deaths: [String: Int] = [:]

  /// A plugin that ended this many workers is not called again: sixty features must not wait sixty times.
  private static let mostDeaths = 3
  /// The most counts one message carries: 10 bytes each at worst, well below `ControlChannel.mostPayload`.
  private static let mostCounts = 1 << 20

  /// Starts the worker and loads every plugin of the registry. Throws `PluginError` when one cannot be trusted or
  /// loaded.
  package init(
    registry: PluginRegistry, isolation: Isolation, requiresPins: Bool = false,
    deadlines: PluginDeadlines = PluginDeadlines()
  ) throws {
    self.isolation = isolation
    self.deadlines = deadlines
    errors = try PluginErrors()
    let worker = try PluginWorker(isolation, errors: errors)
    self.worker = worker
    for file in try registry.files(requiresPins: requiresPins) {
      let loaded = try worker.load(file, within: deadlines.load)
      let ids = loaded.map(\.id)
      for plugin in loaded {
        if let other = files[plugin.id] {
          throw PluginError("\(plugin.id): both \(other.path) and \(file.path) say they are it; remove one")
        }
        files[plugin.id] = PluginFile(
          folder: file.folder, file: file.file, pin: PluginPin(sha256: plugin.sha256, ids: ids))
      }
      plugins += loaded
    }
    inForce = worker.inForce
  }

  /// What is loaded, for a run that shows it records.
  var catalog: PluginCatalog { PluginCatalog(plugins, files: files) }

  /// The plugin of that id, or of that id without its revision when only one revision is loaded.
  package func plugin(_ name: String) -> PluginDescription? {
    if let exact = plugins.first(where: { $0.id == name }) { return exact }
    let revisions = plugins.filter { $0.id.hasPrefix(name + "/") }
    return revisions.count == 1 ? revisions[0] : nil
  }

  /// What one batched call came to.
  package enum Outcome: Sendable, Hashable {
    /// One statistic for each row.
    case statistics([Double])
    case notApplicable(String)
    case failed(PluginFailure)
  }

  /// Compares all rows, in as many calls as their size asks for. Throws only what is no plugin's fault.
  package func compare(_ request: ComparisonRequest) throws -> Outcome {
    let bins = request.counts.bins
    guard bins <= Self.mostCounts else {
      return failed(request.id, "\(bins) bins are more than the \(Self.mostCounts) one call may have")
    }
    let rowsPerCall = max(1, Self.mostCounts / max(1, 2 * bins))
    if request.counts.rowCount <= rowsPerCall { return try call(request) }
    var statistics: [Double] = []
    for first in stride(from: 0, to: request.counts.rowCount, by: rowsPerCall) {
      let last = min(first + rowsPerCall, request.counts.rowCount)
      var part = request
      part.counts = request.counts.rows(first..<last)
      let outcome = try call(part)
      guard case .statistics(let values) = outcome else { return outcome }
      statistics += values
    }
    return .statistics(statistics)
  }

  /// Compares samples under all labelings, in one call: what is common to them is often most of the work.
  package func compare(_ comparison: SampleComparison) throws -> Outcome {
    try call(comparison.id, .compareSamples(comparison), count: comparison.labelingCount)
  }

  private func call(_ request: ComparisonRequest) throws -> Outcome {
    try call(request.id, .compare(request), count: request.counts.rowCount)
  }

  /// Asks for `count` statistics.
  private func call(_ id: String, _ request: PluginRequest, count: Int) throws -> Outcome {
    guard let file = files[id] else { return failed(id, "is not loaded") }
    guard deaths[id, default: 0] < Self.mostDeaths else {
      return failed(id, "is not called any more: it ended its worker \(Self.mostDeaths) times")
    }
    let worker = try worker ?? PluginWorker(isolation, errors: errors)
    self.worker = worker
    if !worker.loaded.contains(file.path) {
      do { _ = try worker.load(file, within: deadlines.load) } catch let error as PluginError {
        self.worker = nil
        return died(id, .failed, "could not be loaded again: \(error)")
      }
    }
    let outcome = outcome(id, worker.ask(request, within: deadlines.call))
    guard case .statistics(let values) = outcome, let fault = fault(of: values, count, by: id) else {
      return outcome
    }
    // Its own worker lets no such answer pass: who says it has taken the worker over.
    self.worker = nil
    return died(id, .failed, fault)
  }

  private func fault(of values: [Double], _ count: Int, by id: String) -> String? {
    guard values.count == count else { return "answered \(values.count) of \(count) rows" }
    return plugin(id)?.comparator?.fault(of: values)
  }

  private func outcome(_ id: String, _ answer: PluginWorker.Answer) -> Outcome {
    switch answer {
    case .reply(.statistics(let values)): return .statistics(values)
    case .reply(.notApplicable(let reason)): return .notApplicable(reason)
    case .reply(.failed(let error)):
      let reason = error.description
      return failed(id, reason.hasPrefix("\(id): ") ? String(reason.dropFirst(id.count + 2)) : reason)
    case .reply(.loaded), .reply(.prepared), .reply(.answer):
      worker = nil
      return died(id, .crashed, "broke its worker: an answer out of turn")
    case .died(let kind, let reason):
      worker = nil
      return died(id, kind, reason)
    }
  }

  private func died(_ id: String, _ kind: PluginFailure.Kind, _ reason: String) -> Outcome {
    deaths[id, default: 0] += 1
    return .failed(PluginFailure(kind: kind, plugin: id, reason: reason))
  }

  private func failed(_ id: String, _ reason: String) -> Outcome {
    .failed(PluginFailure(kind: .failed, plugin: id, reason: reason))
  }
}
