import AssayIngest

extension [ImagePattern] {
  /// Throws where a source is a container: a stream has no memory of what went by, so what is not beside its image there
  /// would become a record of its own.
  func demandFolders(_ sources: [SourceArgument]) throws(ConfigurationError) {
    guard let pattern = first, let container = sources.first(where: \.isContainer) else { return }
    throw ConfigurationError(
      "\(container.name): \"\(pattern.text)\" (`members` of the image \"\(pattern.name)\") joins images in folders only; "
        + "expected a folder, found a container. Unpack it, or pack each beside its image under the same name: "
        + "0.jpg, 0.\(pattern.name).png")
  }
}

extension SourceArgument {
  /// Whether its members come one after the other.
  var isContainer: Bool {
    switch form {
    case .container, .standardInput, .command: true
    case .folder, .image, .manifest: false
    }
  }
}
