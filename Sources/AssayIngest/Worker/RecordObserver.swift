import AssayCore
import AssayRules
import Crypto

/// Turns one work item into one observation: bytes to facts, rules checked, and nothing of the bytes kept.
final class RecordObserver {
  private let decoder = ImageDecoder()
  private let options: DecodeOptions
  private let reading: RecordReadingPlan
  private let checker: RecordChecker
  private let declarations: [String: ImageDeclaration]
  private let checksums: Set<ChecksumAlgorithm>
  private let panel: PluginPanel
  private let order = FieldOrder()
  /// The manifests whose rows may come, by their number in the run.
  var manifests: [Int: ManifestRows] = [:]

  /// Throws `SchemaError` when the rules cannot be evaluated.
  init(plan: WorkerPlan, panel: PluginPanel) throws {
    self.panel = panel
    options = DecodeOptions(plan.limits)
    reading = plan.reading
    checker = try RecordChecker(plan.reading.rules)
    declarations = Dictionary(
      plan.reading.rules.images.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    checksums = plan.reading.rules.checksums
  }

  /// Throws only when the coordinator is gone while a plugin is waited for.
  func observe(_ item: WorkItem, _ parts: PartReader) throws -> ItemResult {
    if let row = item.manifestRow, let rows = manifests[row.manifest], rows.holdsRecords {
      return .observed(judge(row, of: rows, item))
    }
    var draft = RecordDraft(item)
    for part in item.parts {
      switch part.role {
      case .image(let name):
        guard add(imageNamed: name, part, parts.fetch(part.place), item, &draft) else { return .notAnImage }
      case .sidecar(let kind): add(kind, parts.fetch(part.place), part, &draft)
      }
    }
    if let row = item.manifestRow { add(row, item, &draft) }
    if !item.isNamedByRow { draft.addFolder() }
    try panel.observe(&draft) { checker.visibleFields(of: $0.view) }
    return .observed(draft.observation(checker.check(draft.view), reading, order))
  }

  /// Judges again what an earlier run observed; nothing is decoded.
  private func judge(_ row: ManifestRow, of rows: ManifestRows, _ item: WorkItem) -> Observation {
    var draft = RecordDraft(item)
    switch rows.record(of: row) {
    case .success(let recorded):
      draft = RecordDraft(recorded, checksums: checksums)
      draft.plugins = reading.rules.plugins.map { $0.outcome(in: recorded) }
    case .failure(let reason):
      draft.findings.append(.malformed(row, reason.text))
      draft.key.append(rows.key(of: row))
    }
    return draft.observation(checker.check(draft.view), reading, order)
  }

  /// Adds one image; false if neither name nor bytes say that it is one.
  private func add(
    imageNamed name: String, _ part: WorkPart, _ fetched: PartReader.Fetched, _ item: WorkItem,
    _ draft: inout RecordDraft
  ) -> Bool {
    switch fetched {
    case .missing(let missing):
      guard item.isImageByName else { return false }
      draft.images.append(.lost(name, part, missing))
    case .bytes(let bytes):
      var image = observe(bytes, part, imageNamed: name)
      let isImage =
        image.reason != ReasonCode.unknownFormat.rawValue && image.reason != ReasonCode.empty.rawValue
      guard isImage || item.isImageByName else { return false }
      if declarations[name]?.isPrivate == true { image.pixels?.thumbnail = [] }
      draft.images.append(image)
      addDigests(of: name, bytes, &draft)
    }
    return true
  }

  /// Decodes, with a frame for plugins where there is room for one: what they need decides nothing about the image.
  private func observe(_ bytes: UnsafeRawBufferPointer, _ part: WorkPart, imageNamed name: String)
    -> ImageObservation
  {
    func observe(pixels: ((borrowing PixelFrame) -> Void)?) -> ImageObservation {
      decoder.observe(
        bytes, memberName: EntryName(part.member).display, imageName: name, options: options(for: name),
        pixels: pixels)
    }
    guard let frames = panel.frames else { return observe(pixels: nil) }
    let image = observe { frames.keep($0, of: name) }
    guard image.reason == ReasonCode.limitMemory.rawValue else { return image }
    frames.lack("decoding \(name) with a whole frame takes more memory than allowed")
    return observe(pixels: nil)
  }

  private func options(for name: String) -> DecodeOptions {
    var options = options
    options.collectsSampleValues = declarations[name]?.needsSampleValues ?? false
    options.hashesTurns = reading.overlap?.hashesTurns ?? false
    return options
  }

  /// Takes the digests of the image that was added last; those of the first, the default one, stand for the record.
  private func addDigests(of name: String, _ bytes: UnsafeRawBufferPointer, _ draft: inout RecordDraft) {
    let digest = Array(SHA256.hash(data: bytes))
    draft.imageDigests[name] = digest
    guard draft.images.count == 1 else { return }
    draft.contentDigest = digest
    if checksums.contains(.sha256) { draft.checksums[.sha256] = Hex.encode(bytes: digest) }
    if checksums.contains(.md5) {
      draft.checksums[.md5] = Hex.encode(bytes: Array(Insecure.MD5.hash(data: bytes)))
    }
  }

  private func add(
    _ kind: SidecarKind, _ fetched: PartReader.Fetched, _ part: WorkPart, _ draft: inout RecordDraft
  ) {
    switch fetched {
    case .missing(let missing): draft.findings.append(.sidecar(part, missing.code.rawValue, missing.detail))
    case .bytes(let bytes):
      switch SidecarFields.parse(kind, bytes) {
      case .fields(let fields): draft.add(fields, isTyped: true)
      case .malformed(let reason):
        draft.findings.append(.sidecar(part, ReadingCode.malformedSidecar.rawValue, reason))
      }
    }
  }

  /// Adds the fields of a manifest row; a row of a table by itself gets its key from them.
  private func add(_ row: ManifestRow, _ item: WorkItem, _ draft: inout RecordDraft) {
    guard let manifest = manifests[row.manifest] else { return }
    draft.locator.row = row.number
    switch manifest.fields(of: row) {
    case .malformed(let reason):
      draft.findings.append(.malformed(row, reason))
      // Without fields it has no content, and only its bytes to tell it from others by: its place would change with
      // the rows before it.
      if item.isNamedByRow { draft.key.append(manifest.key(of: row)) }
    case .fields(let fields):
      if item.isNamedByRow, !item.isTableRow { draft.key.append(manifest.key(of: row)) }
      draft.add(withoutPath(fields, draft), isTyped: manifest.isTyped)
      draft.isKeyedByFields = item.isTableRow
    }
  }
}

extension RecordObserver {
  /// The fields of a row without the column that only says which image it belongs to, unless the schema declares it:
  /// it is the record's name, and no two records share it.
  private func withoutPath(_ fields: [NamedValue], _ draft: RecordDraft) -> [NamedValue] {
    guard !draft.images.isEmpty,
      let path = ManifestDialect.pathName(among: fields.map(\.name), declared: reading.pathField),
      !reading.rules.fields.contains(where: { $0.name == path })
    else { return fields }
    return fields.filter { $0.name != path }
  }
}

extension DecodeOptions {
  /// The decoder's share of a record's limits.
  fileprivate init(_ limits: RecordLimits) {
    self.init()
    self.limits.maxWidth = UInt32(limits.side)
    self.limits.maxHeight = UInt32(limits.side)
    self.limits.maxPixels = UInt64(limits.pixels)
    self.limits.maxMemory = UInt64(limits.imageMemory)
  }
}

extension ImageObservation {
  /// An image whose bytes could not be had.
  fileprivate static func lost(_ name: String, _ part: WorkPart, _ missing: MissingBytes) -> ImageObservation
  {
    var image = ImageObservation(
      name: name, outcome: missing.outcome, reason: missing.code.rawValue, detail: missing.detail)
    image.features[BuiltinFeature.fileExtension.rawValue] = .text(EntryName(part.member).fileExtension)
    return image
  }
}

extension Finding {
  fileprivate static func sidecar(_ part: WorkPart, _ code: String, _ found: String) -> Finding {
    Finding(
      code: code, severity: .error, subject: "sidecar", expected: "metadata that can be read",
      found: "\(EntryName(part.member).display): \(found)")
  }

  fileprivate static func malformed(_ row: ManifestRow, _ reason: String) -> Finding {
    Finding(
      code: ReadingCode.malformedRow.rawValue, severity: .error, subject: "row \(row.number)",
      expected: "a row like the header",
      found: reason)
  }
}
