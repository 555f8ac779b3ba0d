import AssayChannel
import AssayCore
import CAssayPlugin

/// One record as the C interface wants it. It lives through one call.
struct LentRecord {
  private let texts: LentTexts
  private let images: [assay_image_t]
  private let fields: [assay_value_t]
  private let features: [assay_value_t]

  /// Nil where the pixels are not in the slot that the question says they are in.
  init?(_ question: PluginQuestion, slot: SharedArena?) {
    let fields = question.fields.filter(\.value.isLendable)
    let features = question.features.filter(\.value.isLendable)
    texts = LentTexts(
      byteCount: (fields + features).reduce(question.images.reduce(0) { $0 + $1.name.utf8.count }) {
        $0 + $1.name.utf8.count + ($1.value.text?.utf8.count ?? 0)
      })
    var images: [assay_image_t] = []
    for image in question.images {
      guard let lent = Self.lend(image, slot, texts) else { return nil }
      images.append(lent)
    }
    self.images = images
    let texts = texts
    self.fields = fields.map { Self.lend($0, texts) }
    self.features = features.map { Self.lend($0, texts) }
  }

  /// Calls `body` with the record, valid during the call.
  func withRecord<Result>(_ body: (UnsafePointer<assay_record_t>) -> Result) -> Result {
    images.withUnsafeBufferPointer { images in
      fields.withUnsafeBufferPointer { fields in
        features.withUnsafeBufferPointer { features in
          var record = assay_record_t(
            struct_size: MemoryLayout<assay_record_t>.size, image_count: images.count,
            images: images.baseAddress, field_count: fields.count, fields: fields.baseAddress,
            feature_count: features.count, features: features.baseAddress)
          return withExtendedLifetime(texts) { body(&record) }
        }
      }
    }
  }

  private static func lend(_ image: ShownImage, _ slot: SharedArena?, _ texts: LentTexts) -> assay_image_t? {
    var pixels: UnsafeRawPointer?
    if let offset = image.offset {
      guard let bytes = slot?.bytes(at: offset, count: image.height * image.rowBytes) else { return nil }
      pixels = bytes.baseAddress
    }
    return assay_image_t(
      struct_size: MemoryLayout<assay_image_t>.size, name: texts.lend(image.name),
      width: UInt32(image.width), height: UInt32(image.height), channels: UInt32(image.channels),
      sample_bytes: UInt32(image.sampleBytes), row_bytes: image.rowBytes, pixels: pixels)
  }

  private static func lend(_ named: NamedValue, _ texts: LentTexts) -> assay_value_t {
    var value = assay_value_t()
    value.name = texts.lend(named.name)
    switch named.value {
    case .missing, .vector: value.kind = assay_value_kind_t(ASSAY_VALUE_MISSING)
    case .boolean(let flag):
      value.kind = assay_value_kind_t(ASSAY_VALUE_BOOLEAN)
      value.number = flag ? 1 : 0
    case .integer(let integer):
      value.kind = assay_value_kind_t(ASSAY_VALUE_INTEGER)
      value.integer = integer
    case .real(let number):
      value.kind = assay_value_kind_t(ASSAY_VALUE_REAL)
      value.number = number
    case .text(let text):
      value.kind = assay_value_kind_t(ASSAY_VALUE_TEXT)
      value.text = texts.lend(text)
    }
    return value
  }
}

extension Value {
  /// Lists of numbers and infinite numbers have no place in the C interface.
  fileprivate var isLendable: Bool {
    switch self {
    case .vector: false
    case .real(let number): number.isFinite
    case .missing, .boolean, .integer, .text: true
    }
  }
}
