package import AssayCore

/// One record to be observed: where its parts are, and what to call it.
package struct WorkItem: Sendable, Hashable {
  /// Of a row of a table, and of one that names no image, only what its key begins with: the rest is in the row.
  package var key: RecordKey
  package var locator: Locator
  package var parts: [WorkPart]
  /// Whether its name says image: then it is a record whatever its bytes are. Otherwise its first bytes decide.
  package var isImageByName: Bool
  /// The manifest row that belongs to it, as raw bytes, where one was joined.
  package var manifestRow: ManifestRow?

  package init(
    key: RecordKey, locator: Locator, parts: [WorkPart], isImageByName: Bool, manifestRow: ManifestRow? = nil
  ) {
    self.key = key
    self.locator = locator
    self.parts = parts
    self.isImageByName = isImageByName
    self.manifestRow = manifestRow
  }
}

extension WorkItem {
  /// Whether it is a row that stands for itself, without any member.
  package var isTableRow: Bool { parts.isEmpty && manifestRow != nil }

  /// Whether no path is in its key: the row itself has to say what it is called.
  package var isNamedByRow: Bool { manifestRow != nil && (parts.first?.member.isEmpty ?? true) }
}

/// One member of a record.
package struct WorkPart: Sendable, Hashable {
  package var role: PartRole
  /// The member's own path inside its source.
  package var member: [UInt8]
  package var place: BytePlace

  package init(role: PartRole, member: [UInt8], place: BytePlace) {
    self.role = role
    self.member = member
    self.place = place
  }
}

/// What a member is to its record.
package enum PartRole: Sendable, Hashable {
  case image(name: String)
  case sidecar(SidecarKind)
}

/// Where a member's bytes are for a decoder.
package enum BytePlace: Sendable, Hashable {
  /// A whole file: the descriptor of that index among those the batch came with.
  case file(descriptor: Int)
  /// A stretch of the batch's descriptor of that index.
  case span(descriptor: Int, offset: Int64, count: Int)
  /// A stretch of a shared arena.
  case arena(index: Int, offset: Int, count: Int)
  /// The bytes could not be had, and why.
  case missing(outcome: DecodeOutcome, code: ReasonCode, detail: String)
}

/// A stretch of a manifest that holds one row.
package struct ManifestRow: Sendable, Hashable {
  /// Which of the run's manifests.
  package var manifest: Int
  package var offset: Int64
  package var count: Int
  /// Counted from 1, without the header.
  package var number: Int

  package init(manifest: Int, offset: Int64, count: Int, number: Int) {
    self.manifest = manifest
    self.offset = offset
    self.count = count
    self.number = number
  }
}

/// What a decoder says of one work item.
package enum ItemResult: Sendable, Hashable {
  case observed(Observation)
  /// Neither name nor bytes are an image's: to be counted as `other`.
  case notAnImage
}
