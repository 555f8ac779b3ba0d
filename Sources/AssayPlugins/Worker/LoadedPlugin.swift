import CAssayPlugin

/// One plugin of a loaded library, its descriptor read and checked once.
struct LoadedPlugin {
  let description: PluginDescription
  let descriptor: UnsafePointer<assay_plugin_t>

  /// Checks the ABI first: nothing behind it is read from a plugin of another version.
  init(_ descriptor: UnsafePointer<assay_plugin_t>, file: PluginFile, sha256: String) throws(PluginError) {
    let plugin = descriptor.pointee
    guard plugin.abi_major == ASSAY_ABI_MAJOR, plugin.abi_minor == ASSAY_ABI_MINOR else {
      throw PluginError(
        "\(file.path): built for plugin ABI \(plugin.abi_major).\(plugin.abi_minor), this assay has "
          + "\(ASSAY_ABI_MAJOR).\(ASSAY_ABI_MINOR); rebuild it with this version's header")
    }
    guard plugin.struct_size >= MemoryLayout<assay_plugin_t>.size else {
      throw PluginError("\(file.path): a descriptor of \(plugin.struct_size) bytes; set its struct_size")
    }
    let id = PluginText.read(plugin.id)
    guard PluginText.isIdentifier(id) else {
      throw PluginError("\(file.path): the id \"\(id)\" is not reverse.domain.name/revision")
    }
    let reader = DescriptorReader(plugin: plugin, name: "\(file.path): \(id)")
    self.descriptor = descriptor
    description = PluginDescription(
      id: id, kind: try reader.kind(), title: PluginText.read(plugin.title),
      summary: PluginText.read(plugin.summary), parameters: try reader.parameters(),
      comparator: try reader.comparator(), recordPlugin: try reader.recordPlugin(), file: file.file,
      sha256: sha256, isPinned: file.pin != nil, abiMajor: Int(plugin.abi_major),
      abiMinor: Int(plugin.abi_minor))
  }
}

/// Texts of a plugin, made fit to be printed.
enum PluginText {
  /// The zero-terminated text without control characters; empty for NULL.
  static func read(_ pointer: UnsafePointer<CChar>?) -> String {
    pointer.map { printable(String(cString: $0)) } ?? ""
  }

  /// The text with a blank for every control character: a title must not be able to forge a line of a report.
  static func printable(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    [.control, .format, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory)
  }

  /// Whether the text is `reverse.domain.name/revision`: two names of letters, digits and hyphens or more, and a
  /// whole number from 1 on without a leading zero.
  static func isIdentifier(_ id: String) -> Bool {
    let parts = id.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, id.utf8.count <= 200, let revision = Int(parts[1]), revision > 0,
      "\(revision)" == parts[1]
    else { return false }
    let names = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    return names.count >= 2 && names.allSatisfy { !$0.isEmpty && $0.allSatisfy(isNameCharacter) }
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character == "-" || (character.isASCII && (character.isLetter || character.isNumber))
  }
}
