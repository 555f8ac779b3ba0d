import AssayCore

/// The tallies of all features and fields of matched records.
struct SkewTallies {
  private let declaration: SkewDeclaration
  private let privateFields: Set<ExactText>
  /// By the image's name; by the feature's place among the built-in ones.
  private var images: [ExactText: [SkewTally]] = [:]
  private var fields: [ExactText: SkewTally] = [:]
  private var measurements: [ExactText: SkewTally] = [:]
  private(set) var matched = 0

  /// Without a declaration the standard tolerance holds. Of `privateFields` nothing is looked at.
  init(_ declaration: SkewDeclaration, privateFields: Set<ExactText>) {
    self.declaration = declaration
    self.privateFields = privateFields
  }

  /// Holds the two sides of one record against each other. `join` is what they were matched by, for people.
  mutating func observe(_ reference: Observation, _ current: Observation, join: @autoclosure () -> String) {
    matched += 1
    func example(_ left: Value, _ right: Value) -> SkewExample {
      SkewExample(
        join: join(), reference: reference.locator, current: current.locator, referenceValue: left,
        currentValue: right)
    }
    Self.forEachPair(reference.images, current.images, \.name) { name, left, right in
      observe(image: name, left, right, example)
    }
    Self.forEachPair(reference.fields, current.fields, \.name) { name, left, right in
      observe(field: name, left, right, example)
    }
    Self.forEachPair(reference.measurements, current.measurements, \.name) { name, left, right in
      let (left, right) = (left?.value ?? .missing, right?.value ?? .missing)
      var tally = measurements.removeValue(forKey: name) ?? tally(name.text)
      tally.observe(left, right, example: example(left, right))
      measurements[name] = tally
    }
  }

  private mutating func observe(
    image name: ExactText, _ left: ImageObservation?, _ right: ImageObservation?,
    _ example: (Value, Value) -> SkewExample
  ) {
    // Taken out and put back, so that nothing is copied.
    var tallies = images.removeValue(forKey: name) ?? emptyTallies(image: name.text)
    for (feature, definition) in BuiltinFeature.definitions.enumerated() {
      let (left, right) = (left.value(feature, definition), right.value(feature, definition))
      tallies[feature].observe(left, right, example: example(left, right))
    }
    images[name] = tallies
  }

  private mutating func observe(
    field name: ExactText, _ left: FieldObservation?, _ right: FieldObservation?,
    _ example: (Value, Value) -> SkewExample
  ) {
    var tally = fields.removeValue(forKey: name) ?? tally(FeatureReference.field(name.text).fullName)
    if privateFields.contains(name) || left?.privacy != nil || right?.privacy != nil {
      tally.observeHidden()
    } else {
      let (left, right) = (left?.value ?? .missing, right?.value ?? .missing)
      tally.observe(left, right, example: example(left, right))
    }
    fields[name] = tally
  }

  private func emptyTallies(image: String) -> [SkewTally] {
    BuiltinFeature.allCases.map { feature in
      let name = FeatureReference.image(image, feature).fullName
      return SkewTally(name, of: feature.definition, declaration.tolerance(of: name))
    }
  }

  private func tally(_ feature: String) -> SkewTally {
    SkewTally(feature, declaration.tolerance(of: feature))
  }

  /// Each name that one of the lists has, with what they have under it. Lists that name the same in the same order, as
  /// nearly all do, are walked side by side.
  private static func forEachPair<Element>(
    _ left: [Element], _ right: [Element], _ name: (Element) -> String,
    _ body: (ExactText, Element?, Element?) -> Void
  ) {
    if left.count == right.count, zip(left, right).allSatisfy({ ExactText.areEqual(name($0), name($1)) }) {
      for (left, right) in zip(left, right) { body(ExactText(name(left)), left, right) }
      return
    }
    var others = Dictionary(right.map { (ExactText(name($0)), $0) }) { first, _ in first }
    for element in left {
      body(ExactText(name(element)), element, others.removeValue(forKey: ExactText(name(element))))
    }
    for (name, element) in others { body(name, nil, element) }
  }

  // MARK: Answers

  private var all: [SkewTally] { images.values.flatMap(\.self) + fields.values + measurements.values }

  /// What was found, what disagrees most first.
  var findings: [SkewFinding] {
    all.compactMap { $0.finding(of: matched) }.sorted { $0.isBefore($1) }
  }

  /// Features that were not looked at, ascending.
  var privateFeatures: [String] {
    let declared = privateFields.map { FeatureReference.field($0.text).fullName }
    return Set((declared + all.filter(\.isPrivate).map(\.feature)).map(ExactText.init)).sorted().map(\.text)
  }
}

extension ImageObservation? {
  /// The value of a feature; of an image that is not ok pixels say nothing, as in a profile.
  fileprivate func value(_ feature: Int, _ definition: FeatureDefinition) -> Value {
    guard let image = self, definition.origin == .header || image.outcome == .ok else { return .missing }
    return image.features[feature]
  }
}
