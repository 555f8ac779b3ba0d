import AssayPluginKit

/// A measurement: how many times wider than high the default image is.
struct AspectRatio: Measurement {
  static let id = "com.example.aspect-ratio/1"
  static let title = "aspect ratio"
  static let summary = "Width over height of the first image."
  static let needs: RecordNeeds = []
  static let outputs = [Output("ratio", .real), Output("orientation", .text)]

  init(parameters: [Double]) {}

  func measure(_ record: Record) -> [FieldValue] {
    guard let image = record.images.first, image.height > 0 else { return [.missing, .missing] }
    let ratio = Double(image.width) / Double(image.height)
    return [.real(ratio), .text(ratio >= 1 ? "landscape" : "portrait")]
  }
}

/// An invariant: a field that has to be there, and how long it may be.
struct ShortLabel: Invariant {
  static let id = "com.example.short-label/1"
  static let title = "short label"
  static let summary = "The field `label` is a text of at most `longest` bytes."
  static let needs: RecordNeeds = [.fields]
  static let parameters = [
    Parameter("longest", "the most bytes a label may have", in: 1...1000, standard: 20)
  ]

  private let longest: Int

  init(parameters: [Double]) { longest = Int(parameters[0]) }

  func check(_ record: Record) throws -> [RecordFinding] {
    guard case .text(let label)? = record.fields["label"] else {
      return [RecordFinding("no-label", found: "nothing", expected: "a text")]
    }
    if label.utf8.count <= longest { return [] }
    return [RecordFinding("long-label", found: "\(label.utf8.count) bytes", expected: "at most \(longest)")]
  }
}
