import AssayCore
import AssayIngest

extension SchemaReader {
  /// The words `formats` may list: what magic bytes are recognised for.
  static let knownFormats = [
    "jpeg", "png", "gif", "webp", "tiff", "bmp", "avif", "heic", "jxl", "jp2", "ico", "psd", "exr", "qoi",
    "pnm",
    "dds", "svg", "jls", "hdr", "tga", "pcx", "dicom", "fits",
  ]

  /// Declares the images by name. `image`, or else the first, is the default one.
  func declareImages(_ entry: YAMLTree.Entry?) {
    guard let entry, var mapping = MappingReader(entry.value, path: "images", log: log) else { return }
    let entries = mapping.takeAll()
    for entry in entries where entry.key.contains(".") || entry.key == "field" || entry.key.isEmpty {
      log.add(entry.keyPosition, "an image must not be named \"\(entry.key)\"")
    }
    let names = entries.map(\.key)
    let ordered = names.filter { $0 == "image" } + names.filter { $0 != "image" }
    schema.images = ordered.map { ImageDeclaration(name: $0) }
  }

  /// Reads every image's rules.
  func readImages(_ entry: YAMLTree.Entry?) {
    for image in entry?.value.mapping ?? [] {
      guard let index = schema.images.firstIndex(where: { $0.name == image.key }),
        var mapping = MappingReader(image.value, path: "images.\(image.key)", log: log)
      else { continue }
      readImage(&mapping, index, image)
      mapping.finish()
    }
  }

  private func readImage(_ mapping: inout MappingReader, _ index: Int, _ entry: YAMLTree.Entry) {
    let name = entry.key
    let path = mapping.path
    let terms = mapping.terms(inheriting: RuleTerms(), environments: schema.environments)
    readMembers(mapping.take("members"), index)
    if let privacy = log.word(mapping.take("privacy"), ImagePrivacy.self) {
      schema.images[index].isPrivate = privacy == .private
    }
    readPresence(mapping.takeEntry("required"), index, entry, terms)
    readFormats(mapping.takeEntry("formats"), name, terms)
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("color"), "\(path).color", terms),
      let demand = log.word(value, ColorDemand.self)
    {
      add(.color(demand), .image(name), leaf)
    }
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("same_size_as"), "\(path).same_size_as", terms) {
      readSameSize(value, leaf, name)
    }
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("values"), "\(path).values", terms) {
      readSampleValues(value, leaf, index)
    }
    readExtensionMatch(mapping.takeEntry("extension_match"), index, terms)
    readMetadata(mapping.take("metadata"), name, terms)
    for feature in BuiltinFeature.allCases {
      let definition = feature.definition
      readFeature(
        mapping.takeEntry(definition.name),
        BoundedFeature(
          reference: .image(name, feature), kind: NameKind(definition.kind),
          path: "\(path).\(definition.name)",
          terms: terms))
    }
  }

  /// Which members are a further image: by a pattern that a record's stem can stand in.
  private func readMembers(_ tree: YAMLTree?, _ index: Int) {
    guard let tree else { return }
    let name = schema.images[index].name
    guard index > 0 else {
      return log.add(
        tree.position,
        "`members` is for further images, and \"\(name)\" is the default one: it is every image that no pattern "
          + "matches (`ignore` leaves files out)"
          + (name == "image" ? "" : "; declare an image named \"image\" beside it"))
    }
    for item in tree.sequence ?? [tree] {
      guard let pattern = log.text(item) else { continue }
      // `*.mask.png` is the name of a neighbour.
      if pattern.hasPrefix("*.\(name).") || ImagePattern(name: name, pattern: pattern) != nil {
        schema.images[index].members.append(pattern)
      } else {
        log.add(
          item.position,
          "a pattern with one `*`, in its last component, for the image's stem is expected, \"\(pattern)\" found: "
            + "masks/*.png, *_mask.png or *.\(name).png")
      }
    }
  }

  /// An image besides the default one is required unless the schema says it is not.
  private func readPresence(
    _ required: YAMLTree.Entry?, _ index: Int, _ entry: YAMLTree.Entry, _ terms: RuleTerms
  ) {
    let name = schema.images[index].name
    let id = "images.\(name).required"
    guard let leaf = leaf(required, id, terms) else {
      let implied = Leaf(value: nil, terms: terms, id: id, position: entry.keyPosition)
      if index > 0 { add(.imagePresent, .image(name), implied) }
      return
    }
    if leaf.value == nil || log.flag(leaf.value) == true { add(.imagePresent, .image(name), leaf) }
  }

  private func readFormats(_ entry: YAMLTree.Entry?, _ name: String, _ terms: RuleTerms) {
    guard let (value, leaf) = valuedLeaf(entry, "images.\(name).formats", terms),
      let formats = log.texts(value)
    else { return }
    for format in formats where !SchemaReader.knownFormats.contains(format) {
      let nearest = ["jpg": "jpeg", "tif": "tiff", "heif": "heic"][format]
      log.add(
        value.position,
        "unknown format \"\(format)\"; expected some of: \(SchemaReader.knownFormats.joined(separator: ", "))",
        suggestion: nearest ?? nearestWord(to: format, among: SchemaReader.knownFormats))
    }
    add(.oneOf(formats), .feature(.image(name, .format)), leaf)
  }

  private func readSameSize(_ value: YAMLTree, _ leaf: Leaf, _ name: String) {
    guard let other = log.text(value) else { return }
    let others = schema.images.map(\.name).filter { $0 != name }
    guard others.contains(other) else {
      return log.add(
        value.position, "another image of the record is expected, \"\(other)\" found",
        suggestion: nearestWord(to: other, among: others))
    }
    add(.sameSize(as: other), .image(name), leaf)
  }

  private func readSampleValues(_ value: YAMLTree, _ leaf: Leaf, _ index: Int) {
    guard let texts = log.texts(value) else { return }
    let values = texts.compactMap { UInt16($0) }
    guard values.count == texts.count, !values.isEmpty else {
      return log.add(value.position, "sample values from 0 to 65535 are expected in \(leaf.id)")
    }
    schema.images[index].needsSampleValues = true
    add(.sampleValues(values.sorted()), .image(schema.images[index].name), leaf)
  }

  private func readExtensionMatch(_ entry: YAMLTree.Entry?, _ index: Int, _ terms: RuleTerms) {
    let name = schema.images[index].name
    var mild = terms
    mild.severity = .warn
    guard let leaf = leaf(entry, "images.\(name).extension_match", mild) else { return }
    if leaf.value == nil || log.flag(leaf.value) == true {
      add(.extensionMatch, .feature(.image(name, .fileExtension)), leaf)
    } else {
      schema.images[index].checksExtension = false
    }
  }

  private func readMetadata(_ tree: YAMLTree?, _ name: String, _ terms: RuleTerms) {
    guard let tree, var mapping = MappingReader(tree, path: "images.\(name).metadata", log: log) else {
      return
    }
    if let (value, leaf) = valuedLeaf(mapping.takeEntry("gps"), "images.\(name).metadata.gps", terms),
      let demand = log.word(value, MetadataDemand.self), demand != .allowed
    {
      add(.flag(demand == .required), .feature(.image(name, .gps)), leaf)
    }
    mapping.finish()
  }
}

/// What `privacy:` of an image says.
private enum ImagePrivacy: String, CaseIterable {
  case `private`, `public`
}

/// What `metadata:` says of one fact.
private enum MetadataDemand: String, CaseIterable {
  case forbidden, required, allowed
}
