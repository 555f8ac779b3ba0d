import AssayCore
import AssayEngine
import AssayIngest
import AssayPlugins
import Foundation

/// The comparators of this build, called as a run calls them: coordinator, worker, sealed copy, `dlopen`, call.
final class FirstParty: @unchecked Sendable {
  // `host` is touched only while `lock` is held.
  private let host: ComparatorHost
  private let lock = NSLock()

  private init() throws {
    host = try ComparatorHost(
      registry: PluginRegistry(only: ExecutableFolder.path), isolation: .process)
  }

  /// One worker for all tests.
  static let shared = Result { try FirstParty() }

  /// Every comparator that is loaded.
  static func comparators() throws -> [PluginDescription] {
    try shared.get().host.plugins.filter { $0.kind == .comparator }
  }

  static func plugin(_ name: String) throws -> PluginDescription {
    guard let plugin = try shared.get().host.plugin(name) else {
      throw NoAnswer(what: "\(name) is not loaded")
    }
    return plugin
  }

  /// Calls a comparator, with its standard parameters if none are given.
  static func compare(_ name: String, _ counts: ComparisonCounts, parameters: [Double]? = nil) throws
    -> ComparatorHost.Outcome
  {
    let plugin = try plugin(name)
    let party = try shared.get()
    return try party.lock.withLock {
      try party.host.compare(
        ComparisonRequest(
          id: plugin.id, parameters: parameters ?? plugin.parameters.map(\.standard), counts: counts))
    }
  }

  /// The statistics of a call that has to succeed.
  static func statistics(_ name: String, _ counts: ComparisonCounts, parameters: [Double]? = nil) throws
    -> [Double]
  {
    let outcome = try compare(name, counts, parameters: parameters)
    guard case .statistics(let values) = outcome else { throw NoAnswer(what: "\(name): \(outcome)") }
    return values
  }

  /// Calls a comparator of samples without parameters.
  static func compare(_ name: String, _ samples: SampleComparison) throws -> [Double] {
    let party = try shared.get()
    let outcome = try party.lock.withLock { try party.host.compare(samples) }
    guard case .statistics(let values) = outcome else { throw NoAnswer(what: "\(outcome)") }
    return values
  }

  struct NoAnswer: Error, CustomStringConvertible {
    var what: String
    var description: String { what }
  }
}

/// The golden values of the core's tests.
enum Vectors {
  static func cases(_ name: String) throws -> [JSONValue] {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let file = tests.appending(path: "AssayCoreTests/Vectors/\(name).json")
    return try JSONValue(parsing: Array(try Data(contentsOf: file)))["cases"]?.array ?? []
  }
}

extension JSONValue {
  /// A member that has to be a number.
  func number(_ name: String) throws -> Double {
    guard let value = self[name]?.number else { throw FirstParty.NoAnswer(what: "no number \(name)") }
    return value
  }

  /// A member that has to be a list of counts.
  func counts(_ name: String) -> [Int64] { self[name]?.array?.compactMap(\.integer) ?? [] }

  /// A member that has to be a list of numbers.
  func numbers(_ name: String) -> [Double] { self[name]?.array?.compactMap(\.number) ?? [] }
}

/// Ordered counts with unit spacing: bin i around i.
func ordered(_ reference: [Int64], _ current: [Int64]) -> ComparisonCounts {
  ComparisonCounts(
    reference: reference, current: current, edges: (0...reference.count).map { Double($0) - 0.5 },
    centers: (0..<reference.count).map(Double.init))
}

/// Whether two numbers agree to `tolerance`, relative to the larger.
func agree(_ left: Double, _ right: Double, within tolerance: Double = 1e-12) -> Bool {
  left == right || abs(left - right) <= tolerance * max(abs(left), abs(right))
}
