/// One view of one feature of a reference and a current set, side by side.
package struct ComparedFeature: Sendable {
  /// What of the feature is looked at.
  package enum Aspect: String, Sendable, Hashable, Codable, CaseIterable {
    /// Its values.
    case values
    /// Which records have a value at all.
    case presence
    /// Of which kind its values are: number, text, infinite ...
    case kinds
    /// Instants by hour of the day and by day of the week, in UTC.
    case hours, weekdays
    /// Lengths of texts, in UTF-8 bytes, or how many numbers vectors have.
    case lengths
  }

  /// How the feature is to be compared.
  package enum Form: Sendable {
    /// Numbers in an order.
    case ordered(NumericDistribution, NumericDistribution)
    /// Words, flags, and numbers that are only names.
    case categories
    /// Pixel counts by code value. Shape: 256 on a side that is a whole set, 64 on one that is a part.
    case histogram([Int64], [Int64])
    /// Pixel counts by levels of red and of blue, red first. Shape: 16 x 16 on a side that is a whole set, 8 x 8 on one
    /// that is a part.
    case jointHistogram([Int64], [Int64])
    /// Vectors of sampled records.
    case vectors(SampledVectors)
    /// Counts by name.
    case tally(Tally)
    /// Records with a value, and records without one.
    case presence
    /// Nothing that a comparator could be asked, and why.
    case incomparable(String)
  }

  /// Where a population keeps what is compared.
  enum Place: Sendable, Hashable {
    /// Images of that name, and what became of them.
    case image(String)
    /// A column of the images of that name.
    case builtin(image: String, BuiltinFeature)
    case field(String)
    case measurement(String)
    /// Pixels of the default image in one channel: 0 red, 1 green, 2 blue, 3 luma; nil for red against blue.
    case pixels(channel: Int?)
  }

  /// Counts of both sides under common names.
  package struct Tally: Sendable, Hashable {
    package var names: [String]
    package var reference: [Int64]
    package var current: [Int64]
  }

  /// The full name: `image.brightness`, `field.label`.
  package var name: String
  package var aspect: Aspect
  package var unit: String
  package var form: Form
  package var reference: ColumnProfile
  package var current: ColumnProfile
  /// Records of the two sets, with or without the feature.
  package var referenceRecords: Int64
  package var currentRecords: Int64
  /// What a reader has to know beside the numbers: `not in the current set`.
  package var note: String?
  /// Pixel counts of single images, where the feature is one of pixels and the profiles hold a sample of it.
  package var images: SampledImages?
  /// Records with a value, where it is not the columns that say so.
  var present: (reference: Int64, current: Int64)?
  /// Where the parts of a set keep the same; nil where they do not.
  var place: Place?

  package init(
    name: String, aspect: Aspect = .values, unit: String = "", form: Form, reference: ColumnProfile,
    current: ColumnProfile, referenceRecords: Int64, currentRecords: Int64, note: String? = nil
  ) {
    self.name = name
    self.aspect = aspect
    self.unit = unit
    self.form = form
    self.reference = reference
    self.current = current
    self.referenceRecords = referenceRecords
    self.currentRecords = currentRecords
    self.note = note
  }

  /// Records that count on each side: those with the feature, or all where its absence is the question.
  package var referenceCount: Int64 { counted(reference, referenceRecords, \.reference) }
  package var currentCount: Int64 { counted(current, currentRecords, \.current) }

  private func counted(_ column: ColumnProfile, _ records: Int64, _ side: KeyPath<Tally, [Int64]>) -> Int64 {
    switch form {
    case .histogram, .jointHistogram, .presence: records
    case .tally(let tally): tally[keyPath: side].reduce(0, &+)
    case .vectors(let vectors):
      Int64(side == \Tally.reference ? vectors.referenceCount : vectors.currentCount)
    case .ordered, .categories, .incomparable: column.presentCount
    }
  }

  /// Records with a value on each side.
  var presentCounts: (reference: Int64, current: Int64) {
    present ?? (Self.present(reference), Self.present(current))
  }

  /// Values that were there, private ones counted.
  static func present(_ column: ColumnProfile) -> Int64 {
    column.presentCount &+ (column.privacy?.presentCount ?? 0)
  }

  /// Whether it counts pixels: many to an image, and so not independent of each other.
  package var isOfPixels: Bool {
    switch form {
    case .histogram, .jointHistogram: true
    case .ordered, .categories, .vectors, .tally, .presence, .incomparable: false
    }
  }

  /// Whether the reference has nothing of a feature that the current set has: news, and no harm to what was learnt.
  package var isNew: Bool {
    aspect == .presence && presentCounts.reference == 0 && presentCounts.current > 0
  }
}
