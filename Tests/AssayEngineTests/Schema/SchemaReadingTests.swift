import AssayCore
import AssayEngine
import Foundation
import Testing

struct SchemaReadingTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Schemas").standardized

  @Test(arguments: ["street-signs.yaml", "photos.yaml"])
  func everySchemaWeShipLoads(name: String) throws {
    let file = try SchemaFile(path: SchemaReadingTests.folder.appending(path: name).path)
    #expect(!file.schema.recordRules.isEmpty)
  }

  @Test func theExampleOfTheDesignIsUnderstoodWhole() throws {
    let schema = try SchemaFile(path: SchemaReadingTests.folder.appending(path: "street-signs.yaml").path)
      .schema
    #expect(
      schema.recordRules.map(\.id) == [
        "images.image.formats", "images.image.color", "images.image.metadata.gps", "images.image.width",
        "images.image.height", "images.image.bit_depth", "images.image.brightness", "images.mask.required",
        "images.mask.same_size_as", "images.mask.values", "fields.label.type", "fields.label.required",
        "fields.label.values", "fields.md5.type", "fields.md5.checksum", "fields.plate_w.type",
        "fields.plate_w.equals",
        "fields.user_name.privacy", "fields.user_id.privacy", "fields.pred.type", "fields.confidence.type",
        "fields.confidence", "fields.fixed.type", "fields.ts.type",
        "fields.session_id.type",
        "fields.comment.type", "fields.comment.privacy", "wide-plates", "no-black-frame",
        "outputs.prediction", "outputs.confidence",
      ])
    #expect(
      schema.setRules.map(\.id) == [
        "fields.label.share.stop", "manifest.orphans.images", "manifest.orphans.rows", "records.count",
        "records.corrupt",
        "records.duplicates", "metrics.accuracy", "metrics.accuracy.slices", "metrics.accuracy.gap",
        "metrics.confident", "metrics.correction_rate", "metrics.calibration",
      ])
    #expect(schema.manifest == ManifestDeclaration(pathColumn: "file_name", stripPrefix: "s3://acme/"))
    #expect(schema.roles[.corrected] == "fixed")
    #expect(schema.slices.map(\.name) == ["night", "camera_id"])
    #expect(schema.plugins.first?.measurements == [MeasuredFeature(name: "org.assay.border/1:dark")])
    #expect(schema.images.map(\.needsSampleValues) == [false, true])
  }

  @Test func wordsOfYAMLStayWords() throws {
    let rule = try SchemaForge.rule(
      "fields.a.values", in: "fields: {a: {type: string, values: [no, 007, 1.0, ~x, on, 0x10, 1e3]}}")
    #expect(rule?.check == .oneOf(["no", "007", "1.0", "~x", "on", "0x10", "1e3"]))
  }

  @Test(arguments: [
    ("width: 640", RecordCheck.range(Bounds(min: 640, max: 640))),
    ("width: {min: 640}", .range(Bounds(min: 640))),
    ("width: {value: 640}", .range(Bounds(min: 640, max: 640))),
    ("width: [640, 320]", .oneOf(["640", "320"])),
    ("gps: false", .flag(false)), ("gps: {value: true, severity: warn}", .flag(true)),
    ("resolution: 640x480", .oneOf(["640x480"])),
    ("width: {min: 1, max: 2.5}", .range(Bounds(min: 1, max: 2.5))),
  ])
  func featuresHaveShortForms(text: String, expected: RecordCheck) throws {
    #expect(try SchemaForge.schema("images: {image: {\(text)}}").recordRules.map(\.check) == [expected])
  }

  @Test func aBoundWithItsOwnTermsIsARuleOfItsOwn() throws {
    let schema = try SchemaForge.schema(
      "images: {image: {width: {min: {value: 64, severity: warn}, max: 128}}}")
    #expect(schema.recordRules.map(\.id) == ["images.image.width.min", "images.image.width"])
    #expect(schema.recordRules.map(\.terms.severity) == [.warn, .error])
    #expect(schema.recordRules.map(\.check) == [.range(Bounds(min: 64)), .range(Bounds(max: 128))])
  }

  @Test func everyLeafTakesEveryTerm() throws {
    let text = """
      environments: [training, production]
      fields:
        a: {type: integer}
        label: {type: string, regex: {value: "[a-z]+", severity: warn, allow: 2 records, in: [training], not_in: production,
          where: "a > 1", because: ticket 812, owner: data@example.org, until: 2026-12-31, on_null: skip, id: words}}
      """
    let terms = try #require(try SchemaForge.rule("words", in: text)).terms
    #expect(terms.severity == .warn && terms.allow == .records(2) && terms.onNull == .skip)
    #expect(terms.environments == ["training"] && terms.excludedEnvironments == ["production"])
    #expect(terms.condition?.text == "a > 1" && terms.condition?.position.line == 6)
    #expect(terms.because == "ticket 812" && terms.owner == "data@example.org" && terms.until == "2026-12-31")
  }

  @Test func termsOfABlockHoldForItsLeaves() throws {
    let schema = try SchemaForge.schema(
      "fields: {a: {type: integer, min: 1, severity: warn, max: {value: 9, severity: info}}}")
    #expect(schema.recordRules.map(\.terms.severity) == [.warn, .info, .warn])
  }

  @Test func requiredMayHaveTermsAlone() throws {
    let rule = try SchemaForge.rule("fields.a.required", in: "fields: {a: {required: {allow: 1%}}}")
    #expect(rule?.terms.allow == Limit("1%"))
  }

  @Test(arguments: [
    ("corrupt: 0.1%", SetCheck.records(.corrupt, LimitBounds(max: Limit("0.1%")))),
    ("corrupt: {max: 3}", .records(.corrupt, LimitBounds(max: .records(3)))),
    ("count: {min: 10, max: 20}", .recordCount(Bounds(min: 10, max: 20))),
    ("count: 7", .recordCount(Bounds(min: 7, max: 7))),
    ("unsupported: {max: 2 records}", .records(.unsupported, LimitBounds(max: .records(2)))),
    ("duplicate_keys: 0", .records(.duplicateKeys, LimitBounds(max: Limit.none))),
  ])
  func setsAreBounded(text: String, expected: SetCheck) throws {
    #expect(try SchemaForge.schema("records: {\(text)}").setRules.map(\.check) == [expected])
  }

  @Test func meansAndQuantilesBelongToFeatures() throws {
    let schema = try SchemaForge.schema(
      "images: {image: {brightness: {mean: {min: 0.2}, quantile: {0.95: {max: 0.9, severity: warn}}}}}")
    #expect(
      schema.setRules.map(\.id) == ["images.image.brightness.mean", "images.image.brightness.quantile.0.95"])
    #expect(schema.setRules.last?.check == .quantile(.image("image", .brightness), 0.95, Bounds(max: 0.9)))
  }

  @Test func timesAreBounds() throws {
    let rule = try SchemaForge.rule(
      "fields.t", in: "fields: {t: {type: timestamp, min: 1970-01-01T00:01:00Z}}")
    #expect(rule?.check == .range(Bounds(min: 60)))
  }

  @Test func aSchemaGoesToWorkersAndBackUnchanged() throws {
    let schema = try SchemaFile(path: SchemaReadingTests.folder.appending(path: "street-signs.yaml").path)
      .schema
    let compiled = try schema.compiled(for: "training")
    #expect(try JSONDecoder().decode(CompiledSchema.self, from: JSONEncoder().encode(compiled)) == compiled)
    #expect(try JSONDecoder().decode(Schema.self, from: JSONEncoder().encode(schema)) == schema)
  }

  @Test func driftIsKeptAsWritten() throws {
    let text = """
      fields: {label: {type: string}}
      drift:
        cadence: weekly
        false_alarms: 1/year
        family_alpha: 0.05
        alarm_on: 2 of 3
        references: {training: {profile: train.profile.json}}
        features: {image.luma: {comparator: org.assay.kl/1, threshold: 0.3}, label: {comparator: org.assay.chi-square/1}}
      """
    let drift = try SchemaForge.schema(text).drift
    #expect(drift.features.keys.sorted() == ["field.label", "image.luma"])
    #expect(drift.features["image.luma"]?.threshold == 0.3)
    #expect(drift.references == [DriftReference(name: "training", profiles: ["train.profile.json"])])
    #expect(drift.cadence?.text == "weekly" && drift.falseAlarms?.perYear == 1 && drift.familyAlpha == 0.05)
    #expect(drift.alarmOn == AlarmRule("2 of 3"))
  }

  @Test func referencesAreBesideTheFileThatNamesThem() throws {
    let base = """
      assay: 1
      drift: {references: {recent: {profiles: [a.json, ../b.json, /c.json], last: 2, severity: warn}}}
      """
    let drift = try SchemaForge.schema("extends: ours/base.yaml", others: ["ours/base.yaml": base]).drift
    #expect(
      drift.references == [
        DriftReference(name: "recent", profiles: ["b.json", "/c.json"], severity: .warn)
      ])
  }

  @Test func driftMayBeOff() throws { #expect(try !SchemaForge.schema("drift: off").drift.isOn) }
}

struct SchemaEnvironmentTests {
  private let text = """
    environments: [training, production]
    fields:
      a: {required: true, not_in: [production]}
      b: {required: true, in: [production]}
      c: {required: true}
    """

  @Test(arguments: [("training", ["a", "c"]), ("production", ["b", "c"]), (nil, ["a", "c"])])
  func rulesHoldInTheirEnvironments(environment: String?, fields: [String]) throws {
    let rules = try SchemaForge.schema(text).compiled(for: environment).recordRules.rules
    #expect(rules.filter { $0.check == .required }.map(\.id) == fields.map { "fields.\($0).required" })
  }

  @Test func anUndeclaredEnvironmentIsAnError() throws {
    let schema = try SchemaForge.schema(text)
    #expect { try schema.compiled(for: "trainig") } throws: {
      ($0 as? SchemaError)?.issues.first?.suggestion == "training"
    }
  }

  @Test func corruptImagesAndMalformedRowsFailASchemaThatSaysNothingOfThem() throws {
    let rules = try SchemaForge.schema("").compiled(for: nil).setRules
    #expect(
      rules.map(\.id) == [
        "records.corrupt", "records.refused", "records.unreadable", "records.unsupported",
        "records.malformed",
      ])
    #expect(rules.map(\.terms.severity) == [.error, .error, .error, .warn, .error])
  }

  @Test func aWrittenBoundTakesThePlaceOfTheImpliedOne() throws {
    let rules = try SchemaForge.schema("records: {corrupt: {max: 1%}}").compiled(for: nil).setRules
    #expect(
      rules.filter { $0.id == "records.corrupt" }.map(\.check) == [
        .records(.corrupt, LimitBounds(max: Limit("1%")))
      ])
  }

  @Test(arguments: [
    ("", 1), ("images: {image: {extension_match: false}}", 0),
    ("images: {image: {extension_match: {severity: error}}}", 1),
  ])
  func lyingExtensionsAreAWarningUnlessTheSchemaSaysMore(text: String, count: Int) throws {
    let rules = try SchemaForge.schema(text).compiled(for: nil).recordRules.rules
    #expect(rules.filter { $0.check == .extensionMatch }.count == count)
  }
}
