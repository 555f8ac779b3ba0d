import AssayCore
import Crypto

/// Turns one work item into one observation: bytes to facts, and nothing of the bytes kept.
final class RecordObserver {
  private let decoder: ImageDecoder
  private let options: DecodeOptions
  /// The manifests whose rows may come, by their number in the run.
  var manifests: [Int: ManifestRows] = [:]

  init(plan: WorkerPlan) {
    decoder = ImageDecoder()
    options = DecodeOptions(plan.limits)
  }

  func observe(_ item: WorkItem, _ parts: PartReader) -> ItemResult {
    var observation = Observation(key: item.key, locator: item.locator)
    observation.fields = [folderField(item)].compactMap { $0 }
    for part in item.parts {
      switch (part.role, parts.fetch(part.place)) {
      case (.image(let name), .missing(let missing)):
        observation.images.append(lost(name, part, missing))
      case (.image(let name), .bytes(let bytes)):
        let image = decoder.observe(
          bytes, memberName: EntryName(part.member).display, imageName: name, options: options)
        if !item.isImageByName, image.reason == ReasonCode.unknownFormat.rawValue || bytes.isEmpty {
          return .notAnImage
        }
        observation.images.append(image)
        if name == "image" || observation.contentDigest.isEmpty {
          observation.contentDigest = Array(SHA256.hash(data: bytes))
        }
      case (.sidecar(let kind), let fetched):
        add(kind, fetched, part, to: &observation)
      }
    }
    if let row = item.manifestRow { add(row, to: &observation) }
    addLabel(&observation)
    observation.recordDigest = RecordObservation.digest(
      key: observation.key, contentDigest: observation.contentDigest)
    return .observed(observation)
  }

  /// Adds the fields of a manifest row; a row of a table by itself gets its key and digest from them.
  private func add(_ row: ManifestRow, to observation: inout Observation) {
    guard let manifest = manifests[row.manifest] else { return }
    observation.locator.row = row.number
    switch manifest.fields(of: row) {
    case .malformed(let reason):
      observation.findings.append(
        Finding(
          code: "row.malformed", severity: .error, subject: "row \(row.number)",
          expected: "a row like the header", found: reason))
    case .fields(let fields):
      let names = Set(fields.map(\.name))
      observation.fields.removeAll { names.contains($0.name) }
      observation.fields += fields
    }
    guard observation.images.isEmpty else { return }
    observation.contentDigest = CanonicalRow.digest(observation.fields)
    if observation.key.bytes.isEmpty {
      observation.key = RecordKey(RowFormat.hex(observation.contentDigest.prefix(16)))
    }
  }

  /// The folder is the label when nothing else says what the label is.
  private func addLabel(_ observation: inout Observation) {
    guard let folder = observation.fields.first(where: { $0.name == "folder" }),
      !observation.fields.contains(where: { $0.name == "label" })
    else { return }
    observation.fields.append(FieldObservation(name: "label", value: folder.value))
  }

  /// The folder directly around the member, as a field.
  private func folderField(_ item: WorkItem) -> FieldObservation? {
    guard let member = item.parts.first?.member else { return nil }
    let parent = EntryName(member).parentName
    guard !parent.isEmpty else { return nil }
    return FieldObservation(name: "folder", value: .text(String(decoding: parent, as: UTF8.self)))
  }

  private func lost(_ name: String, _ part: WorkPart, _ missing: MissingBytes) -> ImageObservation {
    var image = ImageObservation(
      name: name, outcome: missing.outcome, reason: missing.code, detail: missing.detail)
    image.features[BuiltinFeature.fileExtension.rawValue] = .text(EntryName(part.member).fileExtension)
    return image
  }

  private func add(
    _ kind: SidecarKind, _ fetched: PartReader.Fetched, _ part: WorkPart, to observation: inout Observation
  ) {
    switch fetched {
    case .missing(let missing):
      observation.findings.append(.sidecar(part, missing.code, missing.detail))
    case .bytes(let bytes):
      switch SidecarFields.parse(kind, bytes) {
      case .fields(let fields): observation.fields += fields
      case .malformed(let reason): observation.findings.append(.sidecar(part, "sidecar.malformed", reason))
      }
    }
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

extension Finding {
  fileprivate static func sidecar(_ part: WorkPart, _ code: String, _ found: String) -> Finding {
    Finding(
      code: code, severity: .error, subject: EntryName(part.member).display,
      expected: "metadata that can be read", found: found)
  }
}
