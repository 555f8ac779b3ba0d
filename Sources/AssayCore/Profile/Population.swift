/// Counters and sketches of one set of records: the whole set, a slice, a group or a window.
///
/// Fields and measurements are those of every record, whatever became of its images: a class whose images are
/// all broken must not vanish from the label's counts.
///
/// *Merge law*: that of its parts. Two sets may overlap; their records then count twice.
package struct Population: Sendable {
  package private(set) var recordCount: Int64 = 0
  /// By image name.
  package private(set) var images: SmallestKeys<ImageProfile>
  /// By field name.
  package private(set) var fields: SmallestKeys<ColumnProfile>
  /// Fields of all records, also of names beyond the limit.
  package private(set) var fieldValueCount: Int64 = 0
  /// By full name, `PLUGIN-ID:NAME`.
  package private(set) var measurements: SmallestKeys<ColumnProfile>
  package let scale: SketchScale
  private let features: [ProfiledFeature]

  private static let imageNameLimit = 16

  private static func columnLimit(_ scale: SketchScale) -> Int { scale == .whole ? 512 : 128 }

  package init(features: [ProfiledFeature], scale: SketchScale) {
    self.features = features
    self.scale = scale
    images = SmallestKeys(limit: Self.imageNameLimit)
    fields = SmallestKeys(limit: Self.columnLimit(scale))
    measurements = SmallestKeys(limit: Self.columnLimit(scale))
  }

  package mutating func observe(_ observation: Observation, hasher: SipHash) {
    let (features, scale) = (features, scale)
    recordCount &+= 1
    for (index, image) in observation.images.enumerated() {
      let make = { ImageProfile(features: features, scale: scale) }
      _ = images.update(image.name, hint: index, hasher: hasher, make: make) {
        $0.observe(image, hasher: hasher)
      }
    }
    for (index, field) in observation.fields.enumerated() {
      fieldValueCount &+= 1
      _ = fields.update(field.name, hint: index, hasher: hasher, make: { ColumnProfile(scale: scale) }) {
        if let facts = field.privacy {
          $0.observe(facts, hasher: hasher)
        } else {
          $0.observe(field.value, hasher: hasher)
        }
      }
    }
    for (index, measured) in observation.measurements.enumerated() {
      _ = measurements.update(
        measured.name, hint: index, hasher: hasher, make: { ColumnProfile(scale: scale) }
      ) {
        $0.observe(measured.value, hasher: hasher)
      }
    }
  }

  package mutating func merge(_ other: Population, hasher: SipHash) {
    let (features, scale) = (features, scale)
    recordCount &+= other.recordCount
    fieldValueCount &+= other.fieldValueCount
    images.merge(other.images, hasher: hasher, make: { ImageProfile(features: features, scale: scale) }) {
      $0.merge($1, hasher: hasher)
    }
    fields.merge(other.fields, hasher: hasher, make: { ColumnProfile(scale: scale) }) {
      $0.merge($1, hasher: hasher)
    }
    measurements.merge(other.measurements, hasher: hasher, make: { ColumnProfile(scale: scale) }) {
      $0.merge($1, hasher: hasher)
    }
  }
}

extension Population {
  func encode(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.count("records", recordCount)
    writer.name("images")
    images.encode(to: &writer) { $1.encode(to: &$0, features: features) }
    writer.count("field_values", fieldValueCount)
    writer.name("fields", onNewLine: true)
    fields.encode(to: &writer) { $1.encode(to: &$0) }
    writer.name("measurements", onNewLine: true)
    measurements.encode(to: &writer) { $1.encode(to: &$0) }
    writer.endObject()
  }

  init(
    from reader: inout JSONReader, features: [ProfiledFeature], scale: SketchScale, hasher: SipHash
  ) throws(JSONError) {
    self.init(features: features, scale: scale)
    var members = try JSONMembers(&reader)
    recordCount = try members.count("records", &reader)
    try members.require("images", &reader)
    images = try SmallestKeys(from: &reader, limit: Self.imageNameLimit, hasher: hasher) {
      (reader) throws(JSONError) in
      try ImageProfile(from: &reader, features: features, scale: scale, hasher: hasher)
    }
    fieldValueCount = try members.count("field_values", &reader)
    let limit = Self.columnLimit(scale)
    func readColumn(_ reader: inout JSONReader) throws(JSONError) -> ColumnProfile {
      try ColumnProfile(from: &reader, scale: scale, detail: .full, hasher: hasher)
    }
    try members.require("fields", &reader)
    fields = try SmallestKeys(from: &reader, limit: limit, hasher: hasher, readColumn)
    try members.require("measurements", &reader)
    measurements = try SmallestKeys(from: &reader, limit: limit, hasher: hasher, readColumn)
    try members.end(&reader)
  }
}
