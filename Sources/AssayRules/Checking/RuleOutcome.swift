import AssayCore

/// What a rule says of a record, with the words for its findings.
enum RuleOutcome {
  case notApplicable
  case passed
  case violated(String)
  /// Under codes of their own.
  case violatedAs([(FindingCode, String)])
  case null(String)
  /// By a plugin, whose findings stand by themselves.
  case violatedInPlugin
  /// A plugin gave no answer, which stands by itself.
  case unanswered

  var state: RuleState {
    switch self {
    case .notApplicable: .notApplicable
    case .passed: .passed
    case .violated, .violatedAs, .violatedInPlugin: .violated
    case .null, .unanswered: .notEvaluated
    }
  }
}

extension RecordReading {
  /// What a rule without an expression says.
  func outcome(of plan: RulePlan) -> RuleOutcome {
    switch plan.rule.subject {
    case .record: outcomeOfRecord(plan.rule.check)
    case .plugin: .notApplicable
    case .image(let name): outcome(of: plan, image: name)
    case .feature(let feature): outcome(of: plan, feature)
    }
  }

  // MARK: Whole images

  private func outcome(of plan: RulePlan, image name: String) -> RuleOutcome {
    let image = image(name)
    switch plan.rule.check {
    case .imagePresent: return image == nil ? .violated("missing") : .passed
    case .color(let demand): return image.map { color($0, demand) } ?? .notApplicable
    case .sameSize(let other): return sameSize(image, self.image(other), other)
    case .sampleValues: return image.map { sampleValues($0, plan.sampleValues) } ?? .notApplicable
    default: return .notApplicable
    }
  }

  private func color(_ image: ImageObservation, _ demand: ColorDemand) -> RuleOutcome {
    guard image.outcome == .ok, case .boolean(let isGray) = image.features[BuiltinFeature.grayExact.rawValue],
      case .boolean(let isNearGray) = image.features[BuiltinFeature.nearGray.rawValue]
    else { return .notApplicable }
    let found = isGray ? "grayscale" : (isNearGray ? "near-grayscale" : "color")
    switch demand {
    case .grayscale: return isGray ? .passed : .violated(found)
    case .nearGrayscale: return isGray || isNearGray ? .passed : .violated(found)
    case .color: return isGray ? .violated(found) : .passed
    }
  }

  private func sameSize(
    _ image: ImageObservation?, _ other: ImageObservation?, _ otherName: String
  ) -> RuleOutcome {
    func size(_ image: ImageObservation?) -> String? {
      guard let image, let width = image.features[BuiltinFeature.width.rawValue].number,
        let height = image.features[BuiltinFeature.height.rawValue].number
      else { return nil }
      return "\(plainNumber(width))x\(plainNumber(height))"
    }
    guard let here = size(image), let there = size(other) else { return .notApplicable }
    return here == there ? .passed : .violated("\(here), \(otherName) is \(there)")
  }

  private func sampleValues(_ image: ImageObservation, _ declared: Set<UInt16>) -> RuleOutcome {
    guard image.outcome == .ok else { return .notApplicable }
    guard let values = image.sampleValues else { return .null("sample values were not collected") }
    let strange = values.filter { !declared.contains($0) }
    guard !strange.isEmpty else { return .passed }
    let shown = strange.prefix(8).map { String($0) }.joined(separator: ", ")
    return .violated(strange.count > 8 ? "\(shown) and \(strange.count - 8) more" : shown)
  }

  // MARK: Features and fields

  private func outcome(of plan: RulePlan, _ feature: FeatureReference) -> RuleOutcome {
    if let facts = withheld(feature) { return outcome(of: plan.rule, feature, facts) }
    if let index = plan.fieldIndex, let outcome = declaredField(plan.rule.check, fields[index]) {
      return outcome
    }
    let value = plan.fieldIndex.map { fields[$0].typed ?? .missing } ?? value(of: feature)
    guard !value.isMissing else { return .notApplicable }
    func holds(_ condition: Bool) -> RuleOutcome { condition ? .passed : .violated(display(feature)) }
    switch plan.rule.check {
    case .range(let bounds): return value.number.map { holds(bounds.contains($0)) } ?? .notApplicable
    case .oneOf: return plan.words.map { holds($0.contains(value)) } ?? .notApplicable
    case .flag(let flag): return holds(value == .boolean(flag))
    case .extensionMatch: return extensionMatch(feature, value)
    case .length(let bounds):
      let count = value.canonicalText.unicodeScalars.count
      return bounds.contains(Double(count)) ? .passed : .violated(counted(count, "character"))
    case .pattern: return plan.regex.map { holds($0.matchesWhole(value.canonicalText)) } ?? .notApplicable
    case .unique: return .passed
    case .equals(let other): return equality(feature, value, other)
    case .checksum(let algorithm): return checksum(feature, value, algorithm)
    default: return .notApplicable
    }
  }

  /// Checks that look at the value before it is read by its type.
  private func declaredField(_ check: RecordCheck, _ field: Field) -> RuleOutcome? {
    let isAbsent = field.raw.isMissing
    switch check {
    case .required: return isAbsent ? .violated("missing") : .passed
    case .type:
      if isAbsent { return .notApplicable }
      guard field.typed == nil else { return .passed }
      return .violated(field.isHidden ? field.raw.typeName : "\(field.raw.display) (\(field.raw.typeName))")
    case .dropped: return isAbsent || field.raw == .text("") ? .passed : .violated("a value")
    case .masked(let algorithm):
      return isAbsent ? .notApplicable : mask(MaskShape(of: field.raw.canonicalText), algorithm)
    case .noPersonalData:
      if isAbsent { return .notApplicable }
      return field.personalData.isEmpty
        ? .passed : .violatedAs(field.personalData.map { ($0.code, $0.words) })
    default: return nil
    }
  }

  func mask(_ shape: MaskShape, _ algorithm: MaskAlgorithm) -> RuleOutcome {
    switch shape {
    case .digest(algorithm): .passed
    case .digest(let other): .violatedAs([(.privacyWrongMask, other.rawValue)])
    case .clear: .violated("clear text")
    }
  }

  private func extensionMatch(_ feature: FeatureReference, _ value: Value) -> RuleOutcome {
    guard case .image(let name, _) = feature, let formats = ImageExtension.formats[value.canonicalText],
      let format = self.value(of: .image(name, .format)).text
    else { return .notApplicable }
    return formats.contains(format) ? .passed : .violated("\(value.canonicalText) on \(format)")
  }

  private func equality(_ feature: FeatureReference, _ value: Value, _ other: FeatureReference) -> RuleOutcome
  {
    if withheld(other) != nil { return .null(Self.withheldWords) }
    let expected = self.value(of: other)
    guard !expected.isMissing else { return .notApplicable }
    func number(_ value: Value) -> Double? {
      value.number ?? value.text.flatMap { FieldType.number.parsing($0)?.number }
    }
    let isEqual: Bool
    if value.number != nil || expected.number != nil, let left = number(value), let right = number(expected) {
      isEqual = left == right
    } else {
      isEqual = value.canonicalText == expected.canonicalText
    }
    return isEqual ? .passed : .violated("\(display(feature)), \(other.fullName) is \(display(other))")
  }

  private func checksum(
    _ feature: FeatureReference, _ value: Value, _ algorithm: ChecksumAlgorithm
  ) -> RuleOutcome {
    guard let image = record.images.first, image.outcome != .unreadable else { return .notApplicable }
    guard let digest = record.checksums[algorithm] else { return .null("the digest was not computed") }
    let isEqual = value.canonicalText.lowercased() == digest
    return isEqual ? .passed : .violated("\(display(feature)), the image's is \(digest)")
  }
}
