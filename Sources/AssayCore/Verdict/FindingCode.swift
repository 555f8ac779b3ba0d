/// The stable code of everything a rule can say. What decoders say of an image has codes of its own.
package enum FindingCode: String, Sendable, Hashable, Codable, CaseIterable {
  case imageRange = "image.range"
  case imageValues = "image.values"
  case imageFormat = "image.format"
  case imageExtensionMismatch = "image.extension-mismatch"
  case imageColor = "image.color"
  case imageMetadata = "image.metadata"
  case imageMissing = "image.missing"
  case imageSizeMismatch = "image.size-mismatch"
  case imageSampleValues = "image.sample-values"
  case fieldMissing = "field.missing"
  case fieldType = "field.type"
  case fieldValues = "field.values"
  case fieldRange = "field.range"
  case fieldLength = "field.length"
  case fieldPattern = "field.pattern"
  case fieldUnique = "field.unique"
  case fieldEquals = "field.equals"
  case fieldChecksum = "field.checksum"
  case privacyPresent = "privacy.present"
  case privacyClearText = "privacy.clear-text"
  case privacyWrongMask = "privacy.wrong-mask"
  case privacyPersonalData = "privacy.personal-data"
  case privacyEmail = "privacy.email"
  case privacyPhone = "privacy.phone"
  case privacyCard = "privacy.card"
  case measurementRange = "measurement.range"
  case invariantAssert = "invariant.assert"
  case ruleNull = "rule.null"
  case ruleNotJudged = "rule.not-judged"
  case ruleExpired = "rule.expired"
  case recordsCount = "records.count"
  case recordsCorrupt = "records.corrupt"
  case recordsUnsupported = "records.unsupported"
  case recordsOutcome = "records.outcome"
  case recordsDuplicates = "records.duplicates"
  case recordsDuplicateKeys = "records.duplicate-keys"
  case manifestOrphans = "manifest.orphans"
  case featureShare = "feature.share"
  case featureMean = "feature.mean"
  case featureQuantile = "feature.quantile"
}

extension FindingCode {
  /// The page of that code.
  package static func explanation(of code: String) -> CodeExplanation? {
    FindingCode(rawValue: code)?.explanation
  }
}
