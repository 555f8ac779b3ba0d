/// Writes one record as a row of JSON Lines: the format of `--records` and `--rejects`, and what `validate` reads
/// back to judge again without decoding.
package enum RowFormat {
  /// Appends one row, without a line break.
  package static func write(_ observation: Observation, to writer: inout JSONWriter) {
    writer.beginObject()
    writeLocator(observation, &writer)
    writeDefaultImage(observation, &writer)
    writeDigest("record_digest", observation.recordDigest, &writer)
    writeOtherImages(observation.images.dropFirst(), &writer)
    writer.name("fields")
    writeFields(observation.fields, &writer)
    writePrivateFacts(observation.fields, &writer)
    writer.name("measurements")
    writeMeasurements(observation.measurements, &writer)
    writer.name("findings")
    writeFindings(observation.findings, &writer)
    if !observation.slices.isEmpty {
      writer.name("slices")
      writer.beginArray()
      for slice in observation.slices { writer.string(slice) }
      writer.endArray()
    }
    writer.endObject()
  }

  private static func writeLocator(_ observation: Observation, _ writer: inout JSONWriter) {
    writer.name("source")
    writer.string(observation.locator.source)
    if let member = observation.locator.member {
      writer.name("member")
      writer.string(member)
    }
    if let row = observation.locator.row {
      writer.name("row")
      writer.integer(row)
    }
    writer.name("key")
    writer.string(observation.key.display)
  }

  /// The default image's facts are bare keys of the row; a row of a table has none of them but a digest.
  private static func writeDefaultImage(_ observation: Observation, _ writer: inout JSONWriter) {
    writer.name("outcome")
    if let image = observation.images.first {
      writeImage(image, &writer)
    } else {
      writer.string(DecodeOutcome.ok.name)
    }
    writeDigest("sha256", observation.contentDigest, &writer)
  }

  private static func writeDigest(_ name: String, _ digest: [UInt8], _ writer: inout JSONWriter) {
    writer.name(name)
    if digest.isEmpty { writer.null() } else { writer.string(Hex.encode(bytes: digest)) }
  }

  private static func writeImage(_ image: ImageObservation, _ writer: inout JSONWriter) {
    writer.string(image.outcome.name)
    writer.name("code")
    if let reason = image.reason { writer.string(reason) } else { writer.null() }
    if let detail = image.detail {
      writer.name("detail")
      writer.string(detail)
    }
    for (definition, value) in zip(BuiltinFeature.definitions, image.features) {
      writer.name(definition.name)
      write(value, &writer)
    }
  }

  private static func writeOtherImages(_ images: ArraySlice<ImageObservation>, _ writer: inout JSONWriter) {
    guard !images.isEmpty else { return }
    writer.name("images")
    writer.beginObject()
    for image in images {
      writer.name(image.name)
      writer.beginObject()
      writer.name("outcome")
      writeImage(image, &writer)
      writer.endObject()
    }
    writer.endObject()
  }

  private static func writeFields(_ fields: [FieldObservation], _ writer: inout JSONWriter) {
    writer.beginObject()
    for field in fields where field.privacy == nil {
      writer.name(field.name)
      write(field.value, &writer)
    }
    writer.endObject()
  }

  /// Of private fields only what a profile may count: their values never came here.
  private static func writePrivateFacts(_ fields: [FieldObservation], _ writer: inout JSONWriter) {
    let facts = fields.compactMap { field in field.privacy.map { (field.name, $0) } }
    guard !facts.isEmpty else { return }
    writer.name("private")
    writer.beginObject()
    for (name, facts) in facts {
      writer.name(name)
      writer.value(["mask": .string(facts.maskKind), "length_class": .integer(Int64(facts.lengthClass))])
    }
    writer.endObject()
  }

  private static func writeMeasurements(_ measurements: [NamedValue], _ writer: inout JSONWriter) {
    writer.beginObject()
    for measurement in measurements {
      writer.name(measurement.name)
      write(measurement.value, &writer)
    }
    writer.endObject()
  }

  private static func writeFindings(_ findings: [Finding], _ writer: inout JSONWriter) {
    writer.beginArray()
    for finding in findings { write(finding, &writer) }
    writer.endArray()
  }

  private static func write(_ finding: Finding, _ writer: inout JSONWriter) {
    writer.beginObject()
    let members = [
      ("code", finding.code), ("rule", finding.rule), ("severity", finding.severity.name),
      ("subject", finding.subject), ("expected", finding.expected), ("found", finding.found),
    ]
    for (name, text) in members where !text.isEmpty {
      writer.name(name)
      writer.string(text)
    }
    writer.endObject()
  }

  private static func write(_ value: Value, _ writer: inout JSONWriter) {
    switch value {
    case .missing: writer.null()
    case .boolean(let flag): writer.boolean(flag)
    case .integer(let integer): writer.integer(integer)
    case .real(let real): real.isFinite ? writer.real(real) : writer.null()
    case .text(let text): writer.string(text)
    case .vector(let numbers):
      writer.beginArray()
      for number in numbers { number.isFinite ? writer.real(number) : writer.null() }
      writer.endArray()
    }
  }
}
