import ArgumentParser
import AssayCore
import AssayEngine
import AssayPlugins

/// `assay plugin`: what is loaded, from where, and whether it can be trusted.
struct PluginCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plugin", abstract: "Lists, shows, verifies and pins plugins.",
    subcommands: [List.self, Show.self, Verify.self, Pin.self])

  /// `assay plugin list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Lists the plugins that are found, one a line.")

    @OptionGroup var plugins: PluginArguments

    mutating func run() throws {
      let host = try ComparatorHost(
        registry: plugins.registry, isolation: .process, requiresPins: plugins.requirePinned)
      for plugin in host.plugins {
        try StandardOutput.write(
          "\(plugin.id)\t\(plugin.kind.rawValue)\t\(plugin.title)\t\(plugin.file)\n")
      }
    }
  }

  /// `assay plugin show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what one plugin computes, what it accepts and which parameters it has.")

    @Argument(help: "The plugin's id, with or without its revision.")
    var id: String

    @OptionGroup var plugins: PluginArguments

    mutating func run() throws {
      let host = try ComparatorHost(
        registry: plugins.registry, isolation: .process, requiresPins: plugins.requirePinned)
      guard let plugin = host.plugin(id) else {
        let known = host.plugins.map(\.id).joined(separator: ", ")
        throw PluginError("\(id): no such plugin; loaded: \(known.isEmpty ? "none" : known)")
      }
      try StandardOutput.write(Explanation(plugin).text)
    }
  }

  /// `assay plugin verify`.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Loads every plugin in a worker and prints digest, ABI and pin; fails if one cannot be trusted.")

    @OptionGroup var plugins: PluginArguments

    mutating func run() throws {
      let host = try ComparatorHost(
        registry: plugins.registry, isolation: .process, requiresPins: plugins.requirePinned)
      for plugin in host.plugins {
        let pin = plugin.isPinned ? "pinned" : "unpinned"
        try StandardOutput.write(
          "\(plugin.id)\tabi \(plugin.abiMajor).\(plugin.abiMinor)\t\(pin)\tsha256 \(plugin.sha256)\t\(plugin.file)\n"
        )
      }
    }
  }

  /// `assay plugin pin`.
  struct Pin: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the index of a folder: its plugins' ids and digests as they are now.")

    @Argument(help: "The folder.")
    var folder: String

    mutating func run() throws {
      let index = try PluginPinning.index(of: folder)
      try AtomicFile.write(index.bytes, to: "\(folder)/\(PluginIndex.fileName)")
      try StandardOutput.write(
        "\(folder)/\(PluginIndex.fileName): \(counted(index.entries.count, "file")) pinned\n")
    }
  }
}
