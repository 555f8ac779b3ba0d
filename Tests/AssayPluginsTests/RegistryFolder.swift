import AssayEngine
import AssayIngest
import AssayPlugins
import Foundation

/// A folder of plugins for one test, removed with it.
final class RegistryFolder {
  let path: String

  /// Holds copies of the fixtures `libAssayTestPlugin<name>.so`, named as plugins are: `libAssayPlugin<name>.so`.
  init(_ fixtures: String...) throws {
    path = NSTemporaryDirectory() + "assay-plugins-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    for fixture in fixtures { try add(fixture) }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Copies a fixture, under its own or another name.
  func add(_ fixture: String, as name: String? = nil) throws {
    try FileManager.default.copyItem(
      atPath: "\(ExecutableFolder.path)/libAssayTestPlugin\(fixture).so",
      toPath: file("libAssayPlugin\(name ?? fixture).so"))
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ text: String, to name: String) throws {
    try text.write(toFile: file(name), atomically: true, encoding: .utf8)
  }

  var registry: PluginRegistry { PluginRegistry(folders: [path]) }

  /// A host of these plugins in a worker process.
  func host(requiresPins: Bool = false, deadlines: PluginDeadlines = PluginDeadlines()) throws
    -> ComparatorHost
  {
    try ComparatorHost(
      registry: registry, isolation: .process, requiresPins: requiresPins, deadlines: deadlines)
  }

  /// What refuses to load the folder; nil if nothing does.
  func refusal(requiresPins: Bool = false, deadlines: PluginDeadlines = PluginDeadlines()) -> String? {
    do {
      _ = try host(requiresPins: requiresPins, deadlines: deadlines)
      return nil
    } catch let error as PluginError {
      return error.description
    } catch {
      return "not a plugin error: \(error)"
    }
  }
}

/// A small question for `com.example.<name>/1` of the fixture `Misbehaving`.
func question(_ name: String, answer: Double = 0.5, rows: Int = 3) -> ComparisonRequest {
  ComparisonRequest(
    id: "com.example.\(name)/1", parameters: [answer],
    counts: ComparisonCounts(reference: [1, 2], current: Array(repeating: 1, count: 2 * rows)))
}
