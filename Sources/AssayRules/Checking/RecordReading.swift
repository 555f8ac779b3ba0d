import AssayCore

/// One record with its values read by their declared types, and what of them is private.
struct RecordReading {
  /// One field's value and what was made of it.
  struct Field {
    var raw: Value = .missing
    /// Nil where the value is not of the declared type; `missing` where there is none.
    var typed: Value? = .missing
    /// Whether the value may be shown.
    var isHidden = false
    var personalData: [PersonalDataKind] = []
    /// Of a value that an earlier run kept to itself, what it told of it.
    var withheld: PrivateFacts?
  }

  let record: RecordView
  /// The declared images, by their order; nil where the record has none of that name.
  private(set) var images: [ImageObservation?]
  /// The declared fields, by their order.
  private(set) var fields: [Field]
  /// By the record's own fields, where each is declared; looked up once.
  private(set) var declaredIndexes: [Int?] = []
  private let names: NameIndex

  init(_ record: RecordView, names: NameIndex, detector: PersonalDataDetector?) {
    self.record = record
    self.names = names
    images = names.images.map { name in record.images.first { $0.name == name } }
    fields = names.declarations.map { Field(isHidden: $0.privacy?.hidesValue ?? false) }
    declaredIndexes.reserveCapacity(record.fields.count)
    for field in record.fields {
      let index = names.fieldIndexes[field.name]
      declaredIndexes.append(index)
      if let facts = record.facts(ofWithheld: field.name) {
        withhold(field.name, facts, at: index)
      } else if let index {
        read(field.value, at: index, detector)
      } else if let index = names.privateObject(around: field.name), !field.value.isMissing {
        read(member: field, at: index, detector)
      }
    }
  }

  /// Takes a value that is not there to be read; as a member of an object it makes the object one.
  private mutating func withhold(_ name: String, _ facts: PrivateFacts, at index: Int?) {
    if let index {
      let isOfOtherType = record.recordedFindings.contains {
        $0.code == FindingCode.fieldType.rawValue && $0.subject == FeatureReference.field(name).fullName
      }
      fields[index].typed = isOfOtherType ? nil : .missing
      fields[index].isHidden = true
      fields[index].withheld = facts
    } else if let index = names.privateObject(around: name), facts.isPresent {
      fields[index].isHidden = true
      // An object is no digest, and how long it is as a whole is not known.
      fields[index].withheld = PrivateFacts(
        isPresent: true, maskKind: MaskShape.clear.name, lengthClass: 0)
    }
  }

  /// Reads a member of an object that stands where a private value was declared: what it holds is as private, and an
  /// object is never the value that was declared.
  private mutating func read(member field: NamedValue, at index: Int, _ detector: PersonalDataDetector?) {
    let before = fields[index].raw.isMissing ? "" : fields[index].raw.canonicalText + "; "
    read(.text("\(before)\(field.name) \(field.value.canonicalText)"), at: index, detector)
  }

  private mutating func read(_ value: Value, at index: Int, _ detector: PersonalDataDetector?) {
    let declaration = names.declarations[index]
    fields[index].raw = value
    if value.isMissing {
      fields[index].typed = .missing
    } else if let type = declaration.type {
      fields[index].typed = type.reading(value, isTyped: record.areFieldsTyped)
    } else {
      fields[index].typed = .text(value.canonicalText)
    }
    guard declaration.privacy == .noPersonalData, let detector else { return }
    fields[index].personalData = detector.kinds(in: value.canonicalText)
    if !fields[index].personalData.isEmpty { fields[index].isHidden = true }
  }

  /// The image of that name.
  func image(_ name: String) -> ImageObservation? {
    // A record has few images: comparing their names is less work than hashing one.
    names.images.firstIndex(of: name).flatMap { images[$0] }
  }

  /// The value of a feature, by its declared type. Pixel facts of an image that is not `ok` are missing.
  func value(of reference: FeatureReference) -> Value {
    switch reference {
    case .image(let name, let feature):
      // In place: an image is much to copy for one value.
      guard let index = names.images.firstIndex(of: name), let outcome = images[index]?.outcome,
        outcome == .ok || !isOfPixels[feature.rawValue]
      else { return .missing }
      return images[index]?.features[feature.rawValue] ?? .missing
    case .field(let name):
      if let index = names.fieldIndexes[name] { return fields[index].typed ?? .missing }
      return record.fields.first { $0.name == name }?.value ?? .missing
    case .measurement(let name):
      return record.measurements.first { $0.name == name }?.value ?? .missing
    }
  }

  /// The record's fields that are not declared, nor members of one that is; none where no field is declared.
  var undeclaredFields: [String] {
    guard !names.declarations.isEmpty else { return [] }
    return zip(record.fields, declaredIndexes).compactMap { field, index in
      index != nil || names.isMember(field.name) ? nil : field.name
    }
  }

  /// Where the field is declared.
  func fieldIndex(_ name: String) -> Int? { names.fieldIndexes[name] }

  /// Whether the value of the record's field of that index must not leave the worker.
  func isHidden(fieldAt position: Int) -> Bool {
    let name = record.fields[position].name
    if record.facts(ofWithheld: name) != nil { return true }
    let index = declaredIndexes[position] ?? names.privateObject(around: name)
    return index.map { fields[$0].isHidden } ?? false
  }

  /// The declared field whose privacy holds for the field: itself, or the object it is a member of.
  func privacyIndex(_ name: String) -> Int? {
    names.fieldIndexes[name] ?? names.privateObject(around: name)
  }

  /// Whether the value must not leave the worker, not even as a hash.
  func isHidden(_ reference: FeatureReference) -> Bool {
    guard case .field(let name) = reference else { return false }
    return record.withheld[name] != nil || privacyIndex(name).map { fields[$0].isHidden } ?? false
  }

  /// Whether the feature is unknown for a reason that other rules judge: its image is absent or broken, or the
  /// field's value is of the wrong type.
  func isJudgedElsewhere(_ reference: FeatureReference) -> Bool {
    switch reference {
    case .image(let name, _): return image(name).map { $0.outcome != .ok } ?? true
    case .field(let name): return names.fieldIndexes[name].map { fields[$0].typed == nil } ?? false
    case .measurement(let name):
      return record.images.contains { $0.outcome != .ok }
        || names.pluginIndexes[name].map(isUnanswered) ?? false
    }
  }

  /// Whether the plugin failed on the record, by its place in the rules.
  private func isUnanswered(_ plugin: Int) -> Bool {
    if plugin < record.plugins.count, case .failed = record.plugins[plugin] { true } else { false }
  }

  /// The value for a finding: never a private one, and never long.
  func display(_ reference: FeatureReference) -> String {
    if isHidden(reference) { return "(private)" }
    guard case .field(let name) = reference, let index = fieldIndex(name) else {
      return value(of: reference).display
    }
    return fields[index].raw.display
  }
}

/// Whether a feature comes from pixels, by its raw value: looked up for every value of every record.
private let isOfPixels = BuiltinFeature.definitions.map { $0.origin == .pixels }

/// Where declared images and fields stand in their lists.
struct NameIndex {
  let images: [String]
  let declarations: [FieldDeclaration]
  let fieldIndexes: [String: Int]
  /// The plugin that gives a measurement, by the measurement's full name.
  let pluginIndexes: [String: Int]
  /// The declared fields with any privacy.
  private let privateFields: [Substring: Int]

  init(_ rules: RecordRules) {
    images = rules.images.map(\.name)
    declarations = rules.fields
    fieldIndexes = Dictionary(
      declarations.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    pluginIndexes = Dictionary(
      rules.plugins.enumerated().flatMap { index, use in use.measurements.map { ($0.name, index) } },
      uniquingKeysWith: { first, _ in first })
    privateFields = Dictionary(
      declarations.enumerated().filter { $1.privacy != nil }.map { (Substring($1.name), $0) },
      uniquingKeysWith: { first, _ in first })
  }

  /// Whether the name is that of a member of a declared field.
  func isMember(_ name: String) -> Bool {
    var object = name[...]
    while let dot = object.lastIndex(of: ".") {
      object = object[..<dot]
      if fieldIndexes[String(object)] != nil { return true }
    }
    return false
  }

  /// The field with privacy that the name is a member of, for the members of objects: `user` for `user.name.first`.
  func privateObject(around name: String) -> Int? {
    if privateFields.isEmpty { return nil }
    var object = name[...]
    while let dot = object.lastIndex(of: ".") {
      object = object[..<dot]
      if let index = privateFields[object] { return index }
    }
    return nil
  }
}

extension Value {
  /// The value for people, cut after 80 characters.
  var display: String {
    if isMissing { return "missing" }
    let text = canonicalText
    return text.count > 80 ? text.prefix(80) + "..." : text
  }
}
