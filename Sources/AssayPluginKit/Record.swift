import CAssayPlugin

/// One value of a field, a feature or a measurement.
public enum FieldValue: Sendable, Hashable {
  /// There is no value.
  case missing
  /// A flag.
  case boolean(Bool)
  /// A whole number.
  case integer(Int64)
  /// A finite number.
  case real(Double)
  /// A text.
  case text(String)
}

/// One record as a plugin sees it: what it asked for, and nothing private. Valid during the call only.
public struct Record {
  /// Its images; their pixels are there only if asked for.
  public var images: [RecordImage]
  /// Its metadata by name.
  public var fields: [String: FieldValue]
  /// The built-in features of its default image, under their bare names.
  public var features: [String: FieldValue]

  init(_ record: assay_record_t) {
    images = (0..<record.image_count).compactMap { index in record.images.map { RecordImage($0[index]) } }
    fields = Self.values(record.fields, record.field_count)
    features = Self.values(record.features, record.feature_count)
  }

  private static func values(_ first: UnsafePointer<assay_value_t>?, _ count: Int) -> [String: FieldValue] {
    guard let first else { return [:] }
    return Dictionary(
      (0..<count).map { (CText.read(first[$0].name), FieldValue(first[$0])) }, uniquingKeysWith: { $1 })
  }
}

/// One decoded image, after EXIF orientation.
public struct RecordImage {
  /// `image`, `mask` ...
  public var name: String
  /// In pixels.
  public var width: Int
  /// In pixels.
  public var height: Int
  /// 1 gray, 2 gray + alpha, 3 RGB, 4 RGBA; interleaved.
  public var channels: Int
  /// 1 or 2 bytes a sample, in the machine's byte order.
  public var sampleBytes: Int
  private var rowBytes: Int
  private var pixels: UnsafeRawPointer?

  init(_ image: assay_image_t) {
    name = CText.read(image.name)
    (width, height, channels) = (Int(image.width), Int(image.height), Int(image.channels))
    (sampleBytes, rowBytes, pixels) = (Int(image.sample_bytes), image.row_bytes, image.pixels)
  }

  /// The bytes of one row, top first, valid during the call; nil unless pixels were asked for.
  public func row(_ y: Int) -> UnsafeRawBufferPointer? {
    precondition((0..<height).contains(y), "row \(y) of \(height)")
    return pixels.map {
      UnsafeRawBufferPointer(start: $0 + y * rowBytes, count: width * channels * sampleBytes)
    }
  }
}

extension FieldValue {
  init(_ value: assay_value_t) {
    switch Int(value.kind) {
    case Int(ASSAY_VALUE_BOOLEAN): self = .boolean(value.number != 0)
    case Int(ASSAY_VALUE_INTEGER): self = .integer(value.integer)
    case Int(ASSAY_VALUE_REAL): self = .real(value.number)
    case Int(ASSAY_VALUE_TEXT): self = .text(CText.read(value.text))
    default: self = .missing
    }
  }
}
